// Reads a setting, watches it, changes it only if nobody else has, and handles errors.
//
//   node example.cjs SOCKET                    at a running `configlsp serve --listen SOCKET`
//   node example.cjs --stdio CONFIGLSP FOLDER  starts the service for itself alone
import { spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { createMessageConnection, ResponseError, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-jsonrpc/node';

interface Item {
  key: string;
  /** Absent where the key is not set. */
  value?: unknown;
  source?: string;
  freshness?: 'fresh' | 'cached' | 'lastGood';
  /** When the key last changed in the file that updates go to; 0: never. */
  revision?: number;
  /** In place of the value where the key itself is wrong. */
  error?: { code: number; message: string };
}

interface ErrorData {
  name: string;
  class: string;
  retryable: boolean;
  help: string;
  current?: { revision: number; value?: unknown };
  diagnostics?: { message: string }[];
}

const key = 'maxAgents';

async function main(args: string[]): Promise<void> {
  const { connection, end } = connect(args);
  connection.onNotification('configlsp/didChange', ({ changes }) => {
    for (const change of changes) console.log(`changed: ${change.key} from ${change.old} to ${change.new} in ${change.source}`);
  });
  connection.listen();
  const folder = args[0] === '--stdio' ? args[2] : undefined;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    clientInfo: { name: 'typescript-example' },
    capabilities: {},
    initializationOptions: { configlsp: folder === undefined ? {} : { workspaces: [folder] } },
  });
  await connection.sendNotification('initialized', {});

  const before = await get(connection, key);
  console.log(`${key} is ${before.value}, from ${before.source}`);

  // One notification for every change from now on, also for edits with an editor.
  const { watchId } = await connection.sendRequest<{ watchId: string }>('configlsp/watch', { keys: [key] });

  const next = Number(before.value) + 1;
  const { revision } = await connection.sendRequest<{ revision: number }>('configlsp/update', { key, value: next, expect: { revision: before.revision } });
  console.log(`set to ${next} at revision ${revision}`);

  // The same expectation no longer holds, so this changes nothing.
  await attempt(() => connection.sendRequest('configlsp/update', { key, value: 1, expect: { revision: before.revision } }));
  // The schema refuses this.
  await attempt(() => connection.sendRequest('configlsp/update', { key, value: 'many' }));

  await connection.sendRequest('configlsp/unwatch', { watchId });
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  end();
}

async function get(connection: MessageConnection, name: string): Promise<Item> {
  const { items } = await connection.sendRequest<{ items: Item[] }>('configlsp/get', { keys: [name] });
  const [item] = items;
  if (item === undefined || item.error) throw new Error(item?.error?.message ?? 'no answer');
  return item;
}

async function attempt(request: () => Promise<unknown>): Promise<void> {
  try {
    await request();
  } catch (error) {
    if (!(error instanceof ResponseError)) throw error;
    const data = error.data as ErrorData;
    console.log(`${data.name}: ${error.message}`);
    if (data.current) console.log(`  it is ${data.current.value} at revision ${data.current.revision} now`);
    if (data.retryable) console.log('  it may work later');
  }
}

function connect(args: string[]): { connection: MessageConnection; end: () => void } {
  if (args[0] === '--stdio' && args[1] !== undefined) {
    const server = spawn(args[1], ['serve', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    return { connection: createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin)), end: () => server.stdin.end() };
  }

  if (args[0] === undefined) throw new Error('Say where the service is: SOCKET, or --stdio CONFIGLSP FOLDER.');
  const socket = createConnection(args[0]);
  return { connection: createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket)), end: () => socket.end() };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
