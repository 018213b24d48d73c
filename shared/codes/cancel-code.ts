import { Failure, UpstreamError } from '../errors.ts';
import type { Attempt } from './attempt.ts';
import type { Acting, Code } from './code.ts';
import { codeEvent, origin } from './events.ts';
import type { CodeKey, RegisterReads, RegisterTransaction, Scope, Surroundings } from './ports.ts';
import { type CancelOutcome, type CancelPorts, runCancel } from './run-cancel.ts';
import { cancelOf } from './settle-create.ts';
import { cancelled } from './transitions.ts';

export interface CancelCommand {
  readonly key: CodeKey;
  readonly scope: Scope;
  /** Who acts when the register does not know the QR code: codes made before there was a register. */
  readonly acting?: Acting;
  readonly actor: string;
}

export interface CancelledCode {
  /** Null: a QR code that the register does not know. */
  code: Code | null;
  /** Everything was dead before. */
  alreadyInvalid: boolean;
  /** The QR codes that upstream has just ended. */
  cancelledQrCodeIds: string[];
  /** Of the last call; null when none was needed. */
  upstreamRequestId: string | null;
}

export type CancelCodePorts = CancelPorts & { register: CancelPorts['register'] & RegisterReads };

/** The timer keeps its hands off a cancel that a person is waiting for. Database time. */
const interactiveMs = 30_000;

/**
 * Ends a code for good: no renewal comes any more, and every generation that lives upstream is cancelled.
 *
 * What upstream does not confirm is thrown; the code stays `Cancelled` and the timer goes on trying.
 *
 * @throws Failure `NotFound`; `StateConflict` while the code is being created; `InvalidRequest` without `acting` where
 *   it is needed.
 * @throws UpstreamError, TransportError, Failure of the call
 */
export async function cancelCode(
  ports: CancelCodePorts,
  command: CancelCommand,
  deadlineMs: number,
): Promise<CancelledCode> {
  const record = await ports.register.find(command.key, command.scope);
  if (record === undefined) return cancelUnregistered(ports, command, deadlineMs);
  const begun = await ports.register.transaction((tx) =>
    begin(tx, record.code.codeId, command, ports.surroundings),
  );
  const outcomes: Sent[] = [];
  for (const attempt of begun.attempts) {
    outcomes.push({ attempt, outcome: await runCancel(ports, attempt, deadlineMs) });
  }
  throwFirstFailure(outcomes);
  return {
    code: begun.code,
    // Of a code whose only create was never answered, nobody knows whether there was something to end.
    alreadyInvalid: begun.code.current !== null && !outcomes.some(wasCancelled),
    cancelledQrCodeIds: outcomes.filter(wasCancelled).map(({ attempt }) => attempt.qrCodeId),
    upstreamRequestId: requestIdOf(outcomes.at(-1)?.outcome),
  };
}

type CancelAttempt = Attempt & { qrCodeId: string };

interface Sent {
  attempt: CancelAttempt;
  outcome: CancelOutcome;
}

function wasCancelled({ outcome }: Sent): boolean {
  return outcome.kind === 'cancelled';
}

function throwFirstFailure(sent: readonly Sent[]): void {
  for (const { outcome } of sent) {
    if (outcome.kind === 'failed') throw outcome.failure.error;
  }
}

function requestIdOf(outcome: CancelOutcome | undefined): string | null {
  return outcome && outcome.kind !== 'failed' ? outcome.upstreamRequestId || null : null;
}

/** The wish is written down before anything is sent: no crash loses it. */
async function begin(
  tx: RegisterTransaction,
  codeId: string,
  { actor }: CancelCommand,
  surroundings: Surroundings,
): Promise<{ code: Code; attempts: CancelAttempt[] }> {
  const locked = await tx.lockCode(codeId);
  if (locked === undefined) throw notFound();
  if (locked.code.state === 'Creating') {
    throw new Failure('StateConflict', {
      detail:
        'The code is still being created; what is not answered in time is settled within a minute or two',
      retryAfterS: 60,
    });
  }
  for (const generation of await tx.livingGenerations(codeId)) {
    const attempt = {
      ...cancelOf(locked.code, generation, surroundings),
      reason: { code: 'CancelRequested' } as const,
    };
    await tx.insertAttempt(attempt, interactiveMs);
  }
  const attempts = (await tx.openCancels(codeId)).filter(isOfQrCode);
  if (locked.code.state === 'Cancelled') return { code: locked.code, attempts };
  const code = cancelled(locked.code, surroundings.nowMs());
  // A renewal that is on its way is outrun: what it makes belongs to nobody, and is cancelled in its turn.
  await tx.saveCode(code, 'revoke');
  await tx.emit(codeEvent('code.cancelled', code, origin(surroundings)));
  await tx.audit({ actor, action: 'code.cancelled', subject: codeId, reason: code.reason.code });
  return { code, attempts };
}

function isOfQrCode(attempt: Attempt): attempt is CancelAttempt {
  return attempt.qrCodeId !== null;
}

/** A QR code made before there was a register goes to upstream as it is, in the caller's own name. */
async function cancelUnregistered(
  ports: CancelCodePorts,
  { key, acting, scope, actor }: CancelCommand,
  deadlineMs: number,
): Promise<CancelledCode> {
  const { register, surroundings } = ports;
  if (key.by !== 'QrCodeId') throw notFound();
  // Somebody else's: upstream must not be asked, and the answer must not tell.
  if ((await register.find(key, null)) !== undefined) throw notFound();
  if (acting === undefined || !covers(scope, acting)) {
    throw new Failure('InvalidRequest', {
      problems: [{ path: 'Agent', message: 'must name an organisation of the API key and its operator' }],
    });
  }
  const target = { qrCodeId: key.value, expiresAtS: null, number: null };
  const attempt = { ...cancelOf({ ...acting, codeId: null }, target, surroundings), qrCodeId: key.value };
  const inserted = await register.transaction(async (tx) => {
    await tx.audit({ actor, action: 'qr-code.cancelled', subject: key.value, reason: 'CancelRequested' });
    return tx.insertAttempt(attempt, interactiveMs);
  });
  if (!inserted) {
    throw new Failure('StateConflict', {
      detail: 'The same QR code is being cancelled right now',
      retryAfterS: 5,
    });
  }
  const outcome = await runCancel(ports, attempt, deadlineMs);
  if (outcome.kind === 'failed') throw unregisteredFailure(outcome.failure.error);
  const alreadyInvalid = outcome.kind === 'already-invalid';
  return {
    code: null,
    alreadyInvalid,
    cancelledQrCodeIds: alreadyInvalid ? [] : [key.value],
    upstreamRequestId: requestIdOf(outcome),
  };
}

/** What upstream does not know looks like what the register hides. */
function unregisteredFailure(error: unknown): unknown {
  return error instanceof UpstreamError && error.status === 404 ? notFound(error) : error;
}

function covers(scope: Scope, { appId, organization }: Acting): boolean {
  return scope === null || (scope.appId === appId && scope.organizations.includes(organization));
}

export function notFound(cause?: unknown): Failure {
  return new Failure('NotFound', {
    detail: 'There is no such code',
    ...(cause !== undefined && { cause }),
  });
}
