import * as vscode from 'vscode';
import { commandIds } from './names';
import type { ServerState } from './supervisor';

/** Shows what the server is doing; a click runs the health check. */
export class StatusBar implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('configlsp.status', vscode.StatusBarAlignment.Right, 90);

  constructor() {
    this.item.name = 'ConfigLsp';
    this.item.command = { command: commandIds.healthCheck, title: 'ConfigLsp: Health Check' };
  }

  show(state: ServerState): void {
    const { icon, text, tooltip, background } = appearance(state);
    this.item.text = `$(${icon}) ConfigLsp`;
    this.item.tooltip = `${tooltip}\nClick for a health check.`;
    this.item.accessibilityInformation = { label: `ConfigLsp: ${text}` };
    this.item.backgroundColor = background === undefined ? undefined : new vscode.ThemeColor(background);
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}

function appearance(state: ServerState): { icon: string; text: string; tooltip: string; background?: string } {
  switch (state.kind) {
    case 'starting':
      return { icon: 'loading~spin', text: 'starting', tooltip: 'ConfigLsp is starting.' };
    case 'running':
      return { icon: 'check', text: 'running', tooltip: 'ConfigLsp is running.' };
    case 'restarting':
      return {
        icon: 'sync',
        text: 'restarting',
        tooltip: `${state.reason} ConfigLsp starts again ${state.delayMs / 1000} s after that.`,
        background: 'statusBarItem.warningBackground',
      };
    case 'failed':
      return { icon: 'error', text: 'failed', tooltip: state.reason, background: 'statusBarItem.errorBackground' };
    case 'stopped':
      return { icon: 'circle-slash', text: 'stopped', tooltip: 'ConfigLsp is stopped.' };
  }
}
