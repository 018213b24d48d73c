import { requestsPerSecond as usualRequestsPerSecond } from '../../../../shared/scf/limits.ts';
import { type ApiCall, actionNamed, header } from '../../../essbasic/gateway/api-call.ts';
import { authenticate } from '../../../essbasic/gateway/authenticate.ts';
import type { Fault, Faults } from '../../../essbasic/gateway/faults.ts';
import type { JournalEntry, WritableJournal } from '../../../essbasic/gateway/journal.ts';
import { explanationShown, knownSecretId } from '../../../essbasic/gateway/journal-entry.ts';
import type { Outcome, Refusal } from '../../../essbasic/gateway/outcome.ts';
import type { RateLimit } from '../../../essbasic/gateway/rate-limit.ts';
import { answer, cutShort, gatewayError, type Reply } from '../../../essbasic/gateway/reply.ts';
import type { Credential } from '../../../essbasic/seeds/credentials.ts';
import type { Services } from '../services.ts';
import { checkCall } from './check-call.ts';
import { refusalOfService } from './check-service.ts';
import type { ManagedAction } from './managed-action.ts';
import { maskRequest } from './mask-request.ts';
import { parseBody, parseRequest } from './parse-request.ts';
import { refuse } from './refuse.ts';

export interface ManagementGatewayParts {
  region: string;
  credentials: readonly Credential[];
  services: Services;
  faults: Faults;
  rateLimit: RateLimit;
  journal: WritableJournal;
  /** Overrides the limits of all actions. */
  requestsPerSecond: number | undefined;
  newRequestId: () => string;
  /** Real time: clients sign with it, and are counted by it. Epoch milliseconds. */
  realNowMs: () => number;
  /** Waits for real milliseconds. */
  sleep: (ms: number) => Promise<void>;
  onJournal: (entry: JournalEntry) => void;
  onDefect: (error: unknown) => void;
}

/** The management API: takes a call to what it comes to on the wire, and writes it down. */
export function createManagementGateway(parts: ManagementGatewayParts): (call: ApiCall) => Promise<Reply> {
  return async (call) => {
    const fault = parts.faults.strike(actionNamed(call));
    if (fault?.latencyMs) await parts.sleep(fault.latencyMs);
    const requestId = parts.newRequestId();
    const outcome = isEarly(fault) ? undefined : await decide(call, parts);
    parts.onJournal(parts.journal.write(entryOf({ call, outcome, fault, requestId }, parts)));
    return replyOf(outcome, fault, requestId, header(call, 'x-tc-language'));
  };
}

const replacesAnswer = (fault: Fault | undefined) =>
  fault?.code !== undefined || fault?.httpStatus !== undefined;

/** Does the fault strike before the request has its effect? */
const isEarly = (fault: Fault | undefined) =>
  fault?.drop === 'before' || (replacesAnswer(fault) && fault?.afterEffect !== true);

function replyOf(
  outcome: Outcome | undefined,
  fault: Fault | undefined,
  requestId: string,
  language: string,
): Reply {
  if (fault?.drop !== undefined) return 'drop';
  if (fault?.httpStatus !== undefined) return gatewayError(fault.httpStatus);
  if (fault?.code !== undefined) return answer(refusalOfFault(fault), requestId, language);
  if (outcome === undefined)
    throw new TypeError('A fault held the service back and put nothing in its place');
  const reply = answer(outcome, requestId, language);
  return fault?.malformed ? cutShort(reply) : reply;
}

function refusalOfFault({ code = '', message = 'caused by a fault' }: Fault): Refusal {
  return { ok: false, code, message: { zh: message, en: message } };
}

/** The service itself. Whatever is sent, it does not throw. */
async function decide(call: ApiCall, parts: ManagementGatewayParts): Promise<Outcome> {
  try {
    return await serve(call, parts);
  } catch (error) {
    parts.onDefect(error);
    return refuse('InternalError', { zh: '本机替身自身缺陷', en: 'a defect of the stand-in itself' });
  }
}

async function serve(call: ApiCall, parts: ManagementGatewayParts): Promise<Outcome> {
  const checked = checkCall(call, parts.region);
  if (!checked.ok) return checked;
  const { action, body } = checked;
  const nowMs = parts.realNowMs();
  const caller = authenticate(call, body, parts.credentials, Math.floor(nowMs / 1000));
  if (!caller.ok) return caller;
  const foreign = refusalOfService(call);
  if (foreign !== undefined) return foreign;

  const perSecond = parts.requestsPerSecond ?? action.requestsPerSecond ?? usualRequestsPerSecond;
  if (!parts.rateLimit.take(caller.secretId, action.name, perSecond, nowMs)) {
    const detail = { zh: `每秒不超过 ${perSecond} 次`, en: `no more than ${perSecond} in a second` };
    return refuse('RequestLimitExceeded', detail);
  }
  const parsed = parseBody(body);
  if (!parsed.ok) return parsed;
  const request = parseRequest(action, parsed.value);
  const outcome = request.ok ? await action.handle(request.value, parts.services) : request;
  noteForeignCode(action, outcome, parts.onDefect);
  return outcome;
}

/** Codes of the members, which every action may answer. */
const codesOfMembers = ['InvalidParameter', 'InvalidParameterValue', 'MissingParameter', 'UnknownParameter'];

/** An action that answers what it does not list is wrong, or its list is. */
function noteForeignCode(action: ManagedAction, outcome: Outcome, onDefect: (error: unknown) => void): void {
  if (outcome.ok) return;
  const listed: readonly string[] = [
    ...action.publishedCodes,
    ...(action.assumedCodes ?? []),
    ...codesOfMembers,
  ];
  if (!listed.includes(outcome.code)) {
    onDefect(new TypeError(`${action.name} answers ${outcome.code}, which it does not list`));
  }
}

interface Handled {
  call: ApiCall;
  outcome: Outcome | undefined;
  fault: Fault | undefined;
  requestId: string;
}

function entryOf(handled: Handled, parts: ManagementGatewayParts): Omit<JournalEntry, 'number'> {
  const { call, outcome, fault, requestId } = handled;
  const parsed = call.body === undefined ? undefined : parseBody(call.body);
  return {
    at: new Date(parts.realNowMs()).toISOString(),
    requestId,
    method: call.method.slice(0, 20),
    action: actionNamed(call),
    secretId: knownSecretId(call, parts.credentials),
    bodyBytes: call.body?.byteLength ?? 0,
    ...(parsed?.ok && { request: maskRequest(parsed.value) }),
    ...decisionOf(outcome),
    ...(fault && { fault: { id: fault.id, effect: effectOf(fault) } }),
  };
}

function decisionOf(outcome: Outcome | undefined): Pick<JournalEntry, 'result' | 'reason' | 'signature'> {
  if (outcome === undefined) return { result: 'none', reason: 'a fault struck before anything was decided' };
  if (outcome.ok) return { result: 'ok' };
  const { code, reason, message, explanation } = outcome;
  const signature = explanation === undefined ? {} : { signature: explanationShown(explanation) };
  return { result: code, reason: reason ?? message.en, ...signature };
}

function effectOf({ code, httpStatus, drop, malformed }: Fault): string {
  if (drop !== undefined) return 'the connection was dropped';
  if (httpStatus !== undefined) return `HTTP status ${httpStatus} was answered`;
  if (code !== undefined) return `${code} was answered`;
  return malformed ? 'the answer was cut short' : 'the answer was late';
}
