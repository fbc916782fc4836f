import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { markdown, markdownOfSilence, summary } = await load('healthReport');

const healthy = {
  status: 'healthy',
  version: '1.2.3',
  processId: 42,
  uptimeMs: 3_725_000,
  timestamp: '2026-01-02T03:04:05Z',
  checks: [{ name: 'schemas', status: 'healthy', message: '7 schemas are loaded.', details: { loaded: 7, remote: false } }],
};
const degraded = {
  ...healthy,
  status: 'degraded',
  checks: [...healthy.checks, { name: 'source user', status: 'degraded', message: 'It cannot be read.', advice: 'Check its permissions.' }],
};

test('a healthy server is summed up by its facts', () => assert.equal(summary(healthy), 'ConfigLsp is healthy: version 1.2.3, process 42, 1 checks.'));

test('an unwell server is summed up by what is wrong', () => assert.equal(summary(degraded), 'ConfigLsp is degraded: It cannot be read.'));

test('further failures are counted', () => {
  const worse = { ...degraded, checks: [...degraded.checks, { name: 'cache', status: 'unhealthy' }] };
  assert.match(summary(worse), /cache \(and 1 more\)$/);
});

test('the report has the facts, each check, and what to do', () => {
  const text = markdown(degraded);
  for (const part of ['# ConfigLsp is degraded\n', '- Version: 1.2.3\n', '- Running for: 1 h 2 min\n', '## schemas: healthy\n', '- loaded: 7\n', '**What to do:** Check its permissions.'])
    assert.ok(text.includes(part), part);
});

test('what is unwell comes first, the worst before the rest', () => {
  const checks = ['healthy', 'degraded', 'unhealthy'].map((status) => ({ name: `is-${status}`, status, message: status }));
  const report = { ...healthy, status: 'unhealthy', revision: 7, checks };
  assert.match(markdown(report), /Revision of the settings: 7[\s\S]*## is-unhealthy[\s\S]*## is-degraded[\s\S]*## is-healthy/);
  assert.equal(summary(report), 'ConfigLsp is unhealthy: unhealthy (and 1 more)');
});

test('a message with line breaks stays one line of the report', () => {
  assert.ok(!markdown({ status: 'healthy', checks: [{ name: 'a', status: 'healthy', message: 'b\n# c' }] }).includes('\n# c'));
});

test('a server that does not answer is reported with the reason and what to do', () => {
  const text = markdownOfSilence('The server was ended by SIGKILL.');
  assert.ok(text.includes('SIGKILL') && text.includes('Restart Server'));
});
