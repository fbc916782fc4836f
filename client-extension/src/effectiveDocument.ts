import type { Key, SourceInfo } from './service';

/** Where the value of a key comes from. */
export interface Provenance {
  readonly source?: string;
  readonly variable?: string;
  readonly freshness?: string;
}

export interface EffectiveConfiguration {
  readonly folder: string;
  readonly environment: string;
  readonly detectedBy: string;
  readonly revision: number;
  readonly sources: readonly SourceInfo[];
  readonly document: unknown;
  /** Where a key comes from; undefined where that is not known. */
  readonly provenance: (key: Key) => Provenance | undefined;
}

/** The keys of a merged document that have a value of their own: arrays and empty objects count as values. */
export function leavesOf(document: unknown, key: Key = []): Key[] {
  if (!isFilledObject(document)) return key.length === 0 ? [] : [key];
  return Object.entries(document).flatMap(([name, value]) => leavesOf(value, [...key, name]));
}

/** The merged settings as JSON with comments that say where each value comes from. */
export function render(configuration: EffectiveConfiguration): string {
  const { folder, environment, detectedBy, revision, sources, document, provenance } = configuration;
  const lines = [
    `// The settings in effect in ${oneLine(folder)}, as programs read them. This text is read-only and follows every change.`,
    `// Environment: ${oneLine(environment)} (${oneLine(detectedBy)}). Revision: ${revision}.`,
    '// Sources, the weakest first:',
    ...sources.map((source) => `//   ${oneLine(source.name)} (${oneLine(source.type)}${source.location === undefined ? '' : `, ${oneLine(source.location)}`}): ${words[source.state] ?? oneLine(source.state)}`),
  ];
  write(document, [], '', '');
  return lines.join('\n') + '\n';

  function write(value: unknown, key: Key, prefix: string, suffix: string): void {
    const indent = '  '.repeat(key.length);
    if (!isFilledObject(value)) {
      const text = JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`);
      lines.push(`${indent}${prefix}${text}${suffix}${comment(key.length === 0 ? undefined : provenance(key))}`);
      return;
    }
    lines.push(`${indent}${prefix}{`);
    const members = Object.entries(value);
    members.forEach(([name, member], i) => write(member, [...key, name], `${JSON.stringify(name)}: `, i < members.length - 1 ? ',' : ''));
    lines.push(`${indent}}${suffix}`);
  }
}

const words: Readonly<Record<string, string>> = {
  notLoaded: 'not read yet',
  loaded: 'loaded',
  missing: 'not there',
  lastGood: 'cannot be read at the moment; its last good content serves',
  failed: 'cannot be read',
  refused: 'not used',
};

function comment(from: Provenance | undefined): string {
  if (from?.source === undefined) return '';
  const variable = from.variable === undefined ? '' : ` ${oneLine(from.variable)}`;
  return ` // ${oneLine(from.source)}${variable}${from.freshness === 'lastGood' ? ', last good value' : ''}`;
}

function isFilledObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** A name from a file must not end the comment it stands in. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
