/** The answer to `configlsp/health`. */
export interface HealthReport {
  readonly status: string;
  readonly timestamp?: string;
  readonly version?: string;
  readonly instanceId?: string;
  readonly processId?: number;
  readonly uptimeMs?: number;
  /** The revision of the settings of the first folder; null where none is served. */
  readonly revision?: number | null;
  readonly checks?: readonly HealthCheck[];
}

export interface HealthCheck {
  readonly name: string;
  readonly status: string;
  readonly message?: string;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
  readonly advice?: string;
}

/** The report in one sentence, for a notification. */
export function summary(report: HealthReport): string {
  const checks = report.checks ?? [];
  const failing = checks.filter((check) => check.status !== 'healthy');
  const about = [
    report.version === undefined ? undefined : `version ${report.version}`,
    report.processId === undefined ? undefined : `process ${report.processId}`,
    `${checks.length} checks`,
  ].filter((part) => part !== undefined);
  if (failing.length === 0) return `ConfigLsp is ${report.status}: ${about.join(', ')}.`;
  const [first] = worstFirst(failing);
  const more = failing.length > 1 ? ` (and ${failing.length - 1} more)` : '';
  return `ConfigLsp is ${report.status}: ${first?.message ?? first?.name}${more}`;
}

/** The report as a page of Markdown. */
export function markdown(report: HealthReport): string {
  const lines = [`# ConfigLsp is ${report.status}`, ''];
  const facts: [string, unknown][] = [
    ['Version', report.version],
    ['Process', report.processId],
    ['Instance', report.instanceId],
    ['Revision of the settings', report.revision ?? undefined],
    ['Running for', report.uptimeMs === undefined ? undefined : duration(report.uptimeMs)],
    ['Checked at', report.timestamp],
  ];
  for (const [name, value] of facts) if (value !== undefined) lines.push(`- ${name}: ${text(value)}`);
  for (const check of worstFirst(report.checks ?? [])) {
    lines.push('', `## ${text(check.name)}: ${text(check.status)}`, '');
    if (check.message) lines.push(text(check.message), '');
    if (check.advice) lines.push(`**What to do:** ${text(check.advice)}`, '');
    for (const [name, value] of Object.entries(check.details ?? {})) lines.push(`- ${text(name)}: ${text(value)}`);
    if (lines.at(-1) === '') lines.pop();
  }
  return lines.join('\n') + '\n';
}

/** What needs a person's attention comes before what is well; otherwise the order stays. */
function worstFirst(checks: readonly HealthCheck[]): HealthCheck[] {
  const rank = (check: HealthCheck): number => ['unhealthy', 'degraded'].indexOf(check.status) >>> 0;
  return [...checks].sort((a, b) => rank(a) - rank(b));
}

/** The report of a server that cannot answer. */
export function markdownOfSilence(reason: string): string {
  return [
    '# ConfigLsp does not answer',
    '',
    text(reason),
    '',
    '**What to do:** run *ConfigLsp: Restart Server*. If it does not stay up, *ConfigLsp: Show Log* tells why.',
    '',
  ].join('\n');
}

function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** One line: a value with line breaks cannot pose as another part of the report. */
const text = (value: unknown): string => String(value).replace(/\s+/g, ' ');
