import { describe, expect, it } from 'vitest';
import { deliverySuite } from '../testing/delivery-suite.ts';
import { heldSend } from '../testing/world.ts';
import { deliverOne } from './deliver-one.ts';

const suite = deliverySuite();
const { test, world } = suite;

describe('runs that overlap', () => {
  it('never send one delivery at the same time', async () => {
    await world.subscribe(suite.receiver.url);
    for (let n = 0; n < 12; n++) await world.emit();
    const held = heldSend(world.ports.send);
    const other = await test.connect();
    const runs = [
      world.run({ send: held.send, perSubscription: 8 }),
      world.run({ send: held.send, perSubscription: 8, db: other }),
    ];
    await expect.poll(() => held.begun.length).toBeGreaterThanOrEqual(8);
    const ids = held.begun.map(({ event }) => event.eventId);
    expect(new Set(ids).size).toBe(ids.length);
    held.release();
    await Promise.all(runs);
    await world.run();
    const all = suite.receiver.received.map(({ id }) => id);
    expect([all.length, new Set(all).size]).toEqual([12, 12]);
  });

  it('keep to the limit of one subscription together', async () => {
    await world.subscribe(suite.receiver.url);
    for (let n = 0; n < 12; n++) await world.emit();
    const held = heldSend(world.ports.send);
    const first = world.run({ send: held.send, perSubscription: 3 });
    await expect.poll(() => held.begun.length).toBe(3);
    expect(await world.run({ perSubscription: 3 })).toMatchObject({ delivered: 0 });
    held.release();
    expect(await first).toMatchObject({ delivered: 12 });
  });

  it('leave a delivery alone that was given to another after its lease was over', async () => {
    await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.deliveries.fanOut(world.clock.ms, 10);
    const limits = { of: 'healthy', limit: 10, perSubscription: 4, leaseMs: 30_000 } as const;
    const [late] = await world.deliveries.claim(world.clock.ms, limits);
    await world.leasesRunOut();
    expect(await world.run()).toMatchObject({ delivered: 1 });
    const { result } = await deliverOne(world.ports, late ?? expect.fail('nothing was due'));
    expect(result).toBe('lost');
    const [delivery] = await world.list();
    expect(delivery).toMatchObject({ state: 'delivered', attemptsMade: 2 });
    expect(delivery?.attempts.map(({ number }) => number)).toEqual([2]);
  });
});

it('killed between sending and writing it down, a run leaves a delivery that is sent again with the same id', async () => {
  await world.subscribe(suite.receiver.url);
  const eventId = await world.emit();
  await world.deliveries.fanOut(world.clock.ms, 10);
  const limits = { of: 'healthy', limit: 10, perSubscription: 4, leaseMs: 30_000 } as const;
  const [claim] = await world.deliveries.claim(world.clock.ms, limits);
  await world.ports.send(claim ?? expect.fail('nothing was due'));
  expect(await world.run()).toMatchObject({ delivered: 0 });
  await world.leasesRunOut();
  expect(await world.run()).toMatchObject({ delivered: 1 });
  expect(suite.receiver.received.map(({ id }) => id)).toEqual([eventId, eventId]);
});

describe('fairness', () => {
  it('gives each subscription its first before any its second', async () => {
    const busy = await world.subscribe(suite.receiver.url);
    for (let n = 0; n < 4; n++) await world.emit();
    await world.deliveries.fanOut(world.clock.ms, 10);
    world.passS(1);
    const fresh = await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.deliveries.fanOut(world.clock.ms, 10);
    const limits = { of: 'healthy', limit: 3, perSubscription: 4, leaseMs: 30_000 } as const;
    const claims = await world.deliveries.claim(world.clock.ms, limits);
    const whose = claims.map(({ subscription }) => subscription.subscriptionId);
    expect(whose.sort()).toEqual([busy.SubscriptionId, busy.SubscriptionId, fresh.SubscriptionId].sort());
  });

  it('leaves those that fail one try each, and no more than their share of a run', async () => {
    for (let n = 0; n < 5; n++) await world.subscribe(suite.receiver.url, { eventTypes: ['code.expired'] });
    await test.db.query('update event_subscriptions set failures = 3');
    const fine = await world.subscribe(suite.receiver.url, { eventTypes: ['code.created'] });
    for (let n = 0; n < 3; n++) await world.emit('code.expired');
    for (let n = 0; n < 3; n++) await world.emit('code.created');
    const held = heldSend(world.ports.send);
    const run = world.run({ send: held.send, concurrency: 6, failingConcurrency: 2, perSubscription: 3 });
    await expect.poll(() => held.begun.length).toBe(5);
    const whose = held.begun.map(({ subscription }) => subscription.subscriptionId);
    expect(whose.slice(0, 3)).toEqual(Array(3).fill(fine.SubscriptionId));
    expect(new Set(whose.slice(3)).size).toBe(2);
    // There is room for one more, and none of those that fail gets it.
    expect(
      await world.deliveries.claim(world.clock.ms, {
        of: 'failing',
        limit: 9,
        perSubscription: 1,
        leaseMs: 1,
      }),
    ).toHaveLength(3);
    expect(held.begun).toHaveLength(5);
    held.release();
    await run;
  });

  it('begins nothing when there is no time for a try', async () => {
    await world.subscribe(suite.receiver.url);
    await world.emit();
    expect(await world.run({ deadlineMs: world.clock.ms + 11_000 })).toMatchObject({
      ended: 'time',
      delivered: 0,
    });
    expect(suite.receiver.received).toEqual([]);
  });

  it('waits for what is under way when the database fails, and tells the failure', async () => {
    await world.subscribe(suite.receiver.url);
    await world.emit();
    const broken = {
      ...world.ports.deliveries,
      settleDelivered: () => Promise.reject(new Error('gone')),
    };
    const { runDeliveries } = await import('./run-deliveries.ts');
    const run = runDeliveries(
      { ...world.ports, deliveries: broken },
      { deadlineMs: world.clock.ms + 60_000 },
    );
    await expect(run).rejects.toThrow('gone');
    expect(suite.receiver.received).toHaveLength(1);
  });

  it('goes on with the others when one delivery cannot be written down, and tells the failure', async () => {
    await world.subscribe(suite.receiver.url);
    for (let n = 0; n < 3; n++) await world.emit();
    const { settleDelivered } = world.ports.deliveries;
    let settled = 0;
    const broken = {
      ...world.ports.deliveries,
      settleDelivered: (...settlement: Parameters<typeof settleDelivered>) => {
        settled += 1;
        return settled === 1 ? Promise.reject(new Error('22003')) : settleDelivered(...settlement);
      },
    };
    const { runDeliveries } = await import('./run-deliveries.ts');
    const run = runDeliveries(
      { ...world.ports, deliveries: broken },
      { deadlineMs: world.clock.ms + 60_000, concurrency: 1 },
    );
    await expect(run).rejects.toThrow('22003');
    expect(suite.receiver.received).toHaveLength(3);
  });
});
