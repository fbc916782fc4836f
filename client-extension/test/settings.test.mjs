import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './load.mjs';

const { leavesOf, render } = await load('effectiveDocument');
const { explain, headline } = await load('explanation');
const { describeError, serviceError } = await load('service');
const { namesEditorSource } = await load('editorSourceText');
const { describeType, formatValue, parseValue, showValue } = await load('settingValue');

const typed = (type, json) => ({ type, deprecated: false, json });

for (const [text, schema, expected] of [
  ['5', typed('string'), { value: '5' }],
  ['5', typed('integer'), { value: 5 }],
  ['true', typed('boolean'), { value: true }],
  ['"5"', typed('integer or string'), { value: '5' }],
  ['a b', typed('null or string'), { value: 'a b' }],
  ['', typed('string'), { value: '' }],
  ['a b', undefined, { value: 'a b' }],
  ['[1, "99999999999999999999"]', undefined, { value: [1, '99999999999999999999'] }],
  ['1.50', typed('number'), { value: 1.5 }],
  ['1e3', typed('number'), { value: 1000 }],
])
  test(`${JSON.stringify(text)} as ${schema?.type ?? 'anything'} is read`, () => assert.deepEqual(parseValue(text, schema), expected));

for (const [text, schema, expected] of [
  ['', typed('integer'), /Type a value/],
  ['five', typed('integer'), /an integer as JSON, for instance 5/],
  ['yes', typed('boolean'), /a boolean as JSON: true or false/],
  ['9007199254740993', typed('integer'), /more digits than the editor can pass on/],
  ['[0.10000000000000000001]', typed('array'), /more digits/],
])
  test(`${JSON.stringify(text)} as ${schema.type} is refused with what to type`, () => assert.match(parseValue(text, schema).problem, expected));

test('a value is offered for editing as it would be typed', () => {
  for (const [value, schema] of [['a', typed('string')], ['5', undefined], [5, typed('integer')], [[1, 'a'], typed('array')], ['x y', undefined], ['7', typed('integer or string')]])
    assert.deepEqual(parseValue(formatValue(value, schema), schema), { value });
  assert.equal(formatValue(undefined, undefined), '');
});

test('what may be typed is described', () => {
  assert.equal(describeType(typed('integer', { minimum: 1, maximum: 50 })), 'integer, at least 1, at most 50');
  assert.equal(describeType(typed('string', { enum: ['info', 'warn'] })), 'string, one of info, warn');
  assert.equal(describeType({ ...typed('number'), unit: 's' }), 'number, in s');
  assert.equal(showValue('x'.repeat(100)).length, 61);
});

test('the effective configuration says where each value comes from', () => {
  const sources = { 'log.level': { source: 'environment', variable: 'NOFX_LOG__LEVEL' }, list: { source: 'user\n"evil": 1', freshness: 'lastGood' }, 'a.b': { source: 'workspace' } };
  const document = { log: { level: 'info' }, list: [1, 2], 'a.b': true, none: {} };
  const text = render({
    folder: '/home/p', environment: 'testing', detectedBy: 'NODE_ENV', revision: 4,
    sources: [{ name: 'workspace', type: 'file', state: 'lastGood', location: '.nofx/settings.json', writable: true }],
    document,
    provenance: (key) => sources[key.join('.')],
  });
  assert.match(text, /^\/\/ The settings in effect in \/home\/p/);
  assert.match(text, /\/\/ Environment: testing \(NODE_ENV\)\. Revision: 4\./);
  assert.match(text, /\/\/ {3}workspace \(file, \.nofx\/settings\.json\): cannot be read at the moment/);
  assert.match(text, /"level": "info" \/\/ environment NOFX_LOG__LEVEL\n/);
  assert.match(text, /\], \/\/ user "evil": 1, last good value\n/);
  assert.match(text, /"a\.b": true, \/\/ workspace\n/);
  assert.deepEqual(JSON.parse(text.replace(/ ?\/\/.*$/gm, '')), document);
  assert.deepEqual(leavesOf(document), [['log', 'level'], ['list'], ['a.b'], ['none']]);
});

const inspection = {
  key: 'maxAgents', isSecret: false, writableSources: [],
  effective: { value: 7, source: 'environment', freshness: 'fresh', revision: 0 },
  sources: [
    { source: 'workspace', use: 'skipped', value: 99, place: { uri: 'file:///a%20b/settings.json', range: { start: { line: 2, character: 2 } } }, problem: { message: 'too large' } },
    { source: 'environment', use: 'effective', value: 7, variable: 'NOFX_MAX_AGENTS' },
  ],
};

test('an explanation has the strongest source first, with places and reasons', () => {
  assert.equal(headline(inspection), 'maxAgents is 7, from environment (NOFX_MAX_AGENTS).');
  const [first, second] = explain(inspection);
  assert.deepEqual([first.label, first.detail, first.place], ['$(pass-filled) environment: 7', 'environment variable NOFX_MAX_AGENTS', undefined]);
  assert.deepEqual([second.label, second.description, second.detail], ['$(warning) workspace: 99', 'skipped', '/a b/settings.json:3: too large']);
});

test('a secret is explained without its value', () => {
  const secret = { ...inspection, isSecret: true, effective: { ...inspection.effective, value: undefined } };
  assert.match(headline(secret), /is secret, from environment/);
  assert.ok(explain(secret).every((source) => source.label.endsWith('a secret value')));
});

test('a key that nobody sets is said to be so', () =>
  assert.equal(headline({ ...inspection, effective: { freshness: 'fresh', revision: 0 }, sources: [] }), 'maxAgents is not set by any source.'));

test('an error of the service says what to do', () => {
  const error = Object.assign(new Error('It is open elsewhere'), { data: { name: 'DocumentDirty', retryable: true, help: 'Save it first.' } });
  assert.equal(describeError(error), 'It is open elsewhere. Save it first.');
  assert.equal(serviceError(error).retryable, true);
  assert.equal(serviceError(new Error('other')), undefined);
  assert.equal(describeError(new Error('other')), 'other');
});

test('the settings of VS Code are looked at only where a source is in them', () => {
  assert.ok(namesEditorSource('{"sources": [{"name": "a", "type" : "vscode", "section": "nofx"}]} // x'));
  assert.ok(!namesEditorSource('{"sources": [{"name": "vscode", "type": "file"}]}'));
});
