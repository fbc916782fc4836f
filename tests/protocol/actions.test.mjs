import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pullCapabilities, pushCapabilities, startWithVsCodeLibrary, workspace } from './harness.mjs';

const timeout = 60_000;
const codeAction = {
  codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
  isPreferredSupport: true,
  dataSupport: true,
  resolveSupport: { properties: ['edit'] },
};

/** A client that asks for edits later and knows versions, as VS Code does. */
async function start(t, text, { capabilities = pullCapabilities } = {}) {
  const { folder, uri } = workspace(t);
  const initialize = {
    capabilities: {
      ...capabilities,
      workspace: { ...capabilities.workspace, workspaceEdit: { documentChanges: true } },
      textDocument: { ...capabilities.textDocument, codeAction },
    },
  };
  const server = await startWithVsCodeLibrary(t, { folder, initialize });
  const document = await server.document(uri('.nofx/settings.json'), text);
  const identifier = { uri: uri('.nofx/settings.json') };
  const ask = (line, character, context = {}) => server.connection.sendRequest('textDocument/codeAction', {
    textDocument: identifier,
    range: { start: { line, character }, end: { line, character } },
    context: { diagnostics: [], ...context },
  });
  const resolve = (action) => (action.edit ? action : server.connection.sendRequest('codeAction/resolve', action));
  return { ...server, document, identifier, ask, resolve };
}

/** The text after an edit of one document. */
function apply(text, edit) {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  const offset = ({ line, character }) => starts[line] + character;
  const [{ textDocument, edits }] = edit.documentChanges;
  assert.equal(textDocument.version, 1);
  return [...edits]
    .sort((left, right) => offset(right.range.start) - offset(left.range.start))
    .reduce((now, { range, newText }) => now.slice(0, offset(range.start)) + newText + now.slice(offset(range.end)), text);
}

test('kinds are offered so that editors can list them and run them on save', { timeout }, async (t) => {
  const { result } = await start(t, '{}\n');
  assert.ok(result.capabilities.codeActionProvider.codeActionKinds.includes('source.fixAll.configlsp'));
  assert.equal(result.capabilities.codeActionProvider.resolveProvider, true);
});

test('a misspelt key has one preferred fix, with the finding that it mends', { timeout }, async (t) => {
  const text = '{\n  "maxAgent": 8\n}\n';
  const { ask, resolve } = await start(t, text);
  const actions = await ask(1, 5);
  const preferred = actions.filter((action) => action.isPreferred);
  assert.deepEqual(preferred.map((action) => action.title), ['Rename to `maxAgents`']);
  assert.equal(preferred[0].diagnostics[0].code, 'unknown-key');
  assert.equal(preferred[0].diagnostics[0].codeDescription.href, 'https://configlsp.dev/docs/rules/unknown-key');
  assert.equal(apply(text, (await resolve(preferred[0])).edit), '{\n  "maxAgents": 8\n}\n');
});

test('what a fix removes, it removes with its comments', { timeout }, async (t) => {
  const text = '{\n  // goes\n  "nothingLikeIt": 8, // goes\n  "maxAgents": 5 // stays\n}\n';
  const { ask, resolve } = await start(t, text);
  const action = (await ask(2, 5)).find(({ title }) => title === 'Remove `nothingLikeIt`');
  assert.equal(apply(text, (await resolve(action)).edit), '{\n  "maxAgents": 5 // stays\n}\n');
});

test('a range shows both numbers and is left alone by fixing all', { timeout }, async (t) => {
  const text = '{\n  "maxAgents": 99,\n  \'logLevel\': "DEBUG"\n}\n';
  const { ask, resolve } = await start(t, text);
  assert.ok((await ask(1, 16)).some(({ title }) => title === 'Change 99 to 50'));
  const [all] = await ask(0, 0, { only: ['source.fixAll'] });
  assert.equal(apply(text, (await resolve(all)).edit), '{\n  "maxAgents": 99,\n  "logLevel": "debug"\n}\n');
});

test('all keys are sorted where that is asked for, with their comments, and only then', { timeout }, async (t) => {
  const text = '{\n    // how much is said\n    "logLevel": "info",\n    "autoAssignTasks": true // for now\n}\n';
  const { ask, resolve, result } = await start(t, text);
  assert.ok(result.capabilities.codeActionProvider.codeActionKinds.includes('source.sort.configlsp'));
  assert.deepEqual((await ask(0, 0)).filter(({ kind }) => kind.startsWith('source')), []);
  const [sort, ...more] = await ask(0, 0, { only: ['source.sort'] });
  assert.deepEqual(more, []);
  const sorted = '{\n    "autoAssignTasks": true, // for now\n    // how much is said\n    "logLevel": "info"\n}\n';
  assert.equal(apply(text, (await resolve(sort)).edit), sorted);
});

test('a suppressed finding is gone, and a fix to suppress is offered', { timeout }, async (t) => {
  const text = '{\n  "maxAgents": 99\n}\n';
  const { ask, resolve, connection, identifier } = await start(t, text);
  const action = (await ask(1, 16)).find(({ title }) => title === 'Suppress number-too-large on this line');
  const suppressed = apply(text, (await resolve(action)).edit);
  assert.equal(suppressed, '{\n  // configlsp-disable-next-line number-too-large\n  "maxAgents": 99\n}\n');
  await connection.sendNotification('textDocument/didChange', { textDocument: { ...identifier, version: 2 }, contentChanges: [{ text: suppressed }] });
  const report = await connection.sendRequest('textDocument/diagnostic', { textDocument: identifier });
  assert.deepEqual(report.items, []);
});

test('a client that knows commands only gets no actions', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { connection, result, document } = await startWithVsCodeLibrary(t, { folder, initialize: { capabilities: pushCapabilities } });
  await document(uri('.nofx/settings.json'), '{ "maxAgents": 99, }');
  assert.equal(result.capabilities.codeActionProvider, undefined);
  const answer = await connection.sendRequest('textDocument/codeAction', {
    textDocument: { uri: uri('.nofx/settings.json') }, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 20 } }, context: { diagnostics: [] },
  });
  assert.deepEqual(answer, []);
});
