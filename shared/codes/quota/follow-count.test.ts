import { describe, expect, it } from 'vitest';
import type { Code, Generation } from '../code.ts';
import { randomIds } from '../ids.ts';
import { defaultPolicy, type RenewalPolicy } from '../renewal/renewal-policy.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { dayS, startMs, startS } from '../testing/world.ts';
import { followCount } from './count-use.ts';

const surroundings = { nowMs: () => startMs, ids: randomIds(), random: () => 0.5 };
const laterS = startS + 29 * dayS;

interface Counted {
  /** Contracts of a hundred, before and after. */
  from: number;
  to: number;
  /** The highest threshold that was told, before and after. */
  told?: [number, number];
  code?: Partial<Code>;
  policy?: Partial<RenewalPolicy>;
  generation?: Partial<Generation>;
  /** Of the code, where that is not the one that was counted. */
  current?: Generation;
}

/** A count is written, and followed. */
async function follow({
  from,
  to,
  told = [0, 0],
  code = {},
  policy = {},
  generation = {},
  current,
}: Counted) {
  const counts = (used: number) => ({ used, costMessages: used, certainContracts: 0 });
  const written = sampleGeneration({ ...generation, ...counts(to), toldPercent: told[1] });
  const before = { ...counts(from), toldPercent: told[0] };
  const known = sampleCode({
    dueAtS: laterS,
    ...code,
    policy: { ...defaultPolicy, ...policy },
    current: current ?? written,
  });
  const transaction = memoryTransaction({ code: known, generation: written });
  const isDue = await followCount(transaction.tx, written, before, surroundings);
  return { isDue, ...transaction.written };
}

describe('thresholds that a count passes', () => {
  it.each<[string, [number, number], number[]]>([
    ['none', [50, 50], []],
    ['one', [0, 50], [50]],
    ['two at once', [0, 80], [50, 80]],
    ['the next', [50, 80], [80]],
    ['all that are left', [50, 100], [80, 100]],
  ])('are told once each: %s', async (_, told, percents) => {
    const { events } = await follow({ from: 40, to: 85, told });
    expect(events.map(({ type, data }) => [type, data['Percent']])).toEqual(
      percents.map((percent) => ['code.usage_threshold', percent]),
    );
  });

  it('are told of the generation that was counted, with its numbers', async () => {
    const current = sampleGeneration({ number: 3, qrCodeId: 'qr-3' });
    const generation = { number: 2, qrCodeId: 'qr-2', state: 'superseded' } as const;
    const { events } = await follow({ from: 49, to: 50, told: [0, 50], generation, current });
    expect(events).toMatchObject([
      { codeId: 'code', data: { Percent: 50, Used: 50, MaxFlowNum: 100, Generation: 2, QrCodeId: 'qr-2' } },
    ]);
  });
});

