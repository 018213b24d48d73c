import { describe, expect, it } from 'vitest';
import { createRegister } from '../../store/testing/register.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { dayS } from '../testing/world.ts';
import { renewCode } from './renew-code.ts';
import { runRenewals } from './run-renewals.ts';

const { test, world } = codeSuite();

describe('many timers at once', () => {
  it('renew each code once, longest due first', async () => {
    const ids = await world.createMany(40);
    world.passS(6 * dayS);
    const connections = await Promise.all(Array.from({ length: 8 }, () => test.connect()));
    const runs = connections.map((db) =>
      runRenewals(
        { ...world.ports, register: createRegister(db) },
        { deadlineMs: world.clock.ms + 60_000, concurrency: 3 },
      ),
    );
    const reports = await Promise.all(runs);
    expect(reports.reduce((sum, { renewed }) => sum + renewed, 0)).toBe(40);
    expect(world.fake.qrCodes.size).toBe(80);
    for (const codeId of ids) expect((await world.record(codeId)).code.generationsMade).toBe(2);
  });

  it('leave what they had claimed to others when they stop', async () => {
    await world.createMany(5);
    world.passS(6 * dayS);
    const report = await runRenewals(world.ports, { deadlineMs: world.clock.ms + 4_000 });
    expect(report).toMatchObject({ ended: 'time', renewed: 0 });
    expect(await world.tick()).toMatchObject({ renewed: 5, ended: 'done' });
  });

  it('stop in time, and the next run goes on', async () => {
    await world.createMany(20);
    world.passS(6 * dayS);
    world.fake.hooks.beforeAnswer = async () => world.passS(2);
    const first = await runRenewals(world.ports, { deadlineMs: world.clock.ms + 20_000, concurrency: 2 });
    expect(first.ended).toBe('time');
    expect(first.renewed).toBeGreaterThan(0);
    expect(first.renewed).toBeLessThan(20);
    delete world.fake.hooks.beforeAnswer;
    expect(first.renewed + (await world.tick()).renewed).toBe(20);
  });

  it('outrun one that sleeps through its lease: its QR code is cancelled', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await world.leasesRunOut();
      expect(await world.tick()).toMatchObject({ settled: 1 });
      world.passS(3600);
      expect(await world.tick()).toMatchObject({ renewed: 1 });
    };
    expect(await world.tick()).toMatchObject({ orphaned: 1 });
    expect(world.fake.alive()).toHaveLength(3);
    expect(await world.tick()).toMatchObject({ cancelled: 1 });
    const { generations } = await world.record(codeId);
    expect(generations.map(({ number }) => number)).toEqual([2, 1]);
    const known = generations.map(({ qrCodeId }) => qrCodeId);
    expect(
      world.fake
        .alive()
        .map(({ qrCodeId }) => qrCodeId)
        .sort(),
    ).toEqual(known.sort());
    expect((await world.journal()).filter(({ possibleOrphan }) => possibleOrphan)).toEqual([]);
  });

  it('are not disturbed by one that fails after it was outrun', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    world.fake.faults.push('lost-answer');
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      await world.leasesRunOut();
      expect(await world.tick()).toMatchObject({ settled: 1 });
      world.passS(3600);
      expect(await world.tick()).toMatchObject({ renewed: 1 });
    };
    expect(await world.tick()).toMatchObject({ unknown: 1 });
    expect((await world.record(codeId)).code).toMatchObject({
      failures: 0,
      reason: { code: 'RenewedBeforeExpiry' },
      dueAtS: world.clock.ms / 1000 + 6 * dayS,
    });
  });

  it('leave what others are at work on alone', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    const nowS = world.clock.ms / 1000;
    const [late] = await world.register.claimDue(nowS, 1, 0);
    if (!late) throw new Error('nothing claimed');
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      const deadlines = { callMs: world.clock.ms + 9000, endMs: world.clock.ms + 12_000 };
      expect(await renewCode(world.ports, late, deadlines)).toEqual({ kind: 'lost' });
      expect((await world.journal()).map(({ state }) => state)).toEqual(['succeeded', 'sent']);
    };
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect((await world.record(codeId)).code.generationsMade).toBe(2);
  });

  it('leave nothing sent by one that has lost its lease', async () => {
    const codeId = await world.createId();
    world.passS(6 * dayS);
    const upstream = {
      call: async (...args: Parameters<typeof world.fake.upstream.call>) => {
        await world.leasesRunOut();
        return world.fake.upstream.call(...args);
      },
    } as typeof world.fake.upstream; // the generic signature is that of what it wraps
    const options = { deadlineMs: world.clock.ms + 60_000, concurrency: 1 };
    const report = await runRenewals({ ...world.ports, upstream }, options);
    expect(report.lost).toBeGreaterThan(0);
    expect(world.fake.qrCodes.size).toBe(1);
    expect((await world.record(codeId)).code.generationsMade).toBe(1);
  });
});
