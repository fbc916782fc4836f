import * as vscode from 'vscode';
import type { EffectiveView } from './effectiveView';
import { explain, headline, type ExplainedSource } from './explanation';
import { commandIds } from './names';
import { describeError, serviceError, type Inspection, type Key, type Place, type SourceInfo, type UpdateReply, type ValidateReply } from './service';
import { describeType, formatValue, parseValue, showValue } from './settingValue';

type Request = <T>(method: string, params: unknown) => Promise<T>;

/** Above this many keys the list shows names only. */
const describedKeys = 300;
const keysPerPage = 1000;
const mostKeys = 5000;

/** The commands that show, explain and set settings of a folder. */
export class SettingCommands {
  constructor(
    private readonly request: Request,
    private readonly view: EffectiveView,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  register(): vscode.Disposable[] {
    const { commands } = vscode;
    return [
      commands.registerCommand(commandIds.showEffective, () => this.guard('show the effective configuration', () => this.showEffective())),
      commands.registerCommand(commandIds.setValue, (key?: unknown) => this.guard('set a value', () => this.setValue(key))),
      commands.registerCommand(commandIds.explainValue, (key?: unknown) => this.guard('explain a value', () => this.explainValue(key))),
    ];
  }

  private async guard<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      this.log.error(`Could not ${what}: ${describeError(error)}`);
      void vscode.window.showErrorMessage(`ConfigLsp could not ${what}: ${describeError(error)}`);
      return undefined;
    }
  }

  private async showEffective(): Promise<vscode.TextDocument | undefined> {
    const folder = await pickFolder();
    return folder && this.view.show(folder);
  }

  private async explainValue(given: unknown): Promise<Inspection | undefined> {
    const target = await this.target(given, 'Explain which setting?');
    if (target === undefined) return undefined;
    const inspection = await this.inspect(target.workspace, target.key);
    const items: (vscode.QuickPickItem & { place?: Place })[] = explain(inspection).map(toItem);
    if (items.length === 0) items.push({ label: '$(circle-slash) No source sets it.', detail: inspection.schema?.description ?? '' });
    // The list stays open for the person; whoever runs the command as a function has the answer at once.
    void vscode.window
      .showQuickPick(items, { title: headline(inspection), placeHolder: 'Select a source to open it where the value is set', matchOnDescription: true, matchOnDetail: true })
      .then((picked) => picked?.place && openPlace(picked.place));
    return inspection;
  }

  private async setValue(given: unknown): Promise<UpdateReply | undefined> {
    const target = await this.target(given, 'Set which setting?');
    if (target === undefined) return undefined;
    const { workspace, key } = target;
    const inspection = await this.inspect(workspace, key);
    const value = await this.askValue(workspace, key, inspection);
    if (value === undefined) return undefined;
    const source = await this.askSource(workspace, key, inspection);
    if (source === undefined) return undefined;
    const { items } = await this.request<{ items: { revision?: number }[] }>('configlsp/get', { workspace, keys: [key], source });
    return this.update(workspace, key, value.value, source, items[0]?.revision, inspection.isSecret);
  }

  /** Sends the update, and says what became of it; a refusal says what to do, and what can be done at once is offered. */
  private async update(workspace: string, key: Key, value: unknown, source: string, revision: number | undefined, isSecret: boolean): Promise<UpdateReply | undefined> {
    const name = key.join('.');
    try {
      const reply = await this.request<UpdateReply>('configlsp/update', { workspace, path: key, value, source, ...(revision === undefined ? {} : { expect: { revision } }) });
      void this.announce(reply, workspace, key, isSecret ? 'set' : showValue(value));
      return reply;
    } catch (error) {
      const refusal = serviceError(error);
      this.log.warn(`Setting ${name} in ${source} was refused: ${describeError(error)}`);
      const again = refusal?.name === 'Conflict' ? 'Overwrite' : refusal?.retryable ? 'Try Again' : undefined;
      const now = refusal?.name === 'Conflict' && !isSecret && refusal.current !== undefined ? ` It is ${showValue(refusal.current.value)} now.` : '';
      const choice = await vscode.window.showErrorMessage(`${name} was not set. ${describeError(error)}${now}`, ...(again === undefined ? [] : [again]), 'Explain Value');
      if (choice === 'Explain Value') await vscode.commands.executeCommand(commandIds.explainValue, key);
      if (choice === undefined || choice !== again) return undefined;
      return this.update(workspace, key, value, source, refusal?.name === 'Conflict' ? refusal.current?.revision : revision, isSecret);
    }
  }

  private async announce(reply: UpdateReply, workspace: string, key: Key, value: string): Promise<void> {
    const name = key.join('.');
    const save = 'Save';
    const explainIt = 'Explain Value';
    if (reply.pendingSave) {
      const choice = await vscode.window.showInformationMessage(`${name} was changed in the editor, because the file of ${reply.source} has unsaved changes. It takes effect when you save.`, save);
      if (choice === save) await this.saveSource(workspace, key, reply.source);
    } else if (reply.overriddenBy !== undefined) {
      const choice = await vscode.window.showWarningMessage(`${name} was set in ${reply.source}, but ${reply.overriddenBy} overrides it.`, explainIt);
      if (choice === explainIt) await vscode.commands.executeCommand(commandIds.explainValue, key);
    } else {
      void vscode.window.showInformationMessage(`${name} is ${value} in ${reply.source}${reply.changed ? '' : ', as before'}${reply.revision === undefined ? '' : ` (revision ${reply.revision})`}.`);
    }
  }

  private async saveSource(workspace: string, key: Key, source: string): Promise<void> {
    const inspection = await this.inspect(workspace, key);
    const file = inspection.sources.find((contribution) => contribution.source === source)?.place?.uri;
    const isTarget = (document: vscode.TextDocument): boolean => document.isDirty && (file === undefined || document.uri.toString() === vscode.Uri.parse(file).toString());
    for (const document of vscode.workspace.textDocuments.filter(isTarget)) if (file !== undefined) await document.save();
  }

  private askValue(workspace: string, key: Key, inspection: Inspection): Promise<{ value: unknown } | undefined> {
    const { schema } = inspection;
    const input = vscode.window.createInputBox();
    input.title = `Set ${key.join('.')}`;
    input.prompt = [describeType(schema), schema?.description].filter((part) => part !== undefined).join(' - ');
    input.value = inspection.isSecret ? '' : formatValue(inspection.effective.value, schema);
    input.valueSelection = [0, input.value.length];
    input.password = inspection.isSecret;
    input.ignoreFocusOut = true;
    let latest = 0;
    const check = async (): Promise<{ value: unknown } | undefined> => {
      const mine = ++latest;
      const parsed = parseValue(input.value, schema);
      const problem = 'problem' in parsed ? parsed.problem : await this.problemOf(workspace, key, parsed.value);
      // An answer about an earlier text says nothing about this one.
      if (mine !== latest) return undefined;
      input.validationMessage = problem;
      return problem === undefined && 'value' in parsed ? parsed : undefined;
    };
    return new Promise((resolve) => {
      input.onDidChangeValue(() => void check());
      input.onDidAccept(async () => {
        input.busy = true;
        const accepted = await check();
        input.busy = false;
        if (accepted === undefined) return;
        resolve(accepted);
        input.hide();
      });
      input.onDidHide(() => {
        resolve(undefined);
        input.dispose();
      });
      input.show();
    });
  }

  private async problemOf(workspace: string, key: Key, value: unknown): Promise<string | undefined> {
    try {
      const { valid, diagnostics } = await this.request<ValidateReply>('configlsp/validate', { workspace, operations: [{ op: 'set', path: key, value }] });
      return valid ? undefined : (diagnostics[0]?.message ?? 'The value is not valid.');
    } catch (error) {
      return describeError(error);
    }
  }

  /** The source to write to: without a question where there is only one. */
  private async askSource(workspace: string, key: Key, inspection: Inspection): Promise<string | undefined> {
    const { writableSources } = inspection;
    if (writableSources.length === 0) throw new Error('No source of this folder can be written. Add a file source to configlsp.json.');
    if (writableSources.length === 1) return writableSources[0];
    const { sources } = await this.request<{ sources: SourceInfo[] }>('configlsp/sources/list', { workspace });
    const usual = await this.request<UpdateReply>('configlsp/update', { workspace, op: 'unset', path: key, dryRun: true }).then((reply) => reply.source, () => undefined);
    const items = [...writableSources].reverse().map((name) => {
      const own = inspection.sources.find((contribution) => contribution.source === name);
      const value = own === undefined ? 'does not set it' : inspection.isSecret ? 'sets it' : `now ${showValue(own.value)}, ${own.use}`;
      const location = sources.find((source) => source.name === name)?.location;
      return { name, label: name, description: name === usual ? `${value} - the usual target` : value, ...(location === undefined ? {} : { detail: location }) };
    });
    // The usual one first, so that Enter takes it.
    items.sort((a, b) => Number(b.name === usual) - Number(a.name === usual));
    return (await vscode.window.showQuickPick(items, { title: `Set ${key.join('.')} in which source?`, ignoreFocusOut: true }))?.name;
  }

  /** The setting that is meant: the one given, else the one under the caret, else one that the person picks. */
  private async target(given: unknown, title: string): Promise<{ workspace: string; key: Key } | undefined> {
    const editor = vscode.window.activeTextEditor;
    const folder = await pickFolder();
    if (folder === undefined) return undefined;
    const workspace = folder.uri.toString();
    if (typeof given === 'string' && given !== '') return { workspace, key: given.split('.') };
    if (Array.isArray(given) && given.length > 0 && given.every((part) => typeof part === 'string')) return { workspace, key: given };
    const under = editor && (await this.keyUnderCaret(editor));
    if (under !== undefined) return { workspace, key: under };
    const key = await this.pickKey(workspace, title);
    return key && { workspace, key };
  }

  private async keyUnderCaret(editor: vscode.TextEditor): Promise<Key | undefined> {
    if (editor.document.uri.scheme !== 'file') return undefined;
    const { line, character } = editor.selection.active;
    const found = await this.request<{ path: Key } | null>('configlsp/keyAt', { textDocument: { uri: editor.document.uri.toString() }, position: { line, character } });
    return found?.path;
  }

  private async pickKey(workspace: string, title: string): Promise<Key | undefined> {
    const picker = vscode.window.createQuickPick<vscode.QuickPickItem & { key: Key }>();
    picker.title = title;
    picker.placeholder = 'A key; type one that is not in the list to use it';
    picker.matchOnDescription = true;
    picker.matchOnDetail = true;
    picker.busy = true;
    let known: (vscode.QuickPickItem & { key: Key })[] = [];
    const show = (): void => {
      const text = picker.value.trim();
      const isKnown = text === '' || known.some((item) => item.label === text);
      picker.items = isKnown ? known : [...known, { label: text, key: text.split('.'), description: 'not set yet', alwaysShow: true }];
    };
    const chosen = new Promise<Key | undefined>((resolve) => {
      picker.onDidChangeValue(show);
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        if (item === undefined) return;
        resolve(item.key);
        picker.hide();
      });
      picker.onDidHide(() => {
        resolve(undefined);
        picker.dispose();
      });
    });
    picker.show();
    try {
      known = await this.describeKeys(workspace);
      show();
    } catch (error) {
      picker.hide();
      throw error;
    }
    picker.busy = false;
    return chosen;
  }

  private async describeKeys(workspace: string): Promise<(vscode.QuickPickItem & { key: Key })[]> {
    const keys: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.request<{ keys: string[]; cursor?: string }>('configlsp/list', { workspace, limit: keysPerPage, ...(cursor === undefined ? {} : { cursor }) });
      keys.push(...page.keys);
      cursor = page.cursor;
    } while (cursor !== undefined && keys.length < mostKeys);
    const described = new Map(
      await Promise.all(keys.slice(0, describedKeys).map(async (key) => [key, await this.inspect(workspace, key.split('.')).catch(() => undefined)] as const)),
    );
    return keys.map((key) => {
      const inspection = described.get(key);
      const value = inspection === undefined ? '' : inspection.isSecret ? 'a secret value' : showValue(inspection.effective.value);
      return { label: key, key: key.split('.'), description: value, detail: inspection?.schema?.description ?? '' };
    });
  }

  private inspect(workspace: string, key: Key): Promise<Inspection> {
    return this.request<Inspection>('configlsp/inspect', { workspace, path: key });
  }
}

/** The folder of the active editor; where that has none, the only one, or the one that the person picks. */
async function pickFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders?.filter((folder) => folder.uri.scheme === 'file') ?? [];
  if (folders.length === 0) throw new Error('no folder on the disk is open. Open the folder of the settings.');
  const active = vscode.window.activeTextEditor;
  const own = active && vscode.workspace.getWorkspaceFolder(active.document.uri);
  if (own !== undefined && folders.includes(own)) return own;
  return folders.length === 1 ? folders[0] : vscode.window.showWorkspaceFolderPick({ placeHolder: 'The settings of which folder?' });
}

function toItem({ label, description, detail, place }: ExplainedSource): vscode.QuickPickItem & { place?: Place } {
  return { label, description, detail, ...(place === undefined ? {} : { place }) };
}

async function openPlace({ uri, range }: Place): Promise<void> {
  const selection = new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection });
}
