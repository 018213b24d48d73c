/** What is shown of deliveries, and what is sent again. */

import { describe, expect, it } from 'vitest';
import type { Scope } from '../../world.ts';
import type { ReplaySelection } from '../ports.ts';
import { deliverySuite } from '../testing/delivery-suite.ts';
import { say } from '../testing/receiver.ts';
import { organization, owner, startMs } from '../testing/world.ts';
import { describeDeliveries } from './describe-deliveries.ts';
import { modifySubscription } from './modify-subscription.ts';
import { mostReplayed, replayEvents } from './replay-events.ts';
import { sendTest } from './send-test.ts';

const suite = deliverySuite();
const { test, world } = suite;

const own: Scope = { appId: 'app', organizations: [organization] };
const other: Scope = { appId: 'app', organizations: ['org-b'] };

const replay = (selection: ReplaySelection, more: { scope?: Scope; isAdmin?: boolean } = {}) =>
  replayEvents(world.manage, { ...world.admin, selection, ...more });
const ids = () => suite.receiver.received.map(({ id }) => id);

it('that has found nothing is no act: whatever was typed for an id is in no audit trail', async () => {
  expect(await replay({ eventId: '欧阳测试 13912345678' })).toEqual({ Replayed: 0 });
  expect((await test.db.query('select 1 from audit')).rows).toEqual([]);
});

describe('DescribeEvents', () => {
  it('tells each try, the next one and why', async () => {
    suite.receiver.answer = say(503, { 'retry-after': '20' });
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    const eventId = await world.emit();
    await world.run();
    const { Events, NextCursor } = await describeDeliveries(world.deliveries, { filter: {}, scope: own });
    const nowS = startMs / 1000;
    expect(Events).toEqual([
      {
        EventId: eventId,
        EventType: 'code.created',
        CodeId: 'code-1',
        ProxyOrganizationOpenId: organization,
        OccurredOn: nowS,
        Data: { CodeId: 'code-1' },
        DeliveryId: expect.any(String),
        SubscriptionId,
        State: 'Pending',
        Reason: {
          Code: 'WillRetry',
          En: 'Try 1 failed (Refused); it will be tried again',
          Zh: expect.any(String),
        },
        AttemptsMade: 1,
        NextRetryOn: nowS + 20,
        SettledOn: null,
        Attempts: [
          {
            Number: 1,
            StartedOn: nowS,
            DurationMs: expect.any(Number),
            Status: 503,
            Error: { Code: 'Refused', En: expect.any(String), Zh: expect.any(String) },
            AnswerCode: null,
            RetryAfterS: 20,
          },
        ],
      },
    ]);
    expect(NextCursor).toBeNull();
  });

  it('filters by code, type, subscription, state and time, page by page', async () => {
    const first = await world.subscribe(suite.receiver.url);
    await world.subscribe(suite.receiver.url, { eventTypes: ['code.expired'] });
    const events: string[] = [];
    for (const type of ['code.created', 'code.expired', 'code.created', 'code.expired', 'code.renewed']) {
      events.push(await world.emit(type, { codeId: `code-${events.length % 2}` }));
      world.passS(60);
    }
    await world.run();
    const count = async (filter: object, scope: Scope = null) =>
      (await describeDeliveries(world.deliveries, { filter, scope, limit: 100 })).Events.length;
    expect(await count({})).toBe(7);
    expect(await count({ codeId: 'code-1' })).toBe(4);
    expect(await count({ eventType: 'code.expired' })).toBe(4);
    expect(await count({ subscriptionId: first.SubscriptionId })).toBe(5);
    expect(await count({ state: 'pending' })).toBe(0);
    expect(await count({ state: 'delivered' })).toBe(7);
    expect(await count({ eventId: events[1] })).toBe(2);
    expect(await count({ fromMs: startMs + 60_000, toMs: startMs + 120_000 })).toBe(2);
    expect(await count({}, other)).toBe(0);
    expect(await count({}, own)).toBe(7);

    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof describeDeliveries>> = await describeDeliveries(
        world.deliveries,
        {
          filter: { subscriptionId: first.SubscriptionId },
          scope: own,
          limit: 2,
          ...(cursor !== null && { cursor }),
        },
      );
      seen.push(...page.Events.map(({ EventId }) => EventId));
      cursor = page.NextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([...events].reverse());
  });

  it("shows a key its organisation's own deliveries, not those of a subscription to all organisations", async () => {
    await world.subscribe(suite.receiver.url, { owner: null });
    await world.emit();
    await world.run();
    expect((await describeDeliveries(world.deliveries, { filter: {}, scope: own })).Events).toEqual([]);
    expect((await describeDeliveries(world.deliveries, { filter: {}, scope: null })).Events).toHaveLength(1);
  });
});

