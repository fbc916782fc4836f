import path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const source = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', 'src');

/** Imports a module of the extension that does not need VS Code, straight from its TypeScript. */
export async function load(name) {
  const { outputFiles } = await esbuild.build({ entryPoints: [path.join(source, `${name}.ts`)], bundle: true, platform: 'node', format: 'esm', write: false });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
