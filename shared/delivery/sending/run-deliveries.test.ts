import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { modifySubscription } from '../subscriptions/modify-subscription.ts';
import { replayEvents } from '../subscriptions/replay-events.ts';
import { deliverySuite } from '../testing/delivery-suite.ts';
import { deadUrl, say, startReceiver } from '../testing/receiver.ts';
import { heldSend, organization, owner } from '../testing/world.ts';
import { deliverOne } from './deliver-one.ts';
import { disabledAfterS, ladderS } from './ladder.ts';

const suite = deliverySuite();
const { test, world } = suite;

describe('an event', () => {
  it('reaches its subscriber once, in a form that the standardwebhooks package verifies', async () => {
    const { Secret } = await world.subscribe(suite.receiver.url);
    const eventId = await world.emit('code.created', { data: { CodeId: '码', State: 'Active' } });
    world.clock.ms = Date.now(); // the package refuses what is not of now
    expect(await world.run()).toMatchObject({ spread: 1, delivered: 1, ended: 'done' });
    expect(await world.run()).toMatchObject({ spread: 0, delivered: 0 });

    const [{ headers, body }, ...more] = [
      suite.receiver.received[0] ?? expect.fail('nothing came'),
      ...suite.receiver.received.slice(1),
    ];
    expect(more).toEqual([]);
    expect(headers['webhook-id']).toBe(eventId);
    // Headers of Node are texts where a name comes once, which these do.
    expect(new Webhook(Secret ?? '').verify(body, headers as Record<string, string>)).toEqual({
      type: 'code.created',
      timestamp: '2026-01-01T12:00:00.000Z',
      data: { OrganizationOpenId: organization, CodeId: '码', State: 'Active' },
    });
    const other = new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`);
    expect(() => other.verify(body, headers as Record<string, string>)).toThrow('No matching signature');
  });

  it('goes to whoever is subscribed to its type and organisation, and to nobody else', async () => {
    await world.subscribe(suite.receiver.url, { eventTypes: ['code.expired'] });
    await world.subscribe(suite.receiver.url, { owner: { ...owner, organization: 'org-b' } });
    await world.subscribe(suite.receiver.url, { owner: { appId: 'other app', organization } });
    const all = await world.subscribe(suite.receiver.url, { owner: null });
    const own = await world.subscribe(suite.receiver.url, { eventTypes: ['code.created', 'code.expired'] });
    await world.emit('code.created');
    await world.run();
    const told = (await world.list()).map(({ subscriptionId }) => subscriptionId);
    expect(told.sort()).toEqual([all.SubscriptionId, own.SubscriptionId].sort());
    expect(suite.receiver.received).toHaveLength(2);
  });

  it('that happened while a subscription was disabled is not sent to it', async () => {
    const { SubscriptionId, Version } = await world.subscribe(suite.receiver.url);
    const change = { ...world.admin, subscriptionId: SubscriptionId, version: Version };
    await modifySubscription(world.manage, { ...change, changes: { enabled: false } });
    await world.emit();
    await world.run();
    await modifySubscription(world.manage, { ...change, version: 2, changes: { enabled: true } });
    await world.run();
    expect(suite.receiver.received).toEqual([]);
  });
});

describe('a delivery that fails', () => {
  it('is tried again along the published ladder with one id, and then kept as a dead letter', async () => {
    suite.receiver.answer = say(500);
    await world.subscribe(suite.receiver.url);
    const eventId = await world.emit();
    expect(await world.run()).toMatchObject({ retrying: 1 });
    for (const [index, pauseS] of ladderS.entries()) {
      world.passS(pauseS - 1);
      expect(await world.run()).toMatchObject({ retrying: 0, dead: 0 });
      world.passS(1);
      const isLast = index === ladderS.length - 1;
      expect(await world.run()).toMatchObject(isLast ? { dead: 1 } : { retrying: 1 });
    }
    expect(suite.receiver.received.map(({ id }) => id)).toEqual(Array(ladderS.length + 1).fill(eventId));
    const [letter] = await world.list();
    expect(letter).toMatchObject({
      state: 'dead',
      reason: { code: 'LadderEnded', facts: { attempt: 11, error: 'Refused' } },
      dueAtMs: null,
      attemptsMade: 11,
    });
    expect(letter?.attempts.map(({ number }) => number)).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);

    suite.receiver.answer = say(200);
    const selection = { subscriptionId: letter?.subscriptionId ?? '', deadLetters: true };
    expect(await replayEvents(world.manage, { ...world.admin, selection })).toEqual({ Replayed: 1 });
    world.passS(300);
    expect(await world.run()).toMatchObject({ delivered: 1 });
    expect(suite.receiver.received.at(-1)?.id).toBe(eventId);
    expect(await world.list()).toMatchObject([{ state: 'delivered', attemptsMade: 12 }]);
  });

  it('is due when the receiver asked for it, if that is later than the ladder and not too late', async () => {
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.emit();
    const dueInS = async (retryAfter: string) => {
      suite.receiver.answer = say(503, { 'retry-after': retryAfter });
      await world.run();
      const [delivery] = await world.list();
      return ((delivery?.dueAtMs ?? 0) - world.clock.ms) / 1000;
    };
    expect(await dueInS('77')).toBe(77);
    expect((await world.subscription(SubscriptionId)).notBeforeMs).toBe(world.clock.ms + 77_000);
    world.passS(77);
    expect(await dueInS(new Date(world.clock.ms + 600_000).toUTCString())).toBe(600);
    world.passS(600);
    expect(await dueInS('9999999')).toBe(3600);
    world.passS(3600);
    expect(await dueInS('1')).toBe(1800);
  });

  it('of a receiver that has a certificate problem, nobody listening or a redirect says so', async () => {
    const other = await startReceiver();
    suite.receiver.answer = say(302, { location: other.url });
    await world.subscribe(suite.receiver.url);
    await world.subscribe(await deadUrl());
    await world.emit();
    expect(await world.run()).toMatchObject({ retrying: 2 });
    const errors = (await world.list()).map(({ attempts: [last] }) => last?.outcome);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ error: 'Redirected', status: 302 }),
        expect.objectContaining({ error: 'ConnectionRefused', status: null }),
      ]),
    );
    expect(other.received).toEqual([]);
    other.close();
  });
});

describe('a subscription', () => {
  it('that answers 410 is disabled with its reason, and what waits for it is given up', async () => {
    suite.receiver.answer = say(410);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    for (let n = 0; n < 5; n++) await world.emit();
    const first = await world.run({ perSubscription: 1 });
    expect(await world.subscription(SubscriptionId)).toMatchObject({
      state: 'Disabled',
      reason: { code: 'Gone' },
    });
    expect(suite.receiver.received).toHaveLength(1);
    // By this run, or by the next one.
    expect(first.buried + (await world.run()).buried).toBe(4);
    const dead = { state: 'dead', reason: { code: 'SubscriptionDisabled' } };
    expect(await world.list()).toMatchObject(Array(5).fill(dead));
    expect(suite.receiver.received).toHaveLength(1);
  });

  it('that only fails for five days is disabled, with the time since when', async () => {
    suite.receiver.answer = say(500);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    const sinceMs = world.clock.ms;
    await world.emit();
    await world.run();
    world.passS(disabledAfterS - 1);
    await world.emit();
    await world.run();
    expect(await world.subscription(SubscriptionId)).toMatchObject({ state: 'Enabled' });
    world.passS(300);
    await world.emit();
    await world.run();
    expect(await world.subscription(SubscriptionId)).toMatchObject({
      state: 'Disabled',
      reason: { code: 'FailedForDays', facts: { since: sinceMs / 1000 } },
    });
  });

  it('that succeeds in between is not', async () => {
    suite.receiver.answer = say(500);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.run();
    world.passS(disabledAfterS - 60);
    suite.receiver.answer = say(200);
    expect(await world.run()).toMatchObject({ delivered: 1 });
    suite.receiver.answer = say(500);
    world.passS(120);
    await world.emit();
    expect(await world.run()).toMatchObject({ retrying: 1 });
    expect(await world.subscription(SubscriptionId)).toMatchObject({ state: 'Enabled', failures: 1 });
  });

  it('that fails gets one delivery at a time at growing pauses, whatever waits, and everything once it works', async () => {
    suite.receiver.answer = say(500);
    await world.subscribe(suite.receiver.url);
    for (let n = 0; n < 20; n++) await world.emit();
    await world.run();
    const atFirst = suite.receiver.received.length;
    expect(atFirst).toBeLessThan(8);
    for (let round = 0; round < 4; round++) {
      world.passS(300);
      const before = suite.receiver.received.length;
      await world.run();
      expect(suite.receiver.received.length - before).toBe(1);
    }
    suite.receiver.answer = say(200);
    world.passS(300);
    const before = new Set(suite.receiver.received.map(({ id }) => id)).size;
    expect(before).toBeLessThan(20);
    // Those that failed wait for their own turn of the ladder.
    await world.run();
    world.passS(1800);
    await world.run();
    expect(new Set(suite.receiver.received.map(({ id }) => id)).size).toBe(20);
    expect((await world.list()).every(({ state }) => state === 'delivered')).toBe(true);
  });
});

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
