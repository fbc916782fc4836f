import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pullCapabilities, rangeOf, startOnWire, startWithVsCodeLibrary, workspace } from './harness.mjs';

const timeout = 60_000;
const schemaUri = 'https://configlsp.dev/schemas/agent-settings.schema.json';

const mistakes = `{
  // Comments and trailing commas are allowed here.
  "maxAgents": 99,
  "logLevel": "inof",
  "useWorktrees": "yes",
  "persistAgent": false,
  "aiPath": "../claude",
}
`;
const expected = [
  { code: 'number-too-large', at: '99', data: { path: '/maxAgents', schemaPointer: '/properties/maxAgents/maximum', actual: '99' }, says: [/maxAgents/, /\b50\b/, /\b99\b/] },
  { code: 'not-in-enum', at: '"inof"', data: { path: '/logLevel', schemaPointer: '/properties/logLevel/enum' }, suggests: /info/, says: [/info/] },
  { code: 'type-mismatch', at: '"yes"', data: { path: '/useWorktrees', schemaPointer: '/properties/useWorktrees/type' }, says: [/boolean/] },
  { code: 'unknown-key', at: '"persistAgent"', data: { path: '/persistAgent', schemaPointer: '/additionalProperties' }, suggests: /^persistAgents$/, says: [/Did you mean `persistAgents`/] },
  { code: 'unsafe-path', at: '"../claude"', data: { path: '/aiPath', schemaPointer: '/properties/aiPath/format' }, says: [/\.\./] },
];

test('each mistake in .nofx/settings.json has its rule, place, reason and facts for programs', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { document } = await startWithVsCodeLibrary(t, { folder });
  const found = await (await document(uri('.nofx/settings.json'), mistakes)).diagnostics();
  assert.deepEqual(found.map(({ code }) => code), expected.map(({ code }) => code));
  for (const [i, { code, at, data, suggests, says }] of expected.entries()) {
    assert.deepEqual(found[i].range, rangeOf(mistakes, at), `range of ${code}`);
    assert.equal(found[i].source, 'configlsp');
    assert.equal(found[i].severity, 1, `severity of ${code}`);
    assert.equal(found[i].codeDescription.href, `https://configlsp.dev/docs/rules/${code}`);
    assert.equal(found[i].data.schemaUri, schemaUri);
    for (const [name, value] of Object.entries(data)) assert.equal(found[i].data[name], value, `data.${name} of ${code}`);
    if (suggests) assert.match(String(found[i].data.suggestions?.[0]), suggests, `suggestion of ${code}`);
    for (const text of says) assert.match(found[i].message, text, `message of ${code}`);
  }
});

test('a client that pulls gets the same diagnostics, with a result id, and none pushed', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { document, connection, published, result } = await startWithVsCodeLibrary(t, { folder, initialize: { capabilities: pullCapabilities } });
  assert.ok(result.capabilities.diagnosticProvider);
  const settings = await document(uri('.nofx/settings.json'), mistakes);
  const pull = (previousResultId) => connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: settings.uri }, previousResultId });
  const full = await pull();
  assert.equal(full.kind, 'full');
  assert.deepEqual(full.items.map(({ code }) => code), expected.map(({ code }) => code));
  assert.deepEqual(full.items[0].range, rangeOf(mistakes, '99'));
  assert.ok(full.resultId);
  // A schema or setting that arrives behind the first answer makes a new result once, not again.
  const second = await pull(full.resultId);
  const again = second.kind === 'full' ? await pull(second.resultId) : second;
  assert.deepEqual({ kind: again.kind, resultId: again.resultId }, { kind: 'unchanged', resultId: second.resultId });
  await settings.edit([2, 15, 2, 17, '9']);
  const mended = await pull(full.resultId);
  assert.deepEqual(mended.items.map(({ code }) => code), expected.slice(1).map(({ code }) => code));
  assert.deepEqual(published.all.filter((params) => params.uri === settings.uri && params.diagnostics.length > 0), []);
});

