// Takes docs/images/editor.png from the sample workspace: node tests/e2e/screenshot.mjs (after npm run build and tests/e2e/setup.sh)
import fs from 'node:fs';
import path from 'node:path';
import { root, start } from './harness/vscode.mjs';

const vscode = await start({
  name: 'screenshot',
  samplesOnly: true,
  settings: { 'editor.minimap.enabled': false, 'editor.fontSize': 14, 'window.commandCenter': false },
});
try {
  const { page, workbench } = vscode;
  await workbench.open('.nofx/settings.json');
  await workbench.squiggles().first().waitFor();
  await workbench.command('Problems: Focus on Problems View');
  await page.locator('.markers-panel .monaco-list-row', { hasText: 'maxAgents' }).first().waitFor();
  const hover = await workbench.hover('"maxAgents": 99', 'maxAgents');
  await hover.filter({ hasText: 'How many agents may run at the same time' }).first().waitFor();
  const file = path.join(root, 'docs', 'images', 'editor.png');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file });
  console.log(`${path.relative(root, file)}: ${Math.round(fs.statSync(file).size / 1024)} KiB`);
} finally {
  await vscode.stop();
}
