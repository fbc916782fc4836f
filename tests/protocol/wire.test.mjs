// The wire itself: whatever arrives, every request gets exactly one reply, and the process lives until it is told to end.
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { initializeParams, startOnWire, startServer, workspace } from './harness.mjs';
import { malformedFrames } from './malformed.mjs';
import { Wire, frame } from './wire.mjs';

const timeout = 120_000;
const mebibyte = 1024 * 1024;

/** A server with one document open, and a question about it whose answer is known. */
async function serving(t, options) {
  const { folder, uri } = workspace(t);
  const server = await startOnWire(t, { folder, ...options });
  const file = uri('.nofx/settings.json');
  const open = () => server.wire.notify('textDocument/didOpen', { textDocument: { uri: file, languageId: 'json', version: 1, text: '{"maxAgents": 99}' } });
  const diagnosed = server.wire.diagnostics(file, 1);
  await open();
  assert.equal((await diagnosed).diagnostics.length, 1);
  const hover = { textDocument: { uri: file }, position: { line: 0, character: 4 } };
  const answers = async () => {
    const result = await server.wire.call('textDocument/hover', hover);
    assert.match(JSON.stringify(result.contents), /Most agents at a time/);
  };
  /** A change that cannot be read counts as the closing of the document, since what it holds then is not known. */
  const reopen = async () => {
    await server.wire.notify('textDocument/didClose', { textDocument: { uri: file } });
    await open();
  };
  return { ...server, file, hover, answers, reopen };
}

test('the strict reader of these tests notices what a server must not write', async () => {
  const cases = {
    'no frame': 'log line\nContent-Length: 2\r\n\r\n{}',
    'header in lower case': 'content-length: 2\r\n\r\n{}',
    'bare line feeds': 'Content-Length: 2\n\n{}\r\n\r\n',
    'byte order mark': '\ufeffContent-Length: 2\r\n\r\n{}',
    batch: frame([{ jsonrpc: '2.0', method: 'x' }]),
    'no version': frame({ method: 'x' }),
    'neither result nor error': frame({ jsonrpc: '2.0', id: 1 }),
    'unknown id': frame({ jsonrpc: '2.0', id: 7, result: null }),
    'no UTF-8': frame(Buffer.from([0x22, 0xff, 0x22])),
    'cut off': 'Content-Length: 20\r\n\r\n{}',
  };
  for (const [name, bytes] of Object.entries(cases)) {
    const input = new PassThrough();
    const wire = new Wire(input, new PassThrough());
    input.end(bytes);
    await wire.ended;
    assert.ok(wire.violations.length > 0, name);
  }
});

test('10,000 malformed frames: the process lives, each request had one reply, and the next one is answered', { timeout: 240_000 }, async (t) => {
  const { wire, answers, reopen, pid, process: server, file } = await serving(t);
  const block = 200;
  let expected = 0;
  let replies = 0;
  for (let sent = 0; sent < 10_000; sent += block) {
    const frames = malformedFrames(sent, block, file);
    for (const { ids } of frames) for (const id of ids) wire.expectReply(id);
    expected += frames.reduce((sum, { ids }) => sum + ids.length, 0);
    await wire.write(Buffer.concat(frames.map(({ bytes }) => bytes)));
    await reopen();
    await answers();
    const unanswered = wire.unanswered();
    if (unanswered.length > 0) await Promise.all(unanswered.map((id) => wire.reply(id)));
    replies += wire.received.filter(({ id, method }) => typeof id === 'string' && id.startsWith('bad-') && method === undefined).length;
    wire.forget();
  }

  assert.equal(server.exitCode, null);
  assert.equal(pid, server.pid);
  assert.equal(replies, expected, 'one reply to each request');
  await answers();
  assert.deepEqual(wire.violations, []);
});

