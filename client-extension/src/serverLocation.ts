import * as path from 'node:path';

/** A command line that starts the server, without the arguments for the language server itself. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Where the server comes from, for the log. */
  readonly origin: string;
}

export type ServerLocation =
  | { readonly found: ServerCommand }
  /** `missing` tells the person what to do; with `runtimeHelps`, installing .NET is a way out. */
  | { readonly missing: string; readonly runtimeHelps: boolean };

/** What the search needs to know of the machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  /** True on Linux systems with musl, for instance Alpine, where binaries built for glibc do not run. */
  readonly musl: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  isFile(path: string): boolean;
  /** Makes a bundled binary executable when it is not; false when that is impossible. */
  ensureExecutable(path: string): boolean;
  /** The output of `dotnet --list-runtimes`, or undefined when that command cannot be run. */
  listRuntimes(dotnet: string): Promise<string | undefined>;
}

export interface LocationSettings {
  /** `configlsp.server.path`: an executable, or a `.dll` for `dotnet`. */
  readonly serverPath: string;
  /** `configlsp.server.dotnetPath`: the `dotnet` host. */
  readonly dotnetPath: string;
}

/** The .NET runtime that the portable build needs. */
export const requiredRuntime = { framework: 'Microsoft.NETCore.App', major: 10 } as const;

/** The .NET runtime identifier of a machine, for instance `linux-x64`. */
export function runtimeIdentifier(machine: Pick<Machine, 'platform' | 'arch' | 'musl'>): string {
  const system = machine.platform === 'win32' ? 'win' : machine.platform === 'darwin' ? 'osx' : machine.platform;
  return `${system}${machine.platform === 'linux' && machine.musl ? '-musl' : ''}-${machine.arch === 'ia32' ? 'x86' : machine.arch}`;
}

/** Finds the server: the person's own, else the bundled binary for this platform, else the portable build on a .NET runtime. */
export async function locateServer(extensionPath: string, settings: LocationSettings, machine: Machine): Promise<ServerLocation> {
  if (settings.serverPath !== '') return ownServer(settings, machine);

  const rid = runtimeIdentifier(machine);
  const bundled = path.join(extensionPath, 'server', rid, machine.platform === 'win32' ? 'configlsp.exe' : 'configlsp');
  if (machine.isFile(bundled) && machine.ensureExecutable(bundled))
    return { found: { command: bundled, args: [], origin: `bundled for ${rid}` } };

  const portable = path.join(extensionPath, 'server', 'portable', 'configlsp.dll');
  if (!machine.isFile(portable)) {
    return {
      missing: `This build of the ConfigLsp extension has no server for ${rid}. Install a build for your platform, or name your own server in the setting configlsp.server.path.`,
      runtimeHelps: false,
    };
  }
  const dotnet = await findDotnet(settings, machine);
  if (dotnet !== undefined) return { found: { command: dotnet, args: [portable], origin: `portable, run by ${dotnet}` } };
  return {
    missing: `ConfigLsp has no ready-made server for ${rid}, so it needs the .NET ${requiredRuntime.major} runtime, which was not found. Install it, or name its dotnet executable in the setting configlsp.server.dotnetPath.`,
    runtimeHelps: true,
  };
}

async function ownServer(settings: LocationSettings, machine: Machine): Promise<ServerLocation> {
  const own = settings.serverPath;
  if (!machine.isFile(own))
    return { missing: `The setting configlsp.server.path names "${own}", but there is no such file. Correct it or remove it.`, runtimeHelps: false };
  if (!own.toLowerCase().endsWith('.dll')) return { found: { command: own, args: [], origin: 'configlsp.server.path' } };
  const dotnet = await findDotnet(settings, machine);
  return dotnet === undefined
    ? {
        missing: `The setting configlsp.server.path names a .dll, which needs the .NET ${requiredRuntime.major} runtime. It was not found; install it, or set configlsp.server.dotnetPath.`,
        runtimeHelps: true,
      }
    : { found: { command: dotnet, args: [own], origin: `configlsp.server.path, run by ${dotnet}` } };
}

async function findDotnet(settings: LocationSettings, machine: Machine): Promise<string | undefined> {
  for (const candidate of dotnetCandidates(settings, machine)) {
    const runtimes = await machine.listRuntimes(candidate);
    if (runtimes !== undefined && hasRequiredRuntime(runtimes)) return candidate;
  }
  return undefined;
}

function dotnetCandidates(settings: LocationSettings, machine: Machine): string[] {
  // A person who names a dotnet means that one: silently taking another would hide the mistake.
  if (settings.dotnetPath !== '') return [settings.dotnetPath];
  const executable = machine.platform === 'win32' ? 'dotnet.exe' : 'dotnet';
  const roots =
    machine.platform === 'win32'
      ? [machine.env['DOTNET_ROOT'], folderIn(machine.env['ProgramFiles'], 'dotnet')]
      : [machine.env['DOTNET_ROOT'], '/usr/share/dotnet', '/usr/lib/dotnet', '/usr/local/share/dotnet', folderIn(machine.env['HOME'], '.dotnet')];
  const installed = roots
    .filter((root) => root !== undefined && root !== '')
    .map((root) => path.join(root as string, executable))
    .filter((file) => machine.isFile(file));
  return [...new Set(['dotnet', ...installed])];
}

const folderIn = (parent: string | undefined, name: string): string | undefined => (parent ? path.join(parent, name) : undefined);

/** Whether the output of `dotnet --list-runtimes` has the needed runtime. .NET does not roll forward to another major version. */
export function hasRequiredRuntime(listing: string): boolean {
  return listing.split(/\r?\n/).some((line) => {
    const [framework, version] = line.trim().split(/\s+/);
    return framework === requiredRuntime.framework && version?.split('.')[0] === String(requiredRuntime.major);
  });
}
