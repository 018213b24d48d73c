/** One renewal of one claimed code, from the decision to what follows from the answer. */

import type { CreateRequest, CreateResponse } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Seal, Surroundings } from '../../world.ts';
import { seconds } from '../../world.ts';
import type { Code } from '../code.ts';
import { codeEvent, origin } from '../events.ts';
import { abandoned } from '../life/abandoned-create.ts';
import { type Attempt, sentCreate } from '../life/attempt.ts';
import { type CallFailure, callFailure } from '../life/call-failure.ts';
import { withCallbackUrl } from '../life/callback-url.ts';
import { type CreatePorts, generationOf, type PlannedCreate, sendCreate } from '../life/send-create.ts';
import { noteFailure, settleMade } from '../life/settle-create.ts';
import { successorRequest } from '../life/stored-request.ts';
import { failed, notRenewed, postponed, renewalReason, stopped } from '../life/transitions.ts';
import type { GenerationTransaction, Lease, RenewalWrites } from '../ports.ts';
import { quotaLacking, refusedForQuota } from '../quota/organization-quota.ts';
import type { Reason } from '../reasons.ts';
import type { Claim } from './ports.ts';
import { decideRenewal, type RenewalCause, type Successor } from './renewal.ts';

export interface RenewPorts extends Omit<CreatePorts, 'register'> {
  register: RenewalWrites;
  seal: Seal;
  /** For the audit trail. */
  actor: string;
}

/**
 * `renewed`, `failed` (for good), `retrying`, `unknown` (sent, no answer), `held` (no quota), `paced` (no call was
 * possible now), `idle` (not due after all), `lost` (another run took over), `orphaned` (the same, after the call).
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

/** When a renewal has to be over. Epoch milliseconds. */
export interface RenewalDeadlines {
  /** The call of upstream. */
  callMs: number;
  /** Everything: what lies between is for writing down what was answered. */
  endMs: number;
}

/** A code that changes more often while its renewal is being planned is left to the next run. */
const mostPlans = 3;

/** Makes the successor of a claimed code, if it is still due. */
export async function renewCode(
  ports: RenewPorts,
  claim: Claim,
  { callMs, endMs }: RenewalDeadlines,
): Promise<RenewalResult> {
  const { lease } = claim;
  let plan = await firstPlan(ports, claim);
  for (let planned = 1; ; planned += 1) {
    if (plan === 'idle' || plan === 'lost') return { kind: plan };
    const request = tryRequest(plan, ports);
    if ('error' in request) {
      return giveUp(ports, plan, claim, { failure: callFailure(request.error, false), noted: false });
    }
    const { attempt, code } = plan;
    const note: PlannedCreate['note'] = (leaseMs, slot) =>
      ports.register.noteCreate(attempt, { lease, version: code.version }, leaseMs, slot);
    const outcome = await sendCreate(ports, { request, note }, callMs);
    if (outcome.kind === 'made') return settled(ports, plan, lease, outcome, endMs);
    if (outcome.kind === 'failed') return giveUp(ports, plan, claim, outcome);
    if (outcome.kind === 'lost' || planned >= mostPlans) return { kind: 'lost' };
    plan = await ports.register.transaction((tx) => planAgain(tx, lease, ports));
  }
}

async function settled(
  ports: RenewPorts,
  { code, attempt, successor, cause }: Plan,
  lease: Lease,
  { response, requestId }: { response: CreateResponse; requestId: string },
  endMs: number,
): Promise<RenewalResult> {
  const number = attempt.generation ?? 1;
  const nowS = seconds(ports.surroundings.nowMs());
  const { kind } = await settleMade(
    ports,
    {
      code,
      attempt,
      lease,
      generation: generationOf({ codeId: lease.codeId, number, ...successor }, response, nowS),
      upstreamRequestId: requestId,
      event: 'code.renewed',
      actor: ports.actor,
      reasonOf: ({ current }) => renewalReason(cause, current, number),
    },
    endMs,
  );
  return { kind: kind === 'adopted' ? 'renewed' : 'orphaned' };
}

/** As a rule a claim has all that a plan needs, and nothing is left behind that must be cleared away first. */
async function firstPlan(
  ports: RenewPorts,
  { lease, code, isClean }: Claim,
): Promise<Plan | 'idle' | 'lost'> {
  const decision = decideRenewal(code, seconds(ports.surroundings.nowMs()));
  if (isClean && decision.kind === 'renew') return planOf(code, decision, lease, ports);
  return ports.register.transaction((tx) => planAgain(tx, lease, ports));
}

async function planAgain(
  tx: GenerationTransaction,
  lease: Lease,
  { surroundings }: RenewPorts,
): Promise<Plan | 'idle' | 'lost'> {
  const locked = await tx.lockCode(lease.codeId);
  if (locked === undefined || locked.leaseToken !== lease.token || !locked.leased) return 'lost';
  const { code } = locked;
  // Earlier holders of the lease are fenced off: what they sent may live upstream.
  for (const open of await tx.openCreates(code.codeId)) await tx.saveAttempt(abandoned(open, surroundings));
  const nowMs = surroundings.nowMs();
  const decision = decideRenewal(code, seconds(nowMs));
  if (decision.kind === 'renew') return planOf(code, decision, lease, { surroundings });
  const dueAtS = decision.kind === 'wait' ? decision.untilS : null;
  await tx.saveCode(notRenewed(code, dueAtS, nowMs), 'release');
  return 'idle';
}

function planOf(
  code: Code,
  { cause, successor }: { cause: RenewalCause; successor: Successor },
  lease: Lease,
  { surroundings }: Pick<RenewPorts, 'surroundings'>,
): Plan {
  const attempt = sentCreate({
    attemptId: surroundings.ids.id(),
    codeId: code.codeId,
    appId: code.appId,
    organization: code.organization,
    operator: code.operator,
    generation: (code.current?.number ?? 0) + 1,
    leaseToken: lease.token,
    expiresAtS: successor.expiresAtS,
    plannedAtS: seconds(surroundings.nowMs()),
  });
  return { attempt, code, cause, successor };
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
  { lease, probe }: Claim,
  { failure, noted }: { failure: CallFailure; noted: boolean },
): Promise<RenewalResult> {
  await register.transaction(async (tx) => {
    const nowMs = surroundings.nowMs();
    const locked = await tx.lockCode(lease.codeId);
    const attempt = noted ? await tx.lockAttempt(plan.attempt.attemptId) : undefined;
    // What is known now is written even if others took over: there may be no orphan after all.
    if (attempt) await noteFailure(tx, attempt, failure, surroundings);
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
  if (failure.outcome === 'unknown' && failure.kind === 'permanent') {
    return stopped(code, { code: 'AnswerUnusable' }, nowMs);
  }
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
