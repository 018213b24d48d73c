/** Creates whose process died, froze or lost its way between two steps of the journal. */

import type { Surroundings } from '../../world.ts';
import type { Code } from '../code.ts';
import { codeEvent, origin } from '../events.ts';
import type { GenerationTransaction, RegisterWrites } from '../ports.ts';
import type { RenewalQueue } from '../renewal/ports.ts';
import { type Attempt, failedAttempt } from './attempt.ts';
import type { CallFailure } from './call-failure.ts';
import { outcomeUnknown, postponed } from './transitions.ts';

export interface AbandonedPorts {
  register: RegisterWrites & Pick<RenewalQueue, 'interruptedCreates'>;
  surroundings: Surroundings;
}

/** In a row. */
const mostErrors = 5;

/**
 * Settles creates whose run is gone: what was only planned never happened, what was sent has an unknown outcome. The
 * lease token fences off a run that wakes up later.
 *
 * @param onError takes the error of one of them: the others are settled all the same
 * @returns how many were settled
 */
export async function settleAbandoned(
  { register, surroundings }: AbandonedPorts,
  limit: number,
  onError: (error: unknown, codeId: string) => void = () => {},
): Promise<number> {
  let settled = 0;
  let errors = 0;
  for (const { codeId, attemptId } of await register.interruptedCreates(limit)) {
    try {
      const done = await register.transaction((tx) => settleOne(tx, codeId, attemptId, surroundings));
      if (done) settled += 1;
      errors = 0;
    } catch (error) {
      errors += 1;
      // Nothing can be written at all.
      if (errors >= mostErrors) throw error;
      onError(error, codeId);
    }
  }
  return settled;
}

async function settleOne(
  tx: GenerationTransaction,
  codeId: string,
  attemptId: string,
  surroundings: Surroundings,
): Promise<boolean> {
  const locked = await tx.lockCode(codeId);
  const attempt = await tx.lockAttempt(attemptId);
  if (locked === undefined || attempt === undefined || !isOpen(attempt)) return false;
  const atWork = locked.leased && locked.leaseToken === attempt.leaseToken;
  if (atWork) return false;
  await tx.saveAttempt(abandoned(attempt, surroundings));
  // Another run has the code: the attempt was all that was left behind.
  if (locked.leased) return true;
  const after = withoutAnswer(locked.code, attempt, surroundings);
  if (after === undefined) {
    await tx.deleteCode(codeId);
    return true;
  }
  await tx.saveCode(after, 'revoke');
  if (after.state === 'OutcomeUnknown' && locked.code.state === 'Creating') {
    await tx.emit(codeEvent('code.outcome_unknown', after, origin(surroundings)));
  }
  return true;
}

function isOpen({ state }: Attempt): boolean {
  return state === 'planned' || state === 'sent';
}

/** What the journal says of an open attempt that was left behind. */
export function abandoned(attempt: Attempt, { nowMs }: Surroundings): Attempt {
  const mayHaveEffect = attempt.state === 'sent';
  const failure: CallFailure = {
    outcome: mayHaveEffect ? 'unknown' : 'never-sent',
    kind: 'passing',
    mayHaveEffect,
    errorCode: 'Interrupted',
    upstreamRequestId: null,
    qrCodeId: null,
    error: undefined,
  };
  return failedAttempt(attempt, failure, nowMs());
}

/** The code after an attempt that was left behind; undefined: there never was one. */
function withoutAnswer(code: Code, attempt: Attempt, surroundings: Surroundings): Code | undefined {
  const nowMs = surroundings.nowMs();
  const sent = attempt.state === 'sent';
  if (code.state === 'Creating') return sent ? outcomeUnknown(code, nowMs) : undefined;
  if (!sent || code.dueAtS === null) return code;
  return postponed(code, { code: 'RenewalOutcomeUnknown' }, nowMs, surroundings.random());
}
