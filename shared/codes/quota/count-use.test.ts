import { describe, expect, it } from 'vitest';
import { codeSuite } from '../testing/code-suite.ts';
import { createRequest } from '../testing/world.ts';
import { type Counts, counted, isQuiet } from './count-use.ts';

const { world } = codeSuite();

const none: Counts = { costMessages: 0, certainContracts: 0, used: 0, toldPercent: 0 };
const cost = { costMessages: 1, certainContracts: 0 } as const;
const contract = { costMessages: 0, certainContracts: 1 } as const;

describe('the counts of a generation', () => {
  it('take the larger of costs and certain contracts for what was used', () => {
    const first = counted(none, cost, 100);
    expect(first).toEqual({ costMessages: 1, certainContracts: 0, used: 1, toldPercent: 0 });
    const second = counted(first, contract, 100);
    expect(second).toEqual({ costMessages: 1, certainContracts: 1, used: 1, toldPercent: 0 });
    expect(counted(second, contract, 100)).toMatchObject({ certainContracts: 2, used: 2 });
  });

  it.each([
    [4, 10, 0],
    [5, 10, 50],
    [7, 10, 50],
    [8, 10, 80],
    [9, 10, 80],
    [10, 10, 100],
    [11, 10, 100],
    [1, 3, 0],
    [2, 3, 50],
    [1, 1, 100],
  ])('at %i of %i have passed %i percent', (used, maxFlowNum, toldPercent) => {
    const before = { ...none, costMessages: used - 1, used: used - 1 };
    expect(counted(before, cost, maxFlowNum)).toMatchObject({ used, toldPercent });
  });

  it('never fall', () => {
    const more = { ...none, used: 7, toldPercent: 80 };
    expect(counted(more, cost, 10)).toEqual({ ...more, costMessages: 1 });
  });
});

describe('nothing follows from a count', () => {
  const at = (used: number, toldPercent: number) => ({ ...none, used, toldPercent });
  const of = { maxFlowNum: 10, exhaustionPercent: 90 };

  it.each<[string, number, Counts, Counts]>([
    ['between two thresholds', 90, at(5, 50), at(6, 50)],
    ['where a successor was due before it', 50, at(6, 50), at(7, 50)],
  ])('%s', (_, exhaustionPercent, before, after) => {
    expect(isQuiet(before, after, { ...of, exhaustionPercent })).toBe(true);
  });

  it.each<[string, number, Counts, Counts]>([
    ['at a threshold', 90, at(4, 0), at(5, 50)],
    ['where a successor falls due by it', 90, at(8, 80), at(9, 80)],
  ])('but %s something does', (_, exhaustionPercent, before, after) => {
    expect(isQuiet(before, after, { ...of, exhaustionPercent })).toBe(false);
  });
});

describe('what a count leads to', () => {
  const off = { policy: { Enabled: false } };

  async function used(codeId: string, count: number) {
    const { generations } = await world.record(codeId);
    await world.receiver.charge(generations.at(-1)?.qrCodeId ?? '', count);
    return (await world.record(codeId)).code;
  }

  it('is a successor at the percentage of the policy, and not before', async () => {
    const codeId = await world.createId(createRequest({ MaxFlowNum: 10 }));
    const nowS = world.clock.ms / 1000;
    expect((await used(codeId, 8)).dueAtS).toBeGreaterThan(nowS);
    expect(await used(codeId, 1)).toMatchObject({ dueAtS: nowS, state: 'Active' });
  });

  it.each([
    ['with a successor to come', {}, 'ExhaustedSuccessorDue', ['code.exhausted']],
    ['without one', off, 'Exhausted', ['code.exhausted']],
  ])('is the end of a code that is used up, %s', async (_, options, code, events) => {
    const codeId = await world.createId(createRequest({ MaxFlowNum: 2 }), options);
    const after = await used(codeId, 2);
    expect(after).toMatchObject({ state: 'Exhausted', reason: { code }, current: { state: 'exhausted' } });
    expect(after.dueAtS).toBe(options === off ? null : world.clock.ms / 1000);
    expect((await world.events()).filter((type) => type === 'code.exhausted')).toEqual(events);
    expect((await used(codeId, 1)).state).toBe('Exhausted');
    expect((await world.events()).filter((type) => type === 'code.exhausted')).toEqual(events);
  });

  it('is nothing for the code where a predecessor is scanned', async () => {
    const codeId = await world.createId(createRequest({ MaxFlowNum: 2 }));
    world.passS(6.5 * 86_400);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    const before = (await world.record(codeId)).code;
    const after = await used(codeId, 2);
    expect(after).toMatchObject({ state: 'Active', dueAtS: before.dueAtS, current: { number: 2, used: 0 } });
  });

  it('wakes no renewal that waits after a failure, but by a threshold', async () => {
    const codeId = await world.createId(createRequest({ MaxFlowNum: 10 }));
    await used(codeId, 9);
    world.fake.faults.push('unreachable');
    await world.tick();
    const { dueAtS } = (await world.record(codeId)).code;
    expect(dueAtS).toBeGreaterThan(world.clock.ms / 1000);
    expect((await used(codeId, 1)).dueAtS).toBe(dueAtS);
  });
});
