import type { Text } from '../../shared/text.ts';
import { checkCall } from './check-call.ts';
import type { ApiAction, CloudService } from './cloud-service.ts';
import type { Credential } from './credentials.ts';
import type { Fault, Faults } from './faults.ts';
import type { JournalEntry, WritableJournal } from './journal/journal.ts';
import { journalEntry } from './journal/journal-entry.ts';
import { type Outcome, type Refusal, refusing } from './outcome.ts';
import { parseRequest } from './parse-request.ts';
import type { RateLimit } from './rate-limit.ts';
import { type ApiCall, actionNamed, common, type ReadCall, readCall, timestampOf } from './read-call.ts';
import { answer, cutShort, gatewayError, type Reply } from './reply.ts';
import { authenticate } from './signatures/authenticate.ts';

export interface GatewayParts<A extends ApiAction> {
  service: CloudService<A>;
  /** What the action does with a request that keeps its schema, or why it refuses to. */
  act: (action: A, request: unknown) => Outcome | Promise<Outcome>;
  credentials: readonly Credential[];
  faults: Faults;
  rateLimit: RateLimit;
  journal: WritableJournal;
  /** Overrides the limits of all actions. */
  requestsPerSecond: number | undefined;
  newRequestId: (action: string) => string;
  /** The time of the journal, by which requests are counted, too. Epoch milliseconds. */
  nowMs: () => number;
  /** The time that a signature of such a time is checked against. Unix seconds. */
  signatureNowS: (timestampS: number) => number;
  /** Waits for real milliseconds. */
  sleep: (ms: number) => Promise<void>;
  onJournal: (entry: JournalEntry) => void;
  onDefect: (error: unknown) => void;
}

/** A service behind Cloud API: takes a call to what it comes to on the wire, and writes it down. */
export function createGateway<A extends ApiAction>(
  parts: GatewayParts<A>,
): (call: ApiCall) => Promise<Reply> {
  const { service, credentials, nowMs } = parts;
  return async (call) => {
    const read = readCall(call, service.refuse);
    const action = actionNamed(read);
    const fault = parts.faults.strike(action);
    if (fault?.latencyMs) await parts.sleep(fault.latencyMs);

    const requestId = parts.newRequestId(action);
    const outcome = isEarly(fault) ? undefined : await decide(read, parts);
    const handled = {
      read,
      action,
      outcome,
      fault,
      requestId,
      nowMs: nowMs(),
      credentials,
      mask: service.mask,
    };
    parts.onJournal(parts.journal.write(journalEntry(handled)));
    if (fault?.drop !== undefined) return 'drop';
    if (fault?.httpStatus !== undefined) return gatewayError(fault.httpStatus);
    const reply = answer(answered(outcome, fault, service), requestId, common(read, 'Language'));
    return fault?.malformed ? cutShort(reply) : reply;
  };
}

const replacesAnswer = (fault: Fault | undefined) =>
  fault?.code !== undefined || fault?.httpStatus !== undefined;

/** Does the fault strike before the service decides anything? */
const isEarly = (fault: Fault | undefined) =>
  fault?.drop === 'before' || (replacesAnswer(fault) && fault?.afterEffect !== true);

/** The answer: what the service decided, or what a fault puts in its place. */
function answered<A extends ApiAction>(
  outcome: Outcome | undefined,
  fault: Fault | undefined,
  { codes }: CloudService<A>,
): Outcome {
  if (fault?.code !== undefined) return refusalOfFault(fault.code, fault.message, codes);
  if (outcome === undefined)
    throw new TypeError('A fault held the service back and put nothing in its place');
  return outcome;
}

function refusalOfFault(
  code: string,
  message: string | undefined,
  codes: Readonly<Record<string, Text>>,
): Refusal {
  const cause = { zh: '由故障规则触发', en: 'caused by a fault' };
  if (message === undefined && Object.hasOwn(codes, code)) return refusing(codes)(code, cause);
  const text = message === undefined ? cause : { zh: message, en: message };
  return { ok: false, code, message: text };
}

/** The service itself. Whatever is sent, it does not throw. */
async function decide<A extends ApiAction>(read: ReadCall, parts: GatewayParts<A>): Promise<Outcome> {
  try {
    return await serve(read, parts);
  } catch (error) {
    parts.onDefect(error);
    const detail = { zh: '本机替身自身缺陷', en: 'a defect of the stand-in itself' };
    return parts.service.refuse('InternalError', detail);
  }
}

async function serve<A extends ApiAction>(
  read: ReadCall,
  { service, act, credentials, rateLimit, nowMs, ...parts }: GatewayParts<A>,
): Promise<Outcome> {
  const checked = await checkCall(read, service);
  if (!checked.ok) return checked;
  const { action } = checked;
  const { name, refuse } = service;
  const caller = authenticate(read, {
    credentials,
    nowS: parts.signatureNowS(timestampOf(read)),
    service: name,
    refuse,
  });
  if (!caller.ok) return caller;

  const perSecond = parts.requestsPerSecond ?? action.requestsPerSecond;
  if (!rateLimit.take(caller.secretId, action.name, perSecond, nowMs())) {
    const detail = { zh: `每秒不超过 ${perSecond} 次`, en: `no more than ${perSecond} in a second` };
    return refuse('RequestLimitExceeded', detail);
  }
  if (read.request === undefined)
    throw new TypeError('A call without a body has passed the check of its size');
  if (!read.request.ok) return read.request;
  const request = parseRequest(service, action, read.request.value, read.parameters !== undefined);
  return request.ok ? await act(action, request.value) : request;
}
