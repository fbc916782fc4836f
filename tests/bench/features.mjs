// What a person waits for after typing, each right after a keystroke in the middle of the document. Completion is asked for in the value of
// `logLevel`, on the line below; code actions at a mistake elsewhere; formatting once where nothing is to be changed, and once where every line is.
import { fileMatch, schema, schemaUri } from './documents.mjs';
import { capabilities, withServer } from './session.mjs';

const pauseMs = 100;
const timeoutMs = 120_000;

/** @returns {Promise<Map<string, number[]>>} milliseconds by the name of the request. */
export async function measureFeatures(server, folder, document, repeats) {
  return withServer(server, folder, capabilities, async ({ wire }) => {
    await wire.notify('workspace/didChangeConfiguration', { settings: { json: { schemas: [{ fileMatch: [fileMatch], url: schemaUri, schema }] } } });
    const textDocument = { uri: 'file:///settings/services.bench.json' };
    await wire.notify('textDocument/didOpen', { textDocument: { ...textDocument, languageId: 'jsonc', version: 1, text: document.text } });
    const { line, character } = document.keystroke;
    const below = document.text.split('\n', line + 2)[line + 1];
    const requests = {
      completion: ['textDocument/completion', { textDocument, position: { line: line + 1, character: below.indexOf('": "') + 4 } }, (result) => (result.items ?? result).length > 0],
      hover: ['textDocument/hover', { textDocument, position: { line, character: character - 1 } }, (result) => result === null || result.contents !== undefined],
      symbols: ['textDocument/documentSymbol', { textDocument }, (result) => result.length > 0],
      'code actions': [
        'textDocument/codeAction', { textDocument, range: { start: document.finding, end: document.finding }, context: { diagnostics: [] } }, (result) => result.length > 0,
      ],
      // The reference removes the line break at the end of the file.
      'formatting, nothing to do': ['textDocument/formatting', { textDocument, options: { tabSize: 2, insertSpaces: true } }, (result) => result.length <= 1],
      'formatting, every line': ['textDocument/formatting', { textDocument, options: { tabSize: 4, insertSpaces: true } }, (result) => result.length > 0],
    };
    // With 1 MB the reference takes half a minute for each answer.
    if (document.bytes < 100_000) requests.sorting = ['json/sort', { uri: textDocument.uri, options: { tabSize: 2, insertSpaces: true } }, (result) => result.length > 0];
    let version = 1;
    const measured = new Map(Object.keys(requests).map((name) => [name, []]));
    // The first answer waits for the schema and for the whole document to be read.
    await wire.request('textDocument/hover', requests.hover[1], { timeoutMs });
    for (let i = 0; i < repeats; i++) {
      for (const [name, [method, params, isAnswer]] of Object.entries(requests)) {
        const typed = ++version % 2 === 0;
        const range = { start: { line, character }, end: { line, character: typed ? character : character + 1 } };
        await wire.notify('textDocument/didChange', { textDocument: { ...textDocument, version }, contentChanges: [{ range, text: typed ? '7' : '' }] });
        const start = process.hrtime.bigint();
        const { result, error } = await wire.request(method, params, { timeoutMs });
        measured.get(name).push(Number(process.hrtime.bigint() - start) / 1e6);
        if (error || !isAnswer(result)) throw new Error(`${server.name} gave no answer to ${method}: ${JSON.stringify(error ?? result)}`);
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }

    return measured;
  });
}
