// The commands that show, set and explain settings, as a person uses them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { start } from './harness/vscode.mjs';
import { waitUntil } from './harness/wait.mjs';

const limit = { timeout: 90_000 };
let vscode;
let workbench;
let page;
let file;
before(async () => {
  vscode = await start({ name: 'settings', env: { NOFX_LOG_LEVEL: 'warn' } });
  ({ workbench, page } = vscode);
  file = path.join(vscode.workspace, '.nofx/settings.json');
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
}, { timeout: 180_000 });
after(() => vscode?.stop());
afterEach(async (context) => {
  if (!context.passed) await workbench?.screenshot(`FAILED-${context.name.replace(/\W+/g, '-')}`).catch(() => {});
});

const saved = () => fs.readFileSync(file, 'utf8');
const message = () => page.locator('.quick-input-widget:visible .quick-input-message');

async function setMaxAgents(value) {
  // At the top of the file the caret is on no key, so that the command asks for one.
  await workbench.line('"maxAgents"').click();
  await page.keyboard.press('Control+Home');
  await workbench.commandThatAsks('ConfigLsp: Set Value', 'Set which setting?');
  await workbench.answer('maxAgents');
  await page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: 'How many agents may run at the same time' }).waitFor();
  await page.keyboard.press('Enter');
  await workbench.question('Set maxAgents').waitFor();
  await message().filter({ hasText: 'integer, at least 1, at most 50' }).waitFor();
  await workbench.answer('500');
  await message().filter({ hasText: 'at most 50, but is 500' }).waitFor();
  await workbench.answer(value);
  await message().filter({ hasText: 'integer, at least 1' }).waitFor();
  await page.keyboard.press('Enter');
  await workbench.question('in which source?').waitFor();
  await page.locator('.quick-input-widget:visible .monaco-list-row.focused', { hasText: 'project' }).waitFor();
  await workbench.screenshot('settings-1-source');
  await page.keyboard.press('Enter');
}

test('a value is set on the disk, checked while it is typed, and the hover says that it is effective', limit, async () => {
  await setMaxAgents('12');
  await workbench.notification('maxAgents is 12 in project').waitFor();
  assert.equal(saved().match(/"maxAgents": 12/g)?.length, 1);
  assert.match(saved(), /\/\/ The limit is wrong/);
  await workbench.line('"maxAgents": 12').waitFor();
  await workbench.squiggles().first().waitFor({ state: 'detached' });
  const hover = await workbench.hover('"maxAgents"', 'maxAgents');
  await hover.filter({ hasText: 'Effective: 12. This value is effective.' }).first().waitFor();
  await workbench.screenshot('settings-2-hover');
  await page.keyboard.press('Escape');
});

test('a value that something stronger overrides is explained', limit, async () => {
  await workbench.line('"logLevel"').locator('span span', { hasText: 'logLevel' }).first().click();
  await workbench.commandThatAsks('ConfigLsp: Explain Value', 'logLevel is "warn", from variables (NOFX_LOG_LEVEL).');
  await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: 'project: "info"' }).filter({ hasText: 'overridden' }).waitFor();
  await workbench.screenshot('settings-3-explained');
  await page.keyboard.press('Escape');
});

test('the effective configuration names the source of each value and follows changes from outside', limit, async () => {
  await workbench.command('ConfigLsp: Show Effective Configuration');
  await page.locator('.tab.active[data-resource-name="Effective Configuration.jsonc"]').waitFor();
  await workbench.line('"maxAgents": 12, // project').waitFor();
  await workbench.line('// variables NOFX_LOG_LEVEL').waitFor();
  fs.writeFileSync(file, saved().replace('"maxAgents": 12', '"maxAgents": 14'));
  await workbench.line('"maxAgents": 14, // project').waitFor();
  await workbench.screenshot('settings-4-effective');
});

test('a file with unsaved changes is changed in the editor, and not on the disk', limit, async () => {
  await page.locator('.tab[data-resource-name="settings.json"]').click();
  await workbench.line('"maxAgents": 14').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('// mine', { delay: 20 });
  await page.locator('.tab.active.dirty').waitFor();
  await setMaxAgents('13');
  const notification = workbench.notification('maxAgents was changed in the editor');
  await notification.waitFor();
  await workbench.line('"maxAgents": 13').waitFor();
  await page.locator('.tab.active.dirty').waitFor();
  assert.match(saved(), /"maxAgents": 14/);
  assert.doesNotMatch(saved(), /mine/);
  await workbench.screenshot('settings-5-dirty');
  await notification.getByRole('button', { name: 'Save' }).click();
  await waitUntil(() => /"maxAgents": 13/.test(saved()) && /mine/.test(saved()), 'both changes on the disk');
});
