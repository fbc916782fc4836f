// Runs the examples against the published server, as a reader of README.md beside it would.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { artifacts, root, serverBinary } from '../../.build/tools.mjs';
import { cleanEnvironment, temporaryFolder, workspace } from '../../tests/protocol/harness.mjs';
import { startListening } from '../../tests/protocol/serving.mjs';

const timeout = 300_000;
const bundle = path.join(artifacts, 'examples', 'example.cjs');

function run(command, args, options) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: root, timeout: 240_000, ...options });
  assert.equal(status, 0, `${command} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

/** Without blocking this process, which serves nothing but holds the server's streams. */
function runBeside(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${command} ended with ${code}: ${output}`))));
  });
}

const told = (output) => {
  assert.match(output, /^maxAgents is 5, from workspace$/m);
  assert.match(output, /^changed: maxAgents from 5 to 6 in workspace$/m);
  assert.match(output, /^set to 6 at revision \d+$/m);
  assert.match(output, /^Conflict: .+\n  it is 6 at revision \d+ now$/m);
};

test('the TypeScript example at a socket, and with a service of its own', { timeout }, async (t) => {
  run(process.execPath, [path.join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', path.join('docs', 'examples', 'typescript')]);
  run(process.execPath, [path.join(root, 'node_modules', 'esbuild', 'bin', 'esbuild'), path.join('docs', 'examples', 'typescript', 'example.ts'), '--bundle', '--platform=node', '--format=cjs', `--outfile=${bundle}`, '--log-level=error']);
  const { folder } = workspace(t, { '.nofx/settings.json': '{ "maxAgents": 5 }' });
  const server = await startListening(t, { folder });
  const output = await runBeside(process.execPath, [bundle, server.address], process.env);
  told(output);
  assert.match(output, /^ValidationFailed: /m);
  assert.equal(fs.readFileSync(path.join(folder, '.nofx', 'settings.json'), 'utf8'), '{ "maxAgents": 6 }');

  const own = workspace(t, { '.nofx/settings.json': '{ "maxAgents": 5 }' });
  told(await runBeside(process.execPath, [bundle, '--stdio', serverBinary, own.folder], cleanEnvironment(temporaryFolder(t))));
});

test('the C# example at a socket', { timeout, skip: process.platform === 'win32' && 'it reaches the service at a Unix socket' }, async (t) => {
  run('dotnet', ['build', path.join('docs', 'examples', 'csharp'), '-c', 'Release', '-v', 'quiet', '--nologo']);
  const { folder } = workspace(t, { '.nofx/settings.json': '{ "maxAgents": 5 }' });
  const server = await startListening(t, { folder });
  told(await runBeside('dotnet', [path.join(root, 'docs', 'examples', 'csharp', 'bin', 'Release', 'net10.0', 'ConfigLsp.Example.dll'), server.address], process.env));
});
