// Starts the language server on a folder, asks for its health and prints a summary: node .build/health.mjs FOLDER
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { serverBinary } from './tools.mjs';

const server = spawn(serverBinary, ['lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
connection.listen();
const folder = pathToFileURL(process.argv[2]).href;
await connection.sendRequest('initialize', { processId: process.pid, rootUri: folder, capabilities: {}, workspaceFolders: [{ uri: folder, name: 'workspace' }] });
await connection.sendNotification('initialized', {});
const health = await connection.sendRequest('configlsp/health', { kind: 'full' });
console.log(`${health.status}, version ${health.version}, process ${health.processId}`);
for (const check of health.checks) {
  console.log(`  ${check.status === 'healthy' ? '✓' : '✗'} ${check.name}: ${check.message}${check.advice ? ` → ${check.advice}` : ''}`);
}
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
connection.dispose();
