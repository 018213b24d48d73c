/** How a code changes. Each function takes what is and gives what will be; none reads a clock or a database. */
import { grownPauseS, seconds } from '../../world.ts';
import { type Code, type Generation, isAlive, type StoredState } from '../code.ts';
import type { Reason } from '../reasons.ts';
import { warnAtS } from '../renewal/expiring.ts';
import { isUsable, nextDueS, type RenewalCause } from '../renewal/renewal.ts';

/** A change that people see. */
export function changed(code: Code, changes: Partial<Code>, nowMs: number): Code {
  const next = { ...code, ...changes, version: code.version + 1, updatedAtMs: nowMs };
  return { ...next, warnAtS: warnAtS(next) };
}

/** {@link changed}, and considered for renewal afresh. */
export function rescheduled(code: Code, changes: Partial<Code>, nowMs: number): Code {
  const next = changed(code, changes, nowMs);
  return { ...next, held: false, dueAtS: nextDueS(next, seconds(nowMs)) };
}

/** The code goes on with a new generation. A code that a person has paused since stays paused. */
export function withGeneration(code: Code, generation: Generation, reason: Reason, nowMs: number): Code {
  const paused = code.state === 'Paused';
  return rescheduled(
    code,
    {
      current: generation,
      generationsMade: code.generationsMade + 1,
      committed: code.committed + generation.maxFlowNum,
      state: paused ? 'Paused' : 'Active',
      reason: paused ? code.reason : reason,
      renewRequested: false,
      failures: 0,
    },
    nowMs,
  );
}

/** Why a successor was made. */
export function renewalReason(cause: RenewalCause, predecessor: Generation | null, number: number): Reason {
  switch (cause) {
    case 'asked':
      return { code: 'RenewedOnRequest', facts: { number } };
    case 'ended':
      return { code: 'RenewedAfterEnd', facts: { number } };
    case 'expiry':
      return { code: 'RenewedBeforeExpiry', facts: { number } };
    case 'exhaustion':
      return {
        code: 'RenewedBeforeExhaustion',
        facts: { number, used: predecessor?.used ?? 0, max: predecessor?.maxFlowNum ?? 0 },
      };
  }
}

/** What becomes of a generation when its successor is there. */
export function superseded(predecessor: Generation, nowS: number): Generation {
  if (predecessor.state !== 'live') return predecessor;
  return { ...predecessor, state: predecessor.expiresAtS <= nowS ? 'expired' : 'superseded' };
}

const shortestPauseS = 60;
const longestPauseS = 3600;

/**
 * Seconds until a failed renewal is tried again: growing, with half of it left to chance so that what failed together
 * does not return together, and never so long that the living generation would end before.
 */
export function retryPauseS(failures: number, leftS: number, random: number): number {
  const grown = grownPauseS(failures - 1, shortestPauseS, longestPauseS);
  const bounded = leftS > 0 ? Math.min(grown, Math.max(shortestPauseS, leftS / 4)) : grown;
  return Math.ceil(bounded * (0.5 + random / 2));
}

/** A renewal that failed and is tried again. A code that has no generation to fall back on keeps its state. */
export function postponed(code: Code, reason: Reason, nowMs: number, random: number): Code {
  const failures = code.failures + 1;
  const leftS = (code.current?.expiresAtS ?? 0) - seconds(nowMs);
  return changed(
    code,
    {
      failures,
      reason: code.state === 'Paused' ? code.reason : reason,
      dueAtS: code.state === 'Paused' ? null : seconds(nowMs) + retryPauseS(failures, leftS, random),
    },
    nowMs,
  );
}

/** Upstream refuses for good: nothing more is tried before a person changes something. */
export function failed(code: Code, errorCode: string, nowMs: number): Code {
  const reason: Reason = {
    code: isUsable(code, seconds(nowMs)) ? 'RefusedForGood' : 'RefusedForGoodAndDead',
    facts: { error: errorCode },
  };
  return stopped(code, reason, nowMs);
}

/** Nothing more is tried before a person changes something. */
export function stopped(code: Code, reason: Reason, nowMs: number): Code {
  const put = { renewRequested: false, dueAtS: null, held: false };
  if (code.state === 'Paused') return changed(code, put, nowMs);
  return changed(code, { ...put, state: 'Failed', reason }, nowMs);
}

/** The first create was sent and never answered. */
export function outcomeUnknown(code: Code, nowMs: number): Code {
  const until = seconds(code.createdAtMs) + code.lifeS;
  return changed(
    code,
    { state: 'OutcomeUnknown', reason: { code: 'CreateOutcomeUnknown', facts: { until } }, dueAtS: null },
    nowMs,
  );
}

/** A person ends it. */
export function cancelled(code: Code, nowMs: number): Code {
  return changed(
    code,
    {
      state: 'Cancelled',
      reason: { code: 'Cancelled' },
      // Who may sign was kept for successors alone.
      sealed: null,
      dueAtS: null,
      held: false,
      renewRequested: false,
    },
    nowMs,
  );
}

/** Considered, and not to be renewed now. What waited for a successor waits no longer, if there will be none. */
export function notRenewed(code: Code, dueAtS: number | null, nowMs: number): Code {
  const natural = dueAtS === null && code.state !== 'Active' ? naturalState(code, seconds(nowMs)) : undefined;
  const reason = natural?.state === code.state ? natural.reason : code.reason;
  return changed(code, { dueAtS, held: false, renewRequested: false, reason }, nowMs);
}

/** The state that follows from the newest generation alone. */
export function naturalState(
  { current }: Code,
  nowS: number,
): { state: StoredState; reason: Reason } | undefined {
  if (current === null) return undefined;
  if (current.state === 'exhausted') return { state: 'Exhausted', reason: { code: 'Exhausted' } };
  if (!isAlive(current) || current.expiresAtS <= nowS)
    return { state: 'Expired', reason: { code: 'Expired' } };
  return { state: 'Active', reason: { code: 'Resumed' } };
}
