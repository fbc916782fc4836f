// What VS Code's own client for vscode-json-language-server does, step by step: it must work unchanged.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ParameterStructures } from 'vscode-jsonrpc';
import { pullCapabilities, pushCapabilities, startWithVsCodeLibrary, workspace } from './harness.mjs';

const timeout = 60_000;

const initialization = { handledSchemaProtocols: ['file'], provideFormatter: false, customCapabilities: { rangeFormatting: { editLimit: 1000 } } };
const noWorkspaceConfiguration = (capabilities) => ({ ...capabilities, workspace: { ...capabilities.workspace, configuration: false } });
const maximum = (limit) => ({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', properties: { port: { type: 'integer', maximum: limit } } });
const settings = (schemas) => ({
  settings: {
    http: { proxy: '', proxyStrictSSL: true },
    json: { validate: { enable: true }, format: { enable: true }, keepLines: { enable: false }, schemas, resultLimit: 5001, jsonFoldingLimit: 5001, jsoncFoldingLimit: 5001, jsonColorDecoratorLimit: 5001, jsoncColorDecoratorLimit: 5001 },
  },
});

/** A client that pulls, as VS Code's does, and answers `vscode/content`. */
async function jsonClient(t, contents = {}, capabilities = pullCapabilities) {
  const { folder, uri } = workspace(t);
  const asked = [];
  const content = (params) => {
    const wanted = Array.isArray(params) ? params[0] : params;
    asked.push(wanted);
    if (!(wanted in contents)) throw new Error(`There is no ${wanted}.`);
    return contents[wanted];
  };
  const refresh = { wanted: () => {} };
  const server = await startWithVsCodeLibrary(t, {
    folder,
    initialize: { capabilities: noWorkspaceConfiguration(capabilities), initializationOptions: initialization },
    answers: { 'vscode/content': content, 'workspace/diagnostic/refresh': () => void refresh.wanted() },
  });
  const pull = async (document) => (await server.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: document.uri } })).items;
  /** Pulls again at each refresh until the diagnostics have these codes. */
  const pullUntil = async (document, codes) => {
    for (;;) {
      const refreshed = new Promise((resolve) => (refresh.wanted = resolve));
      const found = await pull(document);
      if (JSON.stringify(found.map(({ code }) => code)) === JSON.stringify(codes)) return found;
      await refreshed;
    }
  };
  return { ...server, folder, uri, asked, pull, pullUntil };
}

test('json.schemas pushed in settings, with the schema inline', { timeout }, async (t) => {
  const { connection, document, uri, pull } = await jsonClient(t);
  await connection.sendNotification('workspace/didChangeConfiguration', settings([{ fileMatch: ['/app.json'], url: 'vscode://schemas/app', schema: maximum(10) }]));
  assert.deepEqual((await pull(await document(uri('app.json'), '{"port": 80}'))).map(({ code }) => code), ['number-too-large']);
  assert.deepEqual(await pull(await document(uri('deeper/app.json'), '{"port": 80}')), [], 'a leading / anchors at the folder');
  assert.deepEqual(await pull(await document(uri('other.json'), '{"port": 80}')), []);
});

test('a schema of a protocol that the server does not handle is asked from the client by vscode/content', { timeout }, async (t) => {
  const address = 'vscode-vfs://github/someone/schemas/app.json';
  const { connection, document, uri, pull, asked } = await jsonClient(t, { [address]: JSON.stringify(maximum(10)) });
  await connection.sendNotification('workspace/didChangeConfiguration', settings([{ fileMatch: ['app.json'], url: address }]));
  const [found] = await pull(await document(uri('app.json'), '{"port": 80}'));
  assert.equal(found?.code, 'number-too-large');
  assert.equal(found.data.schemaUri, address);
  assert.deepEqual(asked, [address]);
});

test('a schema that the client cannot give is said once, on the document, with the reason', { timeout }, async (t) => {
  const address = 'vscode-vfs://github/nobody/gone.json';
  const { connection, document, uri, pull } = await jsonClient(t);
  await connection.sendNotification('workspace/didChangeConfiguration', settings([{ fileMatch: ['app.json'], url: address }]));
  const found = await pull(await document(uri('app.json'), '{"port": 80}'));
  assert.equal(found.length, 1);
  assert.match(found[0].message, /gone\.json/);
  assert.match(found[0].message, /There is no/);
});

const { byName, byPosition } = ParameterStructures;
const association = { fileMatch: ['app.json'], uri: 'app-schema:/a' };
for (const [form, ...params] of [
  ['an array', byPosition, [association]],
  ['the elements of an array', byPosition, association],
  ['an object', byName, { 'app.json': ['app-schema:/a'] }],
  ['an object in an array', byPosition, { 'app.json': ['app-schema:/a'] }],
]) {
  test(`json/schemaAssociations as ${form}`, { timeout }, async (t) => {
    const { connection, document, uri, pullUntil } = await jsonClient(t, { 'app-schema:/a': JSON.stringify(maximum(10)) });
    await connection.sendNotification('json/schemaAssociations', ...params);
    await pullUntil(await document(uri('app.json'), '{"port": 80}'), ['number-too-large']);
  });
}

