import type { Credential } from '../seeds/credentials.ts';
import { numericRequestId, uuid } from '../state/ids.ts';
import type { Memory } from '../state/memory.ts';
import { refusalOfAgent } from './acting-agent.ts';
import { type ApiCall, actionNamed, header } from './api-call.ts';
import { authenticate } from './authenticate.ts';
import { checkCall } from './check-call.ts';
import type { ActionContext } from './emulated-action.ts';
import type { Fault, Faults } from './faults.ts';
import { forcedRefusal, isErrorCode } from './forced-error.ts';
import type { JournalEntry, WritableJournal } from './journal.ts';
import { journalEntry } from './journal-entry.ts';
import { type Outcome, type Refusal, refusal } from './outcome.ts';
import { parseBody, parseRequest } from './parse-request.ts';
import type { RateLimit } from './rate-limit.ts';
import { answer, cutShort, gatewayError, type Reply } from './reply.ts';

export interface ApiGatewayParts {
  memory: Pick<Memory, 'world' | 'clock' | 'random'>;
  credentials: readonly Credential[];
  faults: Faults;
  rateLimit: RateLimit;
  journal: WritableJournal;
  /** Overrides the limits of the contract. */
  requestsPerSecond: number | undefined;
  /** The time that signatures are checked against. Unix seconds. */
  signatureNowS: () => number;
  baseUrl: () => string;
  /** Waits for real milliseconds. */
  sleep: (ms: number) => Promise<void>;
  onJournal: (entry: JournalEntry) => void;
  onDefect: (error: unknown) => void;
}

/** The emulated API: takes a call to what it comes to on the wire, and writes it down. */
export function createApiGateway(parts: ApiGatewayParts): (call: ApiCall) => Promise<Reply> {
  const { clock, random } = parts.memory;
  return async (call) => {
    const action = actionNamed(call);
    const fault = parts.faults.strike(action);
    if (fault?.latencyMs) await parts.sleep(fault.latencyMs);

    // The published create answers with the numeric form, the published cancel with the other.
    const requestId =
      action === 'ChannelCreateMultiFlowSignQRCode'
        ? numericRequestId(clock.nowMs(), random.requests)
        : uuid(random.requests);
    const outcome = outcomeOf(call, fault, parts);
    const reply = replyOf(outcome, fault, requestId, header(call, 'x-tc-language'));
    const nowMs = clock.nowMs();
    const facts = { call, outcome, fault, requestId, nowMs, credentials: parts.credentials };
    parts.onJournal(parts.journal.write(journalEntry(facts)));
    return reply;
  };
}

/** What the service decides; undefined where a fault strikes before it decides anything. */
function outcomeOf(call: ApiCall, fault: Fault | undefined, parts: ApiGatewayParts): Outcome | undefined {
  const early = fault?.drop === 'before' || (replacesAnswer(fault) && fault?.afterEffect !== true);
  return early ? undefined : decide(call, parts);
}

const replacesAnswer = (fault: Fault | undefined) =>
  fault?.code !== undefined || fault?.httpStatus !== undefined;

function replyOf(
  outcome: Outcome | undefined,
  fault: Fault | undefined,
  requestId: string,
  language: string,
): Reply {
  if (fault?.drop !== undefined) return 'drop';
  if (fault?.httpStatus !== undefined) return gatewayError(fault.httpStatus);
  if (fault?.code !== undefined)
    return answer(refusalOfFault(fault.code, fault.message), requestId, language);
  if (outcome === undefined)
    throw new TypeError('A fault held the service back and put nothing in its place');
  const reply = answer(outcome, requestId, language);
  return fault?.malformed ? cutShort(reply) : reply;
}

function refusalOfFault(code: string, message: string | undefined): Refusal {
  if (message === undefined && isErrorCode(code)) {
    return refusal(code, { zh: '由故障规则触发', en: 'caused by a fault' });
  }
  const text = message ?? 'caused by a fault';
  return { ok: false, code, message: { zh: text, en: text } };
}

/** The service itself. Whatever is sent, it does not throw. */
function decide(call: ApiCall, parts: ApiGatewayParts): Outcome {
  try {
    return serve(call, parts);
  } catch (error) {
    parts.onDefect(error);
    return refusal('InternalError', { zh: '模拟器自身缺陷', en: 'a defect of the emulator itself' });
  }
}

function serve(call: ApiCall, parts: ApiGatewayParts): Outcome {
  const checked = checkCall(call);
  if (!checked.ok) return checked;
  const { action, body } = checked;
  const { contract } = action;
  const { world, clock, random } = parts.memory;
  const caller = authenticate(call, body, parts.credentials, parts.signatureNowS());
  if (!caller.ok) return caller;

  const perSecond = parts.requestsPerSecond ?? contract.requestsPerSecond;
  if (!parts.rateLimit.take(caller.secretId, contract.name, perSecond, clock.nowMs())) {
    const detail = { zh: `每秒不超过 ${perSecond} 次`, en: `no more than ${perSecond} in a second` };
    return refusal('RequestLimitExceeded', detail);
  }

  const parsed = parseBody(body);
  if (!parsed.ok) return parsed;
  const request = parseRequest(contract, parsed.value);
  if (!request.ok) return request;

  // What parseRequest accepts is a request of this contract, and every contract begins with its Agent.
  const accepted = request.value as Parameters<typeof action.handle>[0] & AgentBearer;
  const context: ActionContext = { world, nowS: clock.nowS(), random: random.ids, baseUrl: parts.baseUrl() };
  return (
    forcedRefusal(action.forcibleId(accepted)) ??
    refusalOfAgent(accepted.Agent, contract, world) ??
    action.handle(accepted, context)
  );
}

interface AgentBearer {
  Agent: Parameters<typeof refusalOfAgent>[0];
}
