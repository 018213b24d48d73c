import type { CreateRequest, CreateResponse } from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { effectiveLimits } from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { Failure, QianmaError } from '../errors.ts';
import { type Attempt, plannedAttempt } from './attempt.ts';
import type { CallFailure } from './call-failure.ts';
import { withCallbackUrl } from './callback-url.ts';
import type { Code } from './code.ts';
import { codeEvent, origin } from './events.ts';
import { quotaLacking, refusedForQuota } from './organization-quota.ts';
import type { Lease, Seal } from './ports.ts';
import { applyPolicy, type RenewalPolicyInput } from './renewal-policy.ts';
import { type CreatePorts, generationOf, sendCreate } from './send-create.ts';
import { failedAttempt, settleMade } from './settle-create.ts';
import { sealedMembers, storedRequest } from './stored-request.ts';
import { failed, outcomeUnknown, seconds } from './transitions.ts';
import { type CodeMembers, validateCreate } from './validate-create.ts';

/** What a person asks for: upstream's request, and what the register keeps beside it. */
export interface CreateCommand {
  readonly request: CreateRequest;
  readonly policy?: RenewalPolicyInput;
  readonly members?: CodeMembers;
  /** The API key that asks. */
  readonly actor: string;
  /** Chosen beforehand where the same work may be begun twice, so that it can be found; otherwise a new one. */
  readonly codeId?: string | undefined;
}

export interface CreatedCode {
  code: Code;
  /** Upstream's own answer. */
  response: CreateResponse;
  upstreamRequestId: string;
}

export interface CreateCodePorts extends CreatePorts {
  seal: Seal;
}

/** A create is taken for abandoned after this long without a further step. Database time. */
const planningMs = 30_000;

const tooSlow = 'The create was given up before it was sent: it had been planned for too long';
const noGeneration =
  'Another took over while the answer was awaited; the QR code that was made is being cancelled';
const notWritten = 'Upstream has made the QR code, and it could not be written down: the database is away';

/**
 * Makes a code: journal, upstream, register.
 *
 * @throws Failure `InvalidRequest` with every problem; `Misconfigured` without a key to seal names with.
 * @throws UpstreamError Upstream refused: the journal keeps that, the register keeps no code.
 * @throws TransportError Stage `before-send`: nothing was sent, no code is kept.
 * @throws Failure `UnknownOutcome`, with the `CodeId` of the code that says so, now or when it is settled, as a member.
 * @throws Failure `DeadlineExceeded`: it had been planned for too long, and nothing was sent.
 */
export async function createCode(
  ports: CreateCodePorts,
  command: CreateCommand,
  deadlineMs: number,
): Promise<CreatedCode> {
  const problems = validateCreate(command, seconds(ports.surroundings.nowMs()));
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  const code = newCode(ports, command);
  const attempt = firstAttempt(ports, code);
  const lease = await ports.register.transaction(async (tx) => {
    const granted = await tx.insertCode(code, planningMs);
    await tx.insertAttempt({ ...attempt, leaseToken: granted.token });
    return granted;
  });
  const request = withCallbackUrl(command.request, ports.callbackBaseUrl, {
    token: code.callbackToken,
    generation: 1,
  });
  const outcome = await sendCreate(ports, { attempt, lease, request }, deadlineMs);
  if (outcome.kind === 'lost') throw new Failure('DeadlineExceeded', { detail: tooSlow });
  if (outcome.kind === 'failed') return giveUp(ports, code, attempt, lease, outcome.failure);
  const { response, requestId } = outcome;
  const settled = await settleMade(ports, {
    attemptId: attempt.attemptId,
    lease,
    generation: generationOf(code.codeId, 1, code.maxFlowNum, response, seconds(ports.surroundings.nowMs())),
    upstreamRequestId: requestId,
    event: 'code.created',
    actor: command.actor,
    reasonOf: () => ({ code: 'Created' }),
  }).catch((cause: unknown) => {
    // "Try again" would be wrong advice: there would be two.
    throw unknownOutcome(code, notWritten, cause, response.QrCode.QrCodeId);
  });
  if (settled.kind === 'orphaned') throw unknownOutcome(code, noGeneration);
  return { code: settled.code, response, upstreamRequestId: requestId };
}

