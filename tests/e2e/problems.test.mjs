// Problems of files that nobody has opened.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { start } from './harness/vscode.mjs';

const limit = { timeout: 90_000 };
let vscode;
let workbench;
let page;
before(async () => {
  vscode = await start({
    name: 'problems',
    files: {
      '.nofx/settings.json': '{\n  "maxAgents": 99\n}\n',
      '.nofx/settings.local.json': '{\n  "logLevel": "loud"\n}\n',
      // A finding whose message needs the schema's examples, which stand at higher numbers of nodes than this file has.
      'maintenance-reports-schedule.json': '{ "reports": { "a": { "frequency": "daily", "time": "8:00", "recipients": ["a@example.com"], "format": "email" } } }\n',
    },
  });
  ({ workbench, page } = vscode);
}, { timeout: 180_000 });
after(() => vscode?.stop());
afterEach(async (context) => {
  if (!context.passed) await workbench?.screenshot(`FAILED-${context.name.replace(/\W+/g, '-')}`).catch(() => {});
});

const rows = (text) => page.locator('.markers-panel .monaco-list-row', { hasText: text });
const file = (name) => path.join(vscode.workspace, name);

test('Problems lists those of files that are not open', limit, async () => {
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: running"]').waitFor();
  await workbench.command('Problems: Focus on Problems View');
  await rows('settings.json').first().waitFor();
  await rows('at most 50, but is 99').waitFor();
  await rows('"loud"').waitFor();
  await rows('A time is two digits').waitFor();
  assert.equal(await page.locator('.tab[data-resource-name]').count(), 0);
  await workbench.screenshot('problems-1-unopened');
});

test('a file that is opened has its problems once, those of its text, and closed again those of the file', limit, async () => {
  await workbench.openSettings('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
  assert.equal(await rows('at most 50, but is 99').count(), 1);
  await workbench.caretAtEndOf('"maxAgents": 99');
  await page.keyboard.press('Backspace');
  await rows('at most 50').waitFor({ state: 'detached' });
  await workbench.command('View: Revert and Close Editor');
  await rows('at most 50, but is 99').waitFor();
  assert.equal(await page.locator('.tab[data-resource-name]').count(), 0);
  assert.equal(await rows('at most 50').count(), 1);
  await workbench.screenshot('problems-2-closed');
});

test('a file that changes on the disk changes its problems', limit, async () => {
  fs.writeFileSync(file('.nofx/settings.local.json'), '{\n  "logLevel": "info"\n}\n');
  await rows('"loud"').waitFor({ state: 'detached' });
  fs.writeFileSync(file('.nofx/settings.local.json'), '{\n  "logLevel": "louder"\n}\n');
  await rows('"louder"').waitFor();
});

test('a file that is deleted loses its problems, also one that is open', limit, async () => {
  fs.rmSync(file('maintenance-reports-schedule.json'));
  await rows('A time is two digits').waitFor({ state: 'detached' });
  await workbench.openSettings('.nofx/settings.local.json');
  await workbench.squiggles().first().waitFor();
  fs.rmSync(file('.nofx/settings.local.json'));
  await page.locator('.tab.active .strikethrough').first().waitFor();
  await workbench.command('View: Revert and Close Editor');
  await rows('"louder"').waitFor({ state: 'detached' });
  await rows('at most 50, but is 99').waitFor();
});
