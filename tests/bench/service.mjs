// The configuration service: reads over a socket, durable updates, start-up to the first answer, memory. The reference for reads and start-up is
// a Node process that answers the same frames from memory with vscode-jsonrpc; for updates it is the bare flushes of the same disk.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { serverBinary } from '../../.build/tools.mjs';
import { cleanEnvironment, initializeParams } from '../protocol/harness.mjs';
import { residentMemory } from '../protocol/memory.mjs';
import { Wire, frame } from '../protocol/wire.mjs';

const key = 'maxAgents';
const window = 64;
const reads = 100_000;
const paced = 2_000;
const updates = 100;

export async function measureService({ figures, folder, runs, progress }) {
  const reference = fileURLToPath(new URL('reference-service.mjs', import.meta.url));
  const services = [
    ['configlsp', serverBinary, ['serve', '--listen']],
    ['reference', process.execPath, [reference]],
  ];
  for (let i = 0; i < runs; i++) {
    for (const [name, command, args] of i % 2 === 0 ? services : [...services].reverse()) {
      progress(`service, run ${i + 1} of ${runs}: ${name}`);
      await measureServer({ figures, name, command, args, home: path.join(folder, `service-${i}-${name}`) });
    }

    measureFlushes(figures, path.join(folder, `flushes-${i}`));
    measureCommand(figures, path.join(folder, `service-${i}-configlsp`));
  }
}

