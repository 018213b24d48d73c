/** Finds what grows with time and must not: sessions, leases that never end, memory. */
import type { Sample } from './sample.ts';

/** The last tenth of a soak takes at most so many times what its second tenth takes. */
const mostGrowth = 1.05;

export interface Growth {
  name: string;
  /** Medians of the second tenth and of the last. MB of 2^20 bytes. */
  before: number;
  after: number;
  ratio: number;
  /** Events that the instance has had in all. */
  events: number;
}

export function examineSessions(samples: readonly Sample[]): string[] {
  return samples.flatMap(({ atS, sessions, instances, endlessLeases }) => [
    ...(sessions > instances ? [`after ${atS} s ${instances} instances have ${sessions} sessions`] : []),
    ...(endlessLeases > 0 ? [`after ${atS} s ${endlessLeases} leases end later than any may`] : []),
  ]);
}

export type Measure = (memory: Sample['memory'][string]) => number;
/**
 * What JavaScript holds once its garbage has been collected, within the heap and outside of it, without its code: V8 goes
 * on compiling and optimising for hours, each way through the program once it has been taken often enough. Pages of
 * code are among those of the process.
 */
export const held: Measure = ({ heap, code, external }) => heap - code + external;
/** All pages of the process: what the platform counts. */
export const resident: Measure = (memory) => memory.resident;

/** How the memory of each instance has grown that was there from the second tenth to the last. */
export function growthOf(samples: readonly Sample[], measure: Measure): Growth[] {
  const names = [...new Set(samples.flatMap(({ memory }) => Object.keys(memory)))];
  const tenth = (number: number) =>
    samples.slice(
      Math.floor((samples.length * number) / 10),
      Math.floor((samples.length * (number + 1)) / 10),
    );
  return names.flatMap((name) => {
    const of = (part: readonly Sample[]) => part.flatMap(({ memory }) => memory[name] ?? []);
    const [second, last] = [of(tenth(1)), of(tenth(9))];
    const pids = new Set([...second, ...last].map(({ pid }) => pid));
    if (second.length === 0 || last.length === 0 || pids.size > 1) return [];
    const [before, after] = [median(second.map(measure)), median(last.map(measure))];
    const events = last.at(-1)?.events ?? 0;
    return [{ name, before: toMb(before), after: toMb(after), ratio: after / before, events }];
  });
}

/** @param names of the functions whose oldest instance was to live as long as the soak */
export function examineGrowth(growth: readonly Growth[], names: readonly string[], what: string): string[] {
  const grown = growth
    .filter(({ ratio }) => ratio > mostGrowth)
    .map(({ name, before, after }) => `${what} of ${name} has grown from ${before} to ${after} MB`);
  const missing = names.filter((name) => !growth.some((one) => one.name === name));
  return [
    ...grown,
    // Here and there one is ended by the time limit of its function.
    ...(missing.length > names.length / 2
      ? [`${what} is known of too few: not of ${missing.join(', ')}`]
      : []),
  ];
}

const median = (values: number[]) =>
  values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
const toMb = (bytes: number) => Math.round((bytes / 2 ** 20) * 100) / 100;
