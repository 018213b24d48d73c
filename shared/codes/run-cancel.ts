/** One cancel of one upstream code, and what its answer makes true. */
import { ChannelCancelMultiFlowSignQRCode } from '../contract/ChannelCancelMultiFlowSignQRCode.ts';
import { Failure, UpstreamError } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import { type CallFailure, callFailure } from './call-failure.ts';
import { agentOf, type Generation, isAlive } from './code.ts';
import type { RegisterTransaction, RegisterWrites, Surroundings, Upstream } from './ports.ts';
import { retryPauseS, seconds } from './transitions.ts';

export interface CancelPorts {
  register: RegisterWrites;
  upstream: Upstream;
  surroundings: Surroundings;
}

export type CancelOutcome =
  | { kind: 'cancelled'; upstreamRequestId: string }
  /** It was dead before: the wish is fulfilled. */
  | { kind: 'already-invalid'; upstreamRequestId: string }
  /** `willRetry`: the timer tries again. */
  | { kind: 'failed'; failure: CallFailure; willRetry: boolean };

/** Upstream's ways to say that a code is dead: published, published for the sibling product, or in an example. */
const alreadyInvalid = ['OperationDenied.QrInvalid', 'OperationDenied.QrHasExpire'];

const settlingMs = 10_000;

/** Sends a cancel that is in the journal. Dead stays dead, so it may be sent again whatever became of it. */
export async function runCancel(
  ports: CancelPorts,
  attempt: Attempt & { qrCodeId: string },
  deadlineMs: number,
): Promise<CancelOutcome> {
  const outcome = await send(ports, attempt, deadlineMs);
  await ports.register.transaction((tx) => settle(tx, attempt, outcome, ports.surroundings));
  return outcome;
}

async function send(
  { register, upstream, surroundings }: CancelPorts,
  attempt: Attempt & { qrCodeId: string },
  deadlineMs: number,
): Promise<CancelOutcome> {
  let sent = false;
  async function onSend(): Promise<void> {
    const nowMs = surroundings.nowMs();
    const leaseMs = Math.max(0, deadlineMs - nowMs) + settlingMs;
    if (!(await register.markCancelSent(attempt.attemptId, leaseMs, seconds(nowMs)))) {
      throw new Failure('StateConflict', {
        detail: 'The cancel has been settled meanwhile; nothing was sent',
      });
    }
    sent = true;
  }
  const request = { Agent: agentOf(attempt), QrCodeId: attempt.qrCodeId };
  try {
    const call = { deadlineMs, onSend };
    const { requestId } = await upstream.call(ChannelCancelMultiFlowSignQRCode, request, call);
    return { kind: 'cancelled', upstreamRequestId: requestId };
  } catch (error) {
    if (error instanceof UpstreamError && alreadyInvalid.includes(error.code)) {
      return { kind: 'already-invalid', upstreamRequestId: error.upstreamRequestId ?? '' };
    }
    const failure = callFailure(error, sent);
    return { kind: 'failed', failure, willRetry: failure.kind !== 'permanent' && attempt.codeId !== null };
  }
}

async function settle(
  tx: RegisterTransaction,
  { attemptId, codeId, qrCodeId }: Attempt & { qrCodeId: string },
  outcome: CancelOutcome,
  surroundings: Surroundings,
): Promise<void> {
  // Codes are locked before what belongs to them, everywhere.
  if (codeId !== null) await tx.lockCode(codeId);
  const attempt = await tx.lockAttempt(attemptId);
  // Another has settled it while we waited for the answer.
  if (attempt === undefined || attempt.dueAtS === null) return;
  const nowS = seconds(surroundings.nowMs());
  if (outcome.kind === 'failed') {
    await tx.saveAttempt(failedCancel(attempt, outcome, nowS, surroundings.random()));
    return;
  }
  await tx.saveAttempt({
    ...attempt,
    state: 'succeeded',
    reason: { code: outcome.kind === 'cancelled' ? 'Accepted' : 'AlreadyInvalid' },
    upstreamRequestId: outcome.upstreamRequestId || null,
    dueAtS: null,
    settledAtS: nowS,
  });
  const generation = await tx.lockGeneration(qrCodeId);
  if (generation && isAlive(generation)) await tx.saveGeneration(ended(generation, outcome.kind, nowS));
  if (codeId !== null && !generation) await tx.clearOrphan(codeId, qrCodeId);
}

function ended(generation: Generation, kind: 'cancelled' | 'already-invalid', nowS: number): Generation {
  const expired = kind === 'already-invalid' && generation.expiresAtS <= nowS;
  return { ...generation, state: expired ? 'expired' : 'cancelled' };
}

function failedCancel(
  attempt: Attempt,
  { failure, willRetry }: CancelOutcome & { kind: 'failed' },
  nowS: number,
  random: number,
): Attempt {
  const { outcome, errorCode, upstreamRequestId } = failure;
  const failures = attempt.failures + 1;
  // Nothing has to be cancelled that has died by itself.
  const outlived = attempt.expiresAtS !== null && attempt.expiresAtS <= nowS;
  const again = willRetry && !outlived;
  return {
    ...attempt,
    state: outcome === 'unknown' ? 'unknown' : again ? 'planned' : 'refused',
    reason: { code: again ? 'WillRetry' : 'Refused', facts: { error: errorCode } },
    errorCode,
    upstreamRequestId,
    failures,
    dueAtS: again ? nowS + retryPauseS(failures, 0, random) : null,
    settledAtS: again ? null : nowS,
  };
}
