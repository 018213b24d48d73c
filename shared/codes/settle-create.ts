/** What follows from the answer to a create, in one transaction with what it makes true. */
import { Failure } from '../errors.ts';
import { type Attempt, plannedAttempt } from './attempt.ts';
import type { CallFailure } from './call-failure.ts';
import type { Code, Generation } from './code.ts';
import { codeEvent, type EventType, origin } from './events.ts';
import { quotaProven } from './organization-quota.ts';
import type { Lease, RegisterTransaction, RegisterWrites, Surroundings } from './ports.ts';
import type { Reason } from './reasons.ts';
import { seconds, superseded, withGeneration } from './transitions.ts';

export interface SettlePorts {
  register: RegisterWrites;
  surroundings: Surroundings;
}

export interface MadeGeneration {
  attemptId: string;
  lease: Lease;
  generation: Generation;
  upstreamRequestId: string;
  event: EventType;
  actor: string;
  /** Why it was made, told of the code as it is when the answer is written down. */
  reasonOf(code: Code): Reason;
}

export type Settled =
  | { kind: 'adopted'; code: Code }
  /** Another had taken over: the new QR code is journaled and about to be cancelled by the timer. */
  | { kind: 'orphaned' };

/** An answer is worth more than one try to write it down: without it the QR code is lost to everybody. */
const tries = 3;

/** Makes the generation the current one of its code, if the lease is still ours. */
export async function settleMade(ports: SettlePorts, made: MadeGeneration): Promise<Settled> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await ports.register.transaction((tx) => adoptOrDisown(tx, made, ports.surroundings));
    } catch (error) {
      const mayPass = error instanceof Failure && error.code === 'DatabaseUnavailable';
      if (!mayPass || tried >= tries) throw notWritten(error, made);
    }
  }
}

/** The id is told to the log: it is the only way left to end the QR code. */
function notWritten(cause: unknown, { generation, lease }: MadeGeneration): unknown {
  if (!(cause instanceof Failure)) return cause;
  const detail = `QR code ${generation.qrCodeId} of code ${lease.codeId} was made and could not be written down`;
  return new Failure(cause.code, { detail, cause });
}

async function adoptOrDisown(
  tx: RegisterTransaction,
  made: MadeGeneration,
  surroundings: Surroundings,
): Promise<Settled> {
  const locked = await tx.lockCode(made.lease.codeId);
  const attempt = await tx.lockAttempt(made.attemptId);
  if (attempt === undefined)
    throw new Failure('InternalFailure', { detail: 'The journal lacks a call that was made' });
  // An earlier try was committed and only its acknowledgement was lost.
  if (attempt.state === 'succeeded') {
    return locked === undefined || attempt.possibleOrphan
      ? { kind: 'orphaned' }
      : { kind: 'adopted', code: locked.code };
  }
  if (locked === undefined || locked.leaseToken !== made.lease.token) {
    await disown(tx, attempt, made, surroundings);
    return { kind: 'orphaned' };
  }
  return { kind: 'adopted', code: await adopt(tx, locked.code, attempt, made, surroundings) };
}

async function adopt(
  tx: RegisterTransaction,
  before: Code,
  attempt: Attempt,
  made: MadeGeneration,
  surroundings: Surroundings,
): Promise<Code> {
  const nowMs = surroundings.nowMs();
  const { generation } = made;
  const code = withGeneration(before, generation, made.reasonOf(before), nowMs);
  await tx.insertGeneration(generation);
  if (before.current) await retire(tx, before, before.current, surroundings);
  await tx.saveCode(code, 'release');
  await tx.saveAttempt(
    settledAttempt(attempt, { state: 'succeeded', reason: { code: 'Accepted' }, nowMs }, made),
  );
  await tx.emit(codeEvent(made.event, code, origin(surroundings)));
  await tx.audit({ actor: made.actor, action: made.event, subject: code.codeId, reason: code.reason.code });
  await quotaProven(tx, code, { atS: seconds(nowMs), isAnswer: true }, surroundings);
  return code;
}

/** The successor is there: now its predecessor may go, as the policy wishes. */
async function retire(
  tx: RegisterTransaction,
  code: Code,
  predecessor: Generation,
  surroundings: Surroundings,
): Promise<void> {
  const nowS = seconds(surroundings.nowMs());
  const retired = superseded(predecessor, nowS);
  if (retired !== predecessor) await tx.saveGeneration(retired);
  if (retired.state !== 'superseded' || code.policy.Predecessor === 'expire') return;
  await tx.insertAttempt(cancelOf(code, retired, surroundings));
}

async function disown(
  tx: RegisterTransaction,
  attempt: Attempt,
  made: MadeGeneration,
  surroundings: Surroundings,
): Promise<void> {
  const nowMs = surroundings.nowMs();
  const { qrCodeId, expiresAtS } = made.generation;
  await tx.saveAttempt({
    ...settledAttempt(attempt, { state: 'succeeded', reason: { code: 'Orphaned' }, nowMs }, made),
    possibleOrphan: true,
    expiresAtS,
  });
  await tx.insertAttempt({
    ...cancelOf(attempt, { qrCodeId, expiresAtS, number: null }, surroundings),
    codeId: attempt.codeId,
    reason: { code: 'Orphaned' },
  });
}

interface Settlement {
  state: Attempt['state'];
  reason: Reason;
  nowMs: number;
}

function settledAttempt(
  attempt: Attempt,
  { state, reason, nowMs }: Settlement,
  made?: MadeGeneration,
): Attempt {
  return {
    ...attempt,
    state,
    reason,
    possibleOrphan: false,
    settledAtS: seconds(nowMs),
    ...(made && { qrCodeId: made.generation.qrCodeId, upstreamRequestId: made.upstreamRequestId }),
  };
}

/** The journal entry for a cancel that is due at once. */
export function cancelOf(
  owner: Pick<Attempt, 'codeId' | 'appId' | 'organization' | 'operator'>,
  target: { qrCodeId: string; expiresAtS: number | null; number: number | null },
  surroundings: Surroundings,
): Attempt {
  const nowS = seconds(surroundings.nowMs());
  const { codeId, appId, organization, operator } = owner;
  return plannedAttempt({
    attemptId: surroundings.ids.id(),
    codeId,
    appId,
    organization,
    operator,
    generation: target.number,
    kind: 'cancel',
    qrCodeId: target.qrCodeId,
    leaseToken: '0',
    expiresAtS: target.expiresAtS,
    plannedAtS: nowS,
    dueAtS: nowS,
  });
}

/** The journal entry of a create that did not bring a generation. */
export function failedAttempt(attempt: Attempt, failure: CallFailure, nowMs: number): Attempt {
  const { outcome, errorCode, upstreamRequestId } = failure;
  const facts = { error: errorCode };
  const reason: Reason =
    outcome === 'refused'
      ? { code: 'Refused', facts }
      : { code: outcome === 'unknown' ? 'Unanswered' : 'NeverSent', facts };
  return {
    ...settledAttempt(attempt, { state: outcome === 'unknown' ? 'unknown' : 'refused', reason, nowMs }),
    possibleOrphan: failure.mayHaveEffect,
    errorCode,
    upstreamRequestId,
  };
}
