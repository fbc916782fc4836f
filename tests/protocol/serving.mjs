// Starts `configlsp serve --listen` as an operator would, and connects to it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import path from 'node:path';
import { cleanEnvironment, serverBinary, temporaryFolder } from './harness.mjs';
import { Wire } from './wire.mjs';

/** Starts the service and waits until it says that it listens. */
export async function startListening(t, { folder, args = [], address } = {}) {
  const ended = endFirst(t);
  const home = temporaryFolder(t);
  address ??= process.platform === 'win32' ? `\\\\.\\pipe\\configlsp-test-${process.pid}-${Date.now()}` : path.join(home, 's.sock');
  const started = launch(t, ['serve', '--listen', address, ...(folder ? ['--workspace', folder] : []), ...args], home, ended);
  await Promise.race([started.said(/listening at/), started.exited.then(({ code }) => Promise.reject(new Error(`The service ended with ${code}: ${started.stderr()}`)))]);
  return { ...started, address, home, connect: (options) => connect(t, address, options) };
}

/** Starts the server with any arguments. */
export function launch(t, args, home = undefined, ended = endFirst(t)) {
  home ??= temporaryFolder(t);
  const child = spawn(serverBinary, args, { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true, cwd: home, env: cleanEnvironment(home) });
  child.stdin.on('error', () => {});
  let stderr = '';
  let stdout = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
  child.stdout.on('data', (text) => (stdout += text));
  const exited = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
  ended.push(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const said = async (pattern) => {
    while (!pattern.test(stderr)) await once(child.stderr, 'data');
  };
  return { process: child, pid: child.pid, exited, said, stderr: () => stderr, stdout: () => stdout };
}

/** What is pushed here runs at the end of the test before anything that is registered later, such as the removal of the server's folders. */
function endFirst(t) {
  const steps = [];
  t.after(async () => {
    for (const step of steps) await step();
  });
  return steps;
}

/** A client seen through the raw wire; initialized unless told otherwise. */
export async function connect(t, address, { initialize = {} } = {}) {
  const socket = net.connect(address);
  await once(socket, 'connect');
  t.after(() => socket.destroy());
  const wire = new Wire(socket, socket);
  if (initialize) await wire.call('initialize', { processId: process.pid, clientInfo: { name: 'test' }, capabilities: {}, ...initialize });
  return wire;
}
