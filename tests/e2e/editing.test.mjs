// What a person has the extension change: completions, quick fixes, fixes on saving, renaming, formatting; each as the text in the editor or on the disk.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { start } from './harness/vscode.mjs';
import { waitUntil } from './harness/wait.mjs';

const limit = { timeout: 90_000 };
const files = {
  'configlsp.json': JSON.stringify({
    schema: './schemas/app.schema.json',
    sources: [
      { name: 'base', type: 'file', path: 'app/base.json' },
      { name: 'local', type: 'file', path: 'app/local.json' },
    ],
    schemas: [{ fileMatch: ['app/*.json'], url: './schemas/app.schema.json' }],
  }),
  'schemas/app.schema.json': JSON.stringify({
    type: 'object',
    properties: {
      name: { type: 'string', description: 'What the program is called.' },
      port: { type: 'integer', description: 'Where it listens.' },
      limit: { type: 'integer', maximum: 50 },
      workers: { type: 'integer' },
      timeout: { type: 'integer', 'x-unit': 'ms' },
      verbose: { type: 'boolean' },
    },
  }),
  'app/base.json': '{\n  "name": "base",\n  "workers": 4,\n  "timeout": 90000\n}\n',
  'app/local.json': '{\n  "workers": 8\n}\n',
  'app/completion.json': '{\n  "name": "a"\n}\n',
  'app/fix.json': '{\n  "limit": 99\n}\n',
  'app/saved.json': '{\n  "name": \'one\',\n  "port": "8080"\n  "verbose": true\n}\n',
  'app/format.json': '{"name":"x","port":1}\n',
  'app/formatted.json': '{"name":"y","port":2}\n',
};

let vscode;
let workbench;
let page;
before(async () => {
  vscode = await start({
    name: 'editing',
    files,
    settings: {
      '[configlsp]': { 'editor.formatOnSave': true, 'editor.codeActionsOnSave': { 'source.fixAll.configlsp': 'explicit' } },
    },
  });
  ({ workbench, page } = vscode);
}, { timeout: 180_000 });
after(() => vscode?.stop());
afterEach(async (context) => {
  if (!context.passed) await workbench?.screenshot(`FAILED-${context.name.replace(/\W+/g, '-')}`).catch(() => {});
});

const saved = (file) => fs.readFileSync(path.join(vscode.workspace, file), 'utf8');
const savedAs = (file, text) => waitUntil(() => saved(file) === text, `${file} on the disk as ${JSON.stringify(text)}`);

test('accepting a completion writes the key, and the comma that is missing before it', limit, async () => {
  await workbench.openSettings('app/completion.json');
  await workbench.caretAtEndOf('"name": "a"');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"po', { delay: 50 });
  await workbench.acceptCompletion('port');
  await workbench.line('"name": "a",').waitFor();
  await page.keyboard.type('8080', { delay: 20 });
  await workbench.line('"port": 8080').waitFor();
  await workbench.screenshot('editing-1-completion');
  await workbench.save();
  await savedAs('app/completion.json', '{\n  "name": "a",\n  "port": 8080\n}\n');
});

test('a quick fix mends what is at the caret', limit, async () => {
  await workbench.openSettings('app/fix.json');
  await workbench.squiggles().first().waitFor();
  await workbench.caretIn('"limit": 99', '99');
  await workbench.quickFix('Change 99 to 50');
  await workbench.line('"limit": 50').waitFor();
  await workbench.squiggles().first().waitFor({ state: 'detached' });
  await workbench.screenshot('editing-2-quick-fix');
  assert.equal(saved('app/fix.json'), files['app/fix.json']);
});

test('saving fixes all that cannot change what is meant', limit, async () => {
  await workbench.openSettings('app/saved.json');
  await workbench.squiggles().first().waitFor();
  await workbench.caretAtEndOf('"verbose": true');
  await page.keyboard.type(' ');
  await page.locator('.tab.active.dirty').waitFor();
  await workbench.save();
  await savedAs('app/saved.json', '{\n  "name": "one",\n  "port": 8080,\n  "verbose": true\n}\n');
  await workbench.line('"port": 8080,').waitFor();
  await workbench.squiggles().first().waitFor({ state: 'detached' });
  await workbench.screenshot('editing-3-saved');
});

test('a document is formatted by the command, and when it is saved', limit, async () => {
  await workbench.openSettings('app/format.json');
  await workbench.line('{"name":"x","port":1}').click();
  await workbench.command('Format Document');
  await workbench.line('"name": "x",').waitFor();
  await workbench.line('"port": 1').waitFor();
  await workbench.screenshot('editing-4-formatted');
  assert.equal(saved('app/format.json'), files['app/format.json']);

  await workbench.openSettings('app/formatted.json');
  await workbench.line('{"name":"y","port":2}').click();
  await page.keyboard.press('Home');
  await page.keyboard.type(' ');
  await page.locator('.tab.active.dirty').waitFor();
  await workbench.save();
  await savedAs('app/formatted.json', '{\n    "name": "y",\n    "port": 2\n}\n');
});

test('a value that another source overrides is faded, and hints say by what, and how long a time is', limit, async () => {
  await workbench.openSettings('app/base.json');
  await workbench.line('overridden by local = 8').waitFor();
  await workbench.line('= 1 min 30 s').waitFor();
  await page.locator('.editor-instance .squiggly-inline-unnecessary').first().waitFor();
  await workbench.screenshot('editing-5-overridden');
});

test('renaming a key renames it in all sources that set it', limit, async () => {
  await workbench.openSettings('app/base.json');
  await workbench.caretIn('"workers"', 'workers');
  await workbench.rename('agents');
  await workbench.line('"agents": 4').waitFor();
  await workbench.screenshot('editing-6-renamed');
  await workbench.command('File: Save All');
  await savedAs('app/base.json', files['app/base.json'].replace('workers', 'agents'));
  await savedAs('app/local.json', files['app/local.json'].replace('workers', 'agents'));
});