async function measureServer({ figures, name, command, args, home }) {
  const workspace = path.join(home, 'workspace');
  fs.mkdirSync(path.join(workspace, '.nofx'), { recursive: true });
  fs.writeFileSync(path.join(workspace, '.nofx', 'settings.json'), '{\n  "maxAgents": 5\n}\n');
  const address = path.join(home, 's');
  const started = process.hrtime.bigint();
  const child = spawn(command, [...args, address, ...(name === 'configlsp' ? ['--workspace', workspace] : [])], { stdio: 'ignore', env: cleanEnvironment(home) });
  const ended = new Promise((resolve) => child.once('close', resolve));
  try {
    const socket = await connect(address);
    const wire = new Wire(socket, socket);
    await wire.call('initialize', initializeParams(workspace));
    await wire.call('configlsp/get', { keys: [key] });
    figures.add('service: start -> first value', 'ms', name, [since(started)]);
    await measureReads(figures, name, address);
    figures.add('service: memory after reads', 'MB', name, [residentMemory(child.pid).now]);
    if (name === 'configlsp') await measureUpdates(figures, wire);
    socket.destroy();
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

async function measureReads(figures, name, address) {
  const socket = await connect(address);
  const reader = new Replies(socket);
  socket.write(frame({ jsonrpc: '2.0', id: 0, method: 'initialize', params: initializeParams('/') }));
  await reader.wait(1);
  const [head, tail] = frame({ jsonrpc: '2.0', id: 1_000_000, method: 'configlsp/get', params: { keys: [key] } }).toString().split('1000000');
  let id = 1_000_000;
  const batch = (count) => Buffer.from(Array.from({ length: count }, () => `${head}${id++}${tail}`).join(''), 'latin1');

  // Warm: the first reads are compiled and cached.
  for (let i = 0; i < 20; i++) {
    socket.write(batch(window / 2));
    await reader.wait(window / 2);
  }

  let start = process.hrtime.bigint();
  let sent = 0;
  for (; sent < window; sent += window / 2) socket.write(batch(window / 2));
  for (let received = 0; received < reads; received += window / 2) {
    await reader.wait(window / 2);
    if (sent < reads) {
      socket.write(batch(window / 2));
      sent += window / 2;
    }
  }

  figures.add('service: get over a socket, pipelined', '1/s', name, [(reads * 1000) / since(start)], { better: 'more' });

  const times = [];
  for (let i = 0; i < paced; i++) {
    const request = batch(1);
    start = process.hrtime.bigint();
    socket.write(request);
    await reader.wait(1);
    times.push(since(start));
  }

  times.sort((a, b) => a - b);
  figures.add('service: get, one at a time, median', 'ms', name, [times[paced >> 1]]);
  figures.add('service: get, one at a time, p99', 'ms', name, [times[Math.floor(paced * 0.99)]]);
  socket.destroy();
}

async function measureUpdates(figures, wire) {
  const times = [];
  for (let i = 0; i < updates; i++) {
    const start = process.hrtime.bigint();
    await wire.call('configlsp/update', { op: 'set', key, value: (i % 49) + 1 + (i % 2) });
    times.push(since(start));
  }

  times.sort((a, b) => a - b);
  figures.add('service: durable update, median (reference: its bare flushes)', 'ms', 'configlsp', [times[updates >> 1]], { aim: 0.5 });
  figures.add('service: durable update, p95 (reference: its bare flushes)', 'ms', 'configlsp', [times[Math.floor(updates * 0.95)]]);
}

/** What an update cannot do without: a record before and one after it, a new file, its rename. Each is flushed. */
function measureFlushes(figures, folder) {
  fs.mkdirSync(folder);
  const [target, temporary] = [path.join(folder, 'settings.json'), path.join(folder, 'settings.tmp')];
  const log = fs.openSync(path.join(folder, 'log'), 'a');
  const record = Buffer.alloc(4096, 1);
  const times = [];
  for (let i = 0; i < updates; i++) {
    const start = process.hrtime.bigint();
    fs.writeSync(log, record);
    fs.fdatasyncSync(log);
    const file = fs.openSync(temporary, 'wx');
    fs.writeSync(file, '{\n  "maxAgents": 5\n}\n');
    fs.fsyncSync(file);
    fs.closeSync(file);
    fs.renameSync(temporary, target);
    const directory = fs.openSync(folder, 'r');
    fs.fsyncSync(directory);
    fs.closeSync(directory);
    fs.writeSync(log, record);
    fs.fdatasyncSync(log);
    times.push(since(start));
  }

  fs.closeSync(log);
  times.sort((a, b) => a - b);
  figures.add('service: durable update, median (reference: its bare flushes)', 'ms', 'reference', [times[updates >> 1]]);
  figures.add('service: durable update, p95 (reference: its bare flushes)', 'ms', 'reference', [times[Math.floor(updates * 0.95)]]);
}

/** The command line, whole processes; the reference is the program that only says its version. */
function measureCommand(figures, home) {
  const options = { cwd: path.join(home, 'workspace'), env: cleanEnvironment(home), encoding: 'utf8' };
  const timed = (name, figure, args) => {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(serverBinary, args, options);
    const ms = since(start);
    if (status !== 0) figures.differ(`${args.join(' ')} ended with ${status}: ${stderr}`);
    figures.add(figure, 'ms', name, [ms]);
  };
  for (const [figure, args] of [
    ['command: get (reference: --version)', ['get', key]],
    ['command: set (reference: --version)', ['set', key, '7']],
  ]) {
    timed('configlsp', figure, args);
    timed('reference', figure, ['--version']);
  }
}

async function connect(address) {
  for (let attempt = 0; ; attempt++) {
    const socket = net.connect(address);
    try {
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
      return socket;
    } catch (error) {
      if (attempt === 20_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

/** Counts the frames that arrive, without parsing what is in them. */
class Replies {
  #rest = Buffer.alloc(0);
  #count = 0;
  #waiting;

  constructor(socket) {
    socket.on('data', (chunk) => this.#read(chunk));
  }

  wait(count) {
    return new Promise((resolve) => {
      this.#waiting = { count, resolve };
      this.#settle();
    });
  }

  #read(chunk) {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    for (;;) {
      const end = this.#rest.indexOf('\r\n\r\n', at);
      if (end < 0) break;
      const length = Number(/Content-Length: *(\d+)/i.exec(this.#rest.latin1Slice(at, end))[1]);
      if (this.#rest.length < end + 4 + length) break;
      at = end + 4 + length;
      this.#count++;
    }

    this.#rest = this.#rest.subarray(at);
    this.#settle();
  }

  #settle() {
    if (!this.#waiting || this.#count < this.#waiting.count) return;
    const { count, resolve } = this.#waiting;
    this.#waiting = undefined;
    this.#count -= count;
    resolve();
  }
}

const since = (start) => Number(process.hrtime.bigint() - start) / 1e6;
