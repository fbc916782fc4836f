import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pushCapabilities, startWithVsCodeLibrary, workspace } from './harness.mjs';
import { randomNumbers } from './random.mjs';

const timeout = 120_000;

/** How far into a line a text reaches, by encoding. */
const length = { 'utf-8': (text) => Buffer.byteLength(text), 'utf-16': (text) => text.length, 'utf-32': (text) => [...text].length };
const offering = (positionEncodings) => ({ capabilities: { ...pushCapabilities, general: { positionEncodings } } });

test('UTF-8 is chosen where it is offered, UTF-16 is what is left', { timeout }, async (t) => {
  for (const [offered, chosen] of [[['utf-16', 'utf-8'], 'utf-8'], [['utf-32'], 'utf-32'], [['utf-16'], 'utf-16'], [undefined, 'utf-16']]) {
    const { result } = await startWithVsCodeLibrary(t, { initialize: offering(offered) });
    assert.equal(result.capabilities.positionEncoding ?? 'utf-16', chosen, `offered: ${offered}`);
  }
});

for (const encoding of ['utf-8', 'utf-16', 'utf-32']) {
  test(`ranges behind letters of every width, in ${encoding}`, { timeout }, async (t) => {
    const { folder, uri } = workspace(t);
    const { document } = await startWithVsCodeLibrary(t, { folder, initialize: offering([encoding]) });
    const before = '{"aiPath": "/Größe/日本/😀", "maxAgents": ';
    const settings = await document(uri('.nofx/settings.json'), `${before}99}`);
    const range = (start) => ({ start: { line: 0, character: start }, end: { line: 0, character: start + 2 } });
    assert.deepEqual((await settings.diagnostics()).map((diagnostic) => diagnostic.range), [range(length[encoding](before))]);

    // Deletes the face and types a letter in its place.
    const face = length[encoding]('{"aiPath": "/Größe/日本/');
    await settings.edit([0, face, 0, face + length[encoding]('😀'), 'ü']);
    assert.deepEqual((await settings.diagnostics()).map((diagnostic) => diagnostic.range), [range(length[encoding](before.replace('😀', 'ü')))]);
  });

  test(`after 300 random edits the server has the same text as its client, in ${encoding}`, { timeout }, async (t) => {
    const { folder, uri } = workspace(t);
    const { document } = await startWithVsCodeLibrary(t, { folder, initialize: offering([encoding]) });
    const random = randomNumbers(encoding.length * 7);
    let text = '{\r\n  "maxAgents": 99,\n  "aiPath": "日本/😀",\r  "logLevel": "é"\r\n}\n';
    const edited = await document(uri('.nofx/settings.json'), text);
    for (let i = 0; i < 100; i++) {
      const changes = [];
      for (let k = 0; k < 3; k++) {
        const [start, end] = [pickOffset(text, random), pickOffset(text, random)].sort((a, b) => a - b);
        const limited = Math.min(end, start + 12);
        const stop = isInside(text, limited) ? limited + 1 : limited;
        const inserted = pieces[random(pieces.length)];
        const [from, to] = [position(text, start, encoding), position(text, stop, encoding)];
        changes.push([from.line, from.character, to.line, to.character, inserted]);
        text = text.slice(0, start) + inserted + text.slice(stop);
      }

      await edited.edit(...changes);
    }

    const fresh = await document(uri('fresh/.nofx/settings.json'), text);
    assert.deepEqual(comparable(await edited.diagnostics()), comparable(await fresh.diagnostics()));
    assert.ok((await fresh.diagnostics()).length > 0, 'a text torn like this has mistakes to compare');
  });
}

test('positions beyond the end of a line or of the text count as its end', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { document } = await startWithVsCodeLibrary(t, { folder });
  const settings = await document(uri('.nofx/settings.json'), '{\n"maxAgents": 9\n}');
  await settings.edit([1, 999, 1, 1000, '9']);
  assert.deepEqual((await settings.diagnostics()).map(({ code }) => code), ['number-too-large']);
  await settings.edit([77, 0, 99, 3, ' x']);
  const places = (await settings.diagnostics()).map(({ range: { start } }) => `${start.line}:${start.character}`);
  assert.deepEqual([...new Set(places)], ['1:13', '2:2']);
});

const pieces = ['', '', '"', '{', '}', '[', ']', ',', ':', '9', '"maxAgents": 77,', '"logLevel": "loud"', '\n', '\r\n', '\r', '日本', '😀', 'é', '// c\n', '/*', '*/', ' ', '\\'];

/** Not between the two halves of a surrogate pair, nor inside a CR LF. */
const isInside = (text, offset) => /[\udc00-\udfff]/.test(text[offset] ?? '') || (text[offset] === '\n' && text[offset - 1] === '\r');

function pickOffset(text, random) {
  const offset = random(text.length + 1);
  return isInside(text, offset) ? offset + 1 : offset;
}

/** Lines end at LF, CR LF or CR (LSP 3.17, "Text Documents"). */
function position(text, offset, encoding) {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: length[encoding](lines.at(-1)) };
}

const comparable = (diagnostics) => diagnostics.map(({ code, range, message }) => ({ code, range, message }));
