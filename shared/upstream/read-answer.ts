import * as z from 'zod/mini';
import type { Action, ResponseOf } from '../contract/action.ts';
import { errorCodeFacts } from '../contract/error-codes.ts';
import { type Problem, TransportError, UpstreamError } from '../errors.ts';
import type { Answered } from './exchange.ts';

export interface Result<A extends Action> {
  response: ResponseOf<A>;
  /** Upstream's `RequestId`; empty where it gave none. */
  requestId: string;
}

/** A UUID, or `s` and 19 digits; anything else is not carried into logs and headers. */
const requestIdForm = /^[\w-]{1,64}$/;
const codeForm = /^[A-Za-z][A-Za-z0-9.]{0,127}$/;

/**
 * What an answer means.
 *
 * An answer that cannot be read leaves open what happened. For an action that may not be repeated that is an
 * unknown outcome. The one exception are statuses 300–499 (but 408): by RFC 9110 they say that the request was
 * not carried out as it stood, and as upstream itself always answers with 200, it was something in front of it.
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
  const requestId = requestIdOf(envelope);
  if (answer.status !== 200) throw httpStatusError(action, answer.status, requestId);
  if (envelope === undefined) {
    throw unreadable(action, 'The answer is not a JSON object with the member Response', requestId);
  }

  const { RequestId: _, Error: refusal, ...members } = envelope;
  if (refusal !== undefined) throw refusalError(action, refusal, requestId, redact);
  const parsed = z.safeParse(action.response, members);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path }) => ({
      path: ['Response', ...path.map(String)].join('.'),
      message: 'not as documented',
    }));
    throw unreadable(action, 'The answer does not have the documented form', requestId, problems);
  }
  // The schema's own output: safeParse of a generic schema only promises as much as its constraint.
  return { response: parsed.data as ResponseOf<A>, requestId };
}

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

function requestIdOf(envelope: Record<string, unknown> | undefined): string {
  const id = envelope?.['RequestId'];
  return typeof id === 'string' && requestIdForm.test(id) ? id : '';
}

function refusalError(action: Action, refusal: unknown, requestId: string, redact: (text: string) => string) {
  const code = isObject(refusal) ? refusal['Code'] : undefined;
  const message = isObject(refusal) ? refusal['Message'] : undefined;
  if (typeof code !== 'string' || !codeForm.test(code)) {
    return unreadable(action, 'The answer is a refusal without a code', requestId);
  }
  const kind = errorCodeFacts(code);
  return new UpstreamError(code, kind, {
    upstreamMessage: redact(typeof message === 'string' ? message : ''),
    upstreamRequestId: requestId,
    ...(kind.status === 429 && { retryAfterS: 1 }),
  });
}

function unreadable(action: Action, detail: string, requestId: string, problems: readonly Problem[] = []) {
  const code = action.repeatable ? 'UpstreamMalformedAnswer' : 'UnknownOutcome';
  return new TransportError(code, 'after-send', { detail, problems, ...idFact(requestId) });
}

function httpStatusError(action: Action, status: number, requestId: string) {
  const carriedOut = status < 300 || status >= 500 || status === 408;
  const code = !action.repeatable && carriedOut ? 'UnknownOutcome' : 'UpstreamHttpStatus';
  return new TransportError(code, 'after-send', {
    detail: `Upstream answered with the HTTP status ${status}`,
    members: { upstreamStatus: status },
    ...idFact(requestId),
  });
}

const idFact = (requestId: string) => (requestId === '' ? {} : { upstreamRequestId: requestId });
