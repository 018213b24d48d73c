import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../postgres/database.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { takeSlot } from './rate-limit-slots.ts';

const test = databaseSuite();

beforeEach(() => test.db.query('delete from rate_limits'));

const anyTime = 7_200_000_000;

async function taken(db: Database, action: string, intervalUs: number): Promise<bigint> {
  const slot = await takeSlot(db, { action, intervalUs, horizonUs: anyTime });
  if (!slot.taken) throw new Error('no slot');
  return slot.slotUs;
}

describe('takeSlot', () => {
  it('gives out the first slot now and the next ones an interval apart', async () => {
    const first = await takeSlot(test.db, { action: 'a', intervalUs: 60_000_000, horizonUs: anyTime });
    const second = await takeSlot(test.db, { action: 'a', intervalUs: 60_000_000, horizonUs: anyTime });
    expect(first).toMatchObject({ taken: true, waitMs: 0 });
    expect(second.taken && first.taken && second.slotUs - first.slotUs).toBe(60_000_000n);
    expect(second.waitMs).toBeGreaterThan(30_000);
    expect(second.waitMs).toBeLessThanOrEqual(60_000);
  });

  it('takes nothing beyond the horizon and says when the next slot is', async () => {
    const first = await taken(test.db, 'a', 60_000_000);
    const refused = await takeSlot(test.db, { action: 'a', intervalUs: 60_000_000, horizonUs: 1_000_000 });
    expect(refused.taken).toBe(false);
    expect(refused.waitMs).toBeGreaterThan(30_000);
    expect((await taken(test.db, 'a', 60_000_000)) - first).toBe(60_000_000n);
  });

  it('keeps the actions apart', async () => {
    await taken(test.db, 'a', 60_000_000);
    expect(await takeSlot(test.db, { action: 'b', intervalUs: 60_000_000, horizonUs: 0 })).toMatchObject({
      taken: true,
    });
  });

  it('saves nothing up while it is idle', async () => {
    await taken(test.db, 'a', 1_000);
    await test.db.query("update rate_limits set tat = now() - interval '1 hour'");
    const slots = [await taken(test.db, 'a', 60_000_000), await taken(test.db, 'a', 60_000_000)];
    expect((slots[1] ?? 0n) - (slots[0] ?? 0n)).toBe(60_000_000n);
  });

  /** The server that takes over has a clock that is so far behind the one that wrote the row. */
  const failOver = (behindS: number) =>
    test.db.query(
      `update rate_limits set tat = tat + ${behindS} * interval '1 second',
         noted_at = noted_at + ${behindS} * interval '1 second'`,
    );

  it.each([2, 20, 59, 3600])(
    'waits for nobody whose clock was %i s ahead of the one that takes over',
    async (behindS) => {
      await taken(test.db, 'a', 1_000);
      await failOver(behindS);
      expect(await takeSlot(test.db, { action: 'a', intervalUs: 1_000, horizonUs: 100_000 })).toMatchObject({
        taken: true,
      });
      // From then on slots are an interval apart again.
      const next = await takeSlot(test.db, { action: 'a', intervalUs: 60_000_000, horizonUs: anyTime });
      expect(next.taken).toBe(true);
      expect(next.waitMs).toBeLessThanOrEqual(100);
    },
  );

  it('keeps the slots that were given out before, when a clock takes over that is behind', async () => {
    await taken(test.db, 'a', 600_000_000);
    await failOver(20);
    const refused = await takeSlot(test.db, { action: 'a', intervalUs: 1_000, horizonUs: 1_000_000 });
    expect(refused.taken).toBe(false);
    expect(refused.waitMs).toBeGreaterThan(300_000);
    expect(refused.waitMs).toBeLessThanOrEqual(600_000);
  });

  async function takenByMany(intervalUs: number): Promise<number[]> {
    const connections = await Promise.all(Array.from({ length: 6 }, () => test.connect()));
    const slots = await Promise.all(
      connections.map(async (db) => {
        const own: bigint[] = [];
        for (let call = 0; call < 60; call += 1) own.push(await taken(db, 'a', intervalUs));
        return own;
      }),
    );
    const sorted = slots.flat().sort((a, b) => (a < b ? -1 : 1));
    expect(sorted).toHaveLength(360);
    return sorted.slice(1).map((slot, index) => Number(slot - (sorted[index] ?? 0n)));
  }

  it('loses no slot while the limit is busy, whatever the number of instances', async () => {
    await takeSlot(test.db, { action: 'a', intervalUs: anyTime - 60_000_000, horizonUs: 0 });
    expect(new Set(await takenByMany(50_000))).toEqual(new Set([50_000]));
  });

  it('never gives out two slots closer than the interval, be the limit busy or idle', async () => {
    // About as fast as the callers come, so that some find it busy and some idle.
    expect(Math.min(...(await takenByMany(500)))).toBeGreaterThanOrEqual(500);
  });
});
