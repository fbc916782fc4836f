import * as vscode from 'vscode';
import { leavesOf, render, type Provenance } from './effectiveDocument';
import type { GetReply, Inspection, Key, SourceInfo } from './service';

type Request = <T>(method: string, params: unknown) => Promise<T>;

const scheme = 'configlsp-effective';
const keysPerRequest = 500;
const settleMs = 200;

interface Info {
  readonly revision: number;
  readonly environment: { readonly name: string; readonly detectedBy: string };
  readonly sources: readonly SourceInfo[];
}

/** The settings in effect as read-only documents, one for each folder, which follow every change while they are open. */
export class EffectiveView implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly watches = new Map<string, string>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChange = this.changed.event;

  constructor(private readonly request: Request) {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument((document) => void this.forget(document.uri)),
    ];
  }

  async show(folder: vscode.WorkspaceFolder): Promise<vscode.TextDocument> {
    const uri = vscode.Uri.from({ scheme, path: `/${folder.name}/Effective Configuration.jsonc`, query: folder.uri.toString() });
    const document = await vscode.workspace.openTextDocument(uri);
    // What was rendered before is shown at once, and brought up to date.
    this.changed.fire(uri);
    await vscode.window.showTextDocument(document, { preview: true });
    return document;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    try {
      await this.watch(uri);
      return await this.read(uri.query);
    } catch (error) {
      return `// The settings cannot be shown: ${error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error)}\n`;
    }
  }

  /** Settings or sources have changed: the documents that are open are read again, once for many changes in a row. */
  refresh(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const document of vscode.workspace.textDocuments) if (document.uri.scheme === scheme && !document.isClosed) this.changed.fire(document.uri);
    }, settleMs);
  }

  /** There is another server, which knows of no watches yet. */
  restarted(): void {
    this.watches.clear();
    this.refresh();
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private async watch(uri: vscode.Uri): Promise<void> {
    if (this.watches.has(uri.query)) return;
    this.watches.set(uri.query, '');
    try {
      this.watches.set(uri.query, (await this.request<{ watchId: string }>('configlsp/watch', { workspace: uri.query })).watchId);
    } catch (error) {
      this.watches.delete(uri.query);
      throw error;
    }
  }

  private async forget(uri: vscode.Uri): Promise<void> {
    const watchId = uri.scheme === scheme ? this.watches.get(uri.query) : undefined;
    if (!watchId) return;
    this.watches.delete(uri.query);
    // A server that is gone has forgotten it by itself.
    await this.request('configlsp/unwatch', { watchId }).catch(() => {});
  }

  private async read(workspace: string): Promise<string> {
    const { document, redactedKeys } = await this.request<{ document: unknown; redactedKeys: string[] }>('configlsp/effective', { workspace });
    const info = await this.request<Info>('configlsp/info', { workspace });
    const redacted = new Set(redactedKeys);
    const found = new Map<string, Provenance>();
    const inspected: Key[] = [];
    const read: Key[] = [];
    // An explicit read would give a secret, so that those are inspected, which never shows one.
    for (const key of leavesOf(document)) (redacted.has(key.join('.')) ? inspected : read).push(key);
    const variables = new Set(info.sources.filter((source) => source.type === 'environment').map((source) => source.name));
    for (let i = 0; i < read.length; i += keysPerRequest) {
      const keys = read.slice(i, i + keysPerRequest);
      const { items } = await this.request<GetReply>('configlsp/get', { workspace, keys });
      keys.forEach((key, at) => {
        const { source, freshness } = items[at] ?? {};
        if (source === undefined) return;
        found.set(JSON.stringify(key), { source, ...(freshness === undefined ? {} : { freshness }) });
        if (variables.has(source)) inspected.push(key);
      });
    }
    for (const key of inspected) {
      const { effective, sources } = await this.request<Inspection>('configlsp/inspect', { workspace, path: key });
      const variable = sources.find((source) => source.source === effective.source)?.variable;
      if (effective.source !== undefined) found.set(JSON.stringify(key), { source: effective.source, freshness: effective.freshness, ...(variable === undefined ? {} : { variable }) });
    }
    return render({
      folder: vscode.Uri.parse(workspace).fsPath,
      environment: info.environment.name,
      detectedBy: info.environment.detectedBy,
      revision: info.revision,
      sources: info.sources,
      document,
      provenance: (key) => found.get(JSON.stringify(key)),
    });
  }
}
