// Starts a language server as an editor would, over any transport, and sees to it that nothing of it stays behind.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { StreamMessageReader, StreamMessageWriter, createProtocolConnection } from 'vscode-languageserver-protocol/node';
import { serverBinary } from '../../.build/tools.mjs';
import { Wire } from './wire.mjs';

export { serverBinary };

/** A new empty folder (its real path), removed when the test ends. */
export function temporaryFolder(t) {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'configlsp-test-')));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** A workspace with the given files: {'.nofx/settings.json': text}. Returns its folder and the URI of a file in it. */
export function workspace(t, files = {}) {
  const folder = temporaryFolder(t);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return { folder, uri: (name) => pathToFileURL(path.join(folder, name)).href };
}

/** Environment in which the server finds no settings, caches or state of the person who runs the tests. */
export function cleanEnvironment(home) {
  const own = { HOME: home, USERPROFILE: home, LOCALAPPDATA: home, APPDATA: home, TMPDIR: home, TEMP: home, TMP: home };
  for (const name of ['CONFIG', 'STATE', 'CACHE', 'DATA']) own[`XDG_${name}_HOME`] = path.join(home, name.toLowerCase());
  const inherited = Object.entries(process.env).filter(([name]) => !/^(CONFIGLSP_|CONFIG_|NOFX_|XDG_|NODE_ENV|DOTNET_ENVIRONMENT)/.test(name));
  return { ...Object.fromEntries(inherited), ...own };
}

/**
 * Starts the server and connects. With `pipe` and `socket` this side listens and the server connects out, as LSP clients expect.
 * @returns {Promise<{process, pid, home, input, output, exited, stderr}>} input: what the server writes; output: what it reads.
 */
export async function startServer(t, { transport = 'stdio', args = [], command = serverBinary, commandArgs = ['lsp'], home = temporaryFolder(t) } = {}) {
  const listening = transport === 'stdio' ? undefined : await listen(t, transport, home);
  const transportArgs = { stdio: ['--stdio'], pipe: [`--pipe=${listening?.address}`], socket: [`--socket=${listening?.address}`] }[transport];
  const child = spawn(command, [...commandArgs, ...transportArgs, ...args], { stdio: 'pipe', windowsHide: true, env: cleanEnvironment(home) });
  child.stdin.on('error', () => {});
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-100_000)));
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  exited.catch(() => {});
  t.after(async () => {
    child.kill('SIGKILL');
    await exited.catch(() => {});
  });

  const started = { process: child, pid: child.pid, home, exited, stderr: () => stderr };
  if (!listening) return { ...started, input: child.stdout, output: child.stdin };
  const failed = exited.then(({ code, signal }) => Promise.reject(new Error(`The server ended (${signal ?? code}) before it connected: ${stderr}`)));
  failed.catch(() => {});
  const [socket] = await Promise.race([once(listening.server, 'connection'), failed]);
  t.after(() => socket.destroy());
  return { ...started, input: socket, output: socket };
}

async function listen(t, transport, home) {
  const server = net.createServer();
  const name = path.join(home, 'lsp.sock');
  server.listen(transport === 'socket' ? { port: 0, host: '127.0.0.1' } : process.platform === 'win32' ? `\\\\.\\pipe\\configlsp-test-${process.pid}-${Date.now()}` : name);
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  return { server, address: typeof address === 'string' ? address : address.port };
}

export function initializeParams(folder, { capabilities = {}, ...more } = {}) {
  const uri = folder === undefined ? null : pathToFileURL(folder).href;
  return { processId: process.pid, rootUri: uri, workspaceFolders: uri ? [{ uri, name: 'workspace' }] : null, capabilities, ...more };
}

/** What a push client such as Vim declares, and what a pull client such as VS Code declares. */
export const pushCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true }, workspaceFolders: true },
  textDocument: {
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true, dataSupport: true, tagSupport: { valueSet: [1, 2] } },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown', 'plaintext'] } },
  },
};
export const pullCapabilities = {
  ...pushCapabilities,
  workspace: { ...pushCapabilities.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...pushCapabilities.textDocument, diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false } },
};

