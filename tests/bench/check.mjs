// `configlsp check` of a folder with 1,000 small settings files beside ajv-cli with the same schema: whole processes, each finding the
// files by itself. ajv-cli does less: it reads no comments and gives no places and no suggestions.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root, serverBinary } from '../../.build/tools.mjs';
import { cleanEnvironment } from '../protocol/harness.mjs';

const fileCount = 1000;
const wrongEvery = 100;
const figure = `check of ${fileCount} files in one folder (reference: ajv-cli)`;

export async function measureCheck({ figures, folder, runs, progress }) {
  const settings = path.join(folder, 'check');
  writeSettings(settings);
  const schema = path.join(root, 'schemas', 'agent-settings.schema.json');
  const ajv = createRequire(import.meta.url).resolve('ajv-cli/dist/index.js');
  const pattern = `${settings.replaceAll('\\', '/')}/**/.nofx/settings.json`;
  const tools = [
    ['configlsp', serverBinary, ['check', settings], /number-too-large/g],
    ['reference', process.execPath, [ajv, 'validate', '--strict=false', '--validate-formats=false', '-s', schema, '-d', pattern], /settings\.json invalid/g],
  ];
  for (let i = 0; i < runs; i++) {
    for (const [name, command, args, finding] of i % 2 === 0 ? tools : [...tools].reverse()) {
      progress(`check, run ${i + 1} of ${runs}: ${name}`);
      const { ms, code, output } = await runToEnd(command, args, folder);
      figures.add(figure, 'ms', name, [ms]);
      const found = new Set(output.split('\n').filter((line) => line.match(finding))).size;
      if (code !== 1) figures.differ(`check: ${name} ended with ${code}, expected 1`);
      else if (found === 0) figures.differ(`check: ${name} reports none of the ${fileCount / wrongEvery} wrong files`);
    }
  }
}

function writeSettings(folder) {
  for (let i = 0; i < fileCount; i++) {
    const place = path.join(folder, `group-${i % 25}`, `project-${i}`, '.nofx');
    fs.mkdirSync(place, { recursive: true });
    const maxAgents = i % wrongEvery === 0 ? 99 : 1 + (i % 50);
    const content = { maxAgents, autoAssignTasks: i % 2 === 0, templatesPath: `.nofx/templates-${i}`, claudeInitializationDelay: i % 60, agentSpawnDelay: 10 * i, logLevel: 'info' };
    fs.writeFileSync(path.join(place, 'settings.json'), `${JSON.stringify(content, null, 2)}\n`);
  }
}

function runToEnd(command, args, folder) {
  return new Promise((resolve, reject) => {
    const start = process.hrtime.bigint();
    const child = spawn(command, args, { cwd: folder, env: cleanEnvironment(folder), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject).once('close', (code) => resolve({ ms: Number(process.hrtime.bigint() - start) / 1e6, code, output }));
  });
}
