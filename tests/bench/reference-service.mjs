// Answers `configlsp/get` from memory with vscode-jsonrpc on a socket: as little as a service in Node can do.
import net from 'node:net';
import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from 'vscode-jsonrpc/node';

const settings = new Map([['maxAgents', { value: 5, source: 'workspace', freshness: 'cached', revision: 0 }]]);
net
  .createServer((socket) => {
    const connection = createMessageConnection(new StreamMessageReader(socket), new StreamMessageWriter(socket));
    connection.onRequest('initialize', () => ({ capabilities: {} }));
    connection.onRequest('configlsp/get', ({ keys }) => ({ revision: 0, items: keys.map((key) => ({ key, ...settings.get(key) })) }));
    connection.listen();
  })
  .listen(process.argv[2]);
