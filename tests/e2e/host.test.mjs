// Checks through VS Code's API: host-suite/ runs inside the extension host, with the packaged extension.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { artifacts, start } from './harness/vscode.mjs';

test('inside the extension host', { timeout: 240_000 }, async (context) => {
  const resultFile = path.join(artifacts, 'host-suite.json');
  fs.rmSync(resultFile, { force: true });
  const hostSuite = path.join(path.dirname(fileURLToPath(import.meta.url)), 'host-suite');
  const vscode = await start({ name: 'host', hostSuite, env: { CONFIGLSP_E2E_RESULTS: resultFile } });
  try {
    const ended = await Promise.race([vscode.suiteEnded, new Promise((resolve) => setTimeout(resolve, 150_000, 'no end').unref())]);
    if (!fs.existsSync(resultFile)) {
      await vscode.workbench.screenshot('FAILED-host-suite');
      assert.fail(`The suite gave no results (${ended}); see artifacts/e2e/console-host.log`);
    }
    const results = JSON.parse(fs.readFileSync(resultFile, 'utf8'));
    assert.ok(results.length > 0);
    for (const result of results) await context.test(result.name, () => assert.equal(result.error, undefined, result.error));
  } finally {
    await vscode.stop();
  }
});
