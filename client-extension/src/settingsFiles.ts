import * as vscode from 'vscode';
import { languageId } from './names';

type Ask = (uri: string) => Promise<boolean>;

/**
 * Gives the ConfigLsp language to JSON documents that only the server can know to be settings files.
 * All others are left to VS Code's own JSON support, so that nothing is reported twice.
 */
export class SettingsFiles implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  /** A document keeps its identity when a person sets its language back; such a document is not switched again. */
  private readonly switched = new WeakSet<vscode.TextDocument>();

  constructor(private readonly isSettingsFile: Ask) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => void this.check(document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && void this.check(editor.document)),
    ];
  }

  /** Asks again about every open document, because the server has been started or knows more than before. */
  checkAll(): void {
    for (const document of vscode.workspace.textDocuments) void this.check(document);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    if (!isPlainJson(document) || this.switched.has(document) || isAssociatedByPerson(document)) return;
    if (!(await this.isSettingsFile(document.uri.toString()))) return;
    if (document.isClosed || !isPlainJson(document) || this.switched.has(document)) return;
    this.switched.add(document);
    await vscode.languages.setTextDocumentLanguage(document, languageId);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }
}

const isPlainJson = (document: vscode.TextDocument): boolean => !document.isUntitled && (document.languageId === 'json' || document.languageId === 'jsonc');

function isAssociatedByPerson(document: vscode.TextDocument): boolean {
  const associations = vscode.workspace.getConfiguration('files', document.uri).inspect<Record<string, string>>('associations');
  const globs = [associations?.globalValue, associations?.workspaceValue, associations?.workspaceFolderValue].flatMap((value) => Object.keys(value ?? {}));
  // As VS Code reads them: a pattern without a slash is matched against the file's name.
  return globs.some((glob) => vscode.languages.match({ pattern: glob.includes('/') ? glob : `**/${glob}` }, document) > 0);
}
