/** What people do with subscriptions, and which parts of them no answer ever shows. */

import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { told } from '../../runtime/testing/told.ts';
import type { Scope } from '../../world.ts';
import { deliverySuite } from '../testing/delivery-suite.ts';
import { failureOf } from '../testing/failure-of.ts';
import { say } from '../testing/receiver.ts';
import { createWorld, organization, owner } from '../testing/world.ts';
import { mostSubscriptions } from './create-subscription.ts';
import { describeSubscriptions } from './describe-subscriptions.ts';
import { deleteSubscription, type ModifyCommand, modifySubscription } from './modify-subscription.ts';
import { sendTest } from './send-test.ts';

const suite = deliverySuite();

const { test, world } = suite;

const url = 'https://hooks.example/a/secret/path/of/a/robot';

const own: Scope = { appId: 'app', organizations: [organization] };

const other: Scope = { appId: 'app', organizations: ['org-b'] };

type Changes = ModifyCommand['changes'];

const modify = (subscriptionId: string, changes: Changes, more: Partial<ModifyCommand> = {}) =>
  modifySubscription(world.manage, { ...world.admin, subscriptionId, version: 1, changes, ...more });

describe('a subscription', () => {
  it('shows its secret once and its address never in full, and nothing of either lies in the database', async () => {
    const { Secret = '', ...created } = await world.subscribe(url);
    expect(Secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(created).toMatchObject({
      Url: 'https://hooks.example/…obot',
      State: 'Enabled',
      EventTypes: null,
      Version: 1,
    });
    const { Subscriptions } = await describeSubscriptions(world.deliveries, { scope: null });
    expect(Subscriptions).toEqual([created]);
    const { rows } = await test.db.query('select * from event_subscriptions');
    const stored = JSON.stringify([rows, (await test.db.query('select * from audit')).rows]);
    for (const text of [Secret, 'secret/path', Secret.slice(6)]) expect(stored).not.toContain(text);
  });

  it('of a robot takes alarms, and the languages and secret that it is given', async () => {
    const robot = await world.subscribe(url, { kind: 'dingtalk', secret: 'SEC1', languages: ['zh'] });
    expect(robot).toMatchObject({
      Kind: 'dingtalk',
      Languages: ['zh'],
      EventTypes: expect.arrayContaining(['quota.exhausted']),
    });
    expect(robot).not.toHaveProperty('Secret');
  });

  it('is refused with every problem at once, in both languages', async () => {
    const wrong = {
      kind: 'wecom',
      secret: 'x',
      eventTypes: ['code.created', 'quota.exhausted', 'quota.exhausted'],
    } as const;
    const refused = await failureOf(world.subscribe('https://10.0.0.1/', wrong));
    const english = told(refused);
    expect(english.code).toBe('InvalidRequest');
    expect(english.problems).toEqual([
      { path: 'Url', message: 'leads to an address that is private, local or reserved' },
      { path: 'EventTypes.0', message: expect.stringContaining('no alarm') },
      { path: 'EventTypes.2', message: 'is listed twice' },
      { path: 'Secret', message: expect.stringContaining('not used by this kind') },
    ]);
    const chinese = told(refused, 'zh');
    expect(chinese.problems.map(({ message }) => /[一-龥]/.test(message))).toEqual([true, true, true, true]);
    const ours = await failureOf(world.subscribe(url, { secret: 'mine', languages: ['zh'] }));
    expect(ours.problems.map(({ path }) => path)).toEqual(['Languages', 'Secret']);
  });

  it('is made once for the same work, and the answer shows its secret again', async () => {
    const work = { workId: 'w1', takenOver: false };
    const first = await world.subscribe(url, { work });
    expect(first.SubscriptionId).toBe('w1');
    const again = await world.subscribe(url, { work: { ...work, takenOver: true } });
    expect(again).toEqual(first);
    expect((await describeSubscriptions(world.deliveries, { scope: null })).Subscriptions).toHaveLength(1);
  });

  it('is made by whoever takes over work of which nothing was done', async () => {
    const made = await world.subscribe(url, { work: { workId: 'w2', takenOver: true } });
    expect(made).toMatchObject({ SubscriptionId: 'w2', Secret: expect.stringMatching(/^whsec_/) });
  });

  it('is one of a bounded number', async () => {
    for (let n = 0; n < mostSubscriptions; n++) await world.subscribe(url);
    expect((await failureOf(world.subscribe(url))).code).toBe('StateConflict');
    await world.subscribe(url, { owner: { ...owner, organization: 'org-b' } });
    await world.subscribe(url, { owner: null });
  });

  it.each([
    ['a Secret with a blank', { kind: 'dingtalk', secret: 'SEC0 ' }, 'Secret'],
    ['a Secret with a line break', { kind: 'feishu', secret: 'abc\n' }, 'Secret'],
    [
      'a robot of another kind',
      { kind: 'feishu', url: 'https://oapi.dingtalk.com/robot/send?access_token=a' },
      'Url',
    ],
    ['a robot for what is no robot', { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/a' }, 'Url'],
  ] as const)('is refused with %s', async (_, more, path) => {
    const failure = await failureOf(world.subscribe(url, more));
    expect(failure.problems.map((problem) => problem.path)).toEqual([path]);
  });

  it.each([
    ['dingtalk', 'https://oapi.dingtalk.com/robot/send?access_token=a'],
    ['feishu', 'https://open.larksuite.com/open-apis/bot/v2/hook/a'],
    ['wecom', 'https://robots.example/through-a-gateway'],
  ] as const)('takes a robot of its own kind, and one behind a gateway: %s', async (kind, robot) => {
    expect(await world.subscribe(robot, { kind })).toMatchObject({ Kind: expect.any(String) });
  });

  it('is one of a bounded number, however many are made at the same moment', async () => {
    for (let n = 1; n < mostSubscriptions; n++) await world.subscribe(url);
    const connections = await Promise.all(Array.from({ length: 4 }, () => test.connect()));
    await Promise.all(connections.map((db) => db.query('select 1')));
    const worlds = connections.map((db) => createWorld(db));
    for (let round = 0; round < 5; round++) {
      const made = await Promise.allSettled(worlds.map((one) => one.subscribe(url)));
      const fulfilled = made.filter((one) => one.status === 'fulfilled');
      expect(fulfilled).toHaveLength(1);
      const id = fulfilled[0]?.value.SubscriptionId;
      await test.db.query('delete from event_subscriptions where subscription_id = $1', [id]);
    }
  });

  it('is seen and managed by keys of its own organisation alone, and those of all by administrators alone', async () => {
    const mine = await world.subscribe(url);
    const all = await world.subscribe(url, { owner: null });
    const seen = async (scope: Scope) =>
      (await describeSubscriptions(world.deliveries, { scope })).Subscriptions.map(
        (one) => one.SubscriptionId,
      );
    expect(await seen(own)).toEqual([mine.SubscriptionId]);
    expect(await seen(other)).toEqual([]);
    expect(await seen({ ...own, appId: 'another' })).toEqual([]);
    expect((await seen(null)).sort()).toEqual([mine.SubscriptionId, all.SubscriptionId].sort());

    const change = { note: 'x' };
    const code = async (id: string, more: Partial<ModifyCommand>) =>
      (await failureOf(modify(id, change, more))).code;
    expect(await code(mine.SubscriptionId, { scope: other })).toBe('NotFound');
    expect(await code(all.SubscriptionId, { scope: own })).toBe('NotFound');
    expect(await code(all.SubscriptionId, { isAdmin: false })).toBe('Forbidden');
    expect(await code('nobody', {})).toBe('NotFound');
    const asOther = { ...world.admin, scope: other, subscriptionId: mine.SubscriptionId };
    expect((await failureOf(deleteSubscription(world.manage, asOther))).code).toBe('NotFound');
    expect((await failureOf(sendTest(world.ports, asOther))).code).toBe('NotFound');
    expect(await modify(mine.SubscriptionId, change, { scope: own, isAdmin: false })).toMatchObject({
      Note: 'x',
    });
  });

  it('is listed page by page, and a cursor belongs to its list', async () => {
    const ids = new Set<string>();
    for (let n = 0; n < 5; n++) {
      ids.add((await world.subscribe(url)).SubscriptionId);
      world.passS(1);
    }
    let cursor: string | null = null;
    const seen: string[] = [];
    do {
      const page: Awaited<ReturnType<typeof describeSubscriptions>> = await describeSubscriptions(
        world.deliveries,
        {
          scope: own,
          limit: 2,
          ...(cursor !== null && { cursor }),
        },
      );
      seen.push(...page.Subscriptions.map((one) => one.SubscriptionId));
      cursor = page.NextCursor;
    } while (cursor !== null);
    expect(seen).toEqual([...ids].reverse());
    for (const wrong of [
      'x',
      Buffer.from('[1,2,3]').toString('base64url'),
      Buffer.from('[1,"a","b"]').toString('base64url'),
    ])
      expect(
        (await failureOf(describeSubscriptions(world.deliveries, { scope: own, cursor: wrong }))).code,
      ).toBe('InvalidRequest');
  });
});

describe('the end of a subscription', () => {
  it('is answered again to whoever takes over the work, and to nobody else', async () => {
    const { SubscriptionId: subscriptionId } = await world.subscribe(url);
    const command = { ...world.admin, subscriptionId };
    const ended = await deleteSubscription(world.manage, command);
    const taken = { ...command, work: { workId: 'w', takenOver: true } };
    expect(await deleteSubscription(world.manage, taken)).toEqual(ended);
    expect((await failureOf(deleteSubscription(world.manage, command))).code).toBe('NotFound');
    const strange = { ...taken, scope: other };
    expect((await failureOf(deleteSubscription(world.manage, strange))).code).toBe('NotFound');
  });
});

describe('a test event', () => {
  const asked = (subscriptionId: string) => ({ ...world.admin, subscriptionId });

  it('goes the way of every event, and its result is told at once', async () => {
    const { SubscriptionId, Secret = '' } = await world.subscribe(suite.receiver.url, {
      eventTypes: ['code.expired'],
    });
    world.clock.ms = Date.now();
    const result = await sendTest(world.ports, asked(SubscriptionId));
    expect(result).toMatchObject({ Delivered: true, Attempt: { Number: 1, Status: 204, Error: null } });
    const { headers, body } = suite.receiver.received[0] ?? expect.fail('nothing came');
    expect(headers['webhook-id']).toBe(result.EventId);
    expect(new Webhook(Secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'test',
      data: { OrganizationOpenId: organization, SubscriptionId },
    });
    expect(await world.list({ eventType: 'test' })).toMatchObject([{ state: 'delivered' }]);
  });

  it('that fails is told so, is not tried again, and changes nothing of the subscription', async () => {
    suite.receiver.answer = say(410);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    expect(await sendTest(world.ports, asked(SubscriptionId))).toMatchObject({
      Delivered: false,
      Attempt: { Status: 410, Error: { Code: 'Refused', En: expect.any(String), Zh: expect.any(String) } },
    });
    world.passS(100_000);
    await world.run();
    expect(suite.receiver.received).toHaveLength(1);
    expect(await world.subscription(SubscriptionId)).toMatchObject({ state: 'Enabled', failures: 0 });
  });

  it('that succeeds ends the pauses after failures, and reaches a disabled subscription too', async () => {
    suite.receiver.answer = say(503, { 'retry-after': '3000' });
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.run();
    suite.receiver.answer = say(200);
    expect(await world.subscription(SubscriptionId)).toMatchObject({ failures: 1 });
    await sendTest(world.ports, asked(SubscriptionId));
    expect(await world.subscription(SubscriptionId)).toMatchObject({ failures: 0, notBeforeMs: null });
    await modify(SubscriptionId, { enabled: false });
    expect(await sendTest(world.ports, asked(SubscriptionId))).toMatchObject({ Delivered: true });
    expect(await world.subscription(SubscriptionId)).toMatchObject({ state: 'Disabled' });
  });
});
