import * as vscode from 'vscode';

const scheme = 'configlsp-health';
const address = vscode.Uri.from({ scheme, path: '/ConfigLsp Health.md' });

/** The last health report as a read-only document. */
export class HealthView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  private content = '';
  readonly onDidChange = this.changed.event;

  provideTextDocumentContent(): string {
    return this.content;
  }

  /** Replaces the report; a document that shows it follows. */
  update(content: string): void {
    this.content = content;
    this.changed.fire(address);
  }

  async show(): Promise<void> {
    const document = await vscode.workspace.openTextDocument(address);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