test('syntax errors do not hide what else is wrong', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { document } = await startWithVsCodeLibrary(t, { folder });
  const text = '{\n  "maxAgents": 99\n  "logLevel": "info",\n  "persistAgents": ,\n  "agentSpawnDelay": -1\n}\n';
  const codes = (await (await document(uri('.nofx/settings.json'), text)).diagnostics()).map(({ code, range }) => `${range.start.line}: ${code}`);
  assert.deepEqual(codes, ['1: number-too-large', '1: expected-comma', '3: expected-value', '4: number-too-small']);
});

test('each schema of the catalogue holds for its files', { timeout }, async (t) => {
  const { folder, uri } = workspace(t, { 'config/distribution.json': '{}' });
  const { document } = await startWithVsCodeLibrary(t, { folder });
  for (const name of ['configlsp.json', 'health-check-config.json', 'backup-strategy.json', 'alert-config.json', 'maintenance-reports-schedule.json', 'config/distribution.json', 'config/default.json', '.nofx/settings.local.json']) {
    const [first] = await (await document(uri(name), '[]')).diagnostics();
    assert.equal(first?.code, 'type-mismatch', `${name} must be an object`);
  }

  assert.deepEqual(await (await document(uri('elsewhere/default.json'), '[]')).diagnostics(), [], 'a default.json without a distribution.json beside it');
});

test('all diagnostics of a version come at once, and each version that is published is newer', { timeout }, async (t) => {
  const { folder, uri } = workspace(t);
  const { wire } = await startOnWire(t, { folder });
  const file = uri('.nofx/settings.json');
  const last = wire.diagnostics(file, 60);
  await wire.notify('textDocument/didOpen', { textDocument: { uri: file, languageId: 'json', version: 1, text: '{"maxAgents": 99, "logLevel": "x"}' } });
  for (let version = 2; version <= 60; version++) {
    const contentChanges = [{ text: `{"maxAgents": ${version % 2 === 0 ? 9 : 99}, "logLevel": "x"}` }];
    await wire.notify('textDocument/didChange', { textDocument: { uri: file, version }, contentChanges });
  }

  assert.deepEqual((await last).diagnostics.map(({ code }) => code), ['not-in-enum']);
  const published = wire.received.filter(({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === file).map(({ params }) => params);
  const versions = published.map(({ version }) => version);
  assert.deepEqual(versions, [...new Set(versions)].sort((a, b) => a - b), 'ascending, each once');
  for (const { version, diagnostics } of published) assert.equal(diagnostics.length, version % 2 === 0 ? 1 : 2, `diagnostics of version ${version}`);
  assert.deepEqual(wire.violations, []);
});

test('closing a document takes its diagnostics away; what is on disk counts again', { timeout }, async (t) => {
  const { folder, uri } = workspace(t, { '.nofx/settings.json': '{"maxAgents": 5}' });
  const { document, connection, published } = await startWithVsCodeLibrary(t, { folder });
  const settings = await document(uri('.nofx/settings.json'), '{"maxAgents": 99}');
  assert.equal((await settings.diagnostics()).length, 1);
  const cleared = new Promise((resolve) => {
    const subscription = connection.onNotification('textDocument/publishDiagnostics', (params) => {
      published.all.push(params);
      if (params.uri !== settings.uri || params.diagnostics.length > 0) return;
      subscription.dispose();
      resolve();
    });
  });
  await connection.sendNotification('textDocument/didClose', { textDocument: { uri: settings.uri } });
  await cleared;
});

test('a schema file of the workspace is used, and its change is seen', { timeout }, async (t) => {
  const schema = (maximum) => JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', properties: { port: { type: 'integer', maximum } } });
  const { folder, uri } = workspace(t, { 'app.schema.json': schema(100) });
  const { document, connection, published } = await startWithVsCodeLibrary(t, { folder });
  const app = await document(uri('app.json'), '{"$schema": "./app.schema.json", "port": 8080}');
  const [first] = await app.diagnostics();
  assert.equal(first?.code, 'number-too-large');
  assert.equal(first.data.schemaUri, uri('app.schema.json'));

  fs.writeFileSync(path.join(folder, 'app.schema.json'), schema(10_000));
  const mended = new Promise((resolve) => {
    const look = (params) => params.uri === app.uri && params.diagnostics.length === 0 && resolve();
    connection.onNotification('textDocument/publishDiagnostics', (params) => void (published.all.push(params), look(params)));
  });
  await connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: uri('app.schema.json'), type: 2 }] });
  await mended;
});
