// The base protocol of LSP, byte for byte: writes any frame, also a wrong one, and reads strictly. vscode-jsonrpc forgives much (and
// cannot send what is malformed), so the tests of the wire itself and the benchmark, which must not measure its own client, use this.
import { Buffer } from 'node:buffer';

export const responseTimeoutMs = 30_000;

/** The bytes of one message: an object, or text that is sent as it is. */
export function frame(message) {
  const body = Buffer.isBuffer(message) ? message : Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

export class Wire {
  #chunks = [];
  #buffered = 0;
  #wanted = 0;
  #waiting = new Set();
  #open = new Map();
  #nextId = 1;

  /** All messages from the server, oldest first. Dropped by `forget()`. */
  received = [];
  /** What the server did that the protocol does not allow. A test expects it to be empty. */
  violations = [];
  /** Answers to the server's own requests by method; one without an entry is answered with null. */
  answers = { 'workspace/configuration': ({ items }) => items.map(() => null) };

  /** @param input what the server writes. @param output what the server reads. */
  constructor(input, output) {
    this.output = output;
    // The server may end while something is written to it; how it ended is what a test looks at.
    output.on('error', () => {});
    this.ended = new Promise((resolve) => {
      input.on('data', (chunk) => this.#read(chunk));
      input.on('error', () => {});
      input.once('close', () => {
        if (this.#buffered > 0) this.violations.push(`the output ended with ${this.#buffered} bytes that are no whole frame`);
        for (const waiter of [...this.#waiting]) waiter.reject(new Error(`The server closed the connection; waited for ${waiter.what}.`));
        resolve();
      });
    });
  }

  /** Writes bytes; resolves when the system has taken them. */
  write(bytes) {
    return new Promise((resolve) => this.output.write(bytes, () => resolve()));
  }

  send(message) {
    if (message.method !== undefined && message.id !== undefined) this.expectReply(message.id);
    return this.write(frame(message));
  }

  notify(method, params) {
    return this.send({ jsonrpc: '2.0', method, params });
  }

  /** Sends a request and resolves to the whole reply, also if it is an error. */
  async request(method, params, { id = this.#nextId++, timeoutMs } = {}) {
    const reply = this.reply(id, timeoutMs);
    await this.send({ jsonrpc: '2.0', id, method, params });
    return reply;
  }

  /** The result of a request; an error reply is thrown. */
  async call(method, params, options) {
    const reply = await this.request(method, params, options);
    if (reply.error) throw Object.assign(new Error(`${method}: ${reply.error.message}`), { code: reply.error.code, data: reply.error.data });
    return reply.result;
  }

  /** The next reply with that id. */
  reply(id, timeoutMs) {
    return this.next((message) => message.method === undefined && message.id === id, `the reply to ${JSON.stringify(id)}`, timeoutMs);
  }

  /** The next message from now on that fits. */
  next(fits, what = 'a message', timeoutMs = responseTimeoutMs) {
    return new Promise((resolve, reject) => {
      const finish = (settle) => (value) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        settle(value);
      };
      const waiter = { fits, what, resolve: finish(resolve), reject: finish(reject) };
      const timer = setTimeout(() => waiter.reject(new Error(`Timed out after ${timeoutMs} ms waiting for ${what}.`)), timeoutMs);
      this.#waiting.add(waiter);
    });
  }

  /** The next diagnostics of a document: for that version if one is given, else whichever come. */
  diagnostics(uri, version, timeoutMs) {
    return this.next(
      ({ method, params }) => method === 'textDocument/publishDiagnostics' && params.uri === uri && (version === undefined || params.version === version),
      `diagnostics of ${uri}${version === undefined ? '' : ` version ${version}`}`,
      timeoutMs,
    ).then(({ params }) => params);
  }

  forget() {
    this.received = [];
  }

  /** Says that one more reply with that id may come. Only needed for bytes that went out by `write`. */
  expectReply(id) {
    const key = JSON.stringify(id);
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1);
  }

  /** Ids of the requests that have no reply yet. */
  unanswered() {
    return [...this.#open].flatMap(([key, replies]) => Array(replies).fill(JSON.parse(key)));
  }

  #read(chunk) {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#buffered > 0 && this.#buffered >= this.#wanted) {
      const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
      this.#chunks = [bytes];
      const end = bytes.indexOf('\r\n\r\n');
      const header = bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
      if (!'Content-Length: '.startsWith(header.slice(0, 16)) || (end >= 0 && !/^Content-Length: \d{1,9}(\r\nContent-Type: [^\r\n]+)?$/.test(header))) {
        this.violations.push(`the output is not a frame: ${JSON.stringify(header.slice(0, 200))}`);
        this.#take(bytes, bytes.length);
        return;
      }

      const total = end < 0 ? bytes.length + 1 : end + 4 + Number.parseInt(header.slice(16), 10);
      if (bytes.length < total) {
        this.#wanted = total;
        return;
      }

      this.#take(bytes, total);
      this.#receive(bytes.subarray(end + 4, total));
    }
  }

  #take(bytes, length) {
    const rest = bytes.subarray(length);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#buffered = rest.length;
    this.#wanted = 0;
  }

  #receive(body) {
    let message;
    try {
      message = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    } catch (error) {
      this.violations.push(`a frame is not JSON in UTF-8: ${error.message}`);
      return;
    }

    this.#judge(message);
    this.received.push(message);
    if (message.method !== undefined && message.id !== undefined) {
      const answer = this.answers[message.method];
      void Promise.resolve(answer ? answer(message.params) : null).then(
        (result) => this.send({ jsonrpc: '2.0', id: message.id, result: result ?? null }),
        (error) => this.send({ jsonrpc: '2.0', id: message.id, error: { code: -32603, message: error.message } }),
      );
    }

    for (const waiter of [...this.#waiting]) if (waiter.fits(message)) waiter.resolve(message);
  }

  /** A strict client (StreamJsonRpc is one) drops the connection for each of these. */
  #judge(message) {
    const text = () => JSON.stringify(message).slice(0, 200);
    if (message === null || typeof message !== 'object' || Array.isArray(message)) return this.violations.push(`not an object: ${text()}`);
    if (message.jsonrpc !== '2.0') this.violations.push(`no "jsonrpc": "2.0": ${text()}`);
    if (message.method !== undefined) return;
    if (('result' in message) === ('error' in message)) this.violations.push(`neither or both of result and error: ${text()}`);
    if (message.error && (!Number.isInteger(message.error.code) || typeof message.error.message !== 'string')) this.violations.push(`an error without code or message: ${text()}`);
    const key = JSON.stringify(message.id);
    const open = this.#open.get(key) ?? 0;
    if (open === 0 && message.id !== null) this.violations.push(`a reply that nothing waits for: ${text()}`);
    else if (open === 1) this.#open.delete(key);
    else if (open > 1) this.#open.set(key, open - 1);
  }
}
