/**
 * A clock that is behind, for one server alone. PostgreSQL asks the C library for the time, and libfaketime
 * (https://github.com/wolfcw/libfaketime) answers in its place; what measures durations stays as it is.
 */
import { existsSync } from 'node:fs';

const places = [
  '/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1',
  '/usr/lib/faketime/libfaketime.so.1',
];

const library = places.find((place) => existsSync(place));

/** Can this machine give a server a clock of its own? */
export const clocksCanDiffer = library !== undefined;

/** The environment of a process whose clock is so many milliseconds behind the machine's. */
export function clockBehind(ms: number): Record<string, string> {
  if (library === undefined || ms === 0) return {};
  return { LD_PRELOAD: library, FAKETIME: `-${(ms / 1000).toFixed(3)}`, FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}
