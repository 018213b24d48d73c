import { describe, expect, it } from 'vitest';
import type { Code } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { RegisterTransaction } from '../ports.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode } from '../testing/sample-code.ts';
import { unasked, unaskedRegister } from '../testing/unasked.ts';
import { startMs, startS } from '../testing/world.ts';
import { settleAbandoned } from './abandoned-create.ts';
import { type Attempt, sentCreate } from './attempt.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };
const token = '7';
const sent = sentCreate({
  ...{ attemptId: 'attempt', codeId: 'code', appId: 'app', organization: 'org-a', operator: 'operator-a' },
  ...{ generation: 2, leaseToken: token, expiresAtS: startS + 86_400, plannedAtS: startS - 60 },
});
const planned: Attempt = { ...sent, state: 'planned' };

interface Found {
  code?: Partial<Code> | null;
  attempt?: Attempt | null;
  leaseToken?: string;
  leased?: boolean;
}

/** Settles a create that was left behind. */
async function settle({ code = {}, attempt = sent, leaseToken = token, leased = false }: Found) {
  const kept = code === null ? undefined : sampleCode(code);
  const { tx, written } = memoryTransaction({ attempts: attempt ? [attempt] : [] });
  const deleted: string[] = [];
  const whole: RegisterTransaction = {
    ...tx,
    lockCode: async () => kept && { code: kept, leaseToken, leased },
    deleteCode: async (codeId) => void deleted.push(codeId),
    ...{ lockCodeOf: unasked, lockToCancel: unasked, beginCancel: unasked, leaseCancel: unasked },
  };
  const register = {
    ...unaskedRegister,
    transaction: <T>(work: (tx: RegisterTransaction) => Promise<T>) => work(whole),
    interruptedCreates: async () => [{ codeId: 'code', attemptId: 'attempt' }],
  };
  const settled = await settleAbandoned({ register, surroundings }, 10, (error) => {
    throw error;
  });
  return { settled, ...written, deleted, events: written.events.map(({ type }) => type) };
}

const creating = {
  state: 'Creating',
  reason: { code: 'Creating' },
  current: null,
  generationsMade: 0,
} as const;
const unanswered = {
  ...{ state: 'unknown', reason: { code: 'Unanswered', facts: { error: 'Interrupted' } } },
  ...{ errorCode: 'Interrupted', possibleOrphan: true, settledAtS: startS },
};
const neverSent = {
  ...{ state: 'refused', reason: { code: 'NeverSent', facts: { error: 'Interrupted' } } },
  ...{ errorCode: 'Interrupted', possibleOrphan: false, settledAtS: startS },
};

describe('a create that was left behind', () => {
  it('of a new code, sent, leaves a code of which nothing is known', async () => {
    const done = await settle({ code: creating });
    expect(done.settled).toBe(1);
    expect(done.attempts).toEqual([{ ...sent, ...unanswered }]);
    expect(done.codes).toMatchObject([{ state: 'OutcomeUnknown', reason: { code: 'CreateOutcomeUnknown' } }]);
    expect(done.leases).toEqual(['revoke']);
    expect(done.events).toEqual(['code.outcome_unknown']);
  });

  it('of a new code, and never sent, leaves none', async () => {
    const done = await settle({ code: creating, attempt: planned });
    expect(done).toMatchObject({ settled: 1, codes: [], events: [], deleted: ['code'] });
    expect(done.attempts).toEqual([{ ...sent, ...neverSent }]);
  });

  it('of a successor, sent, is a renewal that failed and is tried again', async () => {
    const done = await settle({ code: { dueAtS: startS - 60 } });
    expect(done.attempts).toEqual([{ ...sent, ...unanswered }]);
    expect(done.codes).toMatchObject([
      { state: 'Active', reason: { code: 'RenewalOutcomeUnknown' }, failures: 1, dueAtS: startS + 45 },
    ]);
    expect([done.leases, done.events, done.deleted]).toEqual([['revoke'], [], []]);
  });

  it.each<[string, Found]>([
    ['and never sent', { code: { dueAtS: startS - 60 }, attempt: planned }],
    ['of a code that is not to be renewed any more', { code: { dueAtS: null } }],
  ])('of a successor, %s, changes nothing of the code but its lease', async (_, found) => {
    const done = await settle(found);
    expect(done.codes).toEqual([sampleCode(found.code ?? {})]);
    expect(done.leases).toEqual(['revoke']);
  });

  it('of a successor is told of no code that is known to be unknown', async () => {
    const code = { ...creating, state: 'OutcomeUnknown', renewRequested: true, dueAtS: startS } as const;
    const done = await settle({ code });
    expect(done.codes).toMatchObject([{ state: 'OutcomeUnknown', failures: 1 }]);
    expect(done.events).toEqual([]);
  });

  it('is all that is settled where another run has the code', async () => {
    const done = await settle({ leaseToken: '8', leased: true });
    expect(done).toMatchObject({ settled: 1, attempts: [unanswered], codes: [], events: [] });
  });

  it.each<[string, Found]>([
    ['its run is at work', { leased: true }],
    ['it was settled since', { attempt: { ...sent, state: 'succeeded' } }],
    ['it is there no longer', { attempt: null }],
    ['its code is there no longer', { code: null }],
  ])('is left alone where %s', async (_, found) => {
    expect(await settle(found)).toMatchObject({ settled: 0, attempts: [], codes: [], deleted: [] });
  });
});

describe('creates that cannot be settled', () => {
  /** Each of the transactions ends so; how many were begun, and what was thrown and reported. */
  async function settleAll(outcomes: ('fine' | Error)[]) {
    const line = [...outcomes];
    const register = {
      ...unaskedRegister,
      transaction: async () => {
        const outcome = line.shift();
        if (outcome instanceof Error) throw outcome;
        return true as never; // it was settled
      },
      interruptedCreates: async (limit: number) =>
        outcomes.slice(0, limit).map((_, index) => ({ codeId: `code-${index + 1}`, attemptId: 'attempt' })),
    };
    const reported: unknown[] = [];
    const settled = await settleAbandoned({ register, surroundings }, 10, (error, codeId) =>
      reported.push([codeId, error]),
    ).catch((error: unknown) => error);
    return { settled, reported, left: line.length };
  }
  const away = new Error('away');
  const times = (count: number) => Array.from({ length: count }, () => away);

  it('are reported with their codes, and keep none of the others from being settled', async () => {
    const { settled, reported } = await settleAll(['fine', away, 'fine']);
    expect(settled).toBe(2);
    expect(reported).toEqual([['code-2', away]]);
  });

  it('end the run with the fifth in a row', async () => {
    expect(await settleAll([...times(5), 'fine'])).toMatchObject({ settled: away, left: 1 });
    expect(await settleAll([...times(4), 'fine', ...times(4)])).toMatchObject({ settled: 1, left: 0 });
  });

  it('are nobody’s concern where nobody asked to hear of them', async () => {
    const transaction = () => Promise.reject(away);
    const interruptedCreates = async () => [{ codeId: 'code', attemptId: 'attempt' }];
    const register = { ...unaskedRegister, transaction, interruptedCreates };
    expect(await settleAbandoned({ register, surroundings }, 10)).toBe(0);
  });
});
