// Runs every suite that needs nothing but the .NET SDK and Node: the .NET tests, the extension's unit tests, the protocol tests that drive the
// published server with an independent client, and the examples. Ends with the totals, also written to artifacts/test-results/unit.json.
import fs from 'node:fs';
import path from 'node:path';
import { artifacts, root, run, step, tryRun } from './tools.mjs';
import { readNodeTotals, readTrxTotals, writeTotals } from './totals.mjs';

const results = path.join(artifacts, 'test-results');
fs.rmSync(results, { recursive: true, force: true });
fs.mkdirSync(results, { recursive: true });

run('node', [path.join('.build', 'build.mjs')]);

const suites = [['extension', 'client-extension/test'], ['protocol', 'tests/protocol'], ['examples', 'docs/examples']];

step('.NET tests');
let failed = tryRun('dotnet', ['test', 'ConfigLsp.sln', '-c', 'Release', '--nologo', '-v', 'quiet', '--logger', 'trx', '--results-directory', results]) !== 0;

for (const [name, folder] of suites) {
  step(`${name} tests`);
  const files = fs.readdirSync(path.join(root, folder)).filter((file) => file.endsWith('.test.mjs')).map((file) => path.join(folder, file));
  const report = path.join(results, `${name}.tap`);
  failed = tryRun('node', ['--test', '--test-reporter=spec', '--test-reporter-destination=stdout', '--test-reporter=tap', `--test-reporter-destination=${report}`, ...files]) !== 0 || failed;
}

const totals = [readTrxTotals(results), ...suites.map(([name]) => readNodeTotals(path.join(results, `${name}.tap`)))];
failed = writeTotals(path.join(results, 'unit.json'), totals) > 0 || failed;
process.exit(failed ? 1 : 0);
