import type { Acting } from './code.ts';
import type { Reason } from './reasons.ts';

/**
 * One call that makes or ends an upstream code, written down before it is sent.
 *
 * `unknown`: sent, and no answer came. A create stays so: nobody can ask upstream. A cancel is sent again, since
 * dead stays dead.
 */
export type AttemptState = 'planned' | 'sent' | 'succeeded' | 'refused' | 'unknown';

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
