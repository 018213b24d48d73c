import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { randomIds } from '../ids.ts';
import { type Attempt, sentCreate } from '../life/attempt.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode } from '../testing/sample-code.ts';
import { startMs, startS } from '../testing/world.ts';
import { setBack } from './set-back.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 1 };
const lease = { codeId: 'code', token: '7' };
const due = sampleCode({ dueAtS: startS, failures: 2 });

const sent = sentCreate({
  ...{ attemptId: 'sent', codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' },
  ...{ generation: 2, leaseToken: '7', expiresAtS: startS + 86_400, plannedAtS: startS },
});
const planned: Attempt = { ...sent, attemptId: 'planned', state: 'planned' };

async function setBackAfter(error: unknown, kept: Parameters<typeof memoryTransaction>[0]) {
  const { tx, written } = memoryTransaction(kept);
  const register = { transaction: <T>(work: (given: typeof tx) => Promise<T>) => work(tx) };
  const ports = { register, surroundings } as unknown as Parameters<typeof setBack>[0]; // it opens one transaction
  await setBack(ports, lease, error);
  return written;
}

describe('a code whose renewal threw', () => {
  it.each([
    ['a failure of ours', new Failure('DatabaseUnavailable', { detail: 'away' }), 'DatabaseUnavailable'],
    ['a mistake', new TypeError('undefined is not a function'), 'InternalFailure'],
    ['anything', 'text', 'InternalFailure'],
  ])('by %s is due after a pause, free again and says why', async (_, error, code) => {
    const written = await setBackAfter(error, { code: due, leaseToken: '7' });
    expect(written.codes).toMatchObject([
      {
        state: 'Active',
        failures: 3,
        reason: { code: 'RenewalTransient', facts: { error: code, failures: 3 } },
        dueAtS: startS + 240,
      },
    ]);
    expect(written.leases).toEqual(['release']);
    expect([written.attempts, written.cancels, written.events]).toEqual([[], [], []]);
  });

  it('may have made what was sent, and has not made what was only planned', async () => {
    const attempts = [planned, sent, { ...sent, attemptId: 'over', state: 'refused' } as const];
    const written = await setBackAfter(new Error('x'), { code: due, leaseToken: '7', attempts });
    expect(written.attempts).toMatchObject([
      { attemptId: 'planned', state: 'refused', possibleOrphan: false, reason: { code: 'NeverSent' } },
      {
        attemptId: 'sent',
        state: 'unknown',
        possibleOrphan: true,
        errorCode: 'InternalFailure',
        qrCodeId: null,
      },
    ]);
    expect(written.cancels).toEqual([]);
  });

  it('has what it made ended, where its id is known', async () => {
    const facts = { detail: 'not written', members: { QrCodeId: 'qr-2' }, upstreamRequestId: 'request-9' };
    const error = new Failure('DatabaseUnavailable', facts);
    const written = await setBackAfter(error, { code: due, leaseToken: '7', attempts: [sent] });
    expect(written.attempts).toMatchObject([
      {
        qrCodeId: 'qr-2',
        upstreamRequestId: 'request-9',
        errorCode: 'DatabaseUnavailable',
        possibleOrphan: true,
      },
    ]);
    expect(written.cancels).toMatchObject([
      {
        kind: 'cancel',
        qrCodeId: 'qr-2',
        dueAtS: startS,
        expiresAtS: sent.expiresAtS,
        reason: { code: 'Orphaned' },
      },
    ]);
  });

  it.each([
    ['another run has taken over', { code: due, leaseToken: '8', attempts: [sent] }],
    ['is gone', { attempts: [sent] }],
  ])('is left alone where it %s', async (_, kept) => {
    const written = await setBackAfter(new Error('x'), kept);
    for (const rows of Object.values(written)) expect(rows).toEqual([]);
  });

  it('keeps its lease where it cannot be written at all, and nobody hears of a second error', async () => {
    const transaction = () => Promise.reject(new Error('away'));
    const ports = { register: { transaction }, surroundings } as unknown as Parameters<typeof setBack>[0]; // as above
    await expect(setBack(ports, lease, new Error('x'))).resolves.toBeUndefined();
  });
});
