// Whole-process figures of the server beside vscode-json-language-server, taken in one interleaved run: npm run bench [-- options]
// Prints a table and writes artifacts/bench/bench.json. README.md beside this file says how to read it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { artifacts, serverBinary } from '../../.build/tools.mjs';
import { measureCheck } from './check.mjs';
import { settingsDocument, sizes } from './documents.mjs';
import { measureFeatures } from './features.mjs';
import { Figures } from './figures.mjs';
import { measureService } from './service.mjs';
import { measureDocument, measureStart } from './session.mjs';

const usage = `usage: npm run bench -- [--runs N] [--quick] [--sizes ${Object.keys(sizes).join(',')}] [--no-start] [--no-check] [--no-service]`;
/** A size that is there to show how a keystroke grows with the document. */
const onlyInCurve = '64KB';
const options = readOptions();
const servers = findServers();
const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'configlsp-bench-')));
const figures = new Figures(servers.map(({ name }) => name));
try {
  await run();
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}

console.log(`\n${figures.table()}\n`);
console.log('ratio: the reference divided by configlsp; above 1 is better than the reference. Medians (lowest to highest).');
if (options.sizes.length > 1) console.log(`\n${figures.curves(options.sizes.map((size) => ({ size, bytes: sizes[size] })))}\n`);
for (const line of figures.differences) console.log(`differs: ${line}`);
const file = path.join(artifacts, 'bench', 'bench.json');
fs.mkdirSync(path.dirname(file), { recursive: true });
fs.writeFileSync(file, `${JSON.stringify({ machine: machine(), runs: options.runs, servers, figures: figures.toJSON(), differences: figures.differences }, null, 2)}\n`);
console.log(`\nwritten to ${path.relative(process.cwd(), file)}`);

async function run() {
  const documents = options.sizes.map((size) => ({ size, ...settingsDocument(sizes[size]) }));
  for (let i = 0; i < options.runs; i++) {
    progress(`run ${i + 1} of ${options.runs}`);
    // Every other run goes the other way round, so that no server always has the warmer or the busier machine.
    const order = i % 2 === 0 ? servers : [...servers].reverse();
    if (options.start) for (const server of order) recordStart(server, await measureStart(server, folder));
    for (const document of documents) {
      for (const mode of document.size === onlyInCurve ? ['pull'] : ['push', 'pull']) {
        const found = new Map();
        for (const server of order) {
          progress(`run ${i + 1} of ${options.runs}: ${document.size} ${mode} ${server.name}`);
          const measured = await measureDocument(server, folder, mode, document, keystrokesIn(document));
          recordDocument(server, document, mode, measured);
          found.set(server.name, measured.items);
        }

        figures.compare(`${document.size}, ${mode}`, found);
      }

      if (document.size === onlyInCurve) continue;
      for (const server of order) {
        progress(`run ${i + 1} of ${options.runs}: ${document.size} features ${server.name}`);
        const measured = await measureFeatures(server, folder, document, keystrokesIn(document));
        for (const [name, times] of measured) figures.add(`${document.size}: keystroke, then ${name}`, 'ms', server.name, times, { aim: name === 'code actions' ? undefined : 1 });
      }
    }
  }

  if (options.check) await measureCheck({ figures, folder, runs: options.runs, progress });
  if (options.service) await measureService({ figures, folder, runs: options.runs, progress });
  progress('');
}

/** Small documents take little time: enough keystrokes that the first ones, while code is still being compiled, do not make the median. */
function keystrokesIn(document) {
  return document.bytes > 100_000 ? options.keystrokes : 5 * options.keystrokes;
}

function recordStart(server, { startMs, memory }) {
  figures.add('process start -> initialize answered', 'ms', server.name, [startMs], { aim: 3 });
  figures.add('memory after initialize', 'MB', server.name, [memory], { aim: 1 });
}

function recordDocument(server, { size }, mode, measured) {
  figures.add(`${size}: open -> diagnostics (${mode})`, 'ms', server.name, [measured.openMs]);
  figures.add(`${size}: keystroke -> diagnostics (${mode})`, 'ms', server.name, measured.changes.map(({ ms }) => ms), { aim: 10 });
  if (mode === 'push') {
    figures.add(`${size}: memory with it open`, 'MB', server.name, [measured.memoryOpen], { aim: 1 });
    figures.add(`${size}: memory after edits`, 'MB', server.name, [measured.memoryEdited], { aim: 1 });
    if (measured.memoryPeak) figures.add(`${size}: highest memory`, 'MB', server.name, [measured.memoryPeak], { aim: 1 });
  }

  if (measured.missing > 0) figures.differ(`${size}, ${mode}: the first diagnostics of ${server.name} lack ${measured.missing} of the mistakes in the document`);
  for (const { found, expected } of measured.changes)
    if (found !== expected) figures.differ(`${size}, ${mode}: after a keystroke ${server.name} gave ${found} diagnostics, expected ${expected}`);
}

function findServers() {
  if (!fs.existsSync(serverBinary)) fail(`There is no ${path.relative(process.cwd(), serverBinary)}. Run: npm run build`);
  const found = [{ name: 'configlsp', command: serverBinary, args: ['lsp', '--stdio'] }];
  const portable = path.join(artifacts, 'server', 'portable', 'configlsp.dll');
  if (fs.existsSync(portable) && spawnSync('dotnet', ['--version']).status === 0) found.push({ name: 'portable', command: 'dotnet', args: [portable, 'lsp', '--stdio'] });
  const reference = createRequire(import.meta.url).resolve('vscode-langservers-extracted/bin/vscode-json-language-server');
  found.push({ name: 'reference', command: process.execPath, args: [reference, '--stdio'] });
  return found;
}

function machine() {
  const cpus = os.cpus();
  return { date: new Date().toISOString(), platform: `${os.platform()} ${os.arch()} ${os.release()}`, cpu: cpus[0]?.model, cores: cpus.length, memoryBytes: os.totalmem(), node: process.version, load: os.loadavg() };
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: { runs: { type: 'string' }, quick: { type: 'boolean' }, sizes: { type: 'string' }, 'no-start': { type: 'boolean' }, 'no-check': { type: 'boolean' }, 'no-service': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }

    const runs = Number(values.runs ?? (values.quick ? 2 : 7));
    if (!Number.isInteger(runs) || runs < 1) fail('--runs must be a whole number of at least 1.');
    const named = values.sizes === '' ? [] : (values.sizes?.split(',') ?? Object.keys(sizes));
    for (const size of named) if (!(size in sizes)) fail(`--sizes knows ${Object.keys(sizes).join(', ')}, not ${JSON.stringify(size)}.`);
    return { runs, sizes: Object.keys(sizes).filter((size) => named.includes(size)), keystrokes: values.quick ? 4 : 6, start: !values['no-start'], check: !values['no-check'], service: !values['no-service'] };
  } catch (error) {
    return fail(error.message);
  }
}

function fail(message) {
  console.error(`${message}\n${usage}`);
  process.exit(2);
}

function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  else if (text) process.stderr.write(`${text}\n`);
}