function newCode({ surroundings, seal }: CreateCodePorts, command: CreateCommand): Code {
  const { request, members = {} } = command;
  const nowMs = surroundings.nowMs();
  const { maxFlowNum, expiresAtS } = effectiveLimits(request, seconds(nowMs));
  const named = sealedMembers(request);
  return {
    codeId: command.codeId ?? surroundings.ids.id(),
    slug: surroundings.ids.slug(),
    callbackToken: surroundings.ids.id(),
    appId: request.Agent.AppId,
    organization: request.Agent.ProxyOrganizationOpenId,
    operator: request.Agent.ProxyOperator.OpenId,
    templateId: request.TemplateId,
    flowName: request.FlowName,
    qrCodeName: request.QrCodeName || null,
    request: storedRequest(request),
    sealed: named && seal.seal(JSON.stringify(named)),
    maxFlowNum,
    lifeS: expiresAtS - seconds(nowMs),
    externalId: members.externalId ?? null,
    labels: members.labels ?? [],
    note: members.note ?? null,
    policy: applyPolicy(command.policy ?? {}),
    state: 'Creating',
    reason: { code: 'Creating' },
    version: 1,
    current: null,
    generationsMade: 0,
    committed: 0,
    dueAtS: null,
    warnAtS: null,
    held: false,
    renewRequested: false,
    failures: 0,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  };
}

function firstAttempt({ surroundings }: CreatePorts, code: Code): Attempt {
  const { codeId, appId, organization, operator } = code;
  const nowS = seconds(code.createdAtMs);
  return plannedAttempt({
    attemptId: surroundings.ids.id(),
    codeId,
    appId,
    organization,
    operator,
    generation: 1,
    kind: 'create',
    leaseToken: '0',
    expiresAtS: nowS + code.lifeS,
    plannedAtS: nowS,
  });
}

/** Throws why no generation came of it, written down or not: what is open in the journal is settled by the timer. */
async function giveUp(
  ports: CreatePorts,
  code: Code,
  attempt: Attempt,
  lease: Lease,
  failure: CallFailure,
): Promise<never> {
  await writeDown(ports, code, attempt, lease, failure).catch(() => undefined);
  throw failure.outcome === 'unknown' ? unknownOutcome(code, undefined, failure.error) : failure.error;
}

async function writeDown(
  { register, surroundings }: CreatePorts,
  before: Code,
  { attemptId }: Attempt,
  lease: Lease,
  failure: CallFailure,
): Promise<void> {
  await register.transaction(async (tx) => {
    const nowMs = surroundings.nowMs();
    const locked = await tx.lockCode(before.codeId);
    const attempt = await tx.lockAttempt(attemptId);
    if (attempt) await tx.saveAttempt(failedAttempt(attempt, failure, nowMs));
    if (failure.kind === 'quota') await quotaLacking(tx, before, refusedForQuota(nowMs), surroundings);
    // Settled by somebody else as never sent: the code of that name, if there is one, is another's by now.
    if (locked === undefined || attempt?.state === 'refused') return;
    if (failure.outcome === 'unknown') {
      if (locked.leaseToken !== lease.token) return;
      const code = outcomeUnknown(locked.code, nowMs);
      await tx.saveCode(code, 'release');
      await tx.emit(codeEvent('code.outcome_unknown', code, origin(surroundings)));
    } else if (locked.leaseToken === lease.token) {
      await tx.deleteCode(before.codeId);
    } else if (locked.code.state === 'OutcomeUnknown') {
      // It was shown to people as unknown meanwhile; now it is known that nothing came of it.
      await tx.saveCode(failed(locked.code, failure.errorCode, nowMs), 'keep');
    }
  });
}

function unknownOutcome(code: Code, detail?: string, cause?: unknown, qrCodeId?: string): Failure {
  const told = detail ?? (cause instanceof QianmaError ? cause.detail : undefined);
  return new Failure('UnknownOutcome', {
    ...(told !== undefined && { detail: told }),
    members: { CodeId: code.codeId, ...(qrCodeId !== undefined && { QrCodeId: qrCodeId }) },
    cause,
  });
}
