// Adds up what the test runners report.
import fs from 'node:fs';
import path from 'node:path';

const none = { passed: 0, failed: 0, skipped: 0 };

/** Totals of all .trx files (Visual Studio test results) in a folder. A run without a result file counts as one failure. */
export function readTrxTotals(folder) {
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.trx'));
  if (files.length === 0) return { ...none, failed: 1 };
  return files.map((file) => {
    const outcomes = [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/<UnitTestResult [^>]*outcome="(\w+)"/g)].map((match) => match[1]);
    const count = (outcome) => outcomes.filter((x) => x === outcome).length;
    const [passed, skipped] = [count('Passed'), count('NotExecuted')];
    return { passed, skipped, failed: outcomes.length - passed - skipped };
  }).reduce(add, none);
}

/** Totals at the end of a TAP report of Node's test runner. A report without them counts as one failure. */
export function readNodeTotals(file) {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const read = (name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? NaN);
  const totals = { passed: read('pass'), failed: read('fail') + read('cancelled'), skipped: read('skipped') + read('todo') };
  return Object.values(totals).some(Number.isNaN) ? { ...none, failed: 1 } : totals;
}

export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped });
export const format = (totals) => `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;

/** Prints and stores the sum; returns the number of failures. */
export function writeTotals(file, totals) {
  const sum = totals.reduce(add, none);
  fs.writeFileSync(file, JSON.stringify(sum) + '\n');
  console.log(`\n${format(sum)}`);
  return sum.failed;
}
