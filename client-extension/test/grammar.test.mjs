import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';

const require = createRequire(import.meta.url);
const file = new URL('../syntaxes/configlsp.tmLanguage.json', import.meta.url);
await oniguruma.loadWASM(fs.readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({ createOnigScanner: (sources) => new oniguruma.OnigScanner(sources), createOnigString: (text) => new oniguruma.OnigString(text) }),
  loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(file, 'utf8'), file.pathname),
});
const grammar = await registry.loadGrammar('source.json.comments.configlsp');

/** The most specific scope of each token that is not white space, without the common ending. */
function tokens(text) {
  const found = [];
  let state = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      const token = line.slice(startIndex, endIndex).trim();
      if (token !== '') found.push([token, scopes.at(-1).replace('.json.comments.configlsp', '')]);
    }
  }
  return found;
}

const scopeOf = (text, token) => tokens(text).find(([found]) => found === token)?.[1];

for (const [text, token, scope] of [
  ['{"key": 1}', 'key', 'support.type.property-name'],
  ['{"key": "text"}', 'text', 'string.quoted.double'],
  ['{"a": -1.5e+3}', '-1.5e+3', 'constant.numeric'],
  ['{"a": true}', 'true', 'constant.language'],
  ['[null]', 'null', 'constant.language'],
  ['{"a": "b\\nc"}', '\\n', 'constant.character.escape'],
  ['{"a": "b\\qc"}', '\\q', 'invalid.illegal.unrecognized-string-escape'],
  ['{ // note\n}', 'note', 'comment.line.double-slash'],
  ['/* a\nb */ {}', 'b', 'comment.block'],
  ['{"a" /* c */ : 1}', 'c', 'comment.block'],
  ['{"a": 01}', '01', 'invalid.illegal.unexpected'],
  ['{"a": yes}', 'yes', 'invalid.illegal.unexpected'],
  ['{"a": {"inner": [1, {"deep": 2}]}, "b": 1}', 'deep', 'support.type.property-name'],
  ['{"a": [1, 2,], "after": 1,}', 'after', 'support.type.property-name'],
  ['{"a": "// no comment"}', '// no comment', 'string.quoted.double'],
  ['{"open: 1,\n"next": 2}', 'next', 'support.type.property-name'],
]) {
  test(`in ${JSON.stringify(text)}, ${JSON.stringify(token)} is ${scope}`, () => assert.equal(scopeOf(text, token), scope));
}
