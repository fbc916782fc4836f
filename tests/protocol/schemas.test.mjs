// Schemas over HTTP: once seen, they keep working without network, in another process and on the command line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import { test } from 'node:test';
import { cleanEnvironment, pushCapabilities, serverBinary, startWithVsCodeLibrary, temporaryFolder, workspace } from './harness.mjs';

const timeout = 60_000;

/** A server with one schema, and how often that was asked for. */
async function schemaServer(t) {
  let requests = 0;
  const server = http.createServer((request, response) => {
    requests++;
    response.writeHead(200, { 'content-type': 'application/schema+json', etag: '"v1"' }).end(JSON.stringify({ properties: { port: { maximum: 10 } } }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  t.after(stop);
  return { origin: `http://127.0.0.1:${server.address().port}`, stop, requests: () => requests };
}

test('a schema that was downloaded once serves a new process whose network is gone', { timeout }, async (t) => {
  const schemas = await schemaServer(t);
  const text = JSON.stringify({ $schema: `${schemas.origin}/app.json`, port: 80 });
  const { folder, uri } = workspace(t, { 'app.json': text });
  const home = temporaryFolder(t);
  const sections = { json: { schemaDownload: { trustedDomains: { [`${schemas.origin}/`]: true } } }, http: {}, configlsp: { http: { allowPrivateAddresses: true } } };
  const codes = async () => {
    const { connection, document, exited } = await startWithVsCodeLibrary(t, {
      folder,
      home,
      initialize: { capabilities: pushCapabilities },
      answers: { 'workspace/configuration': ({ items }) => items.map(({ section }) => sections[section]) },
    });
    await document(uri('app.json'), text);
    // On a slow machine the schema may come after the first answers.
    let found = [];
    while (found.length === 0) found = (await connection.sendRequest('json/validate', uri('app.json'))).map(({ code }) => code);
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    assert.equal((await exited).code, 0);
    return found;
  };

  assert.deepEqual(await codes(), ['number-too-large']);
  assert.equal(schemas.requests(), 1);
  await schemas.stop();
  assert.deepEqual(await codes(), ['number-too-large'], 'from the copy on the disk');

  const check = spawnSync(serverBinary, ['check', 'app.json'], { cwd: folder, env: cleanEnvironment(home), encoding: 'utf8' });
  assert.match(check.stdout, /\[number-too-large\]/, check.stderr);
  const show = spawnSync(serverBinary, ['schema', 'show', 'app.json'], { cwd: folder, env: cleanEnvironment(home), encoding: 'utf8' });
  assert.match(show.stdout, /from +the copy that was downloaded \d{4}-/);
  assert.equal(schemas.requests(), 1);
});
