// Runs the browser suite on artifacts/configlsp.vsix: prepares tests/e2e, runs its tests, prints the totals and
// writes them to artifacts/test-results/e2e.json. The exit code is 0 when all tests have passed.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const e2e = path.join(root, 'tests', 'e2e');
const results = path.join(root, 'artifacts', 'test-results');
const summaryFile = path.join(results, 'e2e.json');
fs.mkdirSync(results, { recursive: true });
fs.rmSync(summaryFile, { force: true });

if (process.platform !== 'linux') fail('The browser suite runs on Linux only.');
const vsix = path.join(root, 'artifacts', 'configlsp.vsix');
if (!fs.existsSync(vsix)) fail(`There is no ${path.relative(root, vsix)} to test. Run "npm run build" first.`);

const setup = spawnSync('bash', [path.join(e2e, 'setup.sh')], { stdio: ['ignore', 'inherit', 'inherit'] });
if (setup.status !== 0) fail('tests/e2e/setup.sh did not succeed; see above.');

const files = fs.readdirSync(e2e).filter((name) => name.endsWith('.test.mjs')).sort();
const run = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=tap', ...files], { cwd: e2e, stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
run.stdout.setEncoding('utf8').on('data', (text) => {
  output += text;
  process.stdout.write(text);
});
run.on('close', (code) => {
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
  const summary = { passed: count('pass'), failed: count('fail') + count('cancelled'), skipped: count('skipped') + count('todo') };
  fs.writeFileSync(summaryFile, JSON.stringify(summary, null, 2) + '\n');
  console.log(`e2e: ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped`);
  // A run without a single test proves nothing.
  process.exitCode = code === 0 && summary.passed > 0 && summary.failed === 0 ? 0 : 1;
});

function fail(message) {
  console.error(message);
  process.exit(1);
}
