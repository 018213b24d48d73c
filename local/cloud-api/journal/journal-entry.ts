import type { Credential } from '../credentials.ts';
import type { Fault } from '../faults.ts';
import type { Outcome } from '../outcome.ts';
import { header, type ReadCall } from '../read-call.ts';
import type { JournalEntry } from './journal.ts';

export interface HandledCall {
  read: ReadCall;
  /** As it may be written down. */
  action: string;
  /** Undefined where a fault struck before anything was decided. */
  outcome: Outcome | undefined;
  fault: Fault | undefined;
  requestId: string;
  /** Of the clock of the stand-in. */
  nowMs: number;
  credentials: readonly Credential[];
  mask: (request: unknown) => unknown;
}

/** What the journal keeps of a call. */
export function journalEntry(handled: HandledCall): Omit<JournalEntry, 'number'> {
  const { read, action, outcome, fault, requestId, nowMs, credentials, mask } = handled;
  return {
    at: new Date(nowMs).toISOString(),
    requestId,
    method: read.method.slice(0, 20),
    action,
    secretId: knownSecretId(read, credentials),
    bodyBytes: read.body?.byteLength ?? 0,
    ...(read.request?.ok && { request: mask(read.request.value) }),
    ...decisionOf(outcome),
    ...(fault && { fault: { id: fault.id, effect: effectOf(fault) } }),
  };
}

function decisionOf(outcome: Outcome | undefined): Pick<JournalEntry, 'result' | 'reason' | 'signature'> {
  if (outcome === undefined) return { result: 'none', reason: 'a fault struck before anything was decided' };
  if (outcome.ok) return { result: 'ok' };
  const { code, reason, message, explanation } = outcome;
  return {
    result: code,
    reason: reason ?? message.en,
    ...(explanation && { signature: explanation }),
  };
}

function effectOf({ code, httpStatus, drop, malformed }: Fault): string {
  if (drop !== undefined) return 'the connection was dropped';
  if (httpStatus !== undefined) return `HTTP status ${httpStatus} was answered`;
  if (code !== undefined) return `${code} was answered`;
  return malformed ? 'the answer was cut short' : 'the answer was late';
}

/** The SecretId, if it is one of ours. Anything else might be a real secret. */
function knownSecretId(read: ReadCall, credentials: readonly Credential[]): string {
  const named = read.scheme === 'TC3' ? secretIdOfTc3(read) : secretIdOfV1(read);
  if (named === '') return '';
  return credentials.some(({ secretId }) => secretId === named) ? named : '(unknown)';
}

const secretIdOfTc3 = (read: ReadCall) =>
  /^TC3-HMAC-SHA256 Credential=([^\s,/]{1,100})/.exec(header(read, 'authorization'))?.[1] ?? '';

const secretIdOfV1 = ({ parameters }: ReadCall) =>
  parameters?.ok ? (parameters.value.get('SecretId') ?? '') : '';
