import { language } from '../state/preferences.ts';
import { apiKey } from '../state/session.ts';
import type { TextKey } from '../texts/dictionary.ts';
import type { ActionName, Answers } from './answers.ts';
import { type CallRecord, currentStep, recordCall } from './call-record.ts';
import { functionUrl } from './function-url.ts';
import { CallProblem } from './problem.ts';

export interface CallOptions {
  /** What the person is doing, for the inspector. */
  step: TextKey;
  /** With one, a call that is repeated has its effect once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** In the place of the key of the session, to try it. */
  key?: string;
}

/** A function takes no longer than that, SCF's way included. */
const patienceMs = 70_000;

/**
 * Calls an action as `curl` would.
 *
 * @throws CallProblem; an `AbortError` where the caller has aborted it
 */
export async function call<A extends ActionName>(
  action: A,
  body: object,
  { step, idempotencyKey, signal, key = apiKey.peek() ?? '' }: CallOptions,
): Promise<Answers[A]> {
  const startedMs = performance.now();
  const about = { step, stepNumber: currentStep(), atMs: Date.now(), method: 'POST', action };
  const record = (rest: Partial<CallRecord>) =>
    recordCall({ ...about, ...rest, durationMs: Math.round(performance.now() - startedMs) });
  let response: Response;
  try {
    response = await fetch(functionUrl(action), {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'Accept-Language': language.peek() === 'zh' ? 'zh-CN' : 'en',
        Authorization: `Bearer ${key}`,
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      },
      body: JSON.stringify(body),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])]),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    record({ problem: 'NoAnswer' });
    throw new CallProblem(undefined, {}, { cause });
  }
  const answer = await membersOf(response);
  const ids = {
    ...idIn('requestId', response, 'x-request-id'),
    ...idIn('upstreamRequestId', response, 'x-upstream-request-id'),
  };
  if (!response.ok) {
    const problem = new CallProblem(response.status, answer);
    record({ status: response.status, problem: problem.code, ...ids });
    throw problem;
  }
  record({ status: response.status, ...ids });
  return answer as unknown as Answers[A]; // the contract of the action, whose types these are
}

async function membersOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const answer: unknown = await response.json();
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {}; // an object
  } catch {
    // A gateway's own page, or nothing.
    return {};
  }
}

function idIn(name: 'requestId' | 'upstreamRequestId', { headers }: Response, header: string) {
  const value = headers.get(header);
  return value === null || value === '' ? {} : { [name]: value };
}

/** A new key for calls that must not have their effect twice. Also where the page is not in a secure context. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
