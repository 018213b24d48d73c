import { Failure, QianmaError } from '../../errors.ts';
import type { CreateRequest, CreateResponse } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { effectiveLimits } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { inBoth, type Text } from '../../text.ts';
import type { RememberedAnswer, Seal } from '../../world.ts';
import { seconds } from '../../world.ts';
import type { Code } from '../code.ts';
import { codeEvent, origin } from '../events.ts';
import { quotaLacking, refusedForQuota } from '../quota/organization-quota.ts';
import { applyPolicy, type RenewalPolicyInput } from '../renewal/renewal-policy.ts';
import { type Attempt, sentCreate } from './attempt.ts';
import type { CallFailure } from './call-failure.ts';
import { withCallbackUrl } from './callback-url.ts';
import { type CreatePorts, generationOf, type PlannedCreate, sendCreate } from './send-create.ts';
import { noteFailure, settleMade } from './settle-create.ts';
import { sealedMembers, storedRequest } from './stored-request.ts';
import { failed, outcomeUnknown } from './transitions.ts';
import { type CodeMembers, validateCreate } from './validate-create.ts';

/** What a person asks for: upstream's request, and what the register keeps beside it. */
export interface CreateCommand {
  readonly request: CreateRequest;
  readonly policy?: RenewalPolicyInput;
  readonly members?: CodeMembers;
  /** The API key that asks. */
  readonly actor: string;
  /** How the answer is stored under an `Idempotency-Key`; left out: it is not. */
  readonly rememberedAs?: ((code: Code, response: CreateResponse) => RememberedAnswer) | undefined;
  /** Chosen beforehand where the same work may be begun twice, so that it can be found; otherwise a new one. */
  readonly codeId?: string | undefined;
}

export interface CreatedCode {
  code: Code;
  /** Upstream's own answer, with the end that the register reckons with. */
  response: CreateResponse;
  upstreamRequestId: string;
}

export interface CreateCodePorts extends CreatePorts {
  seal: Seal;
}

const noGeneration = {
  zh: '等待应答期间已由其他任务接手；所生成的签署码正在取消',
  en: 'Another took over while the answer was awaited; the QR code that was made is being cancelled',
};
const notWritten = {
  zh: '上游已生成签署码，但因数据库不可用未能登记',
  en: 'Upstream has made the QR code, and it could not be written down: the database is away',
};

/** The last part of the time is for writing down what was answered. Milliseconds. */
const settlingMs = 2_500;

/**
 * Makes a code: journal, upstream, register.
 *
 * @param deadlineMs when everything has to be over, epoch milliseconds
 * @throws Failure `InvalidRequest` with every problem; `Misconfigured` without a key to seal names with.
 * @throws UpstreamError Upstream refused: the journal keeps that, the register keeps no code.
 * @throws TransportError Stage `before-send`: nothing was sent, no code is kept.
 * @throws Failure `UnknownOutcome`, with the `CodeId` of the code that says so, now or when it is settled, as a member.
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
  const request = withCallbackUrl(command.request, ports.callbackBaseUrl, {
    token: code.callbackToken,
    generation: 1,
  });
  const note: PlannedCreate['note'] = (leaseMs, slot) =>
    ports.register.noteFirstCreate(code, attempt, leaseMs, slot);
  const outcome = await sendCreate(ports, { request, note }, deadlineMs - settlingMs);
  if (outcome.kind === 'failed') return giveUp(ports, code, attempt, outcome);
  if (outcome.kind !== 'made')
    throw new Failure('InternalFailure', { detail: 'A new code has no other holder' });
  const { requestId } = outcome;
  const { codeId, maxFlowNum, createdAtMs, lifeS } = code;
  const asked = { codeId, number: 1, maxFlowNum, expiresAtS: seconds(createdAtMs) + lifeS };
  const generation = generationOf(asked, outcome.response, seconds(ports.surroundings.nowMs()));
  // The end that is reckoned with: upstream's, or the one that was asked for where it gave none.
  const QrCode = { ...outcome.response.QrCode, ExpiredTime: generation.expiresAtS };
  const response = { ...outcome.response, QrCode };
  const known = { qrCodeId: generation.qrCodeId, upstreamRequestId: requestId };
  const { rememberedAs } = command;
  const settled = await settleMade(
    ports,
    {
      code,
      attempt,
      lease: { codeId, token: attempt.leaseToken },
      generation,
      upstreamRequestId: requestId,
      event: 'code.created',
      actor: command.actor,
      reasonOf: () => ({ code: 'Created' }),
      rememberedAs: rememberedAs && ((made) => rememberedAs(made, response)),
    },
    deadlineMs,
  ).catch((cause: unknown) => {
    // "Try again" would be wrong advice: there would be two.
    throw unknownOutcome(code, { detail: notWritten, cause, ...known });
  });
  if (settled.kind === 'orphaned') throw unknownOutcome(code, { detail: noGeneration, ...known });
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

/** The lease under which a code is made: the first. */
const firstToken = '1';

