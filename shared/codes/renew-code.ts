/** One renewal of one claimed code, from the decision to what follows from the answer. */
import type { CreateRequest } from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { abandoned } from './abandoned-create.ts';
import { type Attempt, plannedAttempt } from './attempt.ts';
import { type CallFailure, callFailure } from './call-failure.ts';
import { withCallbackUrl } from './callback-url.ts';
import type { Code } from './code.ts';
import { codeEvent, origin } from './events.ts';
import { quotaLacking, refusedForQuota } from './organization-quota.ts';
import type { Claim, Lease, RegisterTransaction, Seal, Surroundings } from './ports.ts';
import type { Reason } from './reasons.ts';
import { decideRenewal, type RenewalCause, type Successor } from './renewal.ts';
import { type CreatePorts, generationOf, sendCreate } from './send-create.ts';
import { failedAttempt, settleMade } from './settle-create.ts';
import { successorRequest } from './stored-request.ts';
import { failed, notRenewed, postponed, renewalReason, seconds } from './transitions.ts';

export interface RenewPorts extends CreatePorts {
  seal: Seal;
  /** For the audit trail. */
  actor: string;
}

/**
 * `renewed`, `failed` (for good), `retrying`, `unknown` (sent, no answer), `held` (no quota), `paced` (no call was
 * possible now), `idle` (not due after all), `lost` (somebody else took over), `orphaned` (the same, after the call).
 */
export type RenewalResult =
  | { kind: 'renewed' | 'held' | 'idle' | 'lost' | 'orphaned' }
  | { kind: 'failed' | 'retrying' | 'unknown' | 'paced'; failure: CallFailure };

interface Plan {
  attempt: Attempt;
  code: Code;
  cause: RenewalCause;
  successor: Successor;
}

/** Makes the successor of a claimed code, if it is still due. */
export async function renewCode(
  ports: RenewPorts,
  { lease, probe }: Claim,
  deadlineMs: number,
): Promise<RenewalResult> {
  const plan = await ports.register.transaction((tx) => planRenewal(tx, lease, ports));
  if (plan === 'idle' || plan === 'lost') return { kind: plan };
  const request = tryRequest(plan, ports);
  if ('error' in request) return giveUp(ports, plan, { lease, probe }, callFailure(request.error, false));
  const outcome = await sendCreate(ports, { attempt: plan.attempt, lease, request }, deadlineMs);
  if (outcome.kind === 'lost') return { kind: 'lost' };
  if (outcome.kind === 'failed') return giveUp(ports, plan, { lease, probe }, outcome.failure);
  const { attempt, successor, cause } = plan;
  const number = attempt.generation ?? 1;
  const nowS = seconds(ports.surroundings.nowMs());
  const settled = await settleMade(ports, {
    attemptId: attempt.attemptId,
    lease,
    generation: generationOf(lease.codeId, number, successor.maxFlowNum, outcome.response, nowS),
    upstreamRequestId: outcome.requestId,
    event: 'code.renewed',
    actor: ports.actor,
    reasonOf: ({ current }) => renewalReason(cause, current, number),
  });
  return { kind: settled.kind === 'adopted' ? 'renewed' : 'orphaned' };
}

async function planRenewal(
  tx: RegisterTransaction,
  lease: Lease,
  { surroundings }: RenewPorts,
): Promise<Plan | 'idle' | 'lost'> {
  const locked = await tx.lockCode(lease.codeId);
  if (locked === undefined || locked.leaseToken !== lease.token || !locked.leased) return 'lost';
  const { code } = locked;
  // Whoever had the code before us is outrun: what it sent may live upstream, what it planned never will.
  for (const open of await tx.openCreates(code.codeId)) await tx.saveAttempt(abandoned(open, surroundings));
  const nowMs = surroundings.nowMs();
  const decision = decideRenewal(code, seconds(nowMs));
  if (decision.kind !== 'renew') {
    const dueAtS = decision.kind === 'wait' ? decision.untilS : null;
    await tx.saveCode(notRenewed(code, dueAtS, nowMs), 'release');
    return 'idle';
  }
  const attempt = plannedAttempt({
    attemptId: surroundings.ids.id(),
    codeId: code.codeId,
    appId: code.appId,
    organization: code.organization,
    operator: code.operator,
    generation: (code.current?.number ?? 0) + 1,
    kind: 'create',
    leaseToken: lease.token,
    expiresAtS: decision.successor.expiresAtS,
    plannedAtS: seconds(nowMs),
  });
  await tx.insertAttempt(attempt);
  return { attempt, code, cause: decision.cause, successor: decision.successor };
}

/** What cannot be opened must not stop the others. */
function tryRequest(
  { attempt, code, successor }: Plan,
  { seal, callbackBaseUrl }: RenewPorts,
): CreateRequest | { error: unknown } {
  try {
    const request = successorRequest(code, successor, seal);
    return withCallbackUrl(request, callbackBaseUrl, {
      token: code.callbackToken,
      generation: attempt.generation ?? 1,
    });
  } catch (error) {
    return { error };
  }
}

async function giveUp(
  { register, surroundings }: RenewPorts,
  plan: Plan,
  { lease, probe }: { lease: Lease; probe: boolean | undefined },
  failure: CallFailure,
): Promise<RenewalResult> {
  await register.transaction(async (tx) => {
    const nowMs = surroundings.nowMs();
    const locked = await tx.lockCode(lease.codeId);
    const attempt = await tx.lockAttempt(plan.attempt.attemptId);
    // What is known now is told even if others took over: it may be that there is no orphan after all.
    if (attempt) await tx.saveAttempt(failedAttempt(attempt, failure, nowMs));
    if (failure.kind === 'quota') {
      await quotaLacking(tx, plan.code, refusedForQuota(nowMs, probe), surroundings);
    }
    if (locked === undefined || locked.leaseToken !== lease.token) return;
    const after = afterFailure(locked.code, failure, surroundings);
    await tx.saveCode(after, 'release');
    if (after.state !== 'Failed' || locked.code.state === 'Failed') return;
    await tx.emit(codeEvent('code.renewal_failed', after, origin(surroundings)));
  });
  return resultOf(failure);
}

function resultOf(failure: CallFailure): RenewalResult {
  if (failure.outcome === 'unknown') return { kind: 'unknown', failure };
  switch (failure.kind) {
    case 'quota':
      return { kind: 'held' };
    case 'paced':
      return { kind: 'paced', failure };
    case 'permanent':
      return { kind: 'failed', failure };
    case 'passing':
    case 'deployment':
      return { kind: 'retrying', failure };
  }
}

function afterFailure(code: Code, failure: CallFailure, surroundings: Surroundings): Code {
  const nowMs = surroundings.nowMs();
  if (failure.outcome === 'unknown') {
    return postponed(code, { code: 'RenewalOutcomeUnknown' }, nowMs, surroundings.random());
  }
  switch (failure.kind) {
    case 'quota':
      return { ...code, held: code.dueAtS !== null };
    case 'paced':
      return code;
    case 'permanent':
      return failed(code, failure.errorCode, nowMs);
    case 'passing':
    case 'deployment':
      return postponed(code, transientReason(code, failure), nowMs, surroundings.random());
  }
}

function transientReason(code: Code, { errorCode }: CallFailure): Reason {
  return { code: 'RenewalTransient', facts: { error: errorCode, failures: code.failures + 1 } };
}