test('json/schemaContent drops a schema: the new one is asked for and holds', { timeout }, async (t) => {
  const contents = { 'app-schema:/a': JSON.stringify(maximum(10)) };
  const { connection, document, uri, pullUntil, asked } = await jsonClient(t, contents);
  await connection.sendNotification('json/schemaAssociations', [[{ fileMatch: ['app.json'], uri: 'app-schema:/a' }]]);
  const app = await document(uri('app.json'), '{"port": 80}');
  await pullUntil(app, ['number-too-large']);
  contents['app-schema:/a'] = JSON.stringify(maximum(100));
  await connection.sendNotification('json/schemaContent', 'app-schema:/a');
  await pullUntil(app, []);
  assert.equal(asked.length, 2);
});

test('changed settings re-validate what is open: by refresh where the client pulls, by push elsewhere', { timeout }, async (t) => {
  const pulling = await jsonClient(t);
  const app = await pulling.document(pulling.uri('app.json'), '{"port": 80}');
  assert.deepEqual(await pulling.pull(app), []);
  const change = (limit) => settings([{ fileMatch: ['app.json'], url: 'vscode://schemas/app', schema: maximum(limit) }]);
  await pulling.connection.sendNotification('workspace/didChangeConfiguration', change(10));
  await pulling.pullUntil(app, ['number-too-large']);
  await pulling.connection.sendNotification('workspace/didChangeConfiguration', change(100));
  await pulling.pullUntil(app, []);

  const pushed = await jsonClient(t, {}, pushCapabilities);
  const other = await pushed.document(pushed.uri('app.json'), '{"port": 80}');
  assert.deepEqual(await other.diagnostics(), []);
  const found = new Promise((resolve) => pushed.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => uri === other.uri && diagnostics.length > 0 && resolve(diagnostics)));
  await pushed.connection.sendNotification('workspace/didChangeConfiguration', change(10));
  assert.deepEqual((await found).map(({ code }) => code), ['number-too-large']);
});

test('json.validate.enable: false silences everything', { timeout }, async (t) => {
  const { connection, document, uri, pull } = await jsonClient(t);
  const off = settings([]);
  off.settings.json.validate.enable = false;
  await connection.sendNotification('workspace/didChangeConfiguration', off);
  assert.deepEqual(await pull(await document(uri('.nofx/settings.json'), '{"maxAgents": 99,,}')), []);
});

test('json/validateContent and json/validate answer with diagnostics', { timeout }, async (t) => {
  const { connection, document, uri } = await jsonClient(t, { 'app-schema:/a': JSON.stringify(maximum(10)) });
  const request = { schemaUri: 'app-schema:/a', content: '{"port": 80}' };
  for (const structure of [byName, byPosition]) {
    const found = await connection.sendRequest('json/validateContent', structure, request);
    assert.deepEqual(found.map(({ code }) => code), ['number-too-large']);
  }

  const app = await document(uri('.nofx/settings.json'), '{"maxAgents": 99}');
  assert.deepEqual((await connection.sendRequest('json/validate', byPosition, app.uri)).map(({ code }) => code), ['number-too-large']);
});

test('json documents refuse comments, jsonc ones do not', { timeout }, async (t) => {
  const { document, uri, pull } = await jsonClient(t);
  const text = '{\n  // why\n  "a": [1,]\n}\n';
  assert.deepEqual((await pull(await document(uri('a.json'), text, 'json'))).map(({ code, severity }) => [code, severity]), [['comment-not-permitted', 1], ['trailing-comma', 1]]);
  assert.deepEqual((await pull(await document(uri('b.jsonc'), text, 'jsonc'))).map(({ code, severity }) => [code, severity]), [['trailing-comma', 2]]);
});

for (const scheme of ['untitled:/app.json', 'untitled:app.json', 'vscode-userdata:/User/app.json', 'vscode-remote://ssh-remote%2Bhost/home/someone/app.json', 'vscode-vfs://github/o/r/app.json', 'git:/repo/app.json?%7B%22ref%22%3A%22~%22%7D']) {
  test(`a document ${scheme}`, { timeout }, async (t) => {
    const { connection, document, pull } = await jsonClient(t);
    await connection.sendNotification('workspace/didChangeConfiguration', settings([{ fileMatch: ['**/app.json', 'app.json'], url: 'vscode://schemas/app', schema: maximum(10) }]));
    const app = await document(scheme, '{"port": 80, }');
    assert.deepEqual((await pull(app)).map(({ code }) => code).sort(), ['number-too-large', 'trailing-comma']);
    await app.edit([0, 9, 0, 11, '8']);
    assert.deepEqual((await pull(app)).map(({ code }) => code), ['trailing-comma']);
  });
}

test('settings files of our catalogue are known under any scheme', { timeout }, async (t) => {
  const { document, pull } = await jsonClient(t);
  for (const uri of ['vscode-remote://wsl%2Bdebian/folder/.nofx/settings.json', 'vscode-vfs://github/o/r/.nofx/settings.local.json'])
    assert.deepEqual((await pull(await document(uri, '{"maxAgents": 99}'))).map(({ code }) => code), ['number-too-large'], uri);
});
