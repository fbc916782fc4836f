// Builds everything, then checks a workspace: npm start [-- FOLDER]. Findings do not make it fail.
import path from 'node:path';
import { artifacts, root, run, serverBinary, step, tryRun } from './tools.mjs';

const folder = process.argv[2] ? path.resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2]) : path.join(root, 'tests', 'samples', 'workspace');

run('node', [path.join('.build', 'build.mjs')]);

const shown = path.relative(root, folder).startsWith('..') ? folder : path.relative(root, folder);
step(`configlsp check ${shown}`);
const status = tryRun(serverBinary, ['check', folder]);
if (status > 1) process.exit(status);

step('health');
run('node', [path.join('.build', 'health.mjs'), folder]);

step('next');
console.log(`In VS Code:       code --install-extension ${path.relative(root, path.join(artifacts, 'configlsp.vsix'))}
On a terminal:    ${path.relative(root, serverBinary)} check FOLDER
In other editors: ${path.relative(root, serverBinary)} lsp --stdio   (see README.md)`);