test('an oversized message is drained and answered with its id, and the next one is served', { timeout }, async (t) => {
  const { wire, answers } = await serving(t);
  for (const id of [4711, 'large']) {
    wire.expectReply(id);
    const reply = wire.reply(id);
    const head = Buffer.from(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"textDocument/hover","params":{"x":"`);
    await wire.write(frame(Buffer.concat([head, Buffer.alloc(129 * mebibyte, 'x'), Buffer.from('"}}')])));
    const { error } = await reply;
    assert.ok(Number.isInteger(error.code));
    assert.match(error.message, /134217728|128 MiB/, 'says the limit');
  }

  await answers();
  assert.deepEqual(wire.violations, []);
});

test('an oversized message without an id in its first bytes closes the connection', { timeout }, async (t) => {
  const { wire, exited } = await serving(t);
  await wire.write(frame(Buffer.concat([Buffer.from('{"jsonrpc":"2.0","method":"'), Buffer.alloc(129 * mebibyte, 'x'), Buffer.from('","id":1}')])));
  await wire.ended;
  assert.equal((await exited).signal, null);
});

test('a length that is never sent costs no memory and does not block the end', { timeout }, async (t) => {
  const { wire, exited } = await serving(t);
  await wire.write('Content-Length: 133000000\r\n\r\n{"jsonrpc"');
  wire.output.end();
  await wire.ended;
  assert.equal((await exited).signal, null);
});

for (const [name, header] of Object.entries({
  'no number': 'Content-Length: abc\r\n\r\n',
  'a negative one': 'Content-Length: -2\r\n\r\n',
  'a fraction': 'Content-Length: 2.0\r\n\r\n',
  'above 64 bits': `Content-Length: ${'9'.repeat(30)}\r\n\r\n`,
  'two of them': 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n',
  'none at all': 'Content-Type: application/json\r\n\r\n',
  'a header line without end': 'x'.repeat(9 * 1024),
  'a line without a colon': 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
})) {
  test(`a Content-Length that is ${name} closes the connection in order`, { timeout }, async (t) => {
    const { wire, exited } = await serving(t);
    await wire.write(header);
    await wire.ended;
    const { code, signal } = await exited;
    assert.equal(signal, null);
    assert.ok(code === 1 || code === 2, `exit code ${code}`);
    assert.deepEqual(wire.violations, []);
  });
}

test('header variants that clients send are read', { timeout }, async (t) => {
  const { wire, hover, answers } = await serving(t);
  const message = (id) => JSON.stringify({ jsonrpc: '2.0', id, method: 'textDocument/hover', params: hover });
  const headers = [
    (n) => `content-length: ${n}\r\n\r\n`,
    (n) => `CONTENT-LENGTH:${n}\r\n\r\n`,
    (n) => `Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: ${n}\r\n\r\n`,
    (n) => `Content-Length: ${n}  \r\nX-Other: 1\r\n\r\n`,
  ];
  for (const [i, header] of headers.entries()) {
    const id = `header-${i}`;
    wire.expectReply(id);
    const reply = wire.reply(id);
    const body = Buffer.from(message(id));
    // Byte by byte, as a slow pipe would bring it.
    for (const byte of Buffer.concat([Buffer.from(header(body.length)), body])) wire.output.write(Buffer.of(byte));
    assert.ok((await reply).result.contents, header(0));
  }

  await answers();
  assert.deepEqual(wire.violations, []);
});

test('a batch is refused and the next message served', { timeout }, async (t) => {
  const { wire, answers, hover } = await serving(t);
  const refused = wire.next((message) => message.id === null && message.error !== undefined, 'the refusal');
  await wire.write(frame([{ jsonrpc: '2.0', id: 'in-batch', method: 'textDocument/hover', params: hover }]));
  assert.equal((await refused).error.code, -32600);
  await answers();
  assert.deepEqual(wire.violations, []);
});

test('ids: strings, large and negative numbers and text of any script come back as they were', { timeout }, async (t) => {
  const { wire, hover } = await serving(t);
  for (const id of ['text', '', '1', 'größe 日本 😀', 0, -5, 2147483647, Number.MAX_SAFE_INTEGER]) {
    const reply = await wire.request('textDocument/hover', hover, { id });
    assert.ok(reply.result, JSON.stringify(id));
  }

  assert.deepEqual(wire.violations, []);
});

test('two requests with one id: each gets a reply, none is lost', { timeout }, async (t) => {
  const { wire, hover, answers } = await serving(t);
  const request = frame({ jsonrpc: '2.0', id: 'twice', method: 'textDocument/hover', params: hover });
  for (let i = 0; i < 2; i++) wire.expectReply('twice');
  const first = wire.reply('twice');
  await wire.write(Buffer.concat([request, request]));
  await first;
  while (wire.unanswered().length > 0) await wire.reply('twice');
  const replies = wire.received.filter(({ id, method }) => id === 'twice' && method === undefined);
  assert.equal(replies.length, 2);
  assert.ok(replies.some(({ result }) => result), 'one of them has the result');
  await answers();
  assert.deepEqual(wire.violations, []);
});

test('unknown methods: a request is told, a notification passes, $/ ones are ignored', { timeout }, async (t) => {
  const { wire, answers } = await serving(t);
  assert.equal((await wire.request('no/such', {})).error.code, -32601);
  assert.equal((await wire.request('$/no/such', {})).error.code, -32601);
  await wire.notify('no/such', { x: 1 });
  await wire.notify('$/no/such', [1, 2]);
  await answers();
  assert.deepEqual(wire.violations, []);
});

test('wrong parameters are answered with InvalidParams that says what is wrong', { timeout }, async (t) => {
  const { wire, answers, hover } = await serving(t);
  for (const params of [5, 'x', [], {}, [1], { textDocument: 3 }, { textDocument: { uri: 4 }, position: {} }, { ...hover, position: { line: 'x', character: 0 } }]) {
    const { error, result } = await wire.request('textDocument/hover', params);
    assert.equal(error?.code, -32602, `${JSON.stringify(params)} gave ${JSON.stringify(error ?? result)}`);
    assert.match(error.message, /textDocument\/hover/);
  }

  await answers();
  assert.deepEqual(wire.violations, []);
});

test('a single argument in an array is the same as bare', { timeout }, async (t) => {
  const { wire, hover } = await serving(t);
  assert.deepEqual(await wire.call('textDocument/hover', [hover]), await wire.call('textDocument/hover', hover));
});

for (const [name, message] of [['[]', { params: [] }], ['{}', { params: {} }], ['null', { params: null }], ['omitted', {}]]) {
  test(`shutdown and exit with params ${name}`, { timeout }, async (t) => {
    const { wire, exited } = await serving(t);
    const reply = wire.reply('end');
    await wire.send({ jsonrpc: '2.0', id: 'end', method: 'shutdown', ...message });
    assert.equal((await reply).result, null);
    await wire.send({ jsonrpc: '2.0', method: 'exit', ...message });
    assert.deepEqual(await exited, { code: 0, signal: null });
    assert.deepEqual(wire.violations, []);
  });
}

test('a cancelled request gets exactly one reply: a result or RequestCancelled', { timeout }, async (t) => {
  const { wire, file } = await serving(t);
  for (let i = 0; i < 200; i++) {
    const id = `cancel-${i}`;
    const reply = wire.reply(id);
    await wire.send({ jsonrpc: '2.0', id, method: 'textDocument/documentSymbol', params: { textDocument: { uri: file } } });
    await wire.notify('$/cancelRequest', { id });
    // Cancelling again, or something unknown, has no effect.
    if (i % 3 === 0) await wire.notify('$/cancelRequest', { id });
    if (i % 5 === 0) await wire.notify('$/cancelRequest', { id: 'never-sent' });
    const { error } = await reply;
    if (error) assert.equal(error.code, -32800);
  }

  await wire.call('textDocument/documentSymbol', { textDocument: { uri: file } });
  assert.equal(wire.received.filter(({ id, method }) => method === undefined && String(id).startsWith('cancel-')).length, 200);
  assert.deepEqual(wire.violations, []);
});

test('400 requests at once: each is answered, those above the limit with Overloaded', { timeout }, async (t) => {
  const { wire, hover, answers } = await serving(t);
  const ids = Array.from({ length: 400 }, (_, i) => `many-${i}`);
  const replies = Promise.all(ids.map((id) => wire.reply(id)));
  for (const id of ids) wire.expectReply(id);
  await wire.write(Buffer.concat(ids.map((id) => frame({ jsonrpc: '2.0', id, method: 'textDocument/hover', params: hover }))));
  for (const { result, error } of await replies) assert.ok(result || error.code === -33023, JSON.stringify(error));
  await answers();
  assert.deepEqual(wire.violations, []);
});

test('a request is answered for the text as it was when the request was sent', { timeout }, async (t) => {
  const { wire, file } = await serving(t);
  const symbols = async (id) => (await wire.reply(id)).result.map(({ name }) => name);
  const request = (id) => wire.send({ jsonrpc: '2.0', id, method: 'textDocument/documentSymbol', params: { textDocument: { uri: file } } });
  const change = (version, text) => wire.notify('textDocument/didChange', { textDocument: { uri: file, version }, contentChanges: [{ text }] });
  for (let i = 0; i < 50; i++) {
    const both = Promise.all([symbols(`a${i}`), symbols(`b${i}`)]);
    await change(2 * i + 2, `{"a${i}": 1}`);
    await request(`a${i}`);
    await change(2 * i + 3, `{"b${i}": 1}`);
    await request(`b${i}`);
    assert.deepEqual(await both, [[`a${i}`], [`b${i}`]]);
  }
});

test('hostile documents are diagnosed in bounded time', { timeout }, async (t) => {
  const { wire, answers } = await serving(t);
  const texts = {
    'opening brackets': '['.repeat(100_000),
    'opening braces': '{"a":'.repeat(50_000),
    'opening quotes': '"'.repeat(100_001),
    commas: ','.repeat(100_000),
    'one long line': `{"maxAgents": 99, "x": "${'y'.repeat(2_000_000)}"}`,
    'control characters': '\u0000\u0001\u001f'.repeat(10_000),
    'halves of surrogate pairs': '"\ud800"',
    'unknown keys': `{${Array.from({ length: 20_000 }, (_, i) => `"k${i}": 1`).join(',')}}`,
    'one key 20,000 times': `{${'"maxAgents": 99,'.repeat(20_000)}"logLevel": 1}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const uri = `file:///hostile/${encodeURIComponent(name)}/.nofx/settings.json`;
    const diagnosed = wire.diagnostics(uri, 1);
    await wire.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'json', version: 1, text } });
    const { diagnostics } = await diagnosed;
    assert.ok(diagnostics.length > 0 && diagnostics.length <= 1001, `${name}: ${diagnostics.length} diagnostics`);
    await wire.notify('textDocument/didClose', { textDocument: { uri } });
  }

  await answers();
  assert.deepEqual(wire.violations, []);
});

