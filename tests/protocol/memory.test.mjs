import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startOnWire, workspace } from './harness.mjs';
import { residentMemory } from './memory.mjs';

const mebibyte = 1024 * 1024;

test('1,000 documents opened, edited and closed do not pile up', { timeout: 240_000 }, async (t) => {
  const { folder, uri } = workspace(t);
  const { wire, pid } = await startOnWire(t, { folder });
  const filler = Array.from({ length: 20 }, (_, i) => `  "unknown key ${i}": [${Array.from({ length: 200 }, (_, k) => `{"${k}": "${i}"}`)}]`).join(',\n');
  const text = `{\n"maxAgents": 99,\n${filler}\n}`;
  let early;
  for (let cycle = 1; cycle <= 1000; cycle++) {
    const file = uri(`folder-${cycle}/.nofx/settings.json`);
    const opened = wire.diagnostics(file, 1);
    await wire.notify('textDocument/didOpen', { textDocument: { uri: file, languageId: 'json', version: 1, text } });
    assert.equal((await opened).diagnostics.length, 21);
    const edited = wire.diagnostics(file, 2);
    const contentChanges = [{ range: { start: { line: 1, character: 13 }, end: { line: 1, character: 15 } }, text: '9' }];
    await wire.notify('textDocument/didChange', { textDocument: { uri: file, version: 2 }, contentChanges });
    assert.equal((await edited).diagnostics.length, 20);
    await wire.notify('textDocument/didClose', { textDocument: { uri: file } });
    wire.forget();
    if (cycle === 200) early = residentMemory(pid).now;
  }

  await wire.request('textDocument/hover', { textDocument: { uri: uri('none.json') }, position: { line: 0, character: 0 } });
  const late = residentMemory(pid).now;
  // All 800 texts in between, had they stayed, would be 40 MB of text alone, and their trees several times that.
  assert.ok(late < early * 1.3 + 16 * mebibyte, `${(early / mebibyte).toFixed(0)} MB after 200, ${(late / mebibyte).toFixed(0)} MB after 1,000`);
  assert.deepEqual(wire.violations, []);
});
