/**
 * One line of the benchmark report. A benchmark file (`*.bench.ts`, beside what it measures) exports
 * `default async function bench(): Promise<BenchResult[]>`.
 */
export interface BenchResult {
  /** For example `sign/floor`. */
  name: string;
  /** Ours against the peer or limit, taken in the same run. */
  ratio: number;
  /** What the ratio is taken against, in words. */
  against: string;
  /** What was measured of ours, as an absolute figure: only good for this machine. */
  value: number;
  unit: string;
}
