// When the process ends, with what exit code, and what it leaves behind.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { startOnWire, temporaryFolder, workspace } from './harness.mjs';

const timeout = 60_000;

/** A process that does nothing, standing for the editor. */
async function fakeEditor(t) {
  const editor = spawn(process.execPath, ['-e', 'process.stdin.resume(); process.stdout.write("ready")'], { stdio: ['pipe', 'pipe', 'ignore'] });
  t.after(() => editor.kill('SIGKILL'));
  await once(editor.stdout, 'data');
  return editor;
}

test('exit without shutdown ends with code 1', { timeout }, async (t) => {
  const { wire, exited } = await startOnWire(t);
  await wire.notify('exit');
  assert.deepEqual(await exited, { code: 1, signal: null });
  assert.deepEqual(wire.violations, []);
});

test('the end of input ends the process', { timeout }, async (t) => {
  for (const transport of ['stdio', 'socket']) {
    const { wire, exited } = await startOnWire(t, { transport });
    wire.output.end();
    assert.deepEqual(await exited, { code: 1, signal: null }, transport);
  }
});

test('the end of the client process given to initialize ends the server, though its pipes stay open', { timeout }, async (t) => {
  const editor = await fakeEditor(t);
  const { wire, exited, process: server } = await startOnWire(t, { initialize: { processId: editor.pid } });
  await wire.request('textDocument/hover', { textDocument: { uri: 'untitled:x' }, position: { line: 0, character: 0 } });
  assert.equal(server.exitCode, null, 'it lives while the client lives');
  editor.kill('SIGKILL');
  assert.deepEqual(await exited, { code: 1, signal: null });
});

test('the end of the process given by --clientProcessId ends the server', { timeout }, async (t) => {
  const editor = await fakeEditor(t);
  const { exited } = await startOnWire(t, { args: [`--clientProcessId=${editor.pid}`], initialize: { processId: null } });
  editor.kill('SIGKILL');
  assert.deepEqual(await exited, { code: 1, signal: null });
});

// Windows has no SIGTERM.
if (process.platform !== 'win32') {
  test('SIGTERM ends the process in order', { timeout }, async (t) => {
    const { exited, process: server } = await startOnWire(t);
    server.kill('SIGTERM');
    assert.deepEqual(await exited, { code: 0, signal: null });
  });
}

test('with --log-level debug standard output still carries nothing but frames', { timeout }, async (t) => {
  const { folder, uri } = workspace(t, { 'configlsp.json': '{"sources": 5}' });
  const { wire, exited } = await startOnWire(t, { folder, args: ['--log-level', 'debug'] });
  const file = uri('.nofx/settings.json');
  const diagnosed = wire.diagnostics(file, 1);
  await wire.notify('textDocument/didOpen', { textDocument: { uri: file, languageId: 'json', version: 1, text: '{"maxAgents": 99' } });
  await diagnosed;
  await wire.request('no/such/method');
  await wire.request('textDocument/hover', 5);
  await wire.write('Content-Length: 3\r\n\r\n{"a');
  await wire.request('shutdown');
  await wire.notify('exit');
  assert.deepEqual(await exited, { code: 0, signal: null });
  await wire.ended;
  assert.deepEqual(wire.violations, []);
});

test('killed in the middle of a session it leaves no temporary file and no changed setting, and starts again', { timeout }, async (t) => {
  const text = '{"maxAgents": 5}\n';
  const { folder, uri } = workspace(t, { '.nofx/settings.json': text });
  const home = temporaryFolder(t);
  for (let round = 0; round < 5; round++) {
    const { wire, process: server, exited } = await startOnWire(t, { folder, home });
    const file = uri('.nofx/settings.json');
    const diagnosed = wire.diagnostics(file, 1);
    await wire.notify('textDocument/didOpen', { textDocument: { uri: file, languageId: 'json', version: 1, text: '{"maxAgents": 99}' } });
    assert.equal((await diagnosed).diagnostics.length, 1, `round ${round}`);
    for (let version = 2; version < 30; version++) {
      void wire.notify('textDocument/didChange', { textDocument: { uri: file, version }, contentChanges: [{ text: `{"maxAgents": ${version}}` }] });
    }

    server.kill('SIGKILL');
    await exited;
  }

  assert.equal(fs.readFileSync(path.join(folder, '.nofx', 'settings.json'), 'utf8'), text);
  assert.deepEqual(filesIn(folder), ['.nofx/settings.json']);
  // Its log may stay, in the state folder where it belongs; nothing may lie in the home or temporary folder itself, except the end points
  // of the .NET runtime's debugger, which it makes before our code runs and removes only at an orderly end.
  assert.deepEqual(filesIn(home).filter((file) => !/^(state|cache|data|config)\/|^(dotnet-diagnostic|clr-debug-pipe)-/.test(file)), []);
  assert.deepEqual(filesIn(home).filter((file) => /\.(tmp|temp|lock)$|~$/.test(file)), []);
});

function filesIn(folder) {
  return fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .sort();
}
