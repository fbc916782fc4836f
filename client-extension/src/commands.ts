import * as vscode from 'vscode';
import { markdown, markdownOfSilence, summary, type HealthReport } from './healthReport';
import type { HealthView } from './healthView';
import { commandIds } from './names';
import type { ServerState } from './supervisor';

/** What the commands need of the extension. */
export interface Server {
  readonly state: ServerState;
  /** Asks the running server; rejects when there is none or it does not answer in time. */
  request<T>(method: string, params: unknown): Promise<T>;
  restart(): Promise<void>;
}

export function registerCommands(server: Server, health: HealthView, log: vscode.LogOutputChannel): vscode.Disposable[] {
  const { commands } = vscode;
  return [
    commands.registerCommand(commandIds.healthCheck, () => checkHealth(server, health, log)),
    commands.registerCommand(commandIds.restartServer, () => server.restart()),
    commands.registerCommand(commandIds.showLog, () => log.show(true)),
    // Run by the lens above a settings file, with the address of the schema.
    commands.registerCommand(commandIds.openSchema, (uri: string) => commands.executeCommand('vscode.open', vscode.Uri.parse(uri, true))),
  ];
}

/** Returns the report so that other extensions and tests can use it; undefined when the server does not answer. */
async function checkHealth(server: Server, health: HealthView, log: vscode.LogOutputChannel): Promise<HealthReport | undefined> {
  try {
    const report = await server.request<HealthReport>('configlsp/health', { kind: 'full', fresh: true });
    health.update(markdown(report));
    void announce(report, health);
    return report;
  } catch (error) {
    const reason = server.state.kind === 'running' ? `The server does not answer: ${(error as Error).message}` : describe(server.state);
    log.warn(`Health check: ${reason}`);
    health.update(markdownOfSilence(reason));
    void offerHelp(`ConfigLsp does not answer. ${reason}`);
    return undefined;
  }
}

async function announce(report: HealthReport, health: HealthView): Promise<void> {
  const show = 'Show Report';
  const message = report.status === 'healthy' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if ((await message(summary(report), show)) === show) await health.show();
}

/** Says what is wrong and offers the two things that help. */
export async function offerHelp(message: string): Promise<void> {
  const restart = 'Restart';
  const show = 'Show Log';
  const choice = await vscode.window.showErrorMessage(message, restart, show);
  if (choice === restart) await vscode.commands.executeCommand(commandIds.restartServer);
  if (choice === show) await vscode.commands.executeCommand(commandIds.showLog);
}

function describe(state: ServerState): string {
  switch (state.kind) {
    case 'starting':
      return 'It is still starting; try again in a moment.';
    case 'restarting':
      return `${state.reason} It is started again by itself.`;
    case 'failed':
      return state.reason;
    default:
      return 'The server is not running.';
  }
}