describe('a replay', () => {
  it('of an event, a delivery, a code or a time sends it again with the id that it has', async () => {
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.subscribe(suite.receiver.url);
    const eventId = await world.emit();
    world.passS(60);
    const later = await world.emit('code.renewed', { codeId: 'code-2' });
    await world.run();
    const [delivery] = await world.list({ eventId, subscriptionId: SubscriptionId });
    const cases: [ReplaySelection, string[]][] = [
      [{ eventId }, [eventId, eventId]],
      [{ eventId, subscriptionId: SubscriptionId }, [eventId]],
      [{ deliveryId: delivery?.deliveryId ?? '' }, [eventId]],
      [{ codeId: 'code-2' }, [later, later]],
      [{ fromMs: startMs + 60_000, toMs: startMs + 61_000 }, [later, later]],
      [{ subscriptionId: SubscriptionId, fromMs: startMs, toMs: startMs + 61_000 }, [eventId, later]],
      [{ subscriptionId: SubscriptionId, deadLetters: true }, []],
      [{ eventId: 'nothing' }, []],
    ];
    for (const [selection, expected] of cases) {
      suite.receiver.received.length = 0;
      expect(await replay(selection)).toEqual({ Replayed: expected.length });
      await world.run();
      expect(ids().sort()).toEqual([...expected].sort());
    }
    expect(await world.list()).toHaveLength(4);
  });

  it('makes the deliveries that were missed while nobody was subscribed', async () => {
    const missed = await world.emit();
    await world.run();
    const { SubscriptionId } = await world.subscribe(suite.receiver.url, { eventTypes: ['code.created'] });
    await world.emit('code.renewed');
    await world.run();
    const selection = { subscriptionId: SubscriptionId, fromMs: startMs };
    expect(await replay(selection)).toEqual({ Replayed: 1 });
    await world.run();
    expect(ids()).toEqual([missed]);
    expect(await replay({ ...selection, deadLetters: true })).toEqual({ Replayed: 0 });
  });

  it('starts the ladder anew, and leaves alone what a run is just sending', async () => {
    suite.receiver.answer = say(500);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.run();
    world.passS(5);
    await world.run();
    expect(await world.list()).toMatchObject([{ dueAtMs: world.clock.ms + 60_000 }]);
    expect(await replay({ subscriptionId: SubscriptionId, fromMs: 0 })).toEqual({ Replayed: 1 });
    world.passS(5);
    await world.run();
    expect(await world.list()).toMatchObject([{ dueAtMs: world.clock.ms + 5_000, attemptsMade: 3 }]);
    world.passS(300);
    const limits = { of: 'failing', limit: 10, perSubscription: 4, leaseMs: 30_000 } as const;
    expect(await world.deliveries.claim(world.clock.ms, limits)).toHaveLength(1);
    expect(await replay({ subscriptionId: SubscriptionId, fromMs: 0 })).toEqual({ Replayed: 0 });
  });

  it('of a test event is for the one delivery alone', async () => {
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    const { EventId } = await sendTest(world.ports, { ...world.admin, subscriptionId: SubscriptionId });
    expect(await replay({ subscriptionId: SubscriptionId, fromMs: 0 })).toEqual({ Replayed: 0 });
    expect(await replay({ deliveryId: EventId })).toEqual({ Replayed: 1 });
  });

  it('touches a subscription to all organisations for an administrator alone', async () => {
    await world.subscribe(suite.receiver.url);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url, { owner: null });
    const eventId = await world.emit();
    const operator = { scope: null, isAdmin: false };
    await world.run();
    expect(await replay({ eventId }, operator)).toEqual({ Replayed: 1 });
    expect(await replay({ fromMs: 0 }, operator)).toEqual({ Replayed: 1 });
    const [delivery] = await world.list({ subscriptionId: SubscriptionId });
    const deliveryId = delivery?.deliveryId ?? '';
    for (const selection of [{ deliveryId }, { subscriptionId: SubscriptionId, eventId }]) {
      await expect(replay(selection, operator)).rejects.toMatchObject({ code: 'Forbidden' });
    }
    await test.db.query('delete from deliveries where subscription_id = $1', [SubscriptionId]);
    expect(await replay({ eventId }, operator)).toEqual({ Replayed: 1 });
    expect(await replay({ eventId })).toEqual({ Replayed: 2 });
  });

  it('touches what the caller may see, and nothing else', async () => {
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.subscribe(suite.receiver.url, { owner: null });
    const eventId = await world.emit();
    await world.run();
    expect(await replay({ eventId }, { scope: other })).toEqual({ Replayed: 0 });
    expect(await replay({ eventId }, { scope: own })).toEqual({ Replayed: 1 });
    await expect(replay({ subscriptionId: SubscriptionId, eventId }, { scope: other })).rejects.toMatchObject(
      {
        code: 'NotFound',
      },
    );
  });

  it('to a disabled subscription is refused where it is named, and left out where it is not', async () => {
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    const eventId = await world.emit();
    await world.run();
    await modifySubscription(world.manage, {
      ...world.admin,
      subscriptionId: SubscriptionId,
      version: 1,
      changes: { enabled: false },
    });
    await expect(replay({ subscriptionId: SubscriptionId, eventId })).rejects.toMatchObject({
      code: 'StateConflict',
    });
    expect(await replay({ eventId })).toEqual({ Replayed: 0 });
  });

  it('of too much is refused as a whole', async () => {
    await world.subscribe(suite.receiver.url, { owner: { ...owner, organization: 'o' } });
    await test.db.query(
      `insert into events (event_id, type, app_id, organization, data, occurred_at)
       select 'many' || n, 'code.created', 'app', 'o', '{}', to_timestamp($1) from generate_series(1, $2::int) n`,
      [startMs / 1000, mostReplayed + 1],
    );
    await world.deliveries.fanOut(startMs, mostReplayed + 1);
    const before = await test.db.query(
      'select count(*)::int as n from deliveries where due_at > to_timestamp($1)',
      [startMs / 1000],
    );
    world.passS(60);
    await expect(replay({ fromMs: 0 })).rejects.toMatchObject({ code: 'InvalidRequest' });
    expect(
      (
        await test.db.query('select count(*)::int as n from deliveries where due_at > to_timestamp($1)', [
          startMs / 1000,
        ])
      ).rows,
    ).toEqual(before.rows);
    expect((await test.db.query('select 1 from audit where action = $1', ['events.replayed'])).rows).toEqual(
      [],
    );
  });
});
