import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { format as referenceFormat, applyEdits } from 'jsonc-parser';
import { getLanguageService } from 'vscode-json-languageservice';
import { range, startWithVsCodeLibrary, workspace } from './harness.mjs';

const timeout = 60_000;
const options = { tabSize: 2, insertSpaces: true };
const samples = {
  minified: '{"name":"x","list":[1,2,{"a":null}],"empty":{},"none":[]}',
  comments: '// head\n{ // open\n"a":1, // one\n/* two\n   lines */\n"b" : [ 1,\n// three\n2 ] }',
  lines: '{\r\n\t"a": {\r\n\r\n"b": true }\r\n,"c": "😀"\r\n}',
  regions: '{\n// #region x\n"a": [\n1,\n2\n],\n// #endregion\n"b": {\n"c": {\n"d": 1\n}\n}\n}',
};

async function open(t, text, initialize = {}) {
  const { folder, uri } = workspace(t);
  const server = await startWithVsCodeLibrary(t, { folder, initialize });
  const document = await server.document(uri('plain.json'), text, 'jsonc');
  const ask = (method, params = {}) => server.connection.sendRequest(method, { textDocument: { uri: document.uri }, ...params });
  return { ...server, ask, document, text: TextDocument.create(document.uri, 'jsonc', 1, text) };
}

for (const [name, text] of Object.entries(samples)) {
  test(`formatting gives what VS Code's formatter gives: ${name}`, { timeout }, async (t) => {
    for (const keepLines of [false, true]) {
      const { ask, text: document } = await open(t, text);
      const edits = await ask('textDocument/formatting', { options: { ...options, keepLines } });
      assert.equal(TextDocument.applyEdits(document, edits), applyEdits(text, referenceFormat(text, undefined, { ...options, eol: '\n', keepLines })));
    }
  });

  test(`folding and selection are those of VS Code's service: ${name}`, { timeout }, async (t) => {
    const reference = getLanguageService({});
    const { ask, text: document } = await open(t, text);
    const folded = (ranges) => ranges.map(({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`).sort();
    assert.deepEqual(folded(await ask('textDocument/foldingRange')), folded(reference.getFoldingRanges(document)));
    const positions = [...text.matchAll(/[a-z0-9]+/g)].map(({ index }) => document.positionAt(index + 1));
    const steps = (selection) => (selection ? [selection.range, ...steps(selection.parent)] : []);
    const ours = await ask('textDocument/selectionRange', { positions });
    const theirs = reference.getSelectionRanges(document, positions, reference.parseJSONDocument(document));
    // Inside a comment there is more to say than that nothing is there.
    const key = (ranges) => ranges.map((one) => `${document.offsetAt(one.start)}-${document.offsetAt(one.end)}`);
    for (let i = 0; i < positions.length; i++) assert.deepEqual(key(steps(ours[i])).at(-1), key(steps(theirs[i])).at(-1));
  });
}

test('a large document is formatted as one edit where the client says how many it takes', { timeout }, async (t) => {
  const text = JSON.stringify(Array.from({ length: 20_000 }, (_, id) => ({ id, name: `n${id}` })));
  const { ask, text: document } = await open(t, text, { initializationOptions: { provideFormatter: true, customCapabilities: { rangeFormatting: { editLimit: 1000 } } } });
  const edits = await ask('textDocument/formatting', { options });
  assert.equal(edits.length, 1);
  assert.equal(TextDocument.applyEdits(document, edits), JSON.stringify(JSON.parse(text), null, 2));
});

test('keys have tokens, numbers hints and colours a picker', { timeout }, async (t) => {
  const { folder, uri } = workspace(t, {
    's.json': JSON.stringify({ properties: { color: { format: 'color-hex' }, delay: { 'x-unit': 'ms' }, old: { deprecated: true } } }),
  });
  const server = await startWithVsCodeLibrary(t, { folder });
  const document = await server.document(uri('x.json'), '{"$schema": "./s.json", "color": "#00f", "delay": 90000, "old": 1, "new": 2}');
  const ask = (method, params = {}) => server.connection.sendRequest(method, { textDocument: { uri: document.uri }, ...params });
  const { tokenModifiers } = server.result.capabilities.semanticTokensProvider.legend;
  const { data, resultId } = await ask('textDocument/semanticTokens/full');
  const facts = [];
  for (let i = 4; i < data.length; i += 5) facts.push(tokenModifiers.filter((_, bit) => data[i] & (1 << bit)).join());
  assert.deepEqual(facts, ['', '', '', 'deprecated', 'unknown']);
  await document.edit([0, 71, 0, 71, 's']);
  const { edits } = await ask('textDocument/semanticTokens/full/delta', { previousResultId: resultId });
  assert.deepEqual(edits.map(({ start, deleteCount }) => [start, deleteCount]), [[20, 5]]);
  const hints = await ask('textDocument/inlayHint', { range: range(0, 0, 1, 0) });
  assert.deepEqual(hints.map(({ label }) => label), ['= 1 min 30 s']);
  const [{ color }] = await ask('textDocument/documentColor');
  assert.deepEqual(color, { red: 0, green: 0, blue: 1, alpha: 1 });
  const links = await ask('textDocument/documentLink');
  assert.deepEqual(links.map(({ target }) => target), [uri('s.json')]);
});

test('sorting keeps comments with their keys', { timeout }, async (t) => {
  const { connection, document, text } = await open(t, '{\n  // of b\n  "b": 1,\n  "a": 2 // of a\n}\n');
  const edits = await connection.sendRequest('json/sort', { uri: document.uri, options });
  assert.equal(TextDocument.applyEdits(text, edits), '{\n  "a": 2, // of a\n  // of b\n  "b": 1\n}\n');
});
