// What a person sees: the packaged extension in a VS Code in a browser.
import assert from 'node:assert/strict';
import { after, afterEach, before, test } from 'node:test';
import { start } from './harness/vscode.mjs';
import { waitUntil } from './harness/wait.mjs';

const limit = { timeout: 60_000 };
let vscode;
let workbench;
before(async () => {
  vscode = await start({ name: 'editor' });
  workbench = vscode.workbench;
}, { timeout: 180_000 });
after(() => vscode?.stop());
afterEach(async (context) => {
  if (!context.passed) await workbench?.screenshot(`FAILED-${context.name.replace(/\W+/g, '-')}`).catch(() => {});
});

test('a settings file gets the ConfigLsp language, a squiggle and an entry in Problems', limit, async () => {
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
  await workbench.status('ConfigLsp Settings').waitFor();
  await workbench.command('Problems: Focus on Problems View');
  await workbench.page.locator('.markers-panel .monaco-list-row', { hasText: 'maxAgents' }).waitFor();
  assert.equal(vscode.languageServers().length, 1);
  await workbench.screenshot('1-problems');
});

test('the status bar says that the server runs', limit, async () => {
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: running"]').waitFor();
});

test('hovering over a key shows its description', limit, async () => {
  const hover = await workbench.hover('"maxAgents"', 'maxAgents');
  await hover.filter({ hasText: 'How many agents may run at the same time' }).first().waitFor();
  await workbench.screenshot('2-hover');
  await workbench.page.keyboard.press('Escape');
});

// The settings file has a value that the schema refuses, which health says.
test('the health check answers with a notification and a report', limit, async () => {
  await workbench.command('ConfigLsp: Health Check');
  const notification = workbench.notification('ConfigLsp is degraded: Settings are served, but');
  await notification.waitFor();
  await workbench.screenshot('3-health-notification');
  await notification.getByRole('button', { name: 'Show Report' }).click();
  await workbench.page.locator('.tab.active[data-resource-name="ConfigLsp Health.md"]').waitFor();
  await workbench.line('# ConfigLsp is degraded').waitFor();
  await workbench.line(`Process: ${vscode.languageServers()[0].pid}`).waitFor();
  await workbench.screenshot('4-health-report');
});

test('typing a fix removes the squiggle', limit, async () => {
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
  await workbench.line('"maxAgents"').click();
  await workbench.page.keyboard.press('End');
  await workbench.page.keyboard.press('ArrowLeft');
  for (let i = 0; i < 2; i++) await workbench.page.keyboard.press('Backspace');
  await workbench.page.keyboard.type('9', { delay: 20 });
  await workbench.line('"maxAgents": 9,').waitFor();
  await workbench.squiggles().first().waitFor({ state: 'detached' });
  await workbench.screenshot('5-fixed');
  await workbench.page.keyboard.type('9', { delay: 20 });
  await workbench.squiggles().first().waitFor();
});

test('a killed server is started again and the problems come back', limit, async () => {
  const [killed] = vscode.languageServers();
  process.kill(killed.pid, 'SIGKILL');
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: restarting"]').waitFor();
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: running"]').waitFor();
  await workbench.squiggles().first().waitFor();
  const running = vscode.languageServers();
  assert.equal(running.length, 1);
  assert.notEqual(running[0].pid, killed.pid);
  await workbench.screenshot('6-restarted');
});

test('the restart command starts one new server', limit, async () => {
  const [old] = vscode.languageServers();
  await workbench.command('ConfigLsp: Restart Server');
  await waitUntil(() => {
    const servers = vscode.languageServers();
    return servers.length === 1 && servers[0].pid !== old.pid;
  }, 'one new server in place of the old one');
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: running"]').waitFor();
  await workbench.squiggles().first().waitFor();
});

test('a file that only the server can know is switched to the ConfigLsp language, its namesake is not', limit, async () => {
  await workbench.open('orchestration/config/default.json');
  await workbench.status('ConfigLsp Settings').waitFor();
  await workbench.open('unrelated/config/default.json');
  await workbench.page.locator('#status\\.editor\\.mode', { hasText: /^JSON$/ }).waitFor();
});

test('the log is shown', limit, async () => {
  await workbench.command('ConfigLsp: Show Log');
  await workbench.page.locator('.output-view-pane .view-line, .output-view .view-line', { hasText: '[info]' }).first().waitFor();
  await workbench.screenshot('7-log');
});

test('a server that is not there is explained, with help', limit, async () => {
  vscode.setMachineSettings({ 'configlsp.server.path': '/nowhere/configlsp' });
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: failed"]').waitFor();
  const notification = workbench.notification('/nowhere/configlsp');
  await notification.getByRole('button', { name: 'Open Settings' }).waitFor();
  assert.equal(await notification.getByRole('button', { name: 'Get .NET' }).count(), 0);
  await workbench.screenshot('8-server-missing');
  await workbench.command('Notifications: Clear All Notifications');
});

test('a server that keeps ending is started again and again, and after the third time that is said', limit, async () => {
  vscode.setMachineSettings({ 'configlsp.server.path': '/bin/false' });
  const notification = workbench.notification('ConfigLsp has ended 3 times in a row');
  await notification.getByRole('button', { name: 'Restart' }).waitFor();
  await notification.getByRole('button', { name: 'Show Log' }).waitFor();
  await workbench.screenshot('9-crash-loop');
  await workbench.command('ConfigLsp: Health Check');
  await workbench.notification('ConfigLsp does not answer. The server ended with exit code 1.').waitFor();
  await workbench.command('Notifications: Clear All Notifications');
});

test('once the setting is mended the server runs again', limit, async () => {
  vscode.setMachineSettings({});
  await workbench.page.locator('.statusbar-item[aria-label="ConfigLsp: running"]').waitFor();
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
});
