import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { RestartBackoff } = await load('backoff');

const crashes = (backoff, count) => Array.from({ length: count }, () => backoff.crashed());

test('delays double from one second and stay at sixty', () => {
  const backoff = new RestartBackoff(() => 0);
  assert.deepEqual(crashes(backoff, 9), [1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000]);
  assert.equal(backoff.consecutiveFailures, 9);
});

test('the delay stays at its limit after thousands of crashes', () => {
  const backoff = new RestartBackoff(() => 0);
  assert.equal(crashes(backoff, 5000).at(-1), 60000);
});

for (const { ranMs, expected } of [
  { ranMs: 179_999, expected: 8000 },
  { ranMs: 180_000, expected: 1000 },
]) {
  test(`after three crashes and ${ranMs} ms of running the delay is ${expected} ms`, () => {
    let now = 5_000;
    const backoff = new RestartBackoff(() => now);
    crashes(backoff, 3);
    backoff.started();
    now += ranMs;
    assert.equal(backoff.crashed(), expected);
  });
}

test('time in which the server did not run does not count as stable', () => {
  let now = 0;
  const backoff = new RestartBackoff(() => now);
  crashes(backoff, 3);
  now += 1_000_000;
  assert.equal(backoff.crashed(), 8000);
});

test('a reset forgets the failures', () => {
  const backoff = new RestartBackoff(() => 0);
  crashes(backoff, 4);
  backoff.reset();
  assert.equal(backoff.consecutiveFailures, 0);
  assert.equal(backoff.crashed(), 1000);
});
