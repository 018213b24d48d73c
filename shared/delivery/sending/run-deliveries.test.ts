import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { modifySubscription } from '../subscriptions/modify-subscription.ts';
import { replayEvents } from '../subscriptions/replay-events.ts';
import { deliverySuite } from '../testing/delivery-suite.ts';
import { deadUrl, say, startReceiver } from '../testing/receiver.ts';
import { organization, owner } from '../testing/world.ts';
import { disabledAfterS, ladderS } from './ladder.ts';

const suite = deliverySuite();

const { world } = suite;

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
