// Frames that are wrong in many ways, each of which ends where its header says. The same in each run.
import { Buffer } from 'node:buffer';
import { randomNumbers } from './random.mjs';
import { frame } from './wire.mjs';

/** @returns frames with the ids that must be answered (a request that can be told apart from noise). */
export function malformedFrames(first, count, openFile) {
  return Array.from({ length: count }, (_, i) => {
    const number = first + i;
    const random = randomNumbers(number);
    const made = kinds[number % kinds.length](random, `bad-${number}`, openFile);
    return Buffer.isBuffer(made) ? { bytes: made, ids: [] } : { bytes: made.bytes, ids: made.ids };
  });
}

const request = (id, method, params) => ({ bytes: frame({ jsonrpc: '2.0', id, method, params }), ids: [id] });
const noise = (text) => frame(text);
const pick = (random, list) => list[random(list.length)];
const bytes = (random, length) => Buffer.from(Array.from({ length }, () => random(256)));
const methods = ['textDocument/hover', 'textDocument/completion', 'textDocument/documentSymbol', 'workspace/executeCommand', 'configlsp/health', 'json/validateContent', 'no/such/method', '', 'initialize'];
const junk = [null, true, -1, 1e308, 'text', [], {}, [[[]]], { textDocument: null }, { textDocument: { uri: '\u0000' } }, { position: { line: -1, character: 1.5 } }];

const kinds = [
  () => noise(''),
  (random) => frame(bytes(random, random(200))),
  (random) => noise(pick(random, ['null', 'true', '17', '"text"', '[]', '[1,2]', '{}', '[{}]', ' ', '\n\n'])),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', method: 'x', params: { a: [1, 2, { b: 'c' }] } }).slice(0, 1 + random(50))),
  () => noise('{"jsonrpc":"2.0","method":"x"}}'),
  () => noise('{"jsonrpc":"2.0","method":"x"} {"jsonrpc":"2.0","method":"y"}'),
  () => noise("{'jsonrpc':'2.0','method':'x'}"),
  () => noise('{"jsonrpc":"2.0","method":"x",}'),
  () => noise('\ufeff{"jsonrpc":"2.0","method":"x"}'),
  () => frame(Buffer.from('{"jsonrpc":"2.0","method":"x","params":"\xff\xfe"}', 'latin1')),
  () => frame(Buffer.from('{"jsonrpc":"2.0","method":"\xed\xa0\x80"}', 'latin1')),
  () => noise('{"jsonrpc":"2.0","method":"x","params":"\u0000"}'),
  () => frame(Buffer.alloc(64)),
  (random) => noise(`{"jsonrpc":"2.0","method":"x","params":${'['.repeat(100 + random(5000))}`),
  (random) => {
    const depth = 129 + random(3000);
    return noise(`{"jsonrpc":"2.0","method":"x","params":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  },
  (random) => noise(`{"jsonrpc":"2.0","method":"x","params":${'{"a":'.repeat(200 + random(2000))}`),
  (random) => noise(JSON.stringify({ jsonrpc: pick(random, ['1.0', 2, null, '2', ['2.0']]), method: 'x' })),
  () => noise('{"method":"textDocument/didOpen","params":{}}'),
  () => noise('{"jsonrpc":"2.0"}'),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', method: pick(random, [null, 5, {}, [], true]) })),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', id: pick(random, [{}, [], true, { a: 1 }]), method: 'x' })),
  (_, id) => ({ bytes: noise(`{"jsonrpc":"2.0","id":"${id}","id":"${id}","method":"x"}`), ids: [id] }),
  () => noise('{"jsonrpc":"2.0","method":"x","method":"y","params":1,"params":2}'),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', id: 1_000_000 + random(1000), result: pick(random, junk) })),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', id: `unknown-${random(1000)}`, error: pick(random, [null, 5, {}, { code: 'x' }, { code: 1, message: 2 }]) })),
  () => noise('{"jsonrpc":"2.0","id":null,"result":1,"error":{"code":1,"message":"both"}}'),
  (random, id) => request(id, 'no/such/method', pick(random, junk)),
  (random, id) => request(id, pick(random, methods), pick(random, junk)),
  (random, id) => request(id, 'x'.repeat(1 + random(20_000)), {}),
  (random, id) => request(id, pick(random, ['日本', '\u0000', 'a\nb', '../../x', '$/x', '__proto__']), {}),
  (random, id) => request(id, 'textDocument/didOpen', pick(random, junk)),
  (random, id, uri) => request(id, 'textDocument/hover', { textDocument: { uri }, position: { line: pick(random, [-1, 1e9, 2147483648, 0.5, '0', null]), character: pick(random, [-1, 4294967295, 1e300]) } }),
  (random, id, uri) => request(id, 'textDocument/completion', { textDocument: { uri: pick(random, [uri, 'x', '', '%zz', 'file:///%00', 'a'.repeat(5000)]) }, position: { line: random(5), character: random(99) } }),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', method: pick(random, ['textDocument/didOpen', 'textDocument/didClose', 'workspace/didChangeConfiguration', '$/cancelRequest', '$/progress', 'json/schemaAssociations', 'no/such']), params: pick(random, junk) })),
  (random, _, uri) => noise(JSON.stringify({ jsonrpc: '2.0', method: 'textDocument/didChange', params: { textDocument: { uri, version: pick(random, [null, 'x', {}]) }, contentChanges: pick(random, [null, 5, 'x', {}]) } })),
  (random) => noise(JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: pick(random, ['bad-1', 5, null, {}, []]) } })),
  (random, id) => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method: 'no/such/method', params: { filler: 'é'.repeat(random(3000)) } }));
    const header = pick(random, [`content-length: ${body.length}\r\n\r\n`, `Content-Type: text/plain; charset=latin1\r\nContent-Length: ${body.length}\r\n\r\n`, `X: ${'y'.repeat(random(8000))}\r\nContent-Length:${body.length}\r\n\r\n`, `Content-Length: ${body.length}\n\n`]);
    return { bytes: Buffer.concat([Buffer.from(header), body]), ids: [id] };
  },
  (random, id) => {
    // A good message with one byte changed: anything may have become of it, so nothing is expected but survival.
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', method: 'no/such/notification', params: { id, text: '{"a": [1, 2, {"b": null}]}' } }));
    body[random(body.length)] = random(256);
    return frame(body);
  },
];
