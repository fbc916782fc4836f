import * as vscode from 'vscode';

type Request = <T>(method: string, params: unknown) => Promise<T>;

const scheme = 'configlsp-schema';

/** Schemas that are no files, such as those that the server brings along, as read-only documents. */
export class SchemaView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly request: Request) {}

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const content = await this.request<{ text: string } | null>('configlsp/schemaContent', { uri: uri.toString() });
    if (content === null) throw new Error('This schema is not there any more.');
    return content.text;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
