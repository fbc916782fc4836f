// Completion beside vscode-json-language-server on the same documents and schemas: whatever that offers is offered here too, unless a reason
// is given below, and a document is no worse after an item was accepted.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { parse, parseTree } from 'jsonc-parser';
import { startOnWire, temporaryFolder } from './harness.mjs';

const reference = createRequire(import.meta.url).resolve('vscode-langservers-extracted/bin/vscode-json-language-server');
const timeout = 180_000;

const shapes = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  properties: {
    name: { type: 'string', description: 'A name.' },
    level: { enum: ['debug', 'info', null], default: 'info', enumDescriptions: ['All.', 'Some.', 'None.'] },
    on: { type: 'boolean' },
    maybe: { type: ['boolean', 'null'] },
    count: { type: 'integer', default: 3, examples: [1, 2] },
    fixed: { const: { a: 1 } },
    list: { type: 'array', items: { enum: ['red', 'green'] }, uniqueItems: true },
    pair: { type: 'array', items: [{ enum: [1, 2] }, { type: 'boolean' }] },
    wrapped: { type: 'array', items: { type: 'string', default: 'w' } },
    snippet: { type: 'object', defaultSnippets: [{ label: 'filled', body: { key: '${1:value}' } }, { bodyText: '{ "raw": $1 }' }] },
    deep: { $ref: '#/definitions/deep' },
    any: { anyOf: [{ enum: ['x'] }, { type: 'null' }, { type: 'object', properties: { inner: { const: 'y' } } }] },
    hidden: { doNotSuggest: true },
    map: { propertyNames: { enum: ['k1', 'k2'] }, additionalProperties: { type: 'boolean' } },
    env: { patternProperties: { '^[A-Z]+$': { enum: ['V'] } } },
  },
  required: ['name', 'level'],
  definitions: { deep: { allOf: [{ $ref: '#/definitions/deeper' }] }, deeper: { type: 'object', properties: { deep: { $ref: '#/definitions/deep' }, leaf: { enum: ['l'] } } } },
};
const variants = {
  oneOf: [
    { properties: { kind: { const: 'file' }, path: { type: 'string' } }, required: ['kind', 'path'] },
    { properties: { kind: { const: 'web' }, url: { type: 'string' } }, required: ['kind', 'url'] },
  ],
};
const conditional = {
  properties: { mode: { enum: ['a', 'b'] } },
  if: { properties: { mode: { const: 'a' } }, required: ['mode'] },
  then: { properties: { forA: { type: 'boolean' } } },
  else: { properties: { forB: { type: 'boolean' } } },
};

/** The caret is the bar. */
const cases = [
  [shapes, ['|', '{|', '{|}', '{\n  |\n}', '{ "na|" }', '{ "na|', '{ na| }', '{ "name": "x", | }', '{ "name": "x" | }', '{ | "name": "x" }', '{ "name": "x",\r\n\t|\r\n}']],
  [shapes, ['{ "level": | }', '{ "level": "in|" }', '{ "level": in| }', '{ "level": |, "on": true }', '{ "level":| }', '{ "level": "a\\u0041|" }', '{ "on": | }', '{ "on": tr| }', '{ "maybe": | }', '{ "count": | }', '{ "fixed": | }']],
  [shapes, ['{ "list": | }', '{ "list": [|] }', '{ "list": ["red", |] }', '{ "list": ["red" |] }', '{ "list": ["gr|"] }', '{ "pair": [|] }', '{ "pair": [1, |] }', '{ "wrapped": | }', '{ "wrapped": [|] }', '{ "snippet": | }']],
  [shapes, ['{ "deep": {|} }', '{ "deep": { "deep": { "deep": { | } } } }', '{ "deep": { "leaf": | } }', '{ "any": | }', '{ "any": { | } }', '{ "map": { | } }', '{ "map": { "k1": | } }', '{ "env": { "ABC": | } }']],
  [shapes, ['{ // note\n | }', '{ /* note */ | }', '{ "name": "a", "name": "b", | }', '{ "name": "𝒳𝒴", | }', '{\n<<<<<<< ours\n  "name": "x",\n  |\n=======\n>>>>>>> theirs\n}']],
  [variants, ['{ | }', '{ "kind": | }', '{ "kind": "file", | }', '{ "kind": "web", | }', '{ "kind": "fi|" }']],
  [conditional, ['{ | }', '{ "mode": "a", | }', '{ "mode": "b", | }', '{ "mode": | }']],
  [null, ['|', '{|}', '{ "$schema": | }', '[{ "a": 1, "b": "x" }, { | }]', '[{ "a": "x" }, { "a": | }]', '{ "x": { "on": true }, "y": { "on": | } }', '{ "x": { "s": { "p": 1 } }, "y": { "s": { | } } }', '["a", |]', '{ "x": { "l": [1] }, "y": { "l": [|] } }']],
];

