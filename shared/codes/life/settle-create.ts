/** What follows from the answer to a create, in one transaction with what it makes true. */

import { Failure } from '../../errors.ts';
import type { RememberedAnswer, Surroundings } from '../../world.ts';
import { pause, seconds } from '../../world.ts';
import type { Code, Generation } from '../code.ts';
import { codeEvent, type EventType, origin } from '../events.ts';
import type { GenerationTransaction, Lease, LockedCode, Transactions } from '../ports.ts';
import { quotaProven } from '../quota/organization-quota.ts';
import type { Reason } from '../reasons.ts';
import { type Attempt, cancelOf, failedAttempt, settledAttempt } from './attempt.ts';
import type { CallFailure } from './call-failure.ts';
import { superseded, withGeneration } from './transitions.ts';

export interface SettlePorts {
  register: Transactions<GenerationTransaction>;
  surroundings: Surroundings;
}

export interface MadeGeneration {
  /** As it was when the create was written down. */
  code: Code;
  /** In the journal as sent. */
  attempt: Attempt;
  lease: Lease;
  generation: Generation;
  upstreamRequestId: string;
  event: EventType;
  actor: string;
  /** Why it was made, for the code as it is when the answer is written down. */
  reasonOf(code: Code): Reason;
  /** The answer to the `Idempotency-Key` of the call, stored with what makes it true. */
  rememberedAs?: ((code: Code) => RememberedAnswer) | undefined;
}

export type Settled =
  | { kind: 'adopted'; code: Code }
  /** Another had taken over: the new QR code is journaled and about to be cancelled by the timer. */
  | { kind: 'orphaned' };

const shortestPauseMs = 100;
const longestPauseMs = 700;

/**
 * Makes the generation the current one of its code, if the lease is still ours. An answer is worth every try until the
 * deadline: without it the QR code is lost.
 *
 * @param deadlineMs epoch milliseconds
 * @throws Failure what kept it from being written down, with the id of the QR code in its `detail`
 */
export async function settleMade(
  ports: SettlePorts,
  made: MadeGeneration,
  deadlineMs: number,
): Promise<Settled> {
  const { surroundings } = ports;
  for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await settle(ports, made);
    } catch (error) {
      const mayPass = error instanceof Failure && error.code === 'DatabaseUnavailable';
      if (!mayPass || surroundings.nowMs() + pauseMs >= deadlineMs) throw notWritten(error, made);
    }
    await pause(surroundings, pauseMs);
  }
}

/** As a rule nothing has changed since the create was written down: then the answer is written without a look. */
async function settle({ register, surroundings }: SettlePorts, made: MadeGeneration): Promise<Settled> {
  const { code, lease, attempt } = made;
  const adopted = await register.transactionIf({ code, lease, attemptId: attempt.attemptId }, (tx) =>
    adopt(tx, code, attempt, made, surroundings, 'release'),
  );
  if (adopted) return { kind: 'adopted', code: adopted };
  return register.transaction((tx) => adoptOrDisown(tx, made, surroundings));
}

/** The id goes to a caller that can still write it down, and to the log: it is the only way left to end the QR code. */
function notWritten(cause: unknown, { generation, lease, upstreamRequestId }: MadeGeneration): Failure {
  const { qrCodeId } = generation;
  const detail = {
    zh: `签署码 ${lease.codeId} 的 ${qrCodeId} 已生成，但未能登记`,
    en: `QR code ${qrCodeId} of code ${lease.codeId} was made and could not be written down`,
  };
  const code = cause instanceof Failure ? cause.code : 'InternalFailure';
  return new Failure(code, { detail, members: { QrCodeId: qrCodeId }, upstreamRequestId, cause });
}