/** A started and initialized server seen through the raw wire. Fails the test at its end if the server broke the protocol. */
export async function startOnWire(t, { folder, initialize = {}, ...options } = {}) {
  const server = await startServer(t, options);
  const wire = new Wire(server.input, server.output);
  const { result } = await wire.request('initialize', initializeParams(folder, { capabilities: pushCapabilities, ...initialize }));
  await wire.notify('initialized', {});
  return { ...server, wire, result };
}

/** A started and initialized server seen through vscode-languageserver-protocol, the library that VS Code itself uses. */
export async function startWithVsCodeLibrary(t, { folder, initialize = {}, answers = {}, ...options } = {}) {
  const server = await startServer(t, options);
  const connection = createProtocolConnection(new StreamMessageReader(server.input), new StreamMessageWriter(server.output));
  t.after(() => connection.dispose());
  const published = new PublishedDiagnostics(connection);
  const registrations = [];
  connection.onRequest('client/registerCapability', ({ registrations: added }) => void registrations.push(...added));
  connection.onRequest('workspace/configuration', ({ items }) => items.map(() => null));
  for (const [method, answer] of Object.entries(answers)) connection.onRequest(method, answer);
  connection.listen();
  const result = await connection.sendRequest('initialize', initializeParams(folder, { capabilities: pushCapabilities, ...initialize }));
  await connection.sendNotification('initialized', {});
  return { ...server, connection, published, registrations, result, document: (uri, text, languageId) => TestDocument.open(connection, published, uri, text, languageId) };
}

/** The newest diagnostics of each document, and the wait for those of a version. */
class PublishedDiagnostics {
  #newest = new Map();
  #waiting = new Set();
  all = [];

  constructor(connection) {
    connection.onNotification('textDocument/publishDiagnostics', (params) => {
      this.all.push(params);
      this.#newest.set(params.uri, params);
      for (const waiter of [...this.#waiting]) waiter(params);
    });
  }

  /** Diagnostics for exactly that version, also if they have come already. */
  of(uri, version, timeoutMs = 30_000) {
    const fits = (params) => params?.uri === uri && params.version === version;
    if (fits(this.#newest.get(uri))) return Promise.resolve(this.#newest.get(uri).diagnostics);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiter);
        reject(new Error(`Timed out waiting for diagnostics of ${uri} version ${version}; the newest are of version ${this.#newest.get(uri)?.version}.`));
      }, timeoutMs);
      const waiter = (params) => {
        if (!fits(params)) return;
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(params.diagnostics);
      };
      this.#waiting.add(waiter);
    });
  }
}

/** An open document, edited as an editor does. Positions are in the negotiated encoding. */
class TestDocument {
  version = 1;

  constructor(connection, published, uri) {
    Object.assign(this, { connection, published, uri });
  }

  static async open(connection, published, uri, text, languageId = 'json') {
    const document = new TestDocument(connection, published, uri);
    await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    return document;
  }

  /** Each change is [startLine, startCharacter, endLine, endCharacter, text], or a whole text. */
  async edit(...changes) {
    const contentChanges = changes.map((change) => (typeof change === 'string' ? { text: change } : { range: range(...change), text: change[4] }));
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri: this.uri, version: ++this.version }, contentChanges });
  }

  diagnostics() {
    return this.published.of(this.uri, this.version);
  }

  at(line, character) {
    return { textDocument: { uri: this.uri }, position: { line, character } };
  }
}

export const range = (startLine, startCharacter, endLine, endCharacter) => ({ start: { line: startLine, character: startCharacter }, end: { line: endLine, character: endCharacter } });

/** Where a piece of text stands (its first occurrence), in UTF-16 units. */
export function rangeOf(text, part) {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`${JSON.stringify(part)} is not in the text.`);
  const position = (end) => ({ line: text.slice(0, end).split('\n').length - 1, character: end - (text.lastIndexOf('\n', end - 1) + 1) });
  return { start: position(offset), end: position(offset + part.length) };
}
