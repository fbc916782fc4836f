// What the service must hold against: being killed at any moment, disks that fail, and other processes at the same file. Drives the published
// binary. CONFIGLSP_FAULT_SCALE multiplies the counts.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { cleanEnvironment, initializeParams, serverBinary, temporaryFolder, workspace } from './harness.mjs';
import { randomNumbers } from './random.mjs';
import { Wire } from './wire.mjs';

const scale = Number(process.env.CONFIGLSP_FAULT_SCALE ?? 1);
const settings = '.nofx/settings.json';
const comment = '// kept, whatever happens';
const textWith = (agents) => `{\n  ${comment}\n  "maxAgents": ${agents},\n  "logLevel": "info"\n}\n`;

/** A workspace with its own home, and the command line in it. */
function place(t, text = textWith(1)) {
  const { folder } = workspace(t, { [settings]: text });
  const home = temporaryFolder(t);
  const options = { cwd: folder, env: cleanEnvironment(home), encoding: 'utf8' };
  return {
    folder,
    home,
    options,
    file: path.join(folder, settings),
    read: () => fs.readFileSync(path.join(folder, settings), 'utf8'),
    leftovers: () => fs.readdirSync(path.join(folder, '.nofx')).filter((name) => name !== 'settings.json'),
    run: (...args) => spawnSync(serverBinary, args, options),
    runAsync: (...args) =>
      new Promise((resolve, reject) => {
        const child = spawn(serverBinary, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
        let [stdout, stderr] = ['', ''];
        child.stdout.setEncoding('utf8').on('data', (chunk) => (stdout += chunk));
        child.stderr.setEncoding('utf8').on('data', (chunk) => (stderr += chunk));
        child.once('error', reject).once('close', (status) => resolve({ status, stdout, stderr }));
      }),
  };
}

const get = (at, key = 'maxAgents') => JSON.parse(at.run('get', key, '--json').stdout);

test('killed at random moments of updates, the file is never torn and no acknowledged update is lost', { timeout: 600_000 }, async (t) => {
  const at = place(t);
  const random = randomNumbers(20_261_122);
  let [acknowledged, sent, revision] = [1, 1, 0];
  for (let kill = 0; kill < 100 * scale; kill++) {
    const child = spawn(serverBinary, ['serve', '--stdio', '--workspace', at.folder], { stdio: ['pipe', 'pipe', 'ignore'], env: at.options.env });
    child.stdin.on('error', () => {});
    const ended = new Promise((resolve) => child.once('close', resolve));
    const wire = new Wire(child.stdout, child.stdin);
    await wire.request('initialize', initializeParams(at.folder));
    const { result } = await wire.request('configlsp/get', { keys: ['maxAgents'] });
    assert.ok([acknowledged, sent].includes(result.items[0].value), `after kill ${kill}: ${result.items[0].value} is neither ${acknowledged} nor ${sent}`);
    assert.equal(at.read(), textWith(result.items[0].value));
    assert.ok(result.revision >= revision, `the revision went from ${revision} back to ${result.revision}`);
    acknowledged = sent = result.items[0].value;

    let alive = true;
    setTimeout(() => ((alive = false), child.kill('SIGKILL')), random(60));
    while (alive) {
      sent = (acknowledged % 50) + 1;
      const reply = await Promise.race([wire.request('configlsp/update', { op: 'set', key: 'maxAgents', value: sent }).catch(() => undefined), ended]);
      if (!reply?.result) break;
      [acknowledged, revision] = [sent, reply.result.revision];
    }

    await ended;
  }

  assert.equal(at.run('set', 'maxAgents', '50').status, 0);
  assert.equal(at.read(), textWith(50));
  assert.deepEqual(at.leftovers(), []);
});

const hasStrace = process.platform === 'linux' && spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
const tracing = hasStrace ? {} : { skip: 'strace is not there, or may not trace: system calls cannot be made to fail' };
const writingCalls = ['write', 'pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'renameat', 'renameat2', 'unlink', 'unlinkat'];

/** Runs one update with something done to the n-th use of a system call by the threads that write. */
function inject(at, call, what, when, agents) {
  const args = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${call}:${what}:when=${when}`, serverBinary, 'set', 'maxAgents', `${agents}`];
  return spawnSync('strace', args, at.options);
}

function countCalls(at, agents) {
  const log = path.join(at.home, 'calls');
  assert.equal(spawnSync('strace', ['-f', '-qq', '-o', log, '-e', `trace=${writingCalls.join(',')}`, serverBinary, 'set', 'maxAgents', `${agents}`], at.options).status, 0);
  const calls = [...fs.readFileSync(log, 'utf8').matchAll(/^\d+ +(\w+)\(/gm)].map(([, name]) => name);
  return new Map(writingCalls.map((name) => [name, calls.filter((call) => call === name).length]).filter(([, count]) => count > 0));
}

test('killed at each write, flush and rename of an update, the file is as before or as after, and the next update works', { ...tracing, timeout: 600_000 }, (t) => {
  const at = place(t);
  assert.equal(at.run('set', 'maxAgents', '2').status, 0);
  let [now, runs] = [2, 0];
  for (const [call, count] of countCalls(at, 3)) {
    now = 3;
    for (let when = 1; when <= count; when++) {
      const before = Number(/"maxAgents": (\d+)/.exec(at.read())[1]);
      const after = (before % 49) + 1;
      inject(at, call, 'signal=SIGKILL', when, after);
      assert.ok([textWith(before), textWith(after)].includes(at.read()), `killed at ${call} ${when}: ${at.read()}`);
      assert.ok([before, after].includes(get(at).value));
      runs++;
    }
  }

  t.diagnostic(`killed at ${runs} system calls`);
  assert.ok(runs > 10);
  assert.equal(at.run('set', 'maxAgents', '50').status, 0);
  assert.equal(at.read(), textWith(50));
  assert.deepEqual(at.leftovers(), []);
  const { items } = JSON.parse(at.run('history', '--json', '--limit', '1000').stdout);
  assert.equal(new Set(items.map((item) => item.revision)).size, items.length);
});

for (const [call, error] of [['write', 'ENOSPC'], ['pwrite64', 'ENOSPC'], ['fsync', 'EIO'], ['fdatasync', 'EIO'], ['rename', 'EACCES'], ['renameat', 'EBUSY'], ['renameat2', 'EBUSY'], ['rename', 'EROFS']]) {
  test(`an update whose ${call} fails with ${error} is refused or said to be uncertain, and nothing is torn`, { ...tracing, timeout: 300_000 }, (t) => {
    const at = place(t);
    assert.equal(at.run('set', 'maxAgents', '2').status, 0);
    const count = countCalls(at, 3).get(call) ?? 0;
    for (let when = 1; when <= count; when++) {
      const before = Number(/"maxAgents": (\d+)/.exec(at.read())[1]);
      const after = (before % 49) + 1;
      const { status, stderr } = inject(at, call, `error=${error}`, when, after);
      if (status === 0) {
        assert.equal(at.read(), textWith(after));
      } else {
        assert.ok([textWith(before), textWith(after)].includes(at.read()), `${call} ${when} fails: ${at.read()}`);
        assert.ok(at.read() === textWith(before) || call === 'write' || /not confirm|could not be recorded|output could not be written/.test(stderr), `${call} ${when}: changed, but it said: ${stderr}`);
      }
    }

    assert.equal(at.run('set', 'maxAgents', '50').status, 0);
    assert.equal(at.read(), textWith(50));
    assert.deepEqual(at.leftovers(), []);
  });
}

test('four processes that increment one key by compare-and-swap lose nothing', { timeout: 300_000 }, async (t) => {
  const at = place(t, '{"maxAgents": 1}');
  const perProcess = 10 * scale;
  const work = async () => {
    for (let done = 0; done < perProcess; ) {
      const { value, revision } = JSON.parse((await at.runAsync('get', 'maxAgents', '--json')).stdout);
      const { status, stderr } = await at.runAsync('set', 'maxAgents', `${value + 1}`, '--if-revision', `${revision}`);
      assert.ok(status === 0 || status === 3, stderr);
      if (status === 0) done++;
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  const { value, revision } = get(at);
  assert.equal(value, 1 + 4 * perProcess);
  assert.equal(revision, 4 * perProcess);
});

test('sixteen clients of two servers that increment one key lose nothing', { timeout: 300_000 }, async (t) => {
  const at = place(t, '{"agentSpawnDelay": 0}');
  const servers = await Promise.all(
    [1, 2].map(async () => {
      const child = spawn(serverBinary, ['serve', '--stdio', '--workspace', at.folder], { stdio: ['pipe', 'pipe', 'ignore'], env: at.options.env });
      t.after(() => child.kill('SIGKILL'));
      const wire = new Wire(child.stdout, child.stdin);
      await wire.request('initialize', initializeParams(at.folder));
      return wire;
    }),
  );
  const perClient = 5 * scale;
  const client = async (wire) => {
    for (let done = 0; done < perClient; ) {
      const { result } = await wire.request('configlsp/get', { keys: ['agentSpawnDelay'], maxStaleMs: 0 });
      const { value, revision } = result.items[0];
      const reply = await wire.request('configlsp/update', { op: 'set', key: 'agentSpawnDelay', value: value + 1, expect: { revision } });
      assert.ok(reply.result || reply.error.data.name === 'Conflict', JSON.stringify(reply.error));
      if (reply.result) done++;
    }
  };
  await Promise.all(Array.from({ length: 16 }, (_, i) => client(servers[i % 2])));
  assert.equal(get(at, 'agentSpawnDelay').value, 16 * perClient);
});

test('an editor that truncates and writes the file in place at the same time keeps its own text', { timeout: 120_000 }, async (t) => {
  const at = place(t);
  for (let round = 0; round < 20 * scale; round++) {
    const mine = textWith(10 + (round % 30)).replace('info', 'warn');
    const update = at.runAsync('set', 'agentSpawnDelay', `${round}`);
    await new Promise((resolve) => setTimeout(resolve, (round * 7) % 120));
    fs.writeFileSync(at.file, mine);
    await update;
    const text = at.read();
    assert.ok(text.includes(`"maxAgents": ${10 + (round % 30)}`) && text.includes('"logLevel": "warn"') && text.includes(comment), `round ${round}: ${text}`);
  }
});
