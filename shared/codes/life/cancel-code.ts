import { Failure, UpstreamError } from '../../errors.ts';
import type { Scope, Surroundings } from '../../world.ts';
import type { Acting, Code } from '../code.ts';
import { codeEvent, origin } from '../events.ts';
import type { CodeKey, OpenCancel, RegisterTransaction } from '../ports.ts';
import { notFound } from '../reading/code-key.ts';
import { type Attempt, cancelOf } from './attempt.ts';
import { awaitCancel, beingCancelled } from './await-cancel.ts';
import { type CancelOutcome, type CancelPorts, runCancel } from './run-cancel.ts';
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
  /** The QR codes that upstream has just ended, for this call or for another at the same time. */
  cancelledQrCodeIds: string[];
  /** Of the last call; null when none was needed. */
  upstreamRequestId: string | null;
}

/** The timer keeps its hands off a cancel that a person is waiting for. Database time. */
const interactiveMs = 30_000;

/** The last part of the time is for writing down what was answered. Milliseconds. */
const settlingMs = 2_500;

/**
 * Ends a code for good: no renewal comes any more, and every generation that lives upstream is cancelled.
 *
 * What upstream does not confirm is thrown; the code stays `Cancelled` and the timer goes on trying.
 *
 * @param deadlineMs when everything has to be over, epoch milliseconds
 * @throws Failure `NotFound`; `StateConflict` while the code is being created, or while another cancels it for longer
 *   than we can wait; `InvalidRequest` without `acting` where it is needed.
 * @throws UpstreamError, TransportError, Failure of the call
 */
export async function cancelCode(
  ports: CancelPorts,
  command: CancelCommand,
  deadlineMs: number,
): Promise<CancelledCode> {
  const begun = await ports.register.transaction((tx) => begin(tx, command, ports.surroundings));
  if (begun === undefined) return cancelUnregistered(ports, command, deadlineMs);
  const outcomes: Sent[] = [];
  for (const open of begun.cancels) outcomes.push(await end(ports, open, deadlineMs));
  throwFirstFailure(outcomes);
  return {
    code: begun.code,
    // Of a code whose only create was never answered it is unknown whether there was something to end.
    alreadyInvalid: begun.code.current !== null && !outcomes.some(wasCancelled),
    cancelledQrCodeIds: outcomes.filter(wasCancelled).map(({ qrCodeId }) => qrCodeId),
    upstreamRequestId: requestIdOf(outcomes.at(-1)?.outcome),
  };
}

interface Sent {
  qrCodeId: string;
  outcome: CancelOutcome;
}

/** Ends one QR code: by our own call, or by another that is under way. */
async function end(ports: CancelPorts, { attempt, leased }: OpenCancel, deadlineMs: number): Promise<Sent> {
  const qrCodeId = attempt.qrCodeId ?? '';
  const own = { ...attempt, qrCodeId };
  if (!leased) {
    const outcome = await runCancel(ports, own, deadlineMs - settlingMs);
    if (outcome.kind !== 'settled') return { qrCodeId, outcome };
  }
  return { qrCodeId, outcome: await awaitCancel(ports, own, deadlineMs - settlingMs) };
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
  return outcome && 'upstreamRequestId' in outcome ? outcome.upstreamRequestId || null : null;
}

/** The wish is written down before anything is sent: no crash loses it. Undefined: the register has no such code. */
async function begin(
  tx: RegisterTransaction,
  { key, scope, actor }: CancelCommand,
  surroundings: Surroundings,
): Promise<{ code: Code; cancels: OpenCancel[] } | undefined> {
  const locked = await tx.lockToCancel(key, scope);
  if (locked === undefined) return undefined;
  if (locked.code.state === 'Creating')
    throw new Failure('StateConflict', { detail: creating, retryAfterS: 60 });
  const { living, openCancels } = locked;
  const cancels = [...openCancels];
  for (const { attempt, leased } of openCancels) {
    if (!leased) await tx.leaseCancel(attempt.attemptId, interactiveMs);
  }
  for (const generation of living) {
    if (openCancels.some(({ attempt }) => attempt.qrCodeId === generation.qrCodeId)) continue;
    const reason = { code: 'CancelRequested' } as const;
    const attempt = { ...cancelOf(locked.code, generation, surroundings), reason };
    await tx.insertCancel(attempt, interactiveMs);
    cancels.push({ attempt, leased: false });
  }
  if (locked.code.state === 'Cancelled') return { code: locked.code, cancels };
  const code = cancelled(locked.code, surroundings.nowMs());
  // A renewal that is on its way is fenced off: its QR code becomes an orphan and is cancelled in its turn.
  await tx.saveCode(code, 'revoke');
  await tx.emit(codeEvent('code.cancelled', code, origin(surroundings)));
  await tx.audit({ actor, action: 'code.cancelled', subject: code.codeId, reason: code.reason.code });
  return { code, cancels };
}

/** A QR code made before there was a register goes to upstream as it is, in the caller's own name. */
async function cancelUnregistered(
  ports: CancelPorts,
  { key, acting, scope, actor }: CancelCommand,
  deadlineMs: number,
): Promise<CancelledCode> {
  const { register, surroundings } = ports;
  if (key.by !== 'QrCodeId') throw notFound();
  // Of another organisation: upstream must not be asked, and the answer must not reveal it.
  if (scope !== null && (await register.isRegistered(key.value))) throw notFound();
  if (acting === undefined || !covers(scope, acting)) {
    throw new Failure('InvalidRequest', { problems: [{ path: 'Agent', message: agentNeeded }] });
  }
  const target = { qrCodeId: key.value, expiresAtS: null, number: null };
  const attempt = cancelOf({ ...acting, codeId: null }, target, surroundings);
  const open = await register.transaction(async (tx) => {
    await tx.audit({ actor, action: 'qr-code.cancelled', subject: key.value, reason: 'CancelRequested' });
    return tx.beginCancel(attempt, interactiveMs);
  });
  if (open === undefined || !isOfTenant(open.attempt, acting)) {
    throw new Failure('StateConflict', { detail: beingCancelled, retryAfterS: 5 });
  }
  const isOwn = open.attempt.attemptId === attempt.attemptId;
  const { outcome } = await end(ports, { ...open, leased: !isOwn && open.leased }, deadlineMs);
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

function isOfTenant(attempt: Attempt, { appId, organization }: Acting): boolean {
  return attempt.appId === appId && attempt.organization === organization;
}

const creating = {
  zh: '该签署码仍在创建中；未及时得到应答的创建会在一两分钟内有结论',
  en: 'The code is still being created; what is not answered in time is settled within a minute or two',
};

const agentNeeded = {
  zh: '应填写 API 密钥所属的企业及其经办人',
  en: 'must name an organisation of the API key and its operator',
};
