// What the build scripts share: running commands, knowing this machine's runtime identifier, installing npm packages once.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const artifacts = path.join(root, 'artifacts');

/** The .NET runtime identifier of this machine, for instance linux-x64. */
export const rid = `${{ win32: 'win', darwin: 'osx' }[process.platform] ?? 'linux'}-${process.arch}`;
export const serverBinary = path.join(artifacts, 'server', rid, process.platform === 'win32' ? 'configlsp.exe' : 'configlsp');

/** Runs a command in the repository with its output shown; returns its exit code. */
export function tryRun(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' && command === 'npm', ...options });
  if (result.error?.code === 'ENOENT') {
    const hint = command === 'dotnet' ? ' Install the .NET 10 SDK: https://dotnet.microsoft.com/download' : '';
    console.error(`${command} was not found.${hint}`);
    process.exit(2);
  }
  if (result.error) throw result.error;
  return result.status ?? 1;
}

/** Runs a command and ends this script with its exit code if it fails. */
export function run(command, args, options) {
  const status = tryRun(command, args, options);
  if (status !== 0) {
    console.error(`\nfailed (exit code ${status}): ${command} ${args.join(' ')}`);
    process.exit(status);
  }
}

/** Says what is done next, so that a long build can be followed. */
export const step = (text) => console.log(`\n── ${text}`);

/** Installs the npm packages of the lock file unless they are there already. */
export function installPackages() {
  const installed = path.join(root, 'node_modules', '.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (fs.existsSync(installed) && fs.statSync(installed).mtimeMs >= fs.statSync(lock).mtimeMs) return;
  step('npm packages');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
