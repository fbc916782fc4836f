// The service for programs as it is published: sockets and standard streams, several clients, and clients that behave badly.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { startServer, temporaryFolder, workspace } from './harness.mjs';
import { malformedFrames } from './malformed.mjs';
import { launch, startListening } from './serving.mjs';
import { Wire, frame } from './wire.mjs';

const timeout = 120_000;
const unix = { timeout, skip: process.platform === 'win32' && 'a matter of Unix sockets' };
const settings = { '.nofx/settings.json': '{ "maxAgents": 5 }' };
const value = async (wire, key = 'maxAgents') => (await wire.call('configlsp/get', { keys: [key], maxStaleMs: 0 })).items[0].value;
const changeOf = (wire, wanted) => wire.next(({ method, params }) => method === 'configlsp/didChange' && params.changes.some((change) => change.new === wanted), `a change to ${wanted}`);

test('over standard streams: one client, nothing else on the output, and an orderly end', { timeout }, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startServer(t, { commandArgs: ['serve'], args: ['--workspace', folder] });
  const wire = new Wire(server.input, server.output);
  const result = await wire.call('initialize', { processId: process.pid, capabilities: {} });
  assert.equal(result.configlsp.apiVersion, 1);
  assert.deepEqual(result.configlsp.workspaces, [folder]);
  assert.equal(await value(wire), 5);
  assert.ok((await wire.call('configlsp/update', { key: 'maxAgents', value: 6 })).revision > 0);
  assert.equal(await wire.call('shutdown'), null);
  await wire.notify('exit');
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.deepEqual(wire.violations, []);
  assert.equal(server.stderr(), '');
});

test('over standard streams the end of the input, or of the client, ends the process', { timeout }, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startServer(t, { commandArgs: ['serve'], args: ['--workspace', folder] });
  server.output.end();
  assert.equal((await server.exited).signal, null);

  const client = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  t.after(() => client.kill('SIGKILL'));
  const watched = await startServer(t, { commandArgs: ['serve'], args: ['--workspace', folder, `--clientProcessId=${client.pid}`] });
  const wire = new Wire(watched.input, watched.output);
  await wire.call('configlsp/ping');
  client.kill('SIGKILL');
  assert.equal((await watched.exited).signal, null);
});

test('a socket for its user alone; many clients; the end of one leaves the others alone', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startListening(t, { folder });
  assert.equal(fs.statSync(server.address).mode & 0o777, 0o600);
  const clients = await Promise.all(Array.from({ length: 20 }, () => server.connect()));
  for (const client of clients) assert.equal(await value(client), 5);
  assert.equal(await clients[0].call('shutdown'), null);
  await clients[0].notify('exit');
  await clients[0].ended;
  clients[1].output.destroy();
  assert.equal(await value(clients[2]), 5);
  assert.equal(server.process.exitCode, null);
  assert.equal(server.stdout(), '');
});

test('a client that is killed in the middle of a message costs nobody anything', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startListening(t, { folder });
  const other = await server.connect();
  const script = `const s = require('net').connect(${JSON.stringify(server.address)}, () => {
    const send = (text) => s.write('Content-Length: ' + text.length + '\\r\\n\\r\\n' + text);
    send('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}');
    send('{"jsonrpc":"2.0","id":2,"method":"configlsp/watch","params":{}}');
    s.write('Content-Length: 1000\\r\\n\\r\\n{"jsonrpc":"2.0","id":3,"method":"configlsp/upd');
    s.once('data', () => process.stdout.write('ready')); });`;
  const victim = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(victim.stdout, 'data');
  victim.kill('SIGKILL');
  await once(victim, 'close');
  const told = changeOf(other, 9);
  await other.call('configlsp/watch', { keys: ['maxAgents'] });
  await other.call('configlsp/update', { key: 'maxAgents', value: 9 });
  await told;
  assert.deepEqual(other.violations, []);
});

test('a watch hears of another client, of an edit from outside, and of an editor-like replacement', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const file = path.join(folder, '.nofx', 'settings.json');
  const server = await startListening(t, { folder });
  const [watcher, writer] = [await server.connect(), await server.connect()];
  await watcher.call('configlsp/watch', { keys: ['maxAgents'] });

  let told = changeOf(watcher, 6);
  const { revision } = await writer.call('configlsp/update', { key: 'maxAgents', value: 6 });
  assert.equal((await told).params.revision, revision);

  told = changeOf(watcher, 7);
  fs.writeFileSync(file, '{ "maxAgents": 7 }');
  assert.equal((await told).params.changes[0].old, 6);

  told = changeOf(watcher, 8);
  fs.writeFileSync(`${file}.new`, '{ "maxAgents": 8 }');
  fs.renameSync(`${file}.new`, file);
  const { params } = await told;
  assert.ok(params.revision > revision);
  const { items } = await writer.call('configlsp/history', { limit: 1 });
  assert.equal(items[0].kind, 'outside');
  assert.deepEqual(watcher.violations, []);
});

