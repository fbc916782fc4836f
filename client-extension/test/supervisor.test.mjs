import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { Supervisor, ServerUnavailableError } = await load('supervisor');

/** A supervisor whose servers, clock and timers are in the test's hands. */
function bench({ launch } = {}) {
  const servers = [];
  const states = [];
  const timers = [];
  let now = 0;
  const supervisor = new Supervisor({
    launch(closed) {
      if (launch) launch();
      const server = { closed, stopped: false };
      const ready = new Promise((resolve, reject) => Object.assign(server, { becomeReady: resolve, fail: reject }));
      servers.push(server);
      return {
        ready,
        async stop() {
          server.stopped = true;
        },
      };
    },
    stateChanged: (state) => states.push(state),
    now: () => now,
    schedule(callback, delayMs) {
      const timer = { callback, delayMs, cancelled: false };
      timers.push(timer);
      return () => (timer.cancelled = true);
    },
  });
  const kinds = () => states.map((state) => state.kind);
  return { supervisor, servers, states, kinds, timers, pass: (ms) => (now += ms) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

async function running(setup) {
  const started = setup.supervisor.restart();
  await settle();
  setup.servers.at(-1).becomeReady();
  await started;
}

test('a server that becomes ready is running', async () => {
  const setup = bench();
  await running(setup);
  assert.deepEqual(setup.kinds(), ['starting', 'running']);
});

test('a crashed server is started again after one second', async () => {
  const setup = bench();
  await running(setup);
  setup.servers[0].closed('The server was ended by SIGKILL.');
  assert.deepEqual(setup.states.at(-1), { kind: 'restarting', reason: 'The server was ended by SIGKILL.', delayMs: 1000, failures: 1 });
  assert.equal(setup.timers[0].delayMs, 1000);
  setup.timers[0].callback();
  await settle();
  setup.servers[1].becomeReady();
  await settle();
  assert.equal(setup.supervisor.state.kind, 'running');
});

test('what is left of a crashed server is stopped', async () => {
  const setup = bench();
  await running(setup);
  setup.servers[0].closed('The connection to the server was closed.');
  assert.equal(setup.servers[0].stopped, true);
});

test('a server that cannot start is tried again with growing delays', async () => {
  const setup = bench();
  const started = setup.supervisor.restart();
  for (let i = 0; i < 4; i++) {
    await settle();
    setup.servers[i].fail(new Error('The server ended with exit code 1.'));
    await settle();
    setup.timers[i].callback();
  }
  await started;
  assert.deepEqual(setup.timers.map((timer) => timer.delayMs), [1000, 2000, 4000, 8000]);
});

test('a crash while starting that is reported twice counts once', async () => {
  const setup = bench();
  const started = setup.supervisor.restart();
  await settle();
  setup.servers[0].closed('The server ended with exit code 1.');
  setup.servers[0].fail(new Error('The server ended with exit code 1.'));
  await started;
  assert.equal(setup.timers.length, 1);
});

test('when there is no server to start it fails at once and does not try again', async () => {
  const setup = bench({
    launch() {
      throw new ServerUnavailableError('Install the .NET 10 runtime.', true);
    },
  });
  await setup.supervisor.restart();
  assert.deepEqual(setup.states.at(-1), { kind: 'failed', reason: 'Install the .NET 10 runtime.', runtimeHelps: true });
  assert.equal(setup.timers.length, 0);
});

test('a restart on request replaces the running server and forgets former crashes', async () => {
  const setup = bench();
  await running(setup);
  setup.servers[0].closed('gone');
  await running(setup);
  assert.equal(setup.timers[0].cancelled, true);
  setup.servers[1].closed('gone');
  assert.equal(setup.supervisor.state.delayMs, 1000);
});

test('of several restarts at once exactly one server is left', async () => {
  const setup = bench();
  await running(setup);
  const restarts = [setup.supervisor.restart(), setup.supervisor.restart(), setup.supervisor.restart()];
  await settle();
  for (const server of setup.servers) server.becomeReady();
  await Promise.all(restarts);
  assert.deepEqual(setup.servers.filter((server) => !server.stopped).length, 1);
  assert.equal(setup.supervisor.state.kind, 'running');
});

test('a stopped supervisor ignores the end of its server', async () => {
  const setup = bench();
  await running(setup);
  await setup.supervisor.stop();
  setup.servers[0].closed('The server ended with exit code 0.');
  assert.equal(setup.servers[0].stopped, true);
  assert.equal(setup.supervisor.state.kind, 'stopped');
  assert.equal(setup.timers.length, 0);
});
