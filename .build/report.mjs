// Prints the totals over all suites that have run: node .build/report.mjs
import fs from 'node:fs';
import path from 'node:path';
import { artifacts } from './tools.mjs';
import { add, report } from './totals.mjs';

const folder = path.join(artifacts, 'test-results');
const totals = ['unit.json', 'e2e.json'].map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8'))).reduce(add);
report(totals);
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1);
