/**
 * A clock that is behind, for one server alone. Never one that is ahead: what a signal handler of PostgreSQL is told amid
 * a wait is the machine's own time, and by it a time limit of a clock that is ahead never comes. PostgreSQL asks the C library for the time, and libfaketime
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
  return { LD_PRELOAD: library, FAKETIME: behind(ms), FAKETIME_DONT_FAKE_MONOTONIC: '1' };
}

/** So many milliseconds behind, in libfaketime's words. */
export const behind = (ms: number) => `-${(ms / 1000).toFixed(3)}`;

/**
 * The environment of a process whose clock is behind the machine's by what a file says at each moment, in the words of
 * {@link behind}.
 */
export function clockIn(file: string): Record<string, string> {
  if (library === undefined) return {};
  return {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    NO_FAKE_STAT: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  };
}
