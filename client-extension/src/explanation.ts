import type { Contribution, Inspection, Place } from './service';
import { showValue } from './settingValue';

/** One source in the explanation of a value. */
export interface ExplainedSource {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly place?: Place;
}

/** The answer in one line. */
export function headline({ key, effective, isSecret, sources }: Inspection): string {
  if (effective.source === undefined) return `${key} is not set by any source.`;
  const variable = sources.find((source) => source.source === effective.source)?.variable;
  const from = variable === undefined ? effective.source : `${effective.source} (${variable})`;
  return `${key} is ${isSecret ? 'secret' : showValue(effective.value)}, from ${from}${effective.freshness === 'lastGood' ? ', which cannot be read at the moment' : ''}.`;
}

/** Every source that sets the key, the strongest first. */
export function explain(inspection: Inspection): ExplainedSource[] {
  return [...inspection.sources].reverse().map((source) => ({
    label: `$(${icons[source.use] ?? 'circle'}) ${source.source}: ${inspection.isSecret ? 'a secret value' : showValue(source.value)}`,
    description: source.use,
    detail: [where(source), source.problem?.message].filter((part) => part !== undefined).join(': '),
    ...(source.place === undefined ? {} : { place: source.place }),
  }));
}

const icons: Readonly<Record<string, string>> = { effective: 'pass-filled', overridden: 'circle-slash', skipped: 'warning' };

function where({ place, variable }: Contribution): string {
  if (place === undefined) return variable === undefined ? 'in no file' : `environment variable ${variable}`;
  return `${decodeURIComponent(place.uri.replace(/^file:\/\//, ''))}:${place.range.start.line + 1}`;
}
