'use strict';
// Runs inside the extension host of VS Code (extensionTestsPath): checks by means of the vscode API, without looking at the page.
const assert = require('node:assert/strict');
const fs = require('node:fs');
const vscode = require('vscode');

const folder = () => vscode.workspace.workspaceFolders[0].uri;
const fileUri = (path) => vscode.Uri.joinPath(folder(), path);
const problems = (uri) => vscode.languages.getDiagnostics(uri);

async function open(path) {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Waits until the condition gives something true; what happens meanwhile is announced by no single event. */
async function until(what, condition, limitMs = 20_000) {
  for (const end = Date.now() + limitMs; Date.now() < end; ) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`never came: ${what}`);
}

const withProblems = (uri) => until('problems', () => problems(uri).length > 0 && problems(uri));
const withoutProblems = (uri) => until('no problems', () => problems(uri).length === 0);

async function replace(document, from, to) {
  const start = document.getText().indexOf(from);
  assert.notEqual(start, -1, `"${from}" is not in the document`);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
  await vscode.workspace.applyEdit(edit);
}

const hoverText = async (uri, position) => {
  const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', uri, position);
  return hovers.map((hover) => hover.contents.map((content) => content.value ?? content).join('\n'));
};

const tests = {
  async 'settings files have the ConfigLsp language'() {
    for (const path of ['.nofx/settings.json', 'orchestration/config/distribution.json'])
      assert.equal((await vscode.workspace.openTextDocument(fileUri(path))).languageId, 'configlsp', path);
  },

  async 'a value out of range is reported once, by configlsp alone, on the value'() {
    const document = await open('.nofx/settings.json');
    const found = await withProblems(document.uri);
    assert.deepEqual(found.map((problem) => problem.source), ['configlsp']);
    assert.equal(document.getText(found[0].range), '99');
    assert.equal(found[0].severity, vscode.DiagnosticSeverity.Error);
    assert.match(found[0].message, /50/);
  },

  async 'hover explains a key, once'() {
    const document = await open('.nofx/settings.json');
    const texts = await hoverText(document.uri, document.positionAt(document.getText().indexOf('maxAgents')));
    assert.equal(texts.filter((text) => text.includes('How many agents may run at the same time')).length, 1);
  },

  async 'completion offers the keys that are not there yet'() {
    const document = await open('.nofx/settings.json');
    const position = document.positionAt(document.getText().lastIndexOf('}'));
    const { items } = await vscode.commands.executeCommand('vscode.executeCompletionItemProvider', document.uri, position);
    const labels = items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label).replaceAll('"', ''));
    assert.ok(labels.includes('useWorktrees'), labels.join(', '));
    assert.ok(!labels.includes('maxAgents'), labels.join(', '));
  },

  async 'a fix clears the problem and its undoing brings it back'() {
    const document = await open('.nofx/settings.json');
    await withProblems(document.uri);
    await replace(document, '99', '9');
    await withoutProblems(document.uri);
    await vscode.commands.executeCommand('undo');
    await withProblems(document.uri);
  },

  async 'a document without a file is checked too'() {
    const document = await vscode.workspace.openTextDocument({ language: 'configlsp', content: '{\n  "a": 1,\n  "a": tru\n}\n' });
    assert.equal(document.uri.scheme, 'untitled');
    await vscode.window.showTextDocument(document);
    const found = await withProblems(document.uri);
    assert.ok(found.every((problem) => problem.source === 'configlsp'));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await withoutProblems(document.uri);
  },

  async 'other JSON files are left to VS Code'() {
    const document = await open('unrelated/plain.json');
    assert.equal(document.languageId, 'json');
    const found = await withProblems(document.uri);
    assert.ok(found.every((problem) => problem.source !== 'configlsp'));
    const manifest = await open('unrelated/package.json');
    await vscode.commands.executeCommand('configlsp.healthCheck'); // by its answer, the question about the document is answered too
    assert.equal(manifest.languageId, 'json');
  },

  async 'a file that needs a sibling to be ours is switched to the language, unless it has none'() {
    const ours = await open('orchestration/config/default.json');
    await until('the language', () => ours.languageId === 'configlsp');
    const other = await open('unrelated/config/default.json');
    await vscode.commands.executeCommand('configlsp.healthCheck');
    assert.equal(other.languageId, 'json');
  },

  async 'a file that the configlsp.json of the workspace names is checked by its schema'() {
    const document = await open('services/checkout.json');
    await until('the language', () => document.languageId === 'configlsp');
    const [problem] = await withProblems(document.uri);
    assert.equal(problem.source, 'configlsp');
    assert.equal(document.getText(problem.range), '"8080"');
  },

  async 'a schema that changes on disk is taken up'() {
    const document = await open('services/checkout.json');
    await withProblems(document.uri);
    const schema = fileUri('schemas/service.schema.json').fsPath;
    const before = fs.readFileSync(schema, 'utf8');
    assert.match(before, /"type": "integer",\s*"minimum": 1024/);
    fs.writeFileSync(schema, before.replace(/"type": "integer",(\s*"minimum": 1024)/, '"type": ["integer", "string"],$1'));
    await withoutProblems(document.uri);
    fs.writeFileSync(schema, before);
    await withProblems(document.uri);
  },

  async 'a language that the person chose stays'() {
    const ours = await open('orchestration/config/default.json');
    await until('the language', () => ours.languageId === 'configlsp');
    await vscode.languages.setTextDocumentLanguage(ours, 'json');
    await open('.nofx/settings.json');
    await open('orchestration/config/default.json');
    await vscode.commands.executeCommand('configlsp.healthCheck');
    assert.equal(ours.languageId, 'json');
  },

  async 'problems of a file that is open in a language which the person chose are not shown, of one that is not open they are'() {
    const unopened = fileUri('health-check-config.json');
    assert.ok((await withProblems(unopened)).every((problem) => problem.source === 'configlsp'));
    assert.ok(vscode.workspace.textDocuments.every((document) => document.uri.path !== unopened.path));
    const document = await open('services/checkout.json');
    await withProblems(document.uri);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await until('no problems of ours', () => problems(document.uri).every((problem) => problem.source !== 'configlsp'));
    await vscode.languages.setTextDocumentLanguage(document, 'configlsp');
    await until('our problem', () => problems(document.uri).filter((problem) => problem.source === 'configlsp').length === 1);
  },

  async 'a language that the person assigned by files.associations stays'() {
    const files = vscode.workspace.getConfiguration('files');
    await files.update('associations', { '**/assigned/**/*.json': 'jsonc' }, vscode.ConfigurationTarget.Workspace);
    try {
      for (const name of ['default.json', 'distribution.json']) {
        const document = await open(`assigned/config/${name}`);
        await vscode.commands.executeCommand('configlsp.healthCheck');
        assert.equal(document.languageId, 'jsonc', name);
      }
    } finally {
      await files.update('associations', undefined, vscode.ConfigurationTarget.Workspace);
    }
  },

  async 'settings reach the server'() {
    const document = await open('.nofx/settings.json');
    await withProblems(document.uri);
    const settings = vscode.workspace.getConfiguration('configlsp');
    await settings.update('validate.enable', false, vscode.ConfigurationTarget.Workspace);
    try {
      await withoutProblems(document.uri);
    } finally {
      await settings.update('validate.enable', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await withProblems(document.uri);
  },

  async 'the health check returns facts about this server'() {
    const report = await vscode.commands.executeCommand('configlsp.healthCheck');
    assert.ok(['healthy', 'degraded', 'unhealthy'].includes(report.status), report.status);
    assert.match(report.version, /^\d+\.\d+\.\d+/);
    process.kill(report.processId, 0);
    assert.ok(report.checks.length > 0);
    for (const check of report.checks) assert.equal(typeof check.message, 'string', check.name);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('configlsp-health:/ConfigLsp Health.md'));
    assert.ok(document.getText().includes(String(report.processId)));
  },

  async 'a restart changes the process and keeps the problems'() {
    const before = await vscode.commands.executeCommand('configlsp.healthCheck');
    await vscode.commands.executeCommand('configlsp.restartServer');
    const after = await vscode.commands.executeCommand('configlsp.healthCheck');
    assert.notEqual(after.processId, before.processId);
    assert.throws(() => process.kill(before.processId, 0));
    await withProblems((await open('.nofx/settings.json')).uri);
  },
};

exports.run = async function run() {
  const results = [];
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      results.push({ name });
    } catch (error) {
      results.push({ name, error: String(error.stack ?? error) });
    }
  }
  const file = process.env.CONFIGLSP_E2E_RESULTS; // the extension host inherits the environment of code-server
  fs.writeFileSync(`${file}.part`, JSON.stringify(results, null, 2));
  fs.renameSync(`${file}.part`, file);
  if (results.some((result) => result.error !== undefined)) throw new Error('Some tests failed.');
};
