// `configlsp check` beside ajv-cli and @sourcemeta/jsonschema with the same schemas: whole processes, each finding the files by itself.
// Both only say which files are invalid, read no comments, and suggest nothing.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { serverBinary } from '../../.build/tools.mjs';
import { cleanEnvironment } from '../protocol/harness.mjs';
import { writeCorpora } from './corpora.mjs';

const packaged = createRequire(import.meta.url);

export async function measureCheck({ figures, folder, runs, progress }) {
  for (const corpus of writeCorpora(path.join(folder, 'check'))) {
    const tools = findTools(corpus);
    for (let i = 0; i < runs; i++) {
      for (const tool of i % 2 === 0 ? tools : [...tools].reverse()) {
        progress(`check of ${corpus.name}, run ${i + 1} of ${runs}: ${tool.name}`);
        const { ms, code, output } = await runToEnd(tool.command, tool.args, folder);
        record(figures, corpus, tools, tool, ms);
        compare(figures, corpus, tool, code, output, folder);
      }
    }
  }
}

function findTools({ folder, schema, pattern, checked }) {
  const ajv = packaged.resolve('ajv-cli/dist/index.js');
  const tools = [
    { name: 'configlsp', command: serverBinary, args: ['check', ...checked], invalid: /^(.+?):\d+:\d+: error: /gm },
    { name: 'ajv-cli', command: process.execPath, args: [ajv, 'validate', '--strict=false', '--validate-formats=false', '-s', schema, '-d', pattern], invalid: /^(.+) invalid$/gm },
  ];

  // As npm installs the command a Node process starts the program; the program alone is the harder one to beat.
  const native = path.join(path.dirname(packaged.resolve('@sourcemeta/jsonschema')), '..', 'build', 'github-releases', nativeName());
  const args = ['validate', schema, folder, '--continue'];
  if (fs.existsSync(native)) {
    tools.push(
      { name: 'jsonschema (npm)', command: process.execPath, args: [path.join(path.dirname(native), '..', '..', 'npm', 'cli.js'), ...args], invalid: /^fail: (.+)$/gm },
      { name: 'jsonschema (C++)', command: native, args, invalid: /^fail: (.+)$/gm },
    );
  }

  return tools;
}

function nativeName() {
  const platform = { win32: 'windows' }[os.platform()] ?? os.platform();
  return `jsonschema-${platform}-${{ x64: 'x86_64' }[os.arch()] ?? os.arch()}${platform === 'windows' ? '.exe' : ''}`;
}

/** One row for each other tool, since a row has one reference. */
function record(figures, corpus, tools, tool, ms) {
  const others = tool.name === 'configlsp' ? tools.slice(1) : [tool];
  for (const other of others) {
    figures.add(`check of ${corpus.name} (reference: ${other.name})`, 'ms', tool.name === 'configlsp' ? 'configlsp' : 'reference', [ms]);
  }
}

function compare(figures, corpus, tool, code, output, folder) {
  const invalid = new Set([...output.matchAll(tool.invalid)].map(([, file]) => path.resolve(folder, file)));
  const [lacking, more] = [[...corpus.wrong].filter((file) => !invalid.has(file)), [...invalid].filter((file) => !corpus.wrong.has(file))];
  if (code === 0) figures.differ(`check of ${corpus.name}: ${tool.name} ended with 0`);
  if (lacking.length > 0) figures.differ(`check of ${corpus.name}: ${tool.name} accepts ${lacking.length} of ${corpus.wrong.size} wrong files`);
  if (more.length > 0) figures.differ(`check of ${corpus.name}: ${tool.name} rejects ${more.length} files that are right, for instance ${path.relative(folder, more[0])}`);
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
