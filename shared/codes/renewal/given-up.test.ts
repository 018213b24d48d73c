/** What is written where a renewal did not come about: of the code, of its organisation, in the journal. */
import { describe, expect, it } from 'vitest';
import { Failure, type QianmaError, TransportError, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { untranslated } from '../../text.ts';
import type { Code } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { Attempt } from '../life/attempt.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { startMs, startS } from '../testing/world.ts';
import { type RenewPorts, renewCode } from './renew-code.ts';

const refusal = (code: string) =>
  new UpstreamError(code, errorCodeFacts(code), { detail: 'refused', upstreamRequestId: 'id' });
const unreachable = new TransportError('UpstreamUnreachable', 'before-send');
const unanswered = new TransportError('UnknownOutcome', 'after-send');
const problems = [{ path: 'QrCode.QrCodeId', message: { zh: '缺失', en: 'is missing' } }];
const unreadable = new TransportError('UnknownOutcome', 'after-send', { problems });

const dead = sampleGeneration({ state: 'expired', number: 4 });

interface Course {
  code?: Partial<Code>;
  /** Who has the lease when the failure is written down; null: the code is gone. */
  leaseToken?: string | null;
}

/** Renews a code that upstream answers so. */
async function renew(error: Error, { code: changes = {}, leaseToken = '7' }: Course = {}) {
  const code = sampleCode({ current: dead, dueAtS: startS, failures: 1, ...changes });
  const attempts: Attempt[] = [];
  const { tx, written } = memoryTransaction({
    ...(leaseToken !== null && { code, leaseToken }),
    attempts,
  });
  const ports = {
    register: {
      noteCreate: async (attempt: Attempt) => {
        attempts.push(attempt);
        return { taken: true, waitMs: 0 };
      },
      transaction: <T>(work: (given: typeof tx) => Promise<T>) => work(tx),
      transactionIf: () => Promise.reject(new Error('nothing succeeds here')),
    },
    upstream: {
      async call(_action: unknown, _request: unknown, { onSend }: { onSend?: (slot: unknown) => unknown }) {
        if (error !== unreachable) await onSend?.({});
        throw error;
      },
    },
    surroundings: { nowMs: () => startMs, ids: randomIds(), random: () => 1 },
    seal: { seal: (text: string) => text, open: (sealed: string) => sealed },
    actor: 'test',
    callbackBaseUrl: 'https://example.com/callback-handler',
  } as unknown as RenewPorts; // what a renewal that fails asks of them
  const claim = { lease: { codeId: 'code', token: '7' }, code, isClean: true };
  const result = await renewCode(ports, claim, { callMs: startMs + 9_000, endMs: startMs + 12_000 });
  return { result, sent: attempts, ...written };
}

describe('a renewal that fails', () => {
  it.each<[string, QianmaError, string, Partial<Code>]>([
    [
      'for now is tried again',
      refusal('InternalError'),
      'retrying',
      {
        ...{ state: 'Active', failures: 2, dueAtS: startS + 120 },
        reason: { code: 'RenewalTransient', facts: { error: 'InternalError', failures: 2 } },
      },
    ],
    [
      'because of the deployment is tried again',
      refusal('AuthFailure.SignatureFailure'),
      'retrying',
      { state: 'Active', failures: 2, dueAtS: startS + 120 },
    ],
    [
      'for want of a turn stays due, with no failure counted',
      refusal('RequestLimitExceeded'),
      'paced',
      { state: 'Active', failures: 1, dueAtS: startS, held: false },
    ],
    [
      'for want of quota waits for it',
      refusal('OperationDenied.NoQuota'),
      'held',
      { state: 'Active', failures: 1, dueAtS: startS, held: true },
    ],
    [
      'without an answer is tried again, and says so',
      unanswered,
      'unknown',
      { state: 'Active', failures: 2, dueAtS: startS + 120, reason: { code: 'RenewalOutcomeUnknown' } },
    ],
    [
      'by an answer that names nothing is not tried again: each try would make another orphan',
      unreadable,
      'unknown',
      { state: 'Failed', dueAtS: null, reason: { code: 'AnswerUnusable' } },
    ],
    [
      'for good is not tried again',
      refusal('ResourceNotFound.Template'),
      'failed',
      {
        ...{ state: 'Failed', dueAtS: null },
        reason: { code: 'RefusedForGoodAndDead', facts: { error: 'ResourceNotFound.Template' } },
      },
    ],
  ])('%s', async (_, error, kind, after) => {
    const { result, codes, leases, events } = await renew(error);
    expect(result.kind).toBe(kind);
    if ('failure' in result) expect(result.failure.error).toBe(error);
    expect(codes).toMatchObject([after]);
    expect(leases).toEqual(['release']);
    const isOver = after.state === 'Failed';
    expect(events.filter(({ type }) => type === 'code.renewal_failed')).toHaveLength(isOver ? 1 : 0);
  });

  it('for good a second time, when a person had asked for it, is told once', async () => {
    const code = { state: 'Failed', renewRequested: true } as const;
    const { codes, events } = await renew(refusal('ResourceNotFound.Template'), { code });
    expect(codes).toMatchObject([{ state: 'Failed', renewRequested: false }]);
    expect(events).toEqual([]);
  });

  it('for want of quota is not put aside where it is to wait for a person', async () => {
    const code = { dueAtS: null, renewRequested: true };
    expect((await renew(refusal('OperationDenied.NoQuota'), { code })).codes).toMatchObject([
      { held: false },
    ]);
  });
});

describe('what is learnt of it', () => {
  it.each<[string, Error, Partial<Attempt>]>([
    [
      'was refused',
      refusal('FailedOperation'),
      { state: 'refused', possibleOrphan: false, errorCode: 'FailedOperation' },
    ],
    ['may live', unanswered, { state: 'unknown', possibleOrphan: true, errorCode: 'UnknownOutcome' }],
  ])('is in the journal: the next generation %s', async (_, error, attempt) => {
    const { sent, attempts } = await renew(error);
    expect(sent).toMatchObject([{ generation: 5, leaseToken: '7', plannedAtS: startS, state: 'sent' }]);
    expect(attempts).toMatchObject([{ generation: 5, ...attempt }]);
  });

  it('is written although another has taken over, and nothing of the code', async () => {
    const saved = await renew(unanswered, { leaseToken: '8' });
    expect(saved.attempts).toMatchObject([{ state: 'unknown' }]);
    expect(saved.codes).toEqual([]);
  });

  it('is written although the code is gone', async () => {
    const saved = await renew(unanswered, { leaseToken: null });
    expect(saved.attempts).toMatchObject([{ state: 'unknown' }]);
    expect(saved.codes).toEqual([]);
  });

  it('is of quota, whoever has the code by then: its organisation waits', async () => {
    const { organizations, events } = await renew(refusal('OperationDenied.NoQuota'), { leaseToken: '8' });
    expect(organizations).toMatchObject([{ quotaState: 'blocked', failedAtS: startS }]);
    expect(events).toMatchObject([{ type: 'quota.exhausted' }]);
  });

  it('is nothing where nothing was sent', async () => {
    const { attempts } = await renew(unreachable);
    expect(attempts).toEqual([]);
    const refused = new Failure('Misconfigured', { detail: untranslated('the key is gone') });
    expect((await renew(refused)).codes).toMatchObject([{ state: 'Active', failures: 2 }]);
  });
});
