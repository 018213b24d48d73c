/**
 * How long a delivery waits after its first, second … failed try, in seconds: eleven tries over about three days.
 * Published in `docs/events.md`.
 */
export const ladderS: readonly number[] = [5, 60, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 72_000];

/**
 * How long a whole subscription waits after so many failures in a row, in seconds; the last holds for all that follow.
 * While it fails one delivery at a time goes first, so that a dead receiver costs one connection every few minutes,
 * whatever waits for it.
 */
export const paceS: readonly number[] = [0, 5, 10, 30, 60, 120, 300];

/** Each pause is this share longer or shorter, by chance: what failed together does not come back together. */
export const jitterShare = 0.1;

/** A receiver that asks for more with `Retry-After` is asked again after this. Seconds. */
export const mostRetryAfterS = 3600;

/** A subscription that has seen nothing but failures for this long is disabled. Seconds. */
export const disabledAfterS = 5 * 86_400;

/**
 * The pause after a failed try, in milliseconds; undefined: it was the last.
 *
 * @param failures tries of this ladder that have failed, this one included
 * @param random from 0 to below 1
 */
export function ladderPauseMs(failures: number, random: number): number | undefined {
  const pauseS = ladderS[failures - 1];
  return pauseS === undefined ? undefined : jittered(pauseS, random);
}

/** The pause of a subscription after so many failures in a row, in milliseconds. */
export function pacePauseMs(failures: number, random: number): number {
  return jittered(paceS[Math.min(failures, paceS.length) - 1] ?? 0, random);
}

function jittered(pauseS: number, random: number): number {
  return Math.round(pauseS * 1000 * (1 - jitterShare + 2 * jitterShare * random));
}
