// A workspace that the person has not said to trust: settings files are checked, and granting trust starts a server that knows it.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { start } from './harness/vscode.mjs';
import { waitUntil } from './harness/wait.mjs';

const limit = { timeout: 60_000 };
let vscode;
let workbench;
before(async () => {
  vscode = await start({ name: 'trust', trusted: false });
  workbench = vscode.workbench;
}, { timeout: 180_000 });
after(() => vscode?.stop());
afterEach(async (context) => {
  if (!context.passed) await workbench?.screenshot(`FAILED-${context.name.replace(/\W+/g, '-')}`).catch(() => {});
});

test('in restricted mode settings files are checked', limit, async () => {
  await workbench.status('Restricted Mode').waitFor();
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
  assert.equal(vscode.languageServers().length, 1);
  await workbench.screenshot('10-restricted-mode');
});

test('in restricted mode a schema outside of the folder is not read, and that is said', limit, async () => {
  await workbench.open('.nofx/settings.json');
  await workbench.line('"maxAgents"').click();
  await workbench.page.keyboard.press('End');
  // As one piece of text, so that the editor closes no quotes of its own and one undo takes it back.
  await workbench.page.keyboard.insertText(' "$schema": "../../outside.schema.json",');
  await workbench.command('Problems: Focus on Problems View');
  const warning = workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'outside of the workspace, which is not trusted' });
  await warning.waitFor();
  await workbench.line('"maxAgents"').click();
  await workbench.page.keyboard.press('Control+KeyZ');
  await warning.waitFor({ state: 'detached' });
  await workbench.squiggles().first().waitFor();
});

test('granting trust replaces the server by one that is told of it', limit, async () => {
  const [restricted] = vscode.languageServers();
  await workbench.command('Workspaces: Manage Workspace Trust');
  await workbench.page.locator('.workspace-trust-editor').getByRole('button', { name: /^Trust/ }).first().click();
  await waitUntil(() => {
    const servers = vscode.languageServers();
    return servers.length === 1 && servers[0].pid !== restricted.pid;
  }, 'a new server');
  // The page about trust lies over the window and takes its keys.
  await workbench.page.locator('.workspace-trust-editor').getByText('You trust this folder').click();
  await workbench.page.keyboard.press('Escape');
  await workbench.page.locator('.workspace-trust-editor').waitFor({ state: 'hidden' });
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
  await workbench.screenshot('11-trusted');
});
