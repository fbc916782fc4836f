import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import type { Machine } from './serverLocation';

const listingTimeoutMs = 10_000;

/** The machine that the extension host runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    musl: usesMusl(),
    env: process.env,
    isFile: (file) => fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false,
    ensureExecutable,
    listRuntimes: (dotnet) =>
      new Promise((resolve) => {
        execFile(dotnet, ['--list-runtimes'], { timeout: listingTimeoutMs, windowsHide: true }, (error, stdout) => resolve(error ? undefined : stdout));
      }),
  };
}

function usesMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined;
}

function ensureExecutable(file: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return true;
  } catch {
    // Some ways of installing an extension unpack it without the execute permission.
  }
  try {
    fs.chmodSync(file, 0o755);
    return true;
  } catch {
    return false;
  }
}
