import assert from 'node:assert/strict';

/** Waits for a change outside the page, where nothing announces it. */
export async function waitUntil(condition, what, limitMs = 15_000) {
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    if (condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never came: ${what}`);
}
