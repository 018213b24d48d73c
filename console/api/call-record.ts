import { signal } from '@preact/signals';
import { keptInTab } from '../state/kept.ts';
import type { TextKey } from '../texts/dictionary.ts';

/** One call as the inspector shows it: no body, no key, nothing of a person. */
export interface CallRecord {
  /** Counts the calls of this tab. */
  number: number;
  /** What the person did. */
  step: TextKey;
  /** Of calls that followed from one thing that the person did: the same. */
  stepNumber: number;
  /** Epoch milliseconds. */
  atMs: number;
  method: string;
  action: string;
  /** Undefined: no answer came. */
  status?: number;
  /** The code of a problem; undefined: it succeeded. */
  problem?: string;
  requestId?: string;
  upstreamRequestId?: string;
  durationMs: number;
}

/** What is kept of calls: a tab that is open for days must not fill the browser's store. */
const mostRecords = 200;

const keptCalls = keptInTab('calls');

/** Newest first. */
export const calls = signal<readonly CallRecord[]>(read());

function read(): readonly CallRecord[] {
  try {
    const found: unknown = JSON.parse(keptCalls.read() ?? '[]');
    // This page has written it, in this form or in that of an earlier version.
    return Array.isArray(found)
      ? (found as CallRecord[]).filter((one) => typeof one?.action === 'string')
      : [];
  } catch {
    return [];
  }
}

/** What was sent. It is kept by the page alone, and gone when that is loaded anew. */
export interface SentCall {
  /** JSON, without the secrets that a person has typed. */
  body: string;
  idempotencyKey?: string;
}

const sentCalls = new Map<number, SentCall>();

/** Undefined: it was sent before the page was loaded. */
export const bodyOf = (number: number): SentCall | undefined => sentCalls.get(number);

export function recordCall(call: Omit<CallRecord, 'number'>, sent: SentCall | undefined): void {
  const [last] = calls.peek();
  const record = { number: (last?.number ?? 0) + 1, ...call };
  if (sent !== undefined) sentCalls.set(record.number, { ...sent, body: withoutSecrets(sent.body) });
  sentCalls.delete(record.number - mostRecords);
  calls.value = [record, ...calls.peek()].slice(0, mostRecords);
  keptCalls.write(JSON.stringify(calls.peek()));
}

/** A robot's secret is the one that a person types beside their key, which is in no body. */
const withoutSecrets = (body: string) =>
  JSON.stringify(JSON.parse(body), (name, value: unknown) => (name === 'Secret' ? '…' : value));

export function forgetCalls(): void {
  calls.value = [];
  sentCalls.clear();
  keptCalls.write(null);
}

/** Of what the person has done last: calls that follow from it share it. */
let stepNumber = (calls.peek()[0]?.stepNumber ?? 0) + 1;

export const currentStep = () => stepNumber;

/** Whatever a person does with the page begins a step, and so does opening it. */
export function followSteps(): void {
  for (const kind of ['click', 'input', 'submit', 'hashchange']) {
    addEventListener(
      kind,
      () => {
        stepNumber = Math.max(stepNumber, calls.peek()[0]?.stepNumber ?? 0) + 1;
      },
      { capture: true },
    );
  }
}
