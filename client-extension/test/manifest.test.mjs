import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { fileAssociations, filenamePatterns, generate, settings } from '../manifest.mjs';

const read = (path) => JSON.parse(fs.readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
const manifest = read('client-extension/package.json');

test('the committed manifest is what would be generated', () => {
  assert.deepEqual(generate(manifest, read('schemas/catalog.json'), read('schemas/client-settings.schema.json')), manifest);
});

test('patterns come from the catalogue, without repetition, exclusions, and files that need a sibling', () => {
  const catalog = {
    schemas: [
      { fileMatch: ['**/a.json', '!**/b/a.json'] },
      { fileMatch: ['**/default.json'], requiresSibling: 'distribution.json' },
      { fileMatch: ['**/a.json', '**/c*.json'] },
      {},
    ],
  };
  assert.deepEqual(filenamePatterns(catalog), ['**/a.json', '**/c*.json']);
});

test('only patterns that would lose to a name claimed by VS Code become associations', () => {
  assert.deepEqual(fileAssociations(['**/.nofx/settings*.json', '**/configlsp.json', '**/xsettings.json', '**/.x/task?.json']), {
    '**/.nofx/settings*.json': 'configlsp',
    '**/.x/task?.json': 'configlsp',
  });
});

test('objects with fixed keys become dotted settings, maps stay single settings', () => {
  const schema = {
    type: 'object',
    properties: {
      group: { type: 'object', properties: { flag: { type: 'boolean', default: true, 'x-scope': 'machine', 'x-restricted': true } } },
      map: { type: 'object', additionalProperties: { type: 'string' }, default: {} },
    },
  };
  assert.deepEqual(settings(schema, 's'), {
    properties: {
      's.group.flag': { type: 'boolean', default: true, scope: 'machine' },
      's.map': { type: 'object', additionalProperties: { type: 'string' }, default: {} },
    },
    restricted: ['s.group.flag'],
  });
});

// The server asks for its settings once for all folders, so one that could differ by folder would not do what it says.
test('every setting has a description, a default and a scope, which is never a folder', () => {
  for (const [key, setting] of Object.entries(manifest.contributes.configuration.properties)) {
    assert.ok(setting.description ?? setting.markdownDescription, key);
    assert.notEqual(setting.default, undefined, key);
    assert.ok(['machine', 'window'].includes(setting.scope), key);
  }
});

test('settings that name executables belong to the machine and are restricted in untrusted workspaces', () => {
  for (const key of ['configlsp.server.path', 'configlsp.server.dotnetPath']) {
    assert.equal(manifest.contributes.configuration.properties[key].scope, 'machine');
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(key));
  }
});

test('each command of the manifest is one the extension registers', () => {
  const names = fs.readFileSync(new URL('../src/names.ts', import.meta.url), 'utf8');
  for (const { command } of manifest.contributes.commands) assert.ok(names.includes(`'${command}'`), command);
});