function firstAttempt({ surroundings }: CreatePorts, code: Code): Attempt {
  const { codeId, appId, organization, operator } = code;
  const nowS = seconds(code.createdAtMs);
  return sentCreate({
    attemptId: surroundings.ids.id(),
    codeId,
    appId,
    organization,
    operator,
    generation: 1,
    leaseToken: firstToken,
    expiresAtS: nowS + code.lifeS,
    plannedAtS: nowS,
  });
}

/** Throws why no generation came of it, written down or not: what is open in the journal is settled by the timer. */
async function giveUp(
  ports: CreatePorts,
  code: Code,
  attempt: Attempt,
  { failure, noted }: { failure: CallFailure; noted: boolean },
): Promise<never> {
  if (noted) await writeDown(ports, code, attempt, failure).catch(() => undefined);
  if (failure.outcome !== 'unknown') throw failure.error;
  const { error, qrCodeId, upstreamRequestId } = failure;
  throw unknownOutcome(code, { cause: error, qrCodeId, upstreamRequestId });
}

async function writeDown(
  { register, surroundings }: CreatePorts,
  before: Code,
  { attemptId, leaseToken }: Attempt,
  failure: CallFailure,
): Promise<void> {
  await register.transaction(async (tx) => {
    const nowMs = surroundings.nowMs();
    const locked = await tx.lockCode(before.codeId);
    const attempt = await tx.lockAttempt(attemptId);
    if (attempt) await noteFailure(tx, attempt, failure, surroundings);
    if (failure.kind === 'quota') await quotaLacking(tx, before, refusedForQuota(nowMs), surroundings);
    // Never noted, or settled by another run as never sent: the code of that name, if there is one, is another's.
    if (locked === undefined || attempt === undefined || attempt.state === 'refused') return;
    if (failure.outcome === 'unknown') {
      if (locked.leaseToken !== leaseToken) return;
      const code = outcomeUnknown(locked.code, nowMs);
      await tx.saveCode(code, 'release');
      await tx.emit(codeEvent('code.outcome_unknown', code, origin(surroundings)));
    } else if (locked.leaseToken === leaseToken) {
      await tx.deleteCode(before.codeId);
    } else if (locked.code.state === 'OutcomeUnknown') {
      // It was shown as unknown until now; now it is known that nothing was made.
      await tx.saveCode(failed(locked.code, failure.errorCode, nowMs), 'keep');
    }
  });
}

/** What is known of a create whose outcome is not. */
interface Known {
  detail?: Text;
  cause?: unknown;
  qrCodeId: string | null;
  upstreamRequestId: string | null;
}

function unknownOutcome(code: Code, { detail, cause, qrCodeId, upstreamRequestId }: Known): Failure {
  const told =
    detail ??
    (cause instanceof QianmaError && cause.detail !== undefined
      ? inBoth((language) => cause.sentence(language))
      : undefined);
  return new Failure('UnknownOutcome', {
    ...(told !== undefined && { detail: told }),
    ...(upstreamRequestId && { upstreamRequestId }),
    members: { CodeId: code.codeId, ...(qrCodeId !== null && { QrCodeId: qrCodeId }) },
    cause,
  });
}
