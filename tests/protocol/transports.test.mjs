import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { initializeParams, serverBinary, startOnWire, startServer, startWithVsCodeLibrary, workspace } from './harness.mjs';
import { Wire } from './wire.mjs';

const timeout = 60_000;

for (const transport of ['stdio', 'pipe', 'socket']) {
  test(`initialize, diagnostics and an orderly end over ${transport}`, { timeout }, async (t) => {
    const { folder, uri } = workspace(t);
    const { connection, document, result, exited } = await startWithVsCodeLibrary(t, { transport, folder });
    assert.equal(result.serverInfo.name, 'configlsp');
    assert.equal(result.capabilities.textDocumentSync.change ?? result.capabilities.textDocumentSync, 2, 'incremental synchronisation');
    for (const capability of ['hoverProvider', 'completionProvider', 'documentSymbolProvider']) assert.ok(result.capabilities[capability], capability);

    const settings = await document(uri('.nofx/settings.json'), '{"maxAgents": 99}');
    assert.deepEqual((await settings.diagnostics()).map(({ code }) => code), ['number-too-large']);

    assert.equal(await connection.sendRequest('shutdown'), null);
    await connection.sendNotification('exit');
    assert.deepEqual(await exited, { code: 0, signal: null });
  });
}

test('the version in the answer to initialize is the one that --version prints', { timeout }, async (t) => {
  const { result } = await startOnWire(t);
  const printed = spawnSync(serverBinary, ['--version'], { encoding: 'utf8' });
  assert.equal(printed.status, 0);
  assert.ok(result.serverInfo.version.length > 0);
  assert.ok(printed.stdout.includes(result.serverInfo.version), `${printed.stdout} names ${result.serverInfo.version}`);
});

test('a transport that nobody listens at is an error that says so', { timeout }, async (t) => {
  const { folder } = workspace(t);
  for (const args of [[`--pipe=${folder}/nobody.sock`], ['--socket=1']]) {
    const run = spawnSync(serverBinary, ['lsp', ...args], { encoding: 'utf8', timeout: 30_000 });
    assert.equal(run.status, 2, `exit code of ${args}`);
    assert.match(run.stderr, /nobody\.sock|\b1\b/, 'names the address');
    assert.doesNotMatch(run.stderr, /\n\s+at /, 'no stack trace');
    assert.equal(run.stdout, '');
  }
});

test('a request before initialize and one after shutdown are refused, others are answered', { timeout }, async (t) => {
  const { folder } = workspace(t);
  const server = await startServer(t);
  const wire = new Wire(server.input, server.output);
  const hover = { textDocument: { uri: 'untitled:x' }, position: { line: 0, character: 0 } };
  assert.equal((await wire.request('textDocument/hover', hover)).error.code, -32002);
  assert.ok((await wire.call('initialize', initializeParams(folder))).capabilities);
  assert.equal((await wire.request('initialize', initializeParams(folder))).error.code, -32600);
  await wire.notify('initialized', {});
  assert.equal(await wire.call('shutdown'), null);
  assert.equal((await wire.request('textDocument/hover', hover)).error.code, -32600);
  assert.deepEqual(wire.violations, []);
});
