import { Failure, failureOf, type Problem, QianmaError } from '../../shared/errors.ts';
import { isLoopback } from '../../shared/runtime/config-parsers.ts';
import { validate } from '../../shared/runtime/json/validate.ts';
import type { Log } from '../../shared/runtime/log/log.ts';
import type { Language } from '../../shared/text.ts';
import type { PlainUpstream, ShownAnswer, ShownRequest } from '../../shared/upstream/plain-call.ts';
import type { AuditEntry, Work } from '../../shared/world.ts';
import { type CallRequest, changes, upstreamActions } from './request.ts';

export interface CallWorld {
  upstream: PlainUpstream;
  endpoint: string;
  realCalls: 'refuse' | 'allow';
  /** Each entry is there when it resolves. */
  audit(entry: AuditEntry): Promise<void>;
  log: Pick<Log, 'warn'>;
}

export interface CallFacts {
  actor: string;
  language: Language;
  deadlineMs: number;
  /** Under an `Idempotency-Key`. */
  work: Pick<Work, 'takenOver'> | undefined;
}

/** `X-TC-Language` for the languages that we answer in. */
const upstreamLanguages = { zh: 'zh-CN', en: 'en-US' } as const;

/**
 * Signs a request as it was written and sends it, once. What changes something is in the audit trail before it leaves: a
 * code that is made so is in no register, and the trail alone tells of it.
 *
 * @throws Failure `Forbidden` where upstream is real and nobody has allowed it; what the way to upstream throws
 */
export async function callUpstream(world: CallWorld, input: CallRequest, facts: CallFacts) {
  const { upstream, endpoint } = world;
  const action = upstreamActions[input.Action];
  const call = {
    action,
    body: JSON.stringify(input.Request),
    language: upstreamLanguages[facts.language],
  };
  const target = targetOf(world);
  const about = {
    Action: action.name,
    Endpoint: endpoint,
    ...target,
    Problems: problemsOf(input).map(({ path, message }) => ({ Path: path, Message: message })),
  };
  if (input.DryRun === true) return { ...about, ...sentMembers(upstream.show(call)), Received: null };
  if (!target.MayCall) throw new Failure('Forbidden', { detail: texts.notAllowed });
  // It may have been sent; upstream would make a second code.
  if (facts.work?.takenOver) throw new Failure('UnknownOutcome', { detail: texts.perhapsSent });
  if (changes(input)) await world.audit(entryOf(facts.actor, 'upstream.call', action.name, endpoint));
  const { sent, received } = await upstream.send(call, facts).catch(async (error: unknown) => {
    if (changes(input)) await noteEnd(world, facts.actor, action.name, endOf(error));
    throw error;
  });
  if (changes(input)) await noteEnd(world, facts.actor, action.name, idsIn(received));
  return { ...about, ...sentMembers(sent), Received: receivedMembers(received) };
}

/** An endpoint on this machine is the emulator; any other counts as real, Tencent's test host too. */
function targetOf({ endpoint, realCalls }: Pick<CallWorld, 'endpoint' | 'realCalls'>) {
  const isReal = !isLoopback(new URL(endpoint).hostname);
  return { IsReal: isReal, MayCall: !isReal || realCalls === 'allow' };
}

/** What our own reading of the documents finds wrong with a request; empty: nothing. */
function problemsOf({ Action: name, Request: body }: CallRequest): readonly Problem[] {
  try {
    validate(upstreamActions[name].request, body);
    return [];
  } catch (error) {
    if (error instanceof QianmaError) return error.problems;
    throw error;
  }
}

/** How a call ended, in ids and codes: whatever else an answer holds is in no record. */
interface End {
  /** Of a refusal or a failure, else the HTTP status. */
  code: string;
  requestId: string | undefined;
  qrCodeId: string | undefined;
}

async function noteEnd(world: CallWorld, actor: string, action: string, end: End): Promise<void> {
  const reason = `${action}: ${end.code}, RequestId ${end.requestId ?? '-'}`;
  try {
    await world.audit(entryOf(actor, 'upstream.answer', end.qrCodeId ?? action, reason));
  } catch (error) {
    world.log.warn('the answer of a call from the Explorer is not in the audit trail', {}, error);
  }
}

const entryOf = (actor: string, action: string, subject: string, reason: string): AuditEntry => ({
  actor,
  action,
  subject,
  reason,
});

function idsIn({ status, body }: ShownAnswer): End {
  const named = (pattern: RegExp) => pattern.exec(body)?.[1];
  return {
    code: named(/"Code"\s*:\s*"([A-Za-z][A-Za-z0-9.]{0,127})"/) ?? String(status),
    requestId: named(/"RequestId"\s*:\s*"([\w-]{1,64})"/),
    qrCodeId: named(/"QrCodeId"\s*:\s*"([\w-]{1,128})"/),
  };
}

function endOf(error: unknown): End {
  const { code, upstreamRequestId, members } = failureOf(error);
  const { QrCodeId } = members;
  return {
    code,
    requestId: upstreamRequestId,
    qrCodeId: typeof QrCodeId === 'string' ? QrCodeId : undefined,
  };
}

function sentMembers({ url, headers, body, signature }: ShownRequest) {
  return {
    Sent: { Url: url, Headers: headers, Body: body },
    Signature: {
      CanonicalRequest: signature.canonicalRequest,
      HashedCanonicalRequest: signature.hashedCanonicalRequest,
      CredentialScope: signature.credentialScope,
      StringToSign: signature.stringToSign,
      Authorization: signature.authorization,
    },
  };
}

function receivedMembers({ status, headers, body, durationMs }: ShownAnswer) {
  return { Status: status, Headers: headers, Body: body, DurationMs: Math.round(durationMs) };
}

const texts = {
  notAllowed: {
    zh: 'ESS_ENDPOINT 不是本机的仿真器，而 EXPLORER_REAL_CALLS 不是 allow，因此未发出任何请求。部署者设为 allow 后，调用将以真实密钥执行并可能产生费用',
    en: 'ESS_ENDPOINT is not the emulator on this machine, and EXPLORER_REAL_CALLS is not allow: nothing was sent. Once the operator of the deployment sets it to allow, calls are made with the real key and may cost money',
  },
  perhapsSent: {
    zh: '此前相同 Idempotency-Key 的请求可能已发出，未再发送；结果见审计记录中的 upstream.answer',
    en: 'An earlier request with this Idempotency-Key may have been sent, so nothing was sent now; the audit log has its answer under upstream.answer, if one came',
  },
} as const;
