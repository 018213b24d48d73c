import { parseAuthorization } from '../../../shared/tc3/authorization-header.ts';
import type { Explanation } from '../../../shared/tc3/explain-mismatch.ts';
import type { Credential } from '../seeds/credentials.ts';
import { type ApiCall, actionNamed, header } from './api-call.ts';
import type { Fault } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import { maskRequest } from './mask-request.ts';
import type { Outcome } from './outcome.ts';
import { parseBody } from './parse-request.ts';

export interface HandledCall {
  call: ApiCall;
  /** Undefined where a fault struck before anything was decided. */
  outcome: Outcome | undefined;
  fault: Fault | undefined;
  requestId: string;
  /** Of the virtual clock. */
  nowMs: number;
  credentials: readonly Credential[];
}

/** What the journal keeps of a call. */
export function journalEntry(handled: HandledCall): Omit<JournalEntry, 'number'> {
  const { call, outcome, fault, requestId, nowMs, credentials } = handled;
  return {
    at: new Date(nowMs).toISOString(),
    requestId,
    method: call.method.slice(0, 20),
    action: actionNamed(call),
    secretId: knownSecretId(call, credentials),
    bodyBytes: call.body?.byteLength ?? 0,
    ...maskedBody(call.body),
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
    ...(explanation && { signature: explanationShown(explanation) }),
  };
}

function effectOf({ code, httpStatus, drop, malformed }: Fault): string {
  if (drop !== undefined) return 'the connection was dropped';
  if (httpStatus !== undefined) return `HTTP status ${httpStatus} was answered`;
  if (code !== undefined) return `${code} was answered`;
  return malformed ? 'the answer was cut short' : 'the answer was late';
}

function maskedBody(body: Uint8Array | undefined): { request?: unknown } {
  const parsed = body === undefined ? undefined : parseBody(body);
  return parsed?.ok ? { request: maskRequest(parsed.value) } : {};
}

/** The SecretId, if it is one of ours. Of anything else nobody knows that it is not somebody's secret. */
export function knownSecretId(call: ApiCall, credentials: readonly Credential[]): string {
  const parsed = parseAuthorization(header(call, 'authorization'));
  if (typeof parsed === 'string') return '';
  return credentials.some(({ secretId }) => secretId === parsed.secretId) ? parsed.secretId : '(unknown)';
}

const shownHeaders = new Set([
  'content-type',
  'host',
  'x-tc-action',
  'x-tc-content-sha256',
  'x-tc-language',
  'x-tc-region',
  'x-tc-requestclient',
  'x-tc-timestamp',
  'x-tc-version',
]);

/** Hides the values of signed headers that the signature does not need to be explained, tokens among them. */
function maskCanonical(canonicalRequest: string): string {
  return canonicalRequest.replace(/^([a-z0-9-]+):.*$/gm, (line, name: string) =>
    shownHeaders.has(name) ? line : `${name}:***`,
  );
}

/** What the journal may keep of an explanation: neither signature is needed to understand it. */
export function explanationShown(explanation: Explanation): NonNullable<JournalEntry['signature']> {
  const { canonicalRequest, stringToSign, mistake, hint, canonicalRequestReceived, firstDifference } =
    explanation;
  return {
    canonicalRequest: maskCanonical(canonicalRequest),
    stringToSign,
    hint,
    ...(mistake !== undefined && { mistake }),
    ...(canonicalRequestReceived !== undefined && {
      canonicalRequestReceived: maskCanonical(canonicalRequestReceived),
    }),
    ...(firstDifference !== undefined && {
      firstDifference: {
        line: firstDifference.line,
        expected: maskCanonical(firstDifference.expected),
        received: maskCanonical(firstDifference.received),
      },
    }),
  };
}
