// Builds the extension: package.json's generated parts, type check, bundle, and artifacts/configlsp.vsix with the server inside.
//   node client-extension/build.mjs           all of that
//   node client-extension/build.mjs --check   only says whether package.json is what would be generated (exit code 1 when not)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { generate } from './manifest.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const require = createRequire(import.meta.url);
const readJson = (...segments) => JSON.parse(fs.readFileSync(path.join(root, ...segments), 'utf8'));
const packageFolder = (name) => path.dirname(require.resolve(`${name}/package.json`));

const manifestFile = path.join(here, 'package.json');
const before = fs.readFileSync(manifestFile, 'utf8');
const manifest = generate(JSON.parse(before), readJson('schemas', 'catalog.json'), readJson('schemas', 'client-settings.schema.json'));
const after = JSON.stringify(manifest, null, 2) + '\n';

if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error('client-extension/package.json is not what schemas/ says. Run: node client-extension/build.mjs');
    process.exit(1);
  }
  console.log('client-extension/package.json is up to date.');
  process.exit(0);
}
if (after !== before) fs.writeFileSync(manifestFile, after);

run(path.join(packageFolder('typescript'), 'bin', 'tsc'), ['-p', here]);
const bundle = await esbuild.build({
  entryPoints: [path.join(here, 'src', 'extension.ts')],
  outfile: path.join(here, 'dist', 'extension.js'),
  bundle: true,
  platform: 'node',
  // The oldest VS Code that the manifest allows runs extensions on Node 20.
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  minify: true,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
});

const stage = path.join(root, 'artifacts', 'vsix');
fs.rmSync(stage, { recursive: true, force: true });
fs.mkdirSync(stage, { recursive: true });
for (const name of ['README.md', 'CHANGELOG.md', 'LICENSE', 'language-configuration.json', 'syntaxes', 'images', 'dist']) {
  fs.cpSync(path.join(here, name), path.join(stage, name), { recursive: true });
}
// What only the repository needs stays out of the packaged manifest.
const { devDependencies, dependencies, private: _, ...packaged } = manifest;
fs.writeFileSync(path.join(stage, 'package.json'), JSON.stringify({ ...packaged, files: ['**'] }, null, 2) + '\n');
fs.writeFileSync(path.join(stage, 'THIRD-PARTY-NOTICES.txt'), notices(bundle.metafile));
const servers = stageServers();

const vsix = path.join(root, 'artifacts', 'configlsp.vsix');
fs.rmSync(vsix, { force: true });
run(path.join(packageFolder('@vscode/vsce'), 'vsce'), ['package', '--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix], stage);
fs.rmSync(stage, { recursive: true, force: true });
const size = (fs.statSync(vsix).size / 2 ** 20).toFixed(1);
console.log(`${path.relative(root, vsix)}: ${size} MiB, server for: ${servers.join(', ') || 'none (build the server first, then build the extension again)'}`);

/** Copies each build of the server that is there, with its permissions; returns their names. */
function stageServers() {
  const source = path.join(root, 'artifacts', 'server');
  if (!fs.existsSync(source)) return [];
  const isServer = (folder) => ['configlsp', 'configlsp.exe', 'configlsp.dll'].some((file) => fs.existsSync(path.join(source, folder, file)));
  const found = fs.readdirSync(source).filter(isServer);
  for (const folder of found) {
    fs.cpSync(path.join(source, folder), path.join(stage, 'server', folder), {
      recursive: true,
      filter: (file) => !/\.(pdb|dbg|xml)$/.test(file),
    });
    const binary = path.join(stage, 'server', folder, 'configlsp');
    if (fs.existsSync(binary)) fs.chmodSync(binary, 0o755);
  }
  return found;
}

/** The licences of all packages whose code is in the bundle, as those licences ask for. */
function notices(metafile) {
  const folders = new Set();
  for (const input of Object.keys(metafile.inputs)) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path.resolve(input).replaceAll('\\', '/'));
    if (match) folders.add(match[1]);
  }
  return [...folders]
    .map((folder) => {
      const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
      const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
      const text = file ? fs.readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
      return { name, text: `${name} ${version}\n\n${text}\n` };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((notice) => notice.text)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function run(script, args, cwd = root) {
  try {
    execFileSync(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  } catch (error) {
    process.exit(error.status ?? 1);
  }
}
