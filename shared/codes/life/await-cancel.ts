/** A cancel that another call is at work on: it happens once, and every call that asked for it is answered so. */
import { Failure } from '../../errors.ts';
import { pause } from '../../world.ts';
import type { Attempt } from './attempt.ts';
import { type CancelOutcome, type CancelPorts, runCancel } from './run-cancel.ts';

const pauseMs = 200;

/**
 * Waits until a cancel is settled; takes it over when its holder has let go of it.
 *
 * @param deadlineMs epoch milliseconds
 * @throws Failure `StateConflict` when it takes longer than the deadline, or upstream has refused it for good
 */
export async function awaitCancel(
  ports: CancelPorts,
  attempt: Attempt & { qrCodeId: string },
  deadlineMs: number,
): Promise<CancelOutcome> {
  const { surroundings } = ports;
  for (;;) {
    const found = await ports.register.findCancel(attempt.attemptId);
    if (found === undefined || found.attempt.dueAtS === null) return outcomeOf(found?.attempt);
    if (!found.leased) {
      const outcome = await runCancel(ports, { ...found.attempt, qrCodeId: attempt.qrCodeId }, deadlineMs);
      if (outcome.kind !== 'settled') return outcome;
    }
    if (surroundings.nowMs() + pauseMs >= deadlineMs) {
      throw new Failure('StateConflict', { detail: beingCancelled, retryAfterS: 5 });
    }
    await pause(surroundings, pauseMs);
  }
}

/** What the journal says of a cancel that is settled. */
function outcomeOf(attempt: Attempt | undefined): CancelOutcome {
  if (attempt?.state !== 'succeeded') throw new Failure('StateConflict', { detail: refused });
  const upstreamRequestId = attempt.upstreamRequestId ?? '';
  return {
    kind: attempt.reason.code === 'AlreadyInvalid' ? 'already-invalid' : 'cancelled',
    upstreamRequestId,
  };
}

export const beingCancelled = {
  zh: '该签署码正在取消中',
  en: 'The same QR code is being cancelled right now',
};

const refused = {
  zh: '上游刚刚拒绝了同一签署码的取消请求',
  en: 'Upstream has just refused to cancel the same QR code for another call',
};
