import { spawn } from 'node:child_process';
import * as readline from 'node:readline';
import type { Readable } from 'node:stream';
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, type DynamicFeature, type LanguageClientOptions, type StaticFeature } from 'vscode-languageclient/node';
import { languageId } from './names';
import type { ServerCommand } from './serverLocation';
import type { Launch } from './supervisor';
import { UnopenedProblems } from './unopenedProblems';

const initializeTimeoutMs = 30_000;
/** Twice this, once for the shutdown and once for the end of the process, must be less than the 5 s that VS Code grants on closing. */
const exitTimeoutMs = 2_000;

export interface ClientLaunch extends Launch {
  readonly client: LanguageClient;
}

/** Starts the server as a child process and connects a language client to it over standard input and output. */
export function launchClient(
  server: ServerCommand,
  log: vscode.LogOutputChannel,
  watchers: vscode.FileSystemWatcher[],
  hasEditorSource: boolean,
  closed: (reason: string) => void,
): ClientLaunch {
  const child = spawn(server.command, [...server.args, 'lsp', '--stdio', `--clientProcessId=${process.pid}`], { stdio: 'pipe', windowsHide: true });
  let spawnError: Error | undefined;
  const exited = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      spawnError = error;
      resolve();
    });
    child.once('exit', () => resolve());
  });
  // A write to a process that has just ended is reported as the end of the connection, not as an exception of the host.
  child.stdin.on('error', () => {});
  log.info(`Started the server (${server.origin}), process ${child.pid ?? 'none'}: ${child.spawnargs.join(' ')}`);

  const endedWithin = (ms: number): Promise<boolean> => Promise.race([exited.then(() => true), delay(ms).then(() => false)]);
  const endReason = async (): Promise<string> => {
    await endedWithin(exitTimeoutMs);
    if (spawnError) return `The server could not be started: ${spawnError.message}`;
    if (child.signalCode) return `The server was ended by ${child.signalCode}.`;
    if (child.exitCode !== null) return `The server ended with exit code ${child.exitCode}.`;
    return 'The connection to the server was closed.';
  };

  let connectionClosed = false;
  const onConnectionClosed = async (): Promise<void> => {
    connectionClosed = true;
    closed(await endReason());
  };
  const client = new QuietLanguageClient(languageId, 'ConfigLsp', () => Promise.resolve(child), clientOptions(log, watchers, hasEditorSource, onConnectionClosed));
  client.onRequest('vscode/content', contentOf);

  return {
    client,
    ready: (async () => {
      const timer = setTimeout(() => child.kill('SIGKILL'), initializeTimeoutMs);
      try {
        if (child.pid === undefined) throw new Error(await endReason());
        await client.start();
      } catch (error) {
        // When the server has ended, how it ended says more than that an answer did not come or a write failed.
        if (await endedWithin(connectionClosed || !child.stdin.writable ? exitTimeoutMs : 0)) throw new Error(await endReason());
        throw error;
      } finally {
        clearTimeout(timer);
      }
    })(),
    async stop() {
      // A client whose connection was closed has cleaned up by itself; one that is still starting can only be cut off.
      if (client.isRunning() && !connectionClosed) await client.dispose(exitTimeoutMs).catch((error: unknown) => log.warn(`The server did not shut down in order: ${String(error)}`));
      else child.kill();
      if (!(await endedWithin(exitTimeoutMs))) {
        log.warn(`The server, process ${child.pid}, did not end when asked to. It is killed now.`);
        child.kill('SIGKILL');
      }
    },
  };
}

/** What VS Code's own JSON support does for its settings files already: twice, an outline is doubled, and formatting asks the person by whom. */
const ofOwnLanguageOnly = new Set(
  ['documentSymbol', 'foldingRange', 'selectionRange', 'documentColor', 'documentLink', 'formatting', 'rangeFormatting', 'onTypeFormatting'].map((name) => `textDocument/${name}`),
);

/** Leaves every message to the person to the supervisor, which knows what is going to be done about it. */
class QuietLanguageClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override registerFeature(feature: StaticFeature | DynamicFeature<unknown>): void {
    if ('registrationType' in feature && ofOwnLanguageOnly.has(feature.registrationType.method)) {
      const initialize = feature.initialize.bind(feature);
      feature.initialize = (capabilities) => initialize(capabilities, [{ language: languageId }]);
    }
    super.registerFeature(feature);
  }

  /** The base class also asks a client to stop whose start has failed, and logs that this cannot be done. */
  override async stop(timeout?: number): Promise<void> {
    if (this.isRunning()) await super.stop(timeout);
  }
}

function clientOptions(log: vscode.LogOutputChannel, fileEvents: vscode.FileSystemWatcher[], hasEditorSource: boolean, closed: () => Promise<void>): LanguageClientOptions {
  // VS Code's own settings stay in its hands; those of a section that configlsp.json names are checked and explained there too.
  const documentSelector = [{ language: languageId }, ...(hasEditorSource ? [{ language: 'jsonc', pattern: '**/.vscode/settings.json' }] : [])];
  const unopened = new UnopenedProblems(documentSelector);
  return {
    documentSelector,
    diagnosticCollectionProvider: unopened,
    middleware: unopened.middleware,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticCollectionName: languageId,
    stdioOptions: { stdout: logLines, stderr: logLines },
    synchronize: { configurationSection: ['configlsp', 'json', 'http'], fileEvents },
    initializationOptions: {
      handledSchemaProtocols: ['file', 'http', 'https'],
      provideFormatter: true,
      customCapabilities: { rangeFormatting: { editLimit: 1000 } },
      configlsp: { trust: vscode.workspace.isTrusted, commands: true, schemaContent: true },
    },
    // The supervisor tries again, so there is nothing to ask the person.
    initializationFailedHandler: () => false,
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: async () => {
        await closed();
        return { action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the server was closed.' };
      },
    },
  };
}

/** Answers the server's question for the text of a schema that it cannot or must not read itself. */
async function contentOf(text: string): Promise<string> {
  const uri = vscode.Uri.parse(text, true);
  // Opening such an address would make a new document in the editor, or give one that was never saved.
  if (uri.scheme === 'untitled') throw new Error('A document that was never saved is no schema.');
  const document = await vscode.workspace.openTextDocument(uri);
  return document.getText();
}

function logLines(stream: Readable, log: vscode.LogOutputChannel): void {
  readline.createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => log.info(line));
}

const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
