// Going from place to place, and renaming, over the files of a workspace.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { pullCapabilities, range, rangeOf, startWithVsCodeLibrary, workspace } from './harness.mjs';

const timeout = 60_000;
const shared = '.nofx/settings.json';
const local = '.nofx/settings.local.json';
const capabilities = {
  ...pullCapabilities,
  workspace: { ...pullCapabilities.workspace, workspaceEdit: { documentChanges: true } },
  textDocument: { ...pullCapabilities.textDocument, definition: { linkSupport: true }, typeDefinition: { linkSupport: true }, rename: { prepareSupport: true } },
};

/** Starts a server on these files and opens some of them. */
async function start(t, files, ...opened) {
  const { folder, uri } = workspace(t, files);
  const server = await startWithVsCodeLibrary(t, { folder, initialize: { capabilities } });
  for (const name of opened) await server.document(uri(name), files[name]);
  /** Asks about the middle of a piece of text in one of the files. */
  const ask = (method, name, part, more = {}) => {
    const { start: { line, character } } = rangeOf(files[name], part);
    return server.connection.sendRequest(method, { textDocument: { uri: uri(name) }, position: { line, character: character + (part.length >> 1) }, ...more });
  };
  return { ...server, uri, ask, place: (name, part) => ({ uri: uri(name), range: rangeOf(files[name], part) }) };
}

const selections = (links) => links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
const byUri = (places) => [...places].sort((left, right) => (left.uri < right.uri ? -1 : 1));

test('the definition of a setting is the next weaker source that sets it', { timeout }, async (t) => {
  const { ask, place } = await start(t, { [shared]: '{\n  "logLevel": "warn",\n  "maxAgents": 5\n}\n', [local]: '{ "maxAgents": 6 }\n' }, local);
  const found = await ask('textDocument/definition', local, '"maxAgents"');
  assert.deepEqual(selections(found), [place(shared, '"maxAgents"')]);
  assert.deepEqual(found[0].originSelectionRange, place(local, '"maxAgents"').range);
});

test('the definition of a $ref is its target, in another file too', { timeout }, async (t) => {
  const files = {
    'app.schema.json': '{\n  "properties": { "a": { "$ref": "#/$defs/a" }, "b": { "$ref": "parts.schema.json#/$defs/b" } },\n  "$defs": { "a": {} }\n}\n',
    'parts.schema.json': '{ "$defs": { "b": { "type": "string" } } }\n',
  };
  const { ask, uri } = await start(t, files, 'app.schema.json');
  const [here] = await ask('textDocument/definition', 'app.schema.json', '"#/$defs/a"');
  assert.deepEqual([here.targetUri, here.targetSelectionRange], [uri('app.schema.json'), range(2, 13, 2, 16)]);
  const [there] = await ask('textDocument/definition', 'app.schema.json', '"parts.schema.json#/$defs/b"');
  assert.deepEqual([there.targetUri, there.targetSelectionRange], [uri('parts.schema.json'), rangeOf(files['parts.schema.json'], '"b"')]);
});

test('the definition of a path is its file, the type definition of a key its schema', { timeout }, async (t) => {
  const files = {
    'app.schema.json': '{\n  "properties": {\n    "template": { "type": "string", "format": "safe-path" }\n  }\n}\n',
    'app.json': '{ "$schema": "./app.schema.json", "template": "texts/one.txt" }\n',
    'texts/one.txt': 'One.\n',
  };
  const { ask, uri } = await start(t, files, 'app.json');
  assert.deepEqual((await ask('textDocument/definition', 'app.json', '"texts/one.txt"')).map(({ targetUri }) => targetUri), [uri('texts/one.txt')]);
  const [type] = await ask('textDocument/typeDefinition', 'app.json', '"template"');
  assert.deepEqual([type.targetUri, type.targetSelectionRange.start.line], [uri('app.schema.json'), 2]);
});

test('the references of a setting are its places in all sources', { timeout }, async (t) => {
  const { ask, place } = await start(t, { [shared]: '{ "maxAgents": 5 }\n', [local]: '{\n  "maxAgents": 6\n}\n' }, shared);
  const found = await ask('textDocument/references', shared, '"maxAgents"', { context: { includeDeclaration: true } });
  assert.deepEqual(byUri(found), byUri([place(shared, 'maxAgents'), place(local, 'maxAgents')]));
});

test('the highlights of a $ref are the definition and all references to it', { timeout }, async (t) => {
  const text = '{\n  "$defs": { "a": {} },\n  "items": { "$ref": "#/$defs/a" },\n  "not": { "$ref": "#/$defs/a" }\n}\n';
  const { ask } = await start(t, { 'x.schema.json': text }, 'x.schema.json');
  const found = await ask('textDocument/documentHighlight', 'x.schema.json', '"#/$defs/a"');
  assert.deepEqual(found.map(({ range: { start: { line } }, kind }) => [line, kind]), [[1, 3], [2, 2], [3, 2]]);
});

test('a setting is renamed in both of its sources by one edit, which says the version that is open', { timeout }, async (t) => {
  const files = {
    'configlsp.json': JSON.stringify({ sources: [{ name: 'base', type: 'file', path: 'base.json' }, { name: 'mine', type: 'file', path: 'mine.json' }] }),
    'base.json': '{\n  // how much is said\n  "log": { "level": 1 },\n  "keep": 2\n}\n',
    'mine.json': '{ "log": { "level": 3 } }\n',
  };
  const { ask, place, uri } = await start(t, files, 'mine.json');
  assert.deepEqual(await ask('textDocument/prepareRename', 'mine.json', 'level'), { range: place('mine.json', 'level').range, placeholder: 'level' });
  const { documentChanges } = await ask('textDocument/rename', 'mine.json', 'level', { newName: 'depth' });
  const versions = documentChanges.map(({ textDocument }) => [textDocument.uri, textDocument.version]);
  assert.deepEqual(versions.sort(), [[uri('base.json'), null], [uri('mine.json'), 1]]);
  for (const { textDocument, edits } of documentChanges) {
    const name = textDocument.uri.endsWith('/base.json') ? 'base.json' : 'mine.json';
    const renamed = TextDocument.applyEdits(TextDocument.create(textDocument.uri, 'json', 1, files[name]), edits);
    assert.equal(renamed, files[name].replace('"level"', '"depth"'));
  }
});

test('a setting is not renamed to one that a source sets already', { timeout }, async (t) => {
  const { ask } = await start(t, { [shared]: '{ "maxAgents": 5 }\n', [local]: '{ "logLevel": "info" }\n' }, shared);
  await assert.rejects(ask('textDocument/rename', shared, 'maxAgents', { newName: 'logLevel' }), /The source 'local' sets 'logLevel' already/);
});

test('keys of all settings files are found by a part of their names', { timeout }, async (t) => {
  const { connection, place } = await start(t, { [shared]: '{\n  "maxAgents": 5,\n  "logLevel": "warn"\n}\n', [local]: '{ "maxAgents": 6 }\n' }, shared);
  const found = await connection.sendRequest('workspace/symbol', { query: 'agents' });
  assert.ok(found.every(({ name }) => name.includes('maxAgents')), JSON.stringify(found));
  const places = found.map(({ location }) => ({ uri: location.uri, line: location.range.start.line }));
  assert.deepEqual(byUri(places), byUri([place(shared, 'maxAgents'), place(local, 'maxAgents')].map(({ uri, range: { start } }) => ({ uri, line: start.line }))));
  assert.deepEqual(await connection.sendRequest('workspace/symbol', { query: 'noSuchKeyAnywhere' }), []);
});
