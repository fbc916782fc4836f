import type { SettingSchema } from './service';

export type ParsedValue = { readonly value: unknown } | { readonly problem: string };

/**
 * Reads what a person typed as the value of a setting: literal text where the schema says string, else JSON. Where the schema says nothing, what is
 * not JSON is text.
 */
export function parseValue(text: string, schema: SettingSchema | undefined): ParsedValue {
  const types = schema?.type?.split(' or ') ?? [];
  if (types.length === 1 && types[0] === 'string') return { value: text };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (text.trim() === '') return { problem: 'Type a value.' };
    if (types.length === 0 || types.includes('string')) return { value: text };
    return { problem: `Type ${article(schema?.type ?? 'value')} as JSON${example(types)}.` };
  }
  // The editor's numbers are binary: one that would change on the way is better written in the file.
  for (const number of numbersOf(text)) if (!isKept(number)) return { problem: `${number} has more digits than the editor can pass on. Write it in the settings file instead.` };
  return { value };
}

/** A value as it is typed: the reverse of `parseValue`. */
export function formatValue(value: unknown, schema: SettingSchema | undefined): string {
  if (value === undefined) return '';
  const isText = typeof value === 'string' && (schema?.type === undefined ? !isJson(value) : schema.type === 'string');
  return isText ? value : JSON.stringify(value);
}

/** A value on one line, shortened, for lists. */
export function showValue(value: unknown, limit = 60): string {
  const text = value === undefined ? 'not set' : JSON.stringify(value);
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

/** What may be typed, in one line. */
export function describeType(schema: SettingSchema | undefined): string {
  if (schema === undefined) return 'Any value: JSON, or text.';
  const parts = [schema.type ?? 'any value'];
  if (schema.unit !== undefined) parts.push(`in ${schema.unit}`);
  const { enum: values, minimum, maximum } = (typeof schema.json === 'object' && schema.json !== null ? schema.json : {}) as { enum?: unknown[]; minimum?: unknown; maximum?: unknown };
  if (Array.isArray(values)) parts.push(`one of ${values.slice(0, 12).map((value) => formatValue(value, schema)).join(', ')}${values.length > 12 ? ', …' : ''}`);
  if (typeof minimum === 'number') parts.push(`at least ${minimum}`);
  if (typeof maximum === 'number') parts.push(`at most ${maximum}`);
  return parts.join(', ');
}

function article(type: string): string {
  return /^[aeio]/.test(type) ? `an ${type}` : `a ${type}`;
}

function example(types: readonly string[]): string {
  if (types.includes('boolean')) return ': true or false';
  if (types.includes('integer') || types.includes('number')) return ', for instance 5';
  if (types.includes('array')) return ', for instance ["a", "b"]';
  return types.includes('object') ? ', for instance {"a": 1}' : '';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function numbersOf(json: string): string[] {
  return json.replace(/"(?:[^"\\]|\\.)*"/g, '""').match(/-?\d[\d.eE+-]*/g) ?? [];
}

/** Whether a number is the same after it was read and written. */
function isKept(number: string): boolean {
  return canonical(number) === canonical(String(Number(number)));
}

/** Sign, significant digits and power of ten. */
function canonical(number: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return digits === '' ? '0' : `${sign}${digits}e${Number(exponent) - fraction.length + all.length - digits.length}`;
}
