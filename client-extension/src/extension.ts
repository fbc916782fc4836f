import * as vscode from 'vscode';
import { launchClient, type ClientLaunch } from './client';
import { offerHelp, registerCommands, type Server } from './commands';
import { hasEditorSource } from './editorSource';
import { EffectiveView } from './effectiveView';
import { HealthView } from './healthView';
import { thisMachine } from './machine';
import { languageId, runtimeDownloadPage } from './names';
import { schemaAssociations } from './schemaAssociations';
import { SchemaView } from './schemaView';
import { locateServer, type ServerCommand } from './serverLocation';
import { SettingCommands } from './settingCommands';
import { SettingsFiles } from './settingsFiles';
import { StatusBar } from './statusBar';
import { ServerUnavailableError, Supervisor, type ServerState } from './supervisor';

const requestTimeoutMs = 10_000;
/** The first crashes are mended without a word; from this one on a person should know. */
const failuresBeforeMessage = 3;
const watchedFiles = ['**/.nofx/*.json', '**/configlsp.json', '**/*.schema.json'];

/** What the server sends when settings, or what they come from, are otherwise than before. */
const changeNotifications = ['configlsp/didChange', 'configlsp/sourceState', 'configlsp/watchCancelled'];

let supervisor: Supervisor | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('ConfigLsp', { log: true });
  const status = new StatusBar();
  const health = new HealthView();
  const watchers = watchedFiles.map((glob) => vscode.workspace.createFileSystemWatcher(glob));
  const workspaceFile = vscode.workspace.createFileSystemWatcher('**/configlsp.json');
  let running: ClientLaunch | undefined;
  let launchedWithEditorSource = false;

  const request = async <T>(method: string, params: unknown): Promise<T> => {
    if (running === undefined || supervisor?.state.kind !== 'running') throw new Error('The server is not running.');
    const cancellation = new vscode.CancellationTokenSource();
    const timer = setTimeout(() => cancellation.cancel(), requestTimeoutMs);
    try {
      return await running.client.sendRequest<T>(method, params, cancellation.token);
    } finally {
      clearTimeout(timer);
      cancellation.dispose();
    }
  };

  const settingsFiles = new SettingsFiles(async (uri) => {
    try {
      return (await request<{ settings: boolean }>('configlsp/isSettingsFile', { uri })).settings;
    } catch {
      // Asked again when the server is up: see checkAll below.
      return false;
    }
  });

  const effective = new EffectiveView(request);
  const schemas = new SchemaView(request);

  const sendSchemaAssociations = (): void => {
    if (supervisor?.state.kind === 'running') void running?.client.sendNotification('json/schemaAssociations', schemaAssociations(vscode.extensions.all));
  };

  const stateChanged = (state: ServerState): void => {
    status.show(state);
    if (state.kind === 'running') {
      sendSchemaAssociations();
      settingsFiles.checkAll();
      effective.restarted();
    } else if (state.kind === 'restarting') {
      log.error(`${state.reason} Starting it again in ${state.delayMs / 1000} s.`);
      if (state.failures === failuresBeforeMessage)
        void offerHelp(`ConfigLsp has ended ${state.failures} times in a row and keeps being started again. ${state.reason}`);
    } else if (state.kind === 'failed') {
      log.error(state.reason);
      void explainMissingServer(state);
    }
  };

  const current = new Supervisor({
    async launch(closed) {
      const server = await findServer(context);
      launchedWithEditorSource = await hasEditorSource();
      running = launchClient(server, log, watchers, launchedWithEditorSource, closed);
      for (const method of changeNotifications) running.client.onNotification(method, () => effective.refresh());
      return running;
    },
    stateChanged,
    now: () => performance.now(),
    schedule(callback, delayMs) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  });
  supervisor = current;

  /** Which documents the server is told of is decided when it starts. */
  const workspaceChanged = async (): Promise<void> => {
    if (current.state.kind === 'running' && (await hasEditorSource()) !== launchedWithEditorSource) await current.restart();
  };


  const server: Server = {
    get state() {
      return current.state;
    },
    request,
    restart: () => current.restart(),
  };
  context.subscriptions.push(
    log,
    status,
    health,
    effective,
    schemas,
    settingsFiles,
    ...watchers,
    workspaceFile,
    workspaceFile.onDidChange(workspaceChanged),
    workspaceFile.onDidCreate(workspaceChanged),
    workspaceFile.onDidDelete(workspaceChanged),
    vscode.workspace.onDidChangeWorkspaceFolders(workspaceChanged),
    ...registerCommands(server, health, log),
    ...new SettingCommands(request, effective, log).register(),
    vscode.extensions.onDidChange(sendSchemaAssociations),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void current.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${languageId}.server`)) void current.restart();
    }),
  );
  await current.restart();
}

export async function deactivate(): Promise<void> {
  await supervisor?.stop();
}

async function findServer(context: vscode.ExtensionContext): Promise<ServerCommand> {
  const settings = vscode.workspace.getConfiguration(`${languageId}.server`);
  const location = await locateServer(context.extensionPath, { serverPath: settings.get('path', ''), dotnetPath: settings.get('dotnetPath', '') }, thisMachine());
  if ('missing' in location) throw new ServerUnavailableError(location.missing, location.runtimeHelps);
  return location.found;
}

async function explainMissingServer({ reason, runtimeHelps }: { reason: string; runtimeHelps: boolean }): Promise<void> {
  const download = 'Get .NET';
  const settings = 'Open Settings';
  const log = 'Show Log';
  const choice = await vscode.window.showErrorMessage(reason, ...(runtimeHelps ? [download] : []), settings, log);
  if (choice === download) await vscode.env.openExternal(vscode.Uri.parse(runtimeDownloadPage));
  if (choice === settings) await vscode.commands.executeCommand('workbench.action.openSettings', `${languageId}.server`);
  if (choice === log) await vscode.commands.executeCommand(`${languageId}.showLog`);
}
