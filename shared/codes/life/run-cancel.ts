/** One cancel of one upstream code, and what its answer makes true. */

import { Failure, UpstreamError } from '../../errors.ts';
import { ChannelCancelMultiFlowSignQRCode } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import type { SlotAnswer, SlotRequest, Surroundings } from '../../world.ts';
import { seconds } from '../../world.ts';
import { agentOf } from '../code.ts';
import type { RegisterWrites, SettledCancel, Upstream } from '../ports.ts';
import type { Attempt } from './attempt.ts';
import { type CallFailure, callFailure } from './call-failure.ts';
import { retryPauseS } from './transitions.ts';

export interface CancelPorts {
  register: RegisterWrites;
  upstream: Upstream;
  surroundings: Surroundings;
}

export type CancelOutcome =
  | { kind: 'cancelled'; upstreamRequestId: string }
  /** It was dead before: the wish is fulfilled. */
  | { kind: 'already-invalid'; upstreamRequestId: string }
  /** Another call has settled it: the journal says how. */
  | { kind: 'settled' }
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
  if (outcome.kind === 'settled') return outcome;
  const isOurs = await ports.register.settleCancel(settlement(attempt, outcome, ports.surroundings));
  return isOurs || outcome.kind !== 'failed' ? outcome : { kind: 'settled' };
}

async function send(
  { register, upstream, surroundings }: CancelPorts,
  attempt: Attempt & { qrCodeId: string },
  deadlineMs: number,
): Promise<CancelOutcome> {
  const progress = { sent: false, settled: false };
  async function onSend(slot: SlotRequest): Promise<SlotAnswer> {
    const nowMs = surroundings.nowMs();
    const leaseMs = Math.max(0, deadlineMs - nowMs) + settlingMs;
    const answer = await register.noteCancel(attempt.attemptId, leaseMs, seconds(nowMs), slot);
    if (answer === 'settled') {
      progress.settled = true;
      throw new Failure('StateConflict', {
        detail: {
          zh: '取消已由其他任务完成，请求未发出',
          en: 'Another call has settled the cancel; nothing was sent',
        },
      });
    }
    progress.sent = answer.taken;
    return answer;
  }
  const request = { Agent: agentOf(attempt), QrCodeId: attempt.qrCodeId };
  try {
    const call = { deadlineMs, onSend };
    const { requestId } = await upstream.call(ChannelCancelMultiFlowSignQRCode, request, call);
    return { kind: 'cancelled', upstreamRequestId: requestId };
  } catch (error) {
    if (progress.settled) return { kind: 'settled' };
    if (error instanceof UpstreamError && alreadyInvalid.includes(error.code)) {
      return { kind: 'already-invalid', upstreamRequestId: error.upstreamRequestId ?? '' };
    }
    const failure = callFailure(error, progress.sent);
    return { kind: 'failed', failure, willRetry: failure.kind !== 'permanent' && attempt.codeId !== null };
  }
}

/** What an answer makes true, whatever state the code is in by then. */
function settlement(
  attempt: Attempt & { qrCodeId: string },
  outcome: Exclude<CancelOutcome, { kind: 'settled' }>,
  surroundings: Surroundings,
): SettledCancel {
  const { qrCodeId, expiresAtS } = attempt;
  const nowS = seconds(surroundings.nowMs());
  if (outcome.kind === 'failed') {
    return { attempt: failedCancel(attempt, outcome, nowS, surroundings.random()), qrCodeId, endedAs: null };
  }
  const isExpired = outcome.kind === 'already-invalid' && expiresAtS !== null && expiresAtS <= nowS;
  const settled: Attempt = {
    ...attempt,
    state: 'succeeded',
    reason: { code: outcome.kind === 'cancelled' ? 'Accepted' : 'AlreadyInvalid' },
    upstreamRequestId: outcome.upstreamRequestId || null,
    dueAtS: null,
    settledAtS: nowS,
  };
  return { attempt: settled, qrCodeId, endedAs: isExpired ? 'expired' : 'cancelled' };
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