test('notifications that make no sense are survived', { timeout }, async (t) => {
  const { wire, answers, file } = await serving(t);
  const uri = 'file:///never/opened.json';
  for (const [method, params] of [
    ['textDocument/didChange', { textDocument: { uri, version: 2 }, contentChanges: [{ text: 'x' }] }],
    ['textDocument/didClose', { textDocument: { uri } }],
    ['textDocument/didSave', { textDocument: { uri } }],
    ['textDocument/didOpen', { textDocument: { uri: 'no uri at all', languageId: 'json', version: 1, text: '{' } }],
    ['textDocument/didOpen', { textDocument: { uri: '', languageId: '', version: -1, text: '' } }],
    ['textDocument/didOpen', { textDocument: {} }],
    ['workspace/didChangeConfiguration', { settings: 'x' }],
    ['workspace/didChangeConfiguration', { settings: { json: { schemas: [5, { fileMatch: 5 }, { url: {} }, { fileMatch: ['[', '**/**/**/**', '!'], schema: 7 }] } } }],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: '%%%', type: 99 }, {}] }],
    ['workspace/didChangeWorkspaceFolders', { event: {} }],
    ['json/schemaAssociations', 5],
    ['json/schemaAssociations', [[{ fileMatch: 'x' }, null, 3]]],
    ['json/schemaContent', {}],
    ['$/cancelRequest', {}],
    ['$/setTrace', { value: 'loud' }],
    ['initialized', { again: true }],
  ])
    await wire.notify(method, params);
  await answers();

  const beyond = wire.diagnostics(file, 2);
  const contentChanges = [{ range: { start: { line: 2_000_000_000, character: 2_000_000_000 }, end: { line: 2_147_483_647, character: 2_147_483_647 } }, text: ' ' }, { text: '{"maxAgents": 99, "logLevel": 1}' }];
  await wire.notify('textDocument/didChange', { textDocument: { uri: file, version: 2 }, contentChanges });
  assert.equal((await beyond).diagnostics.length, 2);
  assert.deepEqual(wire.violations, []);
});

test('initialize with capabilities of wrong types still starts', { timeout }, async (t) => {
  const { folder } = workspace(t);
  for (const capabilities of [{}, { general: null, textDocument: false }, { general: 7, workspace: [], textDocument: { diagnostic: 'x', hover: { contentFormat: {} } } }]) {
    const server = await startServer(t);
    const wire = new Wire(server.input, server.output);
    const reply = await wire.request('initialize', { ...initializeParams(folder), capabilities, initializationOptions: [1], locale: 4 });
    assert.ok(reply.result?.capabilities, JSON.stringify(reply.error));
  }
});
