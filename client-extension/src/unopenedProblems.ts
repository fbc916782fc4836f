import * as vscode from 'vscode';
import type { DiagnosticProviderMiddleware, LanguageClientOptions, vsdiag } from 'vscode-languageclient/node';

type Collections = NonNullable<LanguageClientOptions['diagnosticCollectionProvider']>;

/**
 * The problems that the server finds in files that are not open in our language. While such a file is open in another language, which a person has
 * chosen for it, they are not shown: its text may be another than the file's by now, and that language has problems of its own.
 */
export class UnopenedProblems implements Collections {
  private readonly found = new Map<string, vscode.Diagnostic[]>();
  private readonly subscriptions: vscode.Disposable[];
  private shown: vscode.DiagnosticCollection | undefined;

  constructor(private readonly selector: vscode.DocumentSelector) {
    this.subscriptions = [
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (this.isForeign(document)) this.shown?.delete(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument((document) => {
        const problems = this.found.get(document.uri.toString());
        if (problems !== undefined && this.isForeign(document)) this.shown?.set(document.uri, problems);
      }),
    ];
  }

  readonly middleware: DiagnosticProviderMiddleware = {
    provideWorkspaceDiagnostics: (resultIds, token, report, next) =>
      next(resultIds, token, (chunk) => report(chunk && { items: chunk.items.map((item) => this.take(item)) })),
  };

  create(name: string | undefined, source: Parameters<Collections['create']>[1]): vscode.DiagnosticCollection {
    const collection = vscode.languages.createDiagnosticCollection(name);
    // The enumeration is not among what the package exports.
    if (String(source) === 'pull') this.shown = collection;
    return collection;
  }

  dispose(collection: vscode.DiagnosticCollection): void {
    collection.dispose();
    if (collection !== this.shown) return;
    this.shown = undefined;
    this.found.clear();
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private take(report: vsdiag.WorkspaceDocumentDiagnosticReport): vsdiag.WorkspaceDocumentDiagnosticReport {
    if (!('items' in report)) return report;
    const key = report.uri.toString();
    if (report.items.length > 0) this.found.set(key, report.items);
    else this.found.delete(key);
    const isForeign = vscode.workspace.textDocuments.some((document) => document.uri.toString() === key && this.isForeign(document));
    return isForeign ? { ...report, items: [] } : report;
  }

  private isForeign(document: vscode.TextDocument): boolean {
    return vscode.languages.match(this.selector, document) === 0;
  }
}
