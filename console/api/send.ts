import { language } from '../state/preferences.ts';
import { apiKey, endSession } from '../state/session.ts';
import type { TextKey } from '../texts/dictionary.ts';
import { type CallRecord, currentStep, recordCall } from './call-record.ts';
import { CallProblem } from './problem.ts';

export interface Request<Found> {
  /** What is called, for the inspector. */
  action: string;
  url: string;
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Reads what was answered where it succeeded. */
  read: (response: Response) => Promise<Found>;
}

export interface SendOptions {
  /** What the person is doing, for the inspector. */
  step: TextKey;
  signal?: AbortSignal;
  /** In the place of the key of the session; null: none, of what everybody may ask. */
  key?: string | null;
  /** Is shown each answer before it is read, one that refuses too. */
  onAnswer?: (response: Response) => Promise<void>;
}

/** A function takes no longer than that, SCF's way included. */
const patienceMs = 70_000;

/**
 * Asks a function, as `curl` would, and notes it for the inspector.
 *
 * @throws CallProblem; an `AbortError` where the caller has aborted it
 */
export async function send<Found>(
  { action, url, method, headers, body, read }: Request<Found>,
  { step, signal, key, onAnswer }: SendOptions,
): Promise<Found> {
  const sent = key === undefined ? (apiKey.peek() ?? '') : key;
  const startedMs = performance.now();
  const about = { step, stepNumber: currentStep(), atMs: Date.now(), method, action };
  const idempotencyKey = headers?.['Idempotency-Key'];
  const contents = body === undefined ? undefined : { body, ...(idempotencyKey && { idempotencyKey }) };
  const record = (rest: Partial<CallRecord>) =>
    recordCall({ ...about, ...rest, durationMs: Math.round(performance.now() - startedMs) }, contents);
  let outcome: Partial<CallRecord> = {};
  try {
    const response = await fetch(url, {
      method,
      headers: {
        'Accept-Language': language.peek() === 'zh' ? 'zh-CN' : 'en',
        ...(sent !== null && { Authorization: `Bearer ${sent}` }),
        ...headers,
      },
      ...(body !== undefined && { body }),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])]),
    });
    outcome = { status: response.status, ...idsIn(response) };
    await onAnswer?.(response.clone());
    if (!response.ok) throw new CallProblem(response.status, await membersOf(response));
    const found = await read(response);
    record(outcome);
    return found;
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const problem = cause instanceof CallProblem ? cause : new CallProblem(undefined, {}, { cause });
    record({ ...outcome, problem: problem.code });
    // Another may have signed in meanwhile.
    if (problem.status === 401 && key === undefined && sent === apiKey.peek()) endSession();
    throw problem;
  }
}

/** Of an answer in JSON; a gateway's own page, or nothing, has none. */
export async function membersOf(response: Response): Promise<Record<string, unknown>> {
  const text = await response.text();
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {}; // an object
  } catch {
    return {};
  }
}

function idsIn({ headers }: Response): Pick<CallRecord, 'requestId' | 'upstreamRequestId'> {
  const idIn = (name: 'requestId' | 'upstreamRequestId', header: string) => {
    const value = headers.get(header);
    return value === null || value === '' ? {} : { [name]: value };
  };
  return {
    ...idIn('requestId', 'x-request-id'),
    ...idIn('upstreamRequestId', 'x-upstream-request-id'),
  };
}
