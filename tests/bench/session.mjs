// One server process and one measured session with it. Times are taken around the bytes on the wire: what is sent is made beforehand.
import { spawn } from 'node:child_process';
import { cleanEnvironment, initializeParams } from '../protocol/harness.mjs';
import { residentMemory } from '../protocol/memory.mjs';
import { Wire, frame } from '../protocol/wire.mjs';
import { fileMatch, mistakeCount, schema, schemaUri } from './documents.mjs';

const timeoutMs = 120_000;
/** A person does not type the next character in the moment the squiggle appears. */
const pauseMs = 100;

export const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  workspace: { didChangeConfiguration: {} },
  textDocument: {
    publishDiagnostics: { versionSupport: true, relatedInformation: true }, hover: {}, documentSymbol: {}, completion: { completionItem: { snippetSupport: true } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } }, dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};

/** As VS Code gives them: more edits than this are sent as one. */
const initializationOptions = { handledSchemaProtocols: ['file'], provideFormatter: true, customCapabilities: { rangeFormatting: { editLimit: 10_000 } } };

/** Milliseconds from starting the process to its answer to `initialize`; memory right after it. */
export async function measureStart(server, folder) {
  return withServer(server, folder, capabilities, async ({ startMs, pid }) => ({ startMs, memory: residentMemory(pid).now }));
}

/**
 * Opens a document and types into it.
 * @param mode push: the server sends diagnostics by itself, with whatever delay it chooses. pull: the client asks with each change.
 */
export async function measureDocument(server, folder, mode, document, keystrokes) {
  const client = mode === 'pull' ? { ...capabilities, textDocument: { ...capabilities.textDocument, diagnostic: {} } } : capabilities;
  return withServer(server, folder, client, async ({ wire, pid }) => {
    const settings = { json: { validate: { enable: true }, schemas: [{ fileMatch: [fileMatch], url: schemaUri, schema }] } };
    await wire.notify('workspace/didChangeConfiguration', { settings });
    // The settings are in force when the server answers what comes after them.
    await wire.request('textDocument/hover', { textDocument: { uri: 'untitled:none' }, position: { line: 0, character: 0 } });

    const uri = 'file:///settings/services.bench.json';
    const diagnostics = mode === 'push' ? () => pushed(wire, uri) : () => pulled(wire, uri);
    const opened = await timed(wire, notification('textDocument/didOpen', { textDocument: { uri, languageId: 'jsonc', version: 1, text: document.text } }), diagnostics());
    const afterOpen = residentMemory(pid);

    const changes = [];
    const { line, character } = document.keystroke;
    for (let i = 0; i < keystrokes; i++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      const typed = i % 2 === 0;
      const range = { start: { line, character }, end: { line, character: typed ? character : character + 1 } };
      const change = notification('textDocument/didChange', { textDocument: { uri, version: i + 2 }, contentChanges: [{ range, text: typed ? '7' : '' }] });
      const { ms, items } = await timed(wire, change, diagnostics());
      changes.push({ ms, found: items.length, expected: opened.items.length + (typed ? 1 : 0) });
    }

    return {
      openMs: opened.ms,
      items: opened.items,
      missing: mistakeCount - opened.items.length,
      changes,
      memoryOpen: afterOpen.now,
      memoryEdited: residentMemory(pid).now,
      memoryPeak: residentMemory(pid).peak,
    };
  });
}

export async function withServer(server, folder, client, measure) {
  const start = process.hrtime.bigint();
  const child = spawn(server.command, server.args, { stdio: 'pipe', env: cleanEnvironment(folder) });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr = (stderr + text).slice(-2000)));
  const exited = new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  try {
    const wire = new Wire(child.stdout, child.stdin);
    await wire.call('initialize', initializeParams(folder, { capabilities: client, initializationOptions }), { timeoutMs });
    const startMs = since(start);
    await wire.notify('initialized', {});
    const measured = await measure({ wire, pid: child.pid, startMs });
    await wire.request('shutdown');
    await wire.notify('exit');
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
    return measured;
  } catch (error) {
    throw new Error(`${server.name}: ${error.message}${stderr ? `\nIts last words:\n${stderr}` : ''}`, { cause: error });
  } finally {
    child.kill('SIGKILL');
    await exited;
  }
}

const notification = (method, params) => frame({ jsonrpc: '2.0', method, params });
const since = (start) => Number(process.hrtime.bigint() - start) / 1e6;

function pushed(wire, uri) {
  return { send: [], answer: () => wire.diagnostics(uri, undefined, timeoutMs).then((params) => params.diagnostics) };
}

let requests = 0;
function pulled(wire, uri) {
  const id = `pull-${++requests}`;
  return {
    send: [{ jsonrpc: '2.0', id, method: 'textDocument/diagnostic', params: { textDocument: { uri } } }],
    answer: async () => {
      const { result, error } = await wire.reply(id, timeoutMs);
      if (error) throw new Error(`textDocument/diagnostic was answered with ${error.code}: ${error.message}`);
      return result.items;
    },
  };
}

async function timed(wire, bytes, { send, answer }) {
  const start = process.hrtime.bigint();
  const items = answer();
  void wire.write(bytes);
  for (const message of send) void wire.send(message);
  const found = await items;
  return { ms: since(start), items: found };
}
