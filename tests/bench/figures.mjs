// Samples by figure and server, and the table made of them.

export class Figures {
  #figures = new Map();
  #differences = new Map();

  /** @param servers names, the first is ours, the last is the reference. */
  constructor(servers) {
    this.servers = servers;
  }

  /**
   * @param aim how many times better than the reference the figure should be.
   * @param better 'less', or 'more' where a larger figure is the better one.
   */
  add(name, unit, server, samples, { aim, better = 'less' } = {}) {
    if (!this.#figures.has(name)) this.#figures.set(name, { name, unit, aim, better, samples: {} });
    const figure = this.#figures.get(name);
    figure.samples[server] = [...(figure.samples[server] ?? []), ...samples];
  }

  /** Notes something that makes figures hard to compare. */
  differ(text) {
    this.#differences.set(text, (this.#differences.get(text) ?? 0) + 1);
  }

  get differences() {
    return [...this.#differences].map(([text, times]) => (times > 1 ? `${text} (${times} times)` : text));
  }

  /** Compares where, and how severe, the servers found something in the same document with what the reference found. */
  compare(what, found) {
    const place = ({ range: { start } }) => `${start.line + 1}:${start.character + 1}`;
    const places = (items) => new Set(items.map(place));
    const severities = (items) => [...new Set(items.map(({ severity }) => ['error', 'warning', 'information', 'hint'][severity - 1]))].join(' and ');
    const reference = found.get(this.servers.at(-1));
    const expected = places(reference);
    for (const [server, items] of found) {
      if (server === this.servers.at(-1)) continue;
      const actual = places(items);
      if (severities(items) !== severities(reference)) this.differ(`${server} says ${severities(items)} where the reference says ${severities(reference)}`);
      const [lacking, more] = [[...expected].filter((place) => !actual.has(place)), [...actual].filter((place) => !expected.has(place))];
      if (lacking.length > 0) this.differ(`${what}: ${server} reports nothing where the reference does: ${lacking.slice(0, 5).join(', ')}`);
      if (more.length > 0) this.differ(`${what}: ${server} reports where the reference does not: ${more.slice(0, 5).join(', ')}`);
    }
  }

  /**
   * How the figures of documents grow with the size: medians, and behind them how many times the largest takes longer than the smallest.
   * @param sizes of the documents, smallest first: {size, bytes}.
   */
  curves(sizes) {
    const [smallest, largest] = [sizes[0], sizes.at(-1)];
    const lines = [[`by size (the document grows ${(largest.bytes / smallest.bytes).toFixed(0)} times)`, 'server', ...sizes.map(({ size }) => size), 'grows']];
    for (const { name, unit, samples } of this.#figures.values()) {
      if (unit !== 'ms' || !name.startsWith(`${smallest.size}: `)) continue;
      const what = name.slice(smallest.size.length + 2);
      for (const server of [this.servers[0], this.servers.at(-1)].filter((server) => samples[server])) {
        const medians = sizes.map(({ size }) => this.#figures.get(`${size}: ${what}`)?.samples[server]).map((values) => values && summary(values).median);
        const growth = medians.at(-1) === undefined ? '-' : `${(medians.at(-1) / medians[0]).toFixed(1)} times`;
        lines.push([what, server, ...medians.map((ms) => (ms === undefined ? '-' : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`)), growth]);
      }
    }

    return render(lines, 2);
  }

  toJSON() {
    return [...this.#figures.values()].map(({ name, unit, aim, better, samples }) => {
      const servers = Object.fromEntries(Object.entries(samples).map(([server, values]) => [server, summary(values)]));
      const [ours, reference] = [servers[this.servers[0]], servers[this.servers.at(-1)]];
      const ratio = ours && reference ? (better === 'more' ? ours.median / reference.median : reference.median / ours.median) : undefined;
      return { name, unit: unit === 'MB' ? 'bytes' : unit, aim, ratio, servers };
    });
  }

  table() {
    const rows = this.toJSON().map(({ name, unit, aim, ratio, servers }) => {
      const cells = this.servers.map((server) => (servers[server] ? cell(unit, servers[server]) : '-'));
      const verdict = ratio === undefined ? '-' : `${ratio.toFixed(1)}${aim === undefined ? '' : ratio >= aim ? ` (aim ${aim}: met)` : ` (aim ${aim}: missed)`}`;
      return [name, ...cells, verdict];
    });
    return render([['', ...this.servers, 'ratio'], ...rows], 1);
  }
}

/** A Markdown table; the first columns are aligned to the left. */
function render(lines, left) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = (line) => `| ${line.map((value, column) => (column < left ? value.padEnd(widths[column]) : value.padStart(widths[column]))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column < left ? `:${'-'.repeat(width + 1)}` : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  return [text(lines[0]), rule, ...lines.slice(1).map(text)].join('\n');
}

function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1), samples: values };
}

function cell(unit, { median, min, max }) {
  const scale = unit === 'bytes' ? 1 / (1024 * 1024) : 1;
  const text = (value) => (value * scale).toFixed(value * scale < 10 ? 1 : 0);
  return `${text(median)} ${unit === 'bytes' ? 'MB' : unit} (${text(min)}–${text(max)})`;
}
