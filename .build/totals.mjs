// Adds up what the test runners report.
import fs from 'node:fs';
import path from 'node:path';

const none = { passed: 0, failed: 0, skipped: 0, failures: [] };

/** Totals of all .trx files (Visual Studio test results) in a folder. A run without a result file counts as one failure. */
export function readTrxTotals(folder) {
  const files = fs.readdirSync(folder).filter((file) => file.endsWith('.trx'));
  if (files.length === 0) return { ...none, failed: 1, failures: ['no .NET test has run'] };
  return files.map((file) => {
    const results = [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/<UnitTestResult ([^>]*)>/g)]
      .map(([, attributes]) => ({ name: attributes.match(/testName="([^"]*)"/)?.[1], outcome: attributes.match(/outcome="(\w+)"/)?.[1] }));
    const having = (outcome) => results.filter((result) => result.outcome === outcome);
    const failures = results.filter((result) => !['Passed', 'NotExecuted'].includes(result.outcome)).map((result) => result.name);
    return { passed: having('Passed').length, skipped: having('NotExecuted').length, failed: failures.length, failures };
  }).reduce(add, none);
}

/** Totals at the end of a TAP report of Node's test runner. A report without them counts as one failure. */
export function readNodeTotals(file) {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const read = (name) => Number(text.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? NaN);
  const totals = { passed: read('pass'), failed: read('fail') + read('cancelled'), skipped: read('skipped') + read('todo') };
  if (Object.values(totals).some(Number.isNaN)) return { ...none, failed: 1, failures: [`${path.basename(file)} is not whole`] };
  return { ...totals, failures: [...text.matchAll(/^not ok \d+ - (.*)$/gm)].map((match) => match[1]) };
}

export const add = (a, b) =>
  ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped, failures: [...(a.failures ?? []), ...(b.failures ?? [])] });
export const format = (totals) => `${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`;

/** Prints the names of what has failed, which the log of a long run would hide, and the totals. */
export function report(totals) {
  console.log('');
  for (const name of totals.failures) console.log(`failed: ${name}`);
  console.log(format(totals));
}

/** Prints and stores the sum; returns the number of failures. */
export function writeTotals(file, totals) {
  const sum = totals.reduce(add, none);
  fs.writeFileSync(file, JSON.stringify(sum) + '\n');
  report(sum);
  return sum.failed;
}