describe('a generation whose contracts are spent', () => {
  it('is exhausted by the last of them, and not before', async () => {
    expect((await follow({ from: 98, to: 99 })).generations).toEqual([]);
    expect((await follow({ from: 99, to: 100 })).generations).toMatchObject([{ state: 'exhausted' }]);
    expect((await follow({ from: 99, to: 101 })).generations).toMatchObject([{ state: 'exhausted' }]);
  });

  it.each(['expired', 'cancelled', 'exhausted'] as const)('stays what it is when it is %s', async (state) => {
    const { generations, codes } = await follow({ from: 99, to: 100, generation: { state } });
    expect(generations).toEqual([]);
    expect(codes.map((code) => code.state)).not.toContain('Expired');
  });

  it('ends its code, with one event, and a successor is due', async () => {
    const policy = { ExhaustionPercent: 100 };
    const { isDue, codes, events } = await follow({ from: 99, to: 100, policy });
    const reason = { code: 'ExhaustedSuccessorDue' };
    expect(codes).toMatchObject([
      { state: 'Exhausted', reason, version: 3, current: { state: 'exhausted' } },
    ]);
    expect(events).toMatchObject([{ type: 'code.exhausted', data: { State: 'Exhausted' } }]);
    expect(isDue).toBe(true);
  });

  it('ends its code for good where no successor is to come', async () => {
    const { isDue, codes } = await follow({
      from: 99,
      to: 100,
      policy: { Enabled: false },
      code: { dueAtS: null },
    });
    expect(codes).toMatchObject([{ state: 'Exhausted', reason: { code: 'Exhausted' }, dueAtS: null }]);
    expect(isDue).toBe(false);
  });

  it('ends its code once, however many contracts are heard of afterwards', async () => {
    const [generation, code] = [{ state: 'exhausted' }, { state: 'Exhausted' }] as const;
    const { events, codes } = await follow({ from: 100, to: 101, told: [100, 100], generation, code });
    expect([events, codes]).toEqual([[], []]);
  });

  it.each(['Paused', 'Failed'] as const)(
    'leaves a code that is %s in its state, and says nothing',
    async (state) => {
      const { isDue, codes, events, generations } = await follow({
        ...{ from: 99, to: 100 },
        code: { state, dueAtS: null },
      });
      expect(generations).toMatchObject([{ state: 'exhausted' }]);
      expect(codes).toEqual([]);
      expect(events).toEqual([]);
      expect(isDue).toBe(false);
    },
  );

  it('changes nothing of a code that goes on with its successor', async () => {
    const current = sampleGeneration({ number: 2, qrCodeId: 'qr-2' });
    const generation = { state: 'superseded' } as const;
    const { isDue, codes, events, generations } = await follow({ from: 99, to: 100, generation, current });
    expect(generations).toMatchObject([{ number: 1, state: 'exhausted' }]);
    expect(codes).toEqual([]);
    expect(events).toEqual([]);
    expect(isDue).toBe(false);
  });
});

describe('the successor of a code', () => {
  it('falls due by the count that passes the threshold of its policy, now', async () => {
    const { isDue, codes } = await follow({ from: 89, to: 90 });
    expect(codes).toMatchObject([{ state: 'Active', dueAtS: startS, current: { used: 90 } }]);
    expect(isDue).toBe(true);
  });

  it('falls due while a renewal is at work on the code, whose lease it leaves alone', async () => {
    expect((await follow({ from: 89, to: 90 })).leases).toEqual(['keep']);
  });

  it('is not due by a count that passes none', async () => {
    const { isDue, codes } = await follow({ from: 88, to: 89 });
    expect(codes).toEqual([]);
    expect(isDue).toBe(false);
  });

  it('is due already where it was due before the count', async () => {
    expect(await follow({ from: 50, to: 51, code: { dueAtS: startS } })).toMatchObject({
      isDue: true,
      codes: [],
    });
    expect(await follow({ from: 50, to: 51, code: { dueAtS: startS + 1 } })).toMatchObject({ isDue: false });
  });

  it('waits on after a failure where the threshold was passed before', async () => {
    const { isDue, codes } = await follow({ from: 90, to: 91, code: { dueAtS: startS + 45, failures: 1 } });
    expect(codes).toEqual([]);
    expect(isDue).toBe(false);
  });

  it('falls due where there was to be none before: only time kept it from coming', async () => {
    const policy = { EndsOn: startS + 30 * dayS };
    const { isDue, codes } = await follow({ from: 89, to: 90, policy, code: { dueAtS: null } });
    expect(codes).toMatchObject([{ dueAtS: startS }]);
    expect(isDue).toBe(true);
  });

  it('is not put off where it is due sooner than the count would have it', async () => {
    const { codes, isDue } = await follow({ from: 89, to: 90, code: { dueAtS: startS - 60 } });
    expect(codes).toEqual([]);
    expect(isDue).toBe(true);
  });
});

describe('a count of which the register knows no more', () => {
  const generation = sampleGeneration({ used: 100 });
  const before = { ...generation, used: 99 };

  it.each([
    ['code', { generation }],
    ['generation', { code: sampleCode() }],
  ])('leads to nothing: no %s', async (_, kept) => {
    const { tx, written } = memoryTransaction(kept);
    expect(await followCount(tx, generation, before, surroundings)).toBe(false);
    for (const rows of Object.values(written)) expect(rows).toEqual([]);
  });
});
