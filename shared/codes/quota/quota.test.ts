import { describe, expect, it } from 'vitest';
import { runRenewals } from '../renewal/run-renewals.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { dayS, requestOf } from '../testing/world.ts';

const { world } = codeSuite();

describe('an organisation without quota', () => {
  it('holds its codes, is asked with one of them, and gets the others back', async () => {
    const own: string[] = [];
    for (let i = 0; i < 4; i++) own.push(await world.createId(requestOf('poor')));
    const other = await world.createId(requestOf('rich'));
    world.fake.withoutQuota.add('poor');
    world.passS(6 * dayS);
    const first = await world.tick();
    expect(first.renewed).toBe(1);
    expect(first.held).toBeGreaterThanOrEqual(1);
    expect((await world.record(other)).code.generationsMade).toBe(2);
    await world.tick();
    const calls = world.fake.calls.length;
    expect(await world.tick()).toMatchObject({ renewed: 0 });
    expect(world.fake.calls.length).toBe(calls);

    const pauses: number[] = [];
    for (let probe = 0; probe < 3; probe++) {
      const { organization } = await world.record(own[0] ?? '');
      pauses.push((organization?.probeAtS ?? 0) - world.clock.ms / 1000);
      world.passS(pauses.at(-1) ?? 0);
      const before = world.fake.calls.length;
      await world.tick();
      expect(world.fake.calls.length - before).toBe(1);
    }
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeLessThan(pauses[2] ?? 0);

    world.fake.withoutQuota.clear();
    world.passS(6 * 3600);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect(await world.tick()).toMatchObject({ released: 3, renewed: 3 });
    for (const codeId of own) {
      expect((await world.record(codeId)).code).toMatchObject({ generationsMade: 2, held: false });
    }
    expect((await world.events()).filter((type) => type.startsWith('quota.'))).toEqual([
      'quota.exhausted',
      'quota.restored',
    ]);
  });

  it('is asked again after a minute, however many of its codes were on their way, and spares the rest the call', async () => {
    const own: string[] = [];
    for (let i = 0; i < 40; i++) own.push(await world.createId(requestOf('poor')));
    world.fake.withoutQuota.add('poor');
    world.passS(6 * dayS);
    const before = world.fake.calls.length;
    await runRenewals(world.ports, { deadlineMs: world.clock.ms + 50_000, concurrency: 16 });
    // One for each worker at the most: what is claimed and not sent yet is given back.
    expect(world.fake.calls.length - before).toBeLessThanOrEqual(16);
    const { organization } = await world.record(own[0] ?? '');
    expect(organization).toMatchObject({
      quotaState: 'blocked',
      probeFailures: 0,
      probeAtS: world.clock.ms / 1000 + 60,
    });
  });

  it('is found to have quota by any create, and its codes go on at once', async () => {
    const held = await world.createId(requestOf('poor'));
    world.fake.withoutQuota.add('poor');
    world.passS(6 * dayS);
    await world.tick();
    world.fake.withoutQuota.clear();
    await world.createId(requestOf('poor'));
    expect(await world.tick()).toMatchObject({ released: 1, renewed: 1 });
    expect((await world.record(held)).code.generationsMade).toBe(2);
  });

  it('is asked by one timer of many', async () => {
    await world.createId(requestOf('poor'));
    await world.createId(requestOf('poor'));
    world.fake.withoutQuota.add('poor');
    world.passS(6 * dayS);
    await world.tick();
    world.passS(3600);
    const before = world.fake.calls.length;
    await Promise.all(Array.from({ length: 8 }, () => world.tick()));
    expect(world.fake.calls.length - before).toBe(1);
  });
});