async function adoptOrDisown(
  tx: GenerationTransaction,
  made: MadeGeneration,
  surroundings: Surroundings,
): Promise<Settled> {
  const locked = await tx.lockCode(made.lease.codeId);
  const attempt = await tx.lockAttempt(made.attempt.attemptId);
  if (attempt === undefined)
    throw new Failure('InternalFailure', { detail: 'The journal lacks a call that was made' });
  // An earlier try was committed and only its acknowledgement was lost.
  if (attempt.state === 'succeeded') {
    return locked === undefined || attempt.possibleOrphan
      ? { kind: 'orphaned' }
      : { kind: 'adopted', code: locked.code };
  }
  if (locked === undefined || !(isOurs(locked, made) || isMissing(locked, made))) {
    await disown(tx, attempt, made, surroundings);
    return { kind: 'orphaned' };
  }
  const code = await adopt(
    tx,
    locked.code,
    attempt,
    made,
    surroundings,
    isOurs(locked, made) ? 'release' : 'revoke',
  );
  await quotaProven(tx, code, { atS: seconds(surroundings.nowMs()), isAnswer: true }, surroundings);
  return { kind: 'adopted', code };
}

function isOurs({ leaseToken }: LockedCode, { lease }: MadeGeneration): boolean {
  return leaseToken === lease.token;
}

/** We were given up, and yet no other run has made the generation, or is about to: it is as welcome as ever. */
function isMissing({ code, leased }: LockedCode, { generation }: MadeGeneration): boolean {
  const isNext = (code.current?.number ?? 0) + 1 === generation.number;
  return isNext && !leased && code.state !== 'Cancelled';
}

async function adopt(
  tx: GenerationTransaction,
  before: Code,
  attempt: Attempt,
  made: MadeGeneration,
  surroundings: Surroundings,
  lease: 'release' | 'revoke',
): Promise<Code> {
  const nowMs = surroundings.nowMs();
  const { generation } = made;
  const code = withGeneration(before, generation, made.reasonOf(before), nowMs);
  await tx.insertGeneration(generation);
  if (before.current) await retire(tx, before, before.current, surroundings);
  await tx.saveCode(code, lease);
  await tx.saveAttempt(succeeded(attempt, made, { code: 'Accepted' }, nowMs));
  await tx.emit(codeEvent(made.event, code, origin(surroundings)));
  await tx.audit({ actor: made.actor, action: made.event, subject: code.codeId, reason: code.reason.code });
  if (made.rememberedAs) await tx.remember(made.rememberedAs(code));
  return code;
}

/** The successor is there: now its predecessor may go, as the policy wishes. */
async function retire(
  tx: GenerationTransaction,
  code: Code,
  predecessor: Generation,
  surroundings: Surroundings,
): Promise<void> {
  const nowS = seconds(surroundings.nowMs());
  const retired = superseded(predecessor, nowS);
  if (retired !== predecessor) await tx.saveGeneration(retired);
  if (retired.state !== 'superseded' || code.policy.Predecessor === 'expire') return;
  await tx.insertCancel(cancelOf(code, retired, surroundings));
}

async function disown(
  tx: GenerationTransaction,
  attempt: Attempt,
  made: MadeGeneration,
  surroundings: Surroundings,
): Promise<void> {
  const nowMs = surroundings.nowMs();
  const { qrCodeId, expiresAtS } = made.generation;
  await tx.saveAttempt({
    ...succeeded(attempt, made, { code: 'Orphaned' }, nowMs),
    possibleOrphan: true,
    expiresAtS,
  });
  await tx.insertCancel({
    ...cancelOf(attempt, { qrCodeId, expiresAtS, number: null }, surroundings),
    codeId: attempt.codeId,
    reason: { code: 'Orphaned' },
  });
}

function succeeded(attempt: Attempt, made: MadeGeneration, reason: Reason, nowMs: number): Attempt {
  const { generation, upstreamRequestId } = made;
  const settled = settledAttempt(attempt, { state: 'succeeded', reason, nowMs });
  return { ...settled, qrCodeId: generation.qrCodeId, upstreamRequestId };
}

/** Writes down that a create brought no generation. What it has made all the same is ended, if its id came. */
export async function noteFailure(
  tx: GenerationTransaction,
  attempt: Attempt,
  failure: CallFailure,
  surroundings: Surroundings,
): Promise<void> {
  const { qrCodeId } = failure;
  const noted = failedAttempt(attempt, failure, surroundings.nowMs());
  await tx.saveAttempt({ ...noted, qrCodeId });
  if (qrCodeId === null) return;
  const cancel = cancelOf(attempt, { qrCodeId, expiresAtS: attempt.expiresAtS, number: null }, surroundings);
  await tx.insertCancel({ ...cancel, reason: { code: 'Orphaned' } });
}
