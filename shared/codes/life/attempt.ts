import { type Surroundings, seconds } from '../../world.ts';
import type { Acting } from '../code.ts';
import type { Reason } from '../reasons.ts';
import type { CallFailure } from './call-failure.ts';

/**
 * One call that makes or ends an upstream code, written down before it is sent.
 *
 * `unknown`: sent, and no answer came. A create stays so: upstream cannot be asked. A cancel is sent again, since
 * dead stays dead.
 */
type AttemptState = 'planned' | 'sent' | 'succeeded' | 'refused' | 'unknown';

export interface Attempt extends Acting {
  readonly attemptId: string;
  /** Null: a QR code that the register does not know. */
  readonly codeId: string | null;
  /** Number of the generation that is made or ended, where it is one. */
  readonly generation: number | null;
  readonly kind: 'create' | 'cancel';
  readonly state: AttemptState;
  readonly qrCodeId: string | null;
  /** May a QR code live upstream, because of this call, that belongs to no code? */
  readonly possibleOrphan: boolean;
  /** The lease under which a create was planned; '0' for cancels, which need none. */
  readonly leaseToken: string;
  /** When a cancel is to be tried (again). Unix seconds; null: it is settled. */
  readonly dueAtS: number | null;
  readonly failures: number;
  readonly errorCode: string | null;
  readonly upstreamRequestId: string | null;
  readonly reason: Reason;
  /** When the QR code dies by itself, at the latest: no orphan outlives it. Unix seconds. */
  readonly expiresAtS: number | null;
  readonly plannedAtS: number;
  readonly settledAtS: number | null;
}

/** What a new attempt begins with. */
export type PlannedAttempt = Pick<
  Attempt,
  'attemptId' | 'codeId' | 'generation' | 'kind' | 'leaseToken' | 'expiresAtS' | 'plannedAtS'
> &
  Acting & { qrCodeId?: string; dueAtS?: number };

/** A create as it is written down: from then on its effect is possible. */
export function sentCreate(plan: Omit<PlannedAttempt, 'kind' | 'qrCodeId' | 'dueAtS'>): Attempt {
  return { ...plannedAttempt({ ...plan, kind: 'create' }), state: 'sent' };
}

export function plannedAttempt(plan: PlannedAttempt): Attempt {
  return {
    qrCodeId: null,
    dueAtS: null,
    ...plan,
    state: 'planned',
    possibleOrphan: false,
    failures: 0,
    errorCode: null,
    upstreamRequestId: null,
    reason: { code: 'Planned' },
    settledAtS: null,
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

interface Settlement {
  state: AttemptState;
  reason: Reason;
  nowMs: number;
}

/** The journal entry of a call whose outcome is known. */
export function settledAttempt(attempt: Attempt, { state, reason, nowMs }: Settlement): Attempt {
  return { ...attempt, state, reason, possibleOrphan: false, settledAtS: seconds(nowMs) };
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
