import { type Problem, TransportError, UpstreamError } from '../errors.ts';
import type { Action, ResponseOf } from '../essbasic/action.ts';
import { errorCodeFacts } from '../essbasic/error-kinds.ts';
import type { Text } from '../text.ts';
import type { Answered } from './exchange.ts';
import { readLeniently } from './lenient-reading.ts';

export interface Result<A extends Action> {
  response: ResponseOf<A>;
  /** Upstream's `RequestId`; empty where it gave none. */
  requestId: string;
  /** Members, as dotted paths, in which something came that cannot be read: they are left out of the response. */
  unread: readonly string[];
}

const codeForm = /^[A-Za-z][A-Za-z0-9.]{0,127}$/;
/** What an answer names, even where it cannot be read as a whole. */
const namedRequest = /"RequestId"\s*:\s*"([\w-]{1,64})"/;
const namedCode = /"QrCodeId"\s*:\s*"([\w-]{1,128})"/;

/**
 * What an answer means. It must hold what is indispensable; the rest is read as far as it goes.
 *
 * An answer that cannot be read leaves open what happened. For an action that may not be repeated that is an
 * unknown outcome, which carries the id of what was made where the answer names it. The one exception are statuses
 * 300–499 (but 408) without upstream's own word that all went well: by RFC 9110 they say that the request was not
 * carried out as it stood, and as upstream itself always answers with 200, it was something in front of it. Whatever
 * the status, an answer that names the code that was made is believed.
 *
 * @throws {UpstreamError} when upstream refused.
 * @throws {TransportError} `UpstreamHttpStatus`, `UpstreamMalformedAnswer` or `UnknownOutcome`.
 */
export function readAnswer<A extends Action>(
  action: A,
  answer: Answered,
  redact: (text: string) => string,
): Result<A> {
  const envelope = envelopeOf(answer.body);
  const facts = factsOf(action, answer.body, envelope);
  const { RequestId: _, Error: refusal = null, ...members } = envelope ?? {};
  const isSuccess = envelope !== undefined && refusal === null;
  const isCounted = answer.status === 200 || (facts.made !== undefined && isSuccess);
  if (!isCounted) throw httpStatusError(action, answer.status, facts, isSuccess);
  if (envelope === undefined) {
    throw unreadable(action, texts.noObject, facts);
  }
  if (refusal !== null) throw refusalError(action, refusal, facts, redact);
  const { data, unread } = readLeniently(action.response, members);
  if (data === undefined) {
    const problems = unread.map((path) => ({
      path: ['Response', path].filter(Boolean).join('.'),
      message: texts.undocumented,
    }));
    throw unreadable(action, texts.form, facts, problems);
  }
  // The schema's own output: what is read by a generic schema only promises as much as its constraint.
  return { response: data as ResponseOf<A>, requestId: facts.requestId, unread };
}

/** What an answer says of itself, even where it cannot be read as a whole. */
interface AnswerFacts {
  requestId: string;
  /** Id of the code that a create has made. */
  made: string | undefined;
}

/** The ids that an answer names, in its envelope or else anywhere in its bytes. */
export function factsOf(
  action: Action,
  body: Buffer,
  envelope?: Readonly<Record<string, unknown>>,
): AnswerFacts {
  const named = (pattern: RegExp) => pattern.exec(body.toString('latin1'))?.[1];
  const id = envelope?.['RequestId'] ?? named(namedRequest);
  const isId = typeof id === 'string' || typeof id === 'number';
  return {
    requestId: isId ? requestIdForm(String(id)) : '',
    made: action.repeatable ? undefined : named(namedCode),
  };
}

/** A UUID, or `s` and 19 digits. Characters of any other kind are not carried into logs and headers. */
const requestIdForm = (text: string) => text.slice(0, 64).replace(/[^\w-]/g, '_');

function envelopeOf(body: Buffer): Record<string, unknown> | undefined {
  try {
    const answer: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (!isObject(answer)) return undefined;
    return isObject(answer['Response']) ? answer['Response'] : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusalError(
  action: Action,
  refusal: unknown,
  facts: AnswerFacts,
  redact: (text: string) => string,
) {
  const { Code: code, Message: message }: Record<string, unknown> = isObject(refusal) ? refusal : {};
  if (typeof code !== 'string' || !codeForm.test(code)) {
    return unreadable(action, texts.noCode, facts);
  }
  if (facts.made !== undefined) {
    const both = { zh: `应答同时是拒绝（${code}）`, en: `The answer is a refusal, ${code}, as well` };
    return unreadable(action, both, facts);
  }
  const kind = errorCodeFacts(code);
  return new UpstreamError(code, kind, {
    detail: redact(typeof message === 'string' ? message : ''),
    upstreamRequestId: facts.requestId,
    ...(kind.status === 429 && { retryAfterS: 1 }),
  });
}

function unreadable(action: Action, detail: Text, facts: AnswerFacts, problems: readonly Problem[] = []) {
  const code = action.repeatable ? 'UpstreamMalformedAnswer' : 'UnknownOutcome';
  const { members, ...told } = toldOf(detail, facts);
  return new TransportError(code, 'after-send', { ...told, members, problems });
}

/** @param isSuccess does the body say, in upstream's own form, that all went well? */
function httpStatusError(action: Action, status: number, facts: AnswerFacts, isSuccess: boolean) {
  const isRefusal = status >= 300 && status < 500 && status !== 408;
  const carriedOut = !isRefusal || isSuccess || facts.made !== undefined;
  const code = !action.repeatable && carriedOut ? 'UnknownOutcome' : 'UpstreamHttpStatus';
  const { members, ...told } = toldOf(
    { zh: `上游返回 HTTP 状态 ${status}`, en: `Upstream answered with the HTTP status ${status}` },
    facts,
  );
  return new TransportError(code, 'after-send', { ...told, members: { ...members, upstreamStatus: status } });
}

/** The facts of an answer that cannot be read: a QR code that was made can be ended by its id alone. */
export function toldOf(detail: Text, { requestId, made }: AnswerFacts) {
  return {
    detail:
      made === undefined
        ? detail
        : { zh: `${detail.zh}；其中有签署码 ${made}`, en: `${detail.en}; it names the QR code ${made}` },
    members: made === undefined ? {} : { QrCodeId: made },
    ...(requestId !== '' && { upstreamRequestId: requestId }),
  };
}

const texts = {
  noObject: {
    zh: '应答不是含 Response 成员的 JSON 对象',
    en: 'The answer is not a JSON object with the member Response',
  },
  form: { zh: '应答与文档所述格式不符', en: 'The answer does not have the documented form' },
  undocumented: { zh: '与文档不符', en: 'not as documented' },
  noCode: { zh: '应答为拒绝，但没有错误码', en: 'The answer is a refusal without a code' },
} as const satisfies Record<string, Text>;
