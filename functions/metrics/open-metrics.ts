/** Text of OpenMetrics 1.0: what Prometheus and its kin scrape. */

/** Numbers of one name, which go up and down. */
export interface Gauge {
  /** Without a unit it counts things. */
  name: string;
  /** What is counted, in one line. */
  help: string;
  unit?: 'seconds';
  /** What the samples differ by; left out: there is one. */
  label?: string;
  /** By the value of the label, `''` where there is none. */
  samples: ReadonlyMap<string, number>;
}

export const openMetricsType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

/** Each gauge with its samples, and the mark that says that the text is whole. */
export function openMetrics(gauges: readonly Gauge[]): string {
  return `${gauges.flatMap(linesOf).join('\n')}\n# EOF\n`;
}

function linesOf({ name, help, unit, label, samples }: Gauge): string[] {
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${escaped(help)}`,
    ...[...samples].map(([value, number]) => {
      const labels = label === undefined ? '' : `{${label}="${escaped(value)}"}`;
      return `${name}${labels} ${number}`;
    }),
  ];
}

/** Backslash, quote and line feed end what they stand in. */
const escaped = (text: string) =>
  text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
