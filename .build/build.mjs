// Builds the server and the extension:
//   artifacts/server/<rid>/configlsp        self-contained, trimmed, ReadyToRun, single file, for this machine (--all: for linux-x64 and win-x64)
//   artifacts/server/portable/configlsp.dll for any machine with the .NET 10 runtime
//   artifacts/configlsp.vsix                the extension with these servers inside
import fs from 'node:fs';
import path from 'node:path';
import { artifacts, installPackages, rid, root, run, step } from './tools.mjs';

const project = path.join('server', 'ConfigLsp.Server');
const rids = new Set(process.argv.includes('--all') ? [rid, 'linux-x64', 'win-x64'] : [rid]);

installPackages();

for (const target of rids) {
  step(`server for ${target}`);
  publish(target, ['-r', target, '-p:SelfContainedServer=true']);
}

step('portable server');
publish('portable', ['--no-self-contained', '-p:UseAppHost=false']);

step('extension');
run('node', [path.join('client-extension', 'build.mjs')]);

function publish(name, options) {
  const output = path.join(artifacts, 'server', name);
  fs.rmSync(output, { recursive: true, force: true });
  run('dotnet', ['publish', project, '-c', 'Release', '-v', 'quiet', '--nologo', '-o', path.relative(root, output), ...options]);
}
