// The messages of the configuration service that the extension uses; docs/api.md describes them.

/** A key by its segments, since a segment may hold dots. */
export type Key = readonly string[];

export interface Place {
  readonly uri: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Inspection {
  readonly key: string;
  readonly effective: { readonly value?: unknown; readonly source?: string; readonly freshness: string; readonly revision: number };
  readonly isSecret: boolean;
  readonly default?: unknown;
  readonly sources: readonly Contribution[];
  readonly schema?: SettingSchema;
  readonly writableSources: readonly string[];
}

export interface Contribution {
  readonly source: string;
  readonly use: 'effective' | 'overridden' | 'skipped';
  readonly value?: unknown;
  readonly place?: Place;
  readonly variable?: string;
  readonly problem?: { readonly message: string };
}

export interface SettingSchema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly deprecated: boolean;
  readonly unit?: string;
  readonly json?: unknown;
}

export interface SourceInfo {
  readonly name: string;
  readonly type: string;
  readonly state: string;
  readonly location?: string;
  readonly writable: boolean;
}

export interface GetReply {
  readonly revision: number;
  readonly items: readonly { readonly key: string; readonly value?: unknown; readonly source?: string; readonly freshness?: string; readonly revision?: number }[];
}

export interface ValidateReply {
  readonly valid: boolean;
  readonly diagnostics: readonly { readonly message: string }[];
}

export interface UpdateReply {
  readonly source: string;
  readonly revision?: number;
  readonly changed: boolean;
  readonly pendingSave: boolean;
  readonly overriddenBy?: string;
}

/** What `error.data` of a refused request holds. */
export interface ServiceErrorData {
  readonly name: string;
  readonly retryable: boolean;
  readonly help: string;
  readonly current?: { readonly revision: number; readonly value?: unknown };
}

/** The data of an error that the service sent; undefined for any other error. */
export function serviceError(error: unknown): ServiceErrorData | undefined {
  const data = (error as { data?: Partial<ServiceErrorData> } | undefined)?.data;
  return typeof data?.name === 'string' && typeof data.help === 'string' ? { ...data, name: data.name, help: data.help, retryable: data.retryable === true } : undefined;
}

/** What went wrong and what to do, in one line. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const help = serviceError(error)?.help;
  return help === undefined || message.includes(help) ? message : `${message.replace(/[.\s]*$/, '.')} ${help}`;
}
