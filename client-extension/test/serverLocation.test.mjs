import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { load } from './load.mjs';

const { hasRequiredRuntime, locateServer, runtimeIdentifier } = await load('serverLocation');

const extension = path.join(path.sep, 'extension');
const inExtension = (...segments) => path.join(extension, 'server', ...segments);
const net10 = 'Microsoft.NETCore.App 10.0.3 [/usr/share/dotnet/shared/Microsoft.NETCore.App]\n';

/** A machine with these files and with these `dotnet` executables, each with what it lists. */
const machine = ({ files = [], dotnets = {}, platform = 'linux', arch = 'x64', musl = false, executable = true, env = {} } = {}) => ({
  platform,
  arch,
  musl,
  env,
  isFile: (file) => files.includes(file),
  ensureExecutable: () => executable,
  listRuntimes: async (dotnet) => dotnets[dotnet],
});

const locate = (options, settings = {}) => locateServer(extension, { serverPath: '', dotnetPath: '', ...settings }, machine(options));

for (const [platform, arch, musl, expected] of [
  ['linux', 'x64', false, 'linux-x64'],
  ['linux', 'arm64', false, 'linux-arm64'],
  ['linux', 'x64', true, 'linux-musl-x64'],
  ['win32', 'x64', false, 'win-x64'],
  ['win32', 'ia32', false, 'win-x86'],
  ['darwin', 'arm64', false, 'osx-arm64'],
]) {
  test(`${platform} ${arch}${musl ? ' with musl' : ''} is ${expected}`, () => assert.equal(runtimeIdentifier({ platform, arch, musl }), expected));
}

test('the bundled binary for the platform comes first', async () => {
  const binary = inExtension('linux-x64', 'configlsp');
  const portable = inExtension('portable', 'configlsp.dll');
  const { found } = await locate({ files: [binary, portable], dotnets: { dotnet: net10 } });
  assert.deepEqual([found.command, found.args], [binary, []]);
});

test('on Windows the bundled binary is an .exe', async () => {
  const binary = inExtension('win-x64', 'configlsp.exe');
  const { found } = await locate({ files: [binary], platform: 'win32' });
  assert.equal(found.command, binary);
});

test('a binary for another platform is not used', async () => {
  const { missing } = await locate({ files: [inExtension('linux-x64', 'configlsp')], musl: true });
  assert.match(missing, /linux-musl-x64/);
});

test('without a binary the portable build is run by dotnet', async () => {
  const portable = inExtension('portable', 'configlsp.dll');
  const { found } = await locate({ files: [portable], arch: 'riscv64', dotnets: { dotnet: net10 } });
  assert.deepEqual([found.command, found.args], ['dotnet', [portable]]);
});

test('a binary that cannot be made executable falls back to the portable build', async () => {
  const portable = inExtension('portable', 'configlsp.dll');
  const { found } = await locate({ files: [inExtension('linux-x64', 'configlsp'), portable], executable: false, dotnets: { dotnet: net10 } });
  assert.deepEqual(found.args, [portable]);
});

test('a dotnet that is not on the PATH is found where it is usually installed', async () => {
  const dotnet = path.join('/usr/lib/dotnet', 'dotnet');
  const { found } = await locate({ files: [inExtension('portable', 'configlsp.dll'), dotnet], arch: 'riscv64', dotnets: { dotnet: undefined, [dotnet]: net10 } });
  assert.equal(found.command, dotnet);
});

test('a dotnet with an older runtime only is passed over, and the message says what to install', async () => {
  const old = 'Microsoft.NETCore.App 8.0.20 [/usr/share/dotnet]\n';
  const { missing, runtimeHelps } = await locate({ files: [inExtension('portable', 'configlsp.dll')], arch: 'riscv64', dotnets: { dotnet: old } });
  assert.equal(runtimeHelps, true);
  assert.match(missing, /\.NET 10 runtime/);
  assert.match(missing, /configlsp\.server\.dotnetPath/);
});

test('a configured dotnet is the only one that is tried', async () => {
  const options = { files: [inExtension('portable', 'configlsp.dll')], arch: 'riscv64', dotnets: { dotnet: net10 } };
  assert.ok((await locate(options, { dotnetPath: '/own/dotnet' })).missing);
  const { found } = await locate({ ...options, dotnets: { '/own/dotnet': net10 } }, { dotnetPath: '/own/dotnet' });
  assert.equal(found.command, '/own/dotnet');
});

test('an extension without any server for the platform says so', async () => {
  assert.match((await locate()).missing, /no server for linux-x64/);
});

test('a configured server is used instead of the bundled one', async () => {
  const { found } = await locate({ files: ['/own/configlsp', inExtension('linux-x64', 'configlsp')] }, { serverPath: '/own/configlsp' });
  assert.equal(found.command, '/own/configlsp');
});

test('a configured .dll is run by dotnet', async () => {
  const { found } = await locate({ files: ['/own/configlsp.dll'], dotnets: { dotnet: net10 } }, { serverPath: '/own/configlsp.dll' });
  assert.deepEqual([found.command, found.args], ['dotnet', ['/own/configlsp.dll']]);
});

test('a configured server that is not there is named, not silently replaced', async () => {
  const { missing, runtimeHelps } = await locate({ files: [inExtension('linux-x64', 'configlsp')] }, { serverPath: '/gone/configlsp' });
  assert.equal(runtimeHelps, false);
  assert.match(missing, /configlsp\.server\.path.*\/gone\/configlsp/);
});

for (const [listing, expected] of [
  [net10, true],
  ['Microsoft.NETCore.App 8.0.1 [/a]\r\nMicrosoft.NETCore.App 10.0.0-rc.2 [/a]\r\n', true],
  ['Microsoft.AspNetCore.App 10.0.0 [/a]\n', false],
  ['Microsoft.NETCore.App 100.0.0 [/a]\n', false],
  ['Microsoft.NETCore.App 9.0.10 [/a]\n', false],
  ['', false],
]) {
  test(`${JSON.stringify(listing)} ${expected ? 'has' : 'lacks'} the runtime`, () => assert.equal(hasRequiredRuntime(listing), expected));
}
