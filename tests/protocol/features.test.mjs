import assert from 'node:assert/strict';
import { test } from 'node:test';
import { range, startWithVsCodeLibrary, workspace } from './harness.mjs';

const timeout = 60_000;
const text = `{
  "maxAgents": 8,
  "logLevel": "debug",

}
`;

async function settings(t, content = text) {
  const { folder, uri } = workspace(t);
  const server = await startWithVsCodeLibrary(t, { folder });
  return { ...server, document: await server.document(uri('.nofx/settings.json'), content) };
}

test('hover on a key shows title, documentation, range and default', { timeout }, async (t) => {
  const { connection, document } = await settings(t);
  const hover = await connection.sendRequest('textDocument/hover', document.at(1, 6));
  assert.deepEqual(hover.range.start, { line: 1, character: 2 });
  assert.equal(hover.contents.kind, 'markdown');
  for (const part of [/Most agents at a time/, /may run at the same time/, /\b50\b/, /[Dd]efault[^\n]*3/]) assert.match(hover.contents.value, part);
});

test('hover on a value shows what that value means', { timeout }, async (t) => {
  const { connection, document } = await settings(t);
  const hover = await connection.sendRequest('textDocument/hover', document.at(2, 16));
  assert.match(hover.contents.value, /Everything, also what helps only in finding a fault/);
});

test('hover where nothing is, is null', { timeout }, async (t) => {
  const { connection, document } = await settings(t);
  assert.equal(await connection.sendRequest('textDocument/hover', document.at(3, 0)), null);
});

test('completion offers the keys that are not there yet', { timeout }, async (t) => {
  const { connection, document } = await settings(t);
  const answer = await connection.sendRequest('textDocument/completion', document.at(3, 0));
  const items = answer.items ?? answer;
  const labels = items.map(({ label }) => label);
  for (const label of ['autoAssignTasks', 'useWorktrees', 'templatesPath', 'agentSpawnDelay']) assert.ok(labels.includes(label), `${label} in ${labels}`);
  for (const label of ['maxAgents', 'logLevel']) assert.ok(!labels.includes(label), `${label} is there already`);
});

test('completion offers the values of an enum and of a boolean', { timeout }, async (t) => {
  const { connection, document } = await settings(t, '{\n  "logLevel": ,\n  "useWorktrees": \n}\n');
  const labels = async (line, character) => {
    const answer = await connection.sendRequest('textDocument/completion', document.at(line, character));
    return (answer.items ?? answer).map(({ label }) => label.replaceAll('"', ''));
  };
  const levels = await labels(1, 14);
  for (const level of ['debug', 'info', 'warn', 'error']) assert.ok(levels.includes(level), `${level} in ${levels}`);
  const booleans = await labels(2, 18);
  for (const value of ['true', 'false']) assert.ok(booleans.includes(value), `${value} in ${booleans}`);
});

test('an accepted completion makes a valid document', { timeout }, async (t) => {
  const { connection, document } = await settings(t, '{\n  "maxAgents": 8,\n  \n}\n');
  const answer = await connection.sendRequest('textDocument/completion', document.at(2, 2));
  const item = (answer.items ?? answer).find(({ label }) => label === 'logLevel');
  const edit = item.textEdit ?? { range: range(2, 2, 2, 2), newText: item.insertText ?? item.label };
  const place = edit.range ?? edit.insert;
  // A snippet's first choice or default, as a client without snippets would insert it.
  const inserted = edit.newText.replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1').replace(/\$\{\d+:([^}]*)\}/g, '$1').replace(/\$\d+|\$\{\d+\}/g, '');
  await document.edit([place.start.line, place.start.character, place.end.line, place.end.character, inserted]);
  assert.deepEqual((await document.diagnostics()).filter(({ severity }) => severity === 1).map(({ message }) => message), [], inserted);
});

test('document symbols follow the structure', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { connection, document } = await startWithVsCodeLibrary(t, { folder });
  const file = await document(uri('any.json'), '{\n  "server": { "port": 80, "hosts": ["a"] },\n  "on": true\n}\n');
  const symbols = await connection.sendRequest('textDocument/documentSymbol', { textDocument: { uri: file.uri } });
  const outline = (items) => items.map(({ name, children }) => (children?.length ? { [name]: outline(children) } : name));
  assert.deepEqual(outline(symbols), [{ server: ['port', { hosts: ['0'] }] }, 'on']);
  assert.deepEqual(symbols[0].range, range(1, 2, 1, 42));
  assert.deepEqual(symbols[0].selectionRange, range(1, 2, 1, 10));
});

test('requests for a document that is not open get an answer', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { connection } = await startWithVsCodeLibrary(t, { folder });
  const at = { textDocument: { uri: uri('not-open.json') }, position: { line: 0, character: 0 } };
  for (const method of ['textDocument/hover', 'textDocument/completion', 'textDocument/documentSymbol']) {
    const answer = await connection.sendRequest(method, at).catch((error) => error);
    assert.ok(answer === null || Array.isArray(answer) || Array.isArray(answer.items) || Number.isInteger(answer.code), `${method}: ${JSON.stringify(answer)}`);
  }
});