test('the socket that a killed server left behind is replaced; that of a living one is not', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const first = await startListening(t, { folder });
  const second = launch(t, ['serve', '--listen', first.address, '--workspace', folder]);
  assert.deepEqual(await second.exited, { code: 2, signal: null });
  assert.match(second.stderr(), /another server listens there/);
  assert.equal(await value(await first.connect()), 5);

  first.process.kill('SIGKILL');
  await first.exited;
  assert.ok(fs.existsSync(first.address), 'a killed server leaves its socket');
  const third = await startListening(t, { folder, address: first.address });
  assert.equal(await value(await third.connect()), 5);
});

test('what is not a socket is left alone, and wrong folders are refused', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const home = temporaryFolder(t);
  const file = path.join(home, 'precious');
  fs.writeFileSync(file, 'text');
  for (const [args, reason] of [
    [['--listen', file, '--workspace', folder], /not a socket/],
    [['--listen', path.join(home, 'no', 's'), '--workspace', folder], /does not exist/],
    [['--listen', path.join(home, 's'), '--workspace', path.join(home, 'nowhere')], /no folder/],
    [['--listen', path.join(home, 'x'.repeat(120)), '--workspace', folder], /shorter/],
  ]) {
    const run = launch(t, ['serve', ...args], home);
    assert.deepEqual(await run.exited, { code: 2, signal: null });
    assert.match(run.stderr(), reason);
    assert.doesNotMatch(run.stderr(), /\n\s+at /, 'no stack trace');
    assert.equal(run.stdout(), '');
  }

  assert.equal(fs.readFileSync(file, 'utf8'), 'text');
});

test('SIGTERM ends in order: what was accepted is answered, the socket goes, exit 0', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startListening(t, { folder });
  const wire = await server.connect();
  const updates = Array.from({ length: 5 }, (_, i) => wire.request('configlsp/update', { key: 'maxAgents', value: 10 + i }));
  await updates[0];
  server.process.kill('SIGTERM');
  for (const reply of await Promise.allSettled(updates)) {
    if (reply.status === 'fulfilled' && reply.value.error) assert.equal(reply.value.error.code, -33040);
  }

  await wire.ended;
  assert.deepEqual(await server.exited, { code: 0, signal: null });
  assert.ok(!fs.existsSync(server.address));
  assert.match(fs.readFileSync(path.join(folder, '.nofx', 'settings.json'), 'utf8'), /^\{ "maxAgents": 1[0-4] \}$/);
  assert.deepEqual(wire.violations, []);
});

test('wrong frames: each is answered or ends its own connection, and ping still answers', unix, async (t) => {
  const { folder, uri } = workspace(t, settings);
  const server = await startListening(t, { folder });
  const wire = await server.connect();
  for (let sent = 0; sent < 2_000; sent += 200) {
    const frames = malformedFrames(sent, 200, uri('.nofx/settings.json'));
    for (const { ids } of frames) for (const id of ids) wire.expectReply(id);
    await wire.write(Buffer.concat(frames.map(({ bytes }) => bytes)));
    await wire.call('configlsp/ping');
    await Promise.all(wire.unanswered().map((id) => wire.reply(id)));
    wire.forget();
  }

  const lost = await server.connect();
  await lost.write('GET / HTTP/1.1\r\n\r\n');
  await lost.ended;
  assert.equal(await value(wire), 5);
  assert.deepEqual(wire.violations, []);
});

test('parameters and ids in all the forms of common clients', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startListening(t, { folder });
  const wire = await server.connect({ initialize: false });
  // StreamJsonRpc sends a single argument in an array, and an empty array where there is none.
  assert.ok((await wire.request('initialize', [{ processId: process.pid, capabilities: {} }], { id: 'first' })).result);
  assert.equal((await wire.request('configlsp/get', [{ keys: ['maxAgents'] }], { id: 'a-1' })).result.items[0].value, 5);
  for (const params of [undefined, null, [], {}, [{}]]) assert.ok((await wire.request('configlsp/info', params, { id: `info-${JSON.stringify(params)}` })).result.version);
  // System.Text.Json escapes everything beyond ASCII.
  wire.expectReply('é');
  const reply = wire.reply('é');
  await wire.write(frame('{"jsonrpc":"2.0","id":"\\u00e9","method":"configlsp/get","params":{"keys":["\\u006daxAgents"]}}'));
  assert.equal((await reply).result.items[0].value, 5);
  assert.equal((await wire.request('configlsp/get', { keys: ['\ud800'] })).error?.code ?? 0, -32602);
  assert.equal((await wire.request('shutdown', [])).result, null);
  await wire.notify('exit', []);
  await wire.ended;
  assert.deepEqual(wire.violations, []);
});

test('clients beyond the bound are refused with a reason', unix, async (t) => {
  const { folder } = workspace(t, settings);
  const server = await startListening(t, { folder });
  const clients = await Promise.all(Array.from({ length: 256 }, () => server.connect()));
  const socket = net.connect(server.address);
  t.after(() => socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => (text += chunk));
  await once(socket, 'close');
  assert.match(text, /-33023.*256 clients/);
  clients[0].output.destroy();
  await clients[0].ended;
  assert.equal(await value(clients[255]), 5);
});

