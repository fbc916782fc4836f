// The commands about settings on the published binary: with and without a server beside them, they see one truth.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment, initializeParams, serverBinary, startOnWire, temporaryFolder, workspace } from './harness.mjs';
import { Wire } from './wire.mjs';

const timeout = 120_000;
const settings = '.nofx/settings.json';

/** A workspace with its own home, and the command line in it. */
function place(t, files = { [settings]: '{\n  "maxAgents": 1\n}\n' }) {
  const { folder } = workspace(t, files);
  const home = temporaryFolder(t);
  const options = { cwd: folder, env: cleanEnvironment(home) };
  return {
    folder,
    home,
    options,
    run: (args, input = '') => spawnSync(serverBinary, args, { ...options, encoding: 'utf8', input }),
  };
}

test('a setting is read, changed, explained and brought back', { timeout }, (t) => {
  const at = place(t);
  assert.deepEqual([at.run(['get', 'maxAgents']).stdout, at.run(['get', 'logLevel']).stdout], ['1\n', 'info\n']);
  assert.equal(at.run(['set', 'maxAgents', '5']).status, 0);
  assert.equal(at.run(['set', 'logLevel', '-'], 'warn\n').status, 0);
  assert.deepEqual(JSON.parse(at.run(['get', 'maxAgents', '--json']).stdout), { key: 'maxAgents', value: 5, source: 'workspace', freshness: 'fresh', revision: 1 });
  assert.equal(fs.readFileSync(path.join(at.folder, settings), 'utf8'), '{\n  "maxAgents": 5,\n  "logLevel": "warn"\n}\n');
  assert.match(at.run(['inspect', 'logLevel']).stdout, /workspace +effective +"warn" +\.nofx\/settings\.json:3:3/);
  assert.equal(at.run(['restore', '0']).status, 0);
  assert.equal(fs.readFileSync(path.join(at.folder, settings), 'utf8'), '{\n  "maxAgents": 1\n}\n');
  assert.equal(JSON.parse(at.run(['history', '--json']).stdout).items.length, 3);
  assert.equal(at.run(['health']).status, 0);
});

test('exit codes tell what kind of failure it was', { timeout }, (t) => {
  const at = place(t);
  const codes = [
    [['set', 'maxAgents', '99'], 1],
    [['get', 'maxAgnts'], 1],
    [['get', 'maxAgents', '--workspace', 'nowhere'], 2],
    [['get', '--nope'], 2],
    [['set', 'maxAgents', '5', '--if-revision', '7'], 3],
    [['get', '$schema'], 4],
  ];
  for (const [args, status] of codes) {
    const run = at.run(args);
    assert.deepEqual([run.status, run.stdout], [status, ''], args.join(' '));
    assert.match(run.stderr, /^configlsp: error: /);
    const json = at.run([...args, '--json']);
    assert.equal(json.status, status, args.join(' '));
  }

  fs.rmSync(path.join(at.home, 'state'), { recursive: true });
  fs.writeFileSync(path.join(at.home, 'state'), 'no folder');
  assert.equal(at.run(['set', 'maxAgents', '5']).status, 5);
  assert.equal(at.run(['get', 'maxAgents', '--json']).status, 0);
});

test('a server and the command line see what the other has done', { timeout }, async (t) => {
  const at = place(t);
  const child = spawn(serverBinary, ['serve', '--stdio', '--workspace', at.folder], { ...at.options, stdio: ['pipe', 'pipe', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  const wire = new Wire(child.stdout, child.stdin);
  await wire.request('initialize', initializeParams(at.folder));
  const get = async () => (await wire.request('configlsp/get', { keys: ['maxAgents'], maxStaleMs: 0 })).result.items[0];
  assert.equal((await get()).value, 1);

  assert.equal(at.run(['set', 'maxAgents', '5']).status, 0);
  assert.deepEqual(await get(), { key: 'maxAgents', value: 5, source: 'workspace', freshness: 'fresh', revision: 1 });

  const update = await wire.request('configlsp/update', { op: 'set', key: 'maxAgents', value: 6, expect: { revision: 1 } });
  assert.equal(update.result.revision, 2);
  assert.deepEqual(JSON.parse(at.run(['get', 'maxAgents', '--json']).stdout), { key: 'maxAgents', value: 6, source: 'workspace', freshness: 'fresh', revision: 2 });
  assert.equal(at.run(['set', 'maxAgents', '7', '--if-revision', '1']).status, 3);
  assert.equal(at.run(['set', 'maxAgents', '7', '--if-revision', '2']).status, 0);
});

test('a language server beside it does not stand in the way', { timeout }, async (t) => {
  const at = place(t);
  const { wire } = await startOnWire(t, { folder: at.folder, home: at.home });
  await wire.request('textDocument/hover', { textDocument: { uri: 'untitled:x' }, position: { line: 0, character: 0 } });
  assert.equal(at.run(['set', 'maxAgents', '5']).status, 0);
  assert.equal(at.run(['get', 'maxAgents']).stdout, '5\n');
});
