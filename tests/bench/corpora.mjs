// The folders of files that the command lines check, the same on every machine. In each of them some files are wrong in one place.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from '../../.build/tools.mjs';

const packaged = createRequire(import.meta.url);

/** Makes the corpora below a folder: each with its schema, a glob for its files, the files that are wrong, and what configlsp is to check. */
export function writeCorpora(folder) {
  return [
    write(path.join(folder, 'settings'), {
      name: '1,000 small files',
      schema: path.join(root, 'schemas', 'agent-settings.schema.json'),
      place: path.join('.nofx', 'settings.json'),
      isKnown: true,
      count: 1000,
      wrongEvery: 100,
      content: agentSettings,
    }),
    // A schema of 190 KB with 87 definitions, from the npm package of cspell.
    write(path.join(folder, 'spelling'), {
      name: '300 files of 20 KB, large schema',
      schema: packaged.resolve('@cspell/cspell-types/cspell.schema.json'),
      place: 'cspell.json',
      count: 300,
      wrongEvery: 50,
      content: (i, isWrong) => spelling(i, isWrong, 28),
    }),
    write(path.join(folder, 'large'), {
      name: '4 files of 5 MB, large schema',
      schema: packaged.resolve('@cspell/cspell-types/cspell.schema.json'),
      place: 'cspell.json',
      count: 4,
      wrongEvery: 2,
      content: (i, isWrong) => spelling(i, isWrong, 7200),
    }),
  ];
}

function write(folder, { name, schema, place, isKnown = false, count, wrongEvery, content }) {
  const wrong = new Set();
  for (let i = 0; i < count; i++) {
    const file = path.join(folder, `group-${i % 25}`, `project-${i}`, place);
    const isWrong = i % wrongEvery === 0;
    if (isWrong) wrong.add(file);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(content(i, isWrong), null, 2)}\n`);
  }

  const pattern = `${folder.replaceAll('\\', '/')}/**/${place.replaceAll('\\', '/')}`;
  return { name, folder, schema, wrong, pattern, checked: isKnown ? [folder] : [pattern, '--schema', schema] };
}

function agentSettings(i, isWrong) {
  return { maxAgents: isWrong ? 99 : 1 + (i % 50), autoAssignTasks: i % 2 === 0, templatesPath: `.nofx/templates-${i}`, claudeInitializationDelay: i % 60, agentSpawnDelay: 10 * i, logLevel: 'info' };
}

function spelling(i, isWrong, overrides) {
  const words = (n, from) => Array.from({ length: n }, (_, w) => `word${from}x${w}`);
  return {
    version: '0.2',
    language: i % 2 === 0 ? 'en' : 'en,de',
    words: words(40, i),
    ignorePaths: ['node_modules/**', '*.lock', `build-${i}/**`],
    patterns: [{ name: `hex-${i}`, pattern: '/[0-9a-f]{8}/g' }, { name: 'urls', pattern: ['/https:.*/', '/http:.*/'] }],
    dictionaryDefinitions: [{ name: `project-${i}`, path: './project-words.txt', addWords: true }],
    dictionaries: [`project-${i}`, '!companies', 'typescript'],
    languageSettings: [{ languageId: 'typescript,javascript', locale: 'en', dictionaries: ['typescript', 'node'], ignoreRegExpList: ['urls', '/#[0-9]+/'] }],
    overrides: Array.from({ length: overrides }, (_, o) => ({
      filename: o % 3 === 0 ? `**/*.${o}.md` : [`**/*.${o}.ts`, `src/${o}/**`],
      enabled: o % 5 !== 0,
      caseSensitive: true,
      words: words(8, o),
      ignoreRegExpList: ['/x{3}/', 'urls'],
      dictionaries: ['typescript'],
      languageSettings: [{ languageId: ['markdown', 'html'], dictionaries: ['html'], allowCompoundWords: o % 2 === 0 }],
    })),
    minWordLength: 4,
    maxNumberOfProblems: isWrong ? 'many' : 100 + i,
  };
}