/** Labels of the reference that are not offered here, each with the reason. */
const reasons = [
  [(label) => /^Empty (object|array)$/.test(label), 'offered as {} and []'],
  [(label) => /^"https?:\/\/.*"$/.test(label), 'a schema of the reference is not one of ours'],
  [(label) => /\$\d/.test(label), 'a snippet without a label is shown without its tab stops'],
  [(label, markup) => markup.includes('<<<<<<<') && markup.includes(`"${label}"`), 'the key stands there already, behind the conflict marker'],
];

for (const [name, capabilities] of [['snippets', { snippetSupport: true }], ['plain text', {}]]) {
  test(`completion offers what the reference offers, and leaves a document no worse (${name})`, { timeout }, async (t) => {
    const ours = await start(t, capabilities);
    const theirs = await start(t, capabilities, { command: process.execPath, commandArgs: [reference] });
    const missing = [];
    const worse = [];
    let number = 0;
    for (const [schema, documents] of cases) {
      for (const markup of documents) {
        const file = `file:///compare/${++number}.${schema ? cases.findIndex(([other]) => other === schema) : 'none'}.json`;
        const [own, other] = [await complete(ours, file, markup), await complete(theirs, file, markup)];
        const labels = new Set(own.items.map(({ label }) => normalize(label)));
        for (const { label } of other.items)
          if (!labels.has(normalize(label)) && !reasons.some(([isMeant]) => isMeant(label, markup))) missing.push(`${JSON.stringify(markup)}: ${label}`);
        const extra = [...labels].filter((label) => !other.items.some((item) => normalize(item.label) === label));
        if (extra.length > 0) t.diagnostic(`${JSON.stringify(markup)} also offers ${extra.join('  ')}`);
        for (const item of own.items) {
          const same = other.items.find(({ label }) => normalize(label) === normalize(item.label));
          const accepted = accept(own.text, item);
          const errors = errorsOf(accepted);
          const allowed = same ? errorsOf(accept(other.text, same)) : errorsOf(own.text);
          if (errors > allowed) worse.push(`${JSON.stringify(markup)} + ${item.label} -> ${JSON.stringify(accepted)}`);
        }
      }
    }

    assert.deepEqual({ missing, worse }, { missing: [], worse: [] });
  });
}

async function start(t, completionItem, options = {}) {
  const folder = temporaryFolder(t);
  const capabilities = { general: { positionEncodings: ['utf-16'] }, workspace: { didChangeConfiguration: {} }, textDocument: { completion: { completionItem } } };
  const { wire } = await startOnWire(t, { folder, initialize: { capabilities, initializationOptions: { handledSchemaProtocols: ['file'] } }, ...options });
  const schemas = cases.flatMap(([schema], index) => (schema ? [{ fileMatch: [`*.${index}.json`], url: `compare://schemas/${index}.json`, schema }] : []));
  await wire.notify('workspace/didChangeConfiguration', { settings: { json: { validate: { enable: true }, schemas } } });
  return wire;
}

async function complete(wire, uri, markup) {
  const caret = markup.indexOf('|');
  const text = markup.slice(0, caret) + markup.slice(caret + 1);
  const before = text.slice(0, caret).split('\n');
  await wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'jsonc', version: 1, text } });
  const { result, error } = await wire.request('textDocument/completion', { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1).length } });
  assert.equal(error, undefined);
  await wire.notify('textDocument/didClose', { textDocument: { uri } });
  return { text, items: result?.items ?? result ?? [] };
}

/** The text as an editor makes it: tab stops become what they suggest. */
function accept(text, { textEdit, additionalTextEdits = [], insertTextFormat }) {
  const offset = ({ line, character }) => text.split('\n').slice(0, line).reduce((sum, { length }) => sum + length + 1, 0) + character;
  const newText = insertTextFormat === 2 ? expand(textEdit.newText) : textEdit.newText;
  const edits = [{ range: textEdit.range, newText }, ...additionalTextEdits].map((edit) => ({ ...edit, start: offset(edit.range.start), end: offset(edit.range.end) }));
  return edits.sort((a, b) => b.start - a.start).reduce((result, { start, end, newText: inserted }) => result.slice(0, start) + inserted + result.slice(end), text);
}

const expand = (snippet) => snippet
  .replace(/(?<!\\)\$\{\d+\|((?:\\.|[^,|\\])*)(?:\\.|[^|\\])*\|\}/g, '$1')
  .replace(/(?<!\\)\$\{\d+:((?:\\.|[^}\\])*)\}/g, '$1')
  .replace(/(?<!\\)\$\d+/g, '')
  .replace(/\\([\\$},|])/g, '$1');

function errorsOf(text) {
  const errors = [];
  parse(text, errors, { allowTrailingComma: true });
  return errors.length + (parseTree(text) === undefined ? 1 : 0);
}

/** The reference writes a value without blanks. */
function normalize(label) {
  if (label.startsWith('Empty ')) return label;
  return label.replace(/[.…]+$/, '').replace(/[\s↵]+/g, '').slice(0, 50);
}
