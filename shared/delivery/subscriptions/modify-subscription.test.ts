import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { deliverySuite } from '../testing/delivery-suite.ts';
import { failureOf } from '../testing/failure-of.ts';
import { say } from '../testing/receiver.ts';
import { describeSubscriptions } from './describe-subscriptions.ts';
import { deleteSubscription, type ModifyCommand, modifySubscription } from './modify-subscription.ts';

const suite = deliverySuite();
const { test, world } = suite;

const url = 'https://hooks.example/a/secret/path/of/a/robot';

type Changes = ModifyCommand['changes'];
const modify = (subscriptionId: string, changes: Changes, more: Partial<ModifyCommand> = {}) =>
  modifySubscription(world.manage, { ...world.admin, subscriptionId, version: 1, changes, ...more });

describe('a change', () => {
  it('of what somebody else has changed since is refused with the version', async () => {
    const { SubscriptionId } = await world.subscribe(url);
    await modify(SubscriptionId, { note: 'a' });
    const failure = await failureOf(modify(SubscriptionId, { note: 'b' }));
    expect([failure.code, failure.members]).toEqual(['VersionConflict', { Version: 2 }]);
  });

  it('has every member, or with a problem none', async () => {
    const { SubscriptionId } = await world.subscribe(url);
    const failure = await failureOf(
      modify(SubscriptionId, { note: 'a', url: 'http://x', secret: 's', languages: ['zh'] }),
    );
    expect(failure.problems.map(({ path }) => path)).toEqual(['Url', 'Languages', 'Secret']);
    expect(await world.subscription(SubscriptionId)).toMatchObject({ note: null, version: 1 });
    const changes = { url: 'https://new.example/hook', eventTypes: ['code.created'], note: 'n' };
    expect(await modify(SubscriptionId, changes)).toMatchObject({
      Url: 'https://new.example/…',
      EventTypes: ['code.created'],
      Note: 'n',
      Version: 2,
    });
    expect(await modify(SubscriptionId, { eventTypes: null, note: null }, { version: 2 })).toMatchObject({
      EventTypes: null,
      Note: null,
    });
  });

  it('of the secret lets old and new verify during the grace, and the new one alone after it', async () => {
    const { SubscriptionId, Secret: first = '' } = await world.subscribe(suite.receiver.url);
    world.clock.ms = Date.now();
    const { Secret: second = '', PreviousSecretUntil } = await modify(SubscriptionId, {
      rotate: { graceS: 60 },
    });
    expect(PreviousSecretUntil).toBe(Math.floor(world.clock.ms / 1000) + 60);
    expect(second).not.toBe(first);
    const verified = async (secret: string) => {
      await world.emit();
      await world.run();
      const { headers, body } = suite.receiver.received.at(-1) ?? expect.fail('nothing came');
      try {
        // Headers of Node are texts where a name comes once, which these do.
        new Webhook(secret).verify(body, headers as Record<string, string>);
        return true;
      } catch {
        return false;
      }
    };
    expect([await verified(first), await verified(second)]).toEqual([true, true]);
    world.passS(61);
    expect([await verified(first), await verified(second)]).toEqual([false, true]);
  });

  it('that enables again forgets the failures before', async () => {
    suite.receiver.answer = say(410);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.run();
    const { version } = await world.subscription(SubscriptionId);
    expect(await modify(SubscriptionId, { enabled: true }, { version })).toMatchObject({
      State: 'Enabled',
      Reason: { Code: 'EnabledByPerson' },
      FailuresInARow: 0,
      FailingSince: null,
    });
  });

  it('that deletes ends everything: address and secrets are gone, what waits is given up, the history stays', async () => {
    suite.receiver.answer = say(500);
    const { SubscriptionId } = await world.subscribe(suite.receiver.url);
    await world.emit();
    await world.run();
    const { sealed } = await world.subscription(SubscriptionId);
    await deleteSubscription(world.manage, { ...world.admin, subscriptionId: SubscriptionId });
    const { rows } = await test.db.query<{ sealed: string }>('select sealed from event_subscriptions');
    expect(world.manage.seal.open(rows[0]?.sealed ?? '')).toBe('{}');
    expect(world.manage.seal.open(sealed)).toContain('127.0.0.1');
    world.passS(60);
    await world.emit();
    await world.run();
    expect(suite.receiver.received).toHaveLength(1);
    expect(await world.list()).toMatchObject([{ state: 'dead', reason: { code: 'SubscriptionDisabled' } }]);
    expect((await describeSubscriptions(world.deliveries, { scope: null })).Subscriptions).toEqual([]);
    expect((await failureOf(modify(SubscriptionId, { enabled: true }, { version: 2 }))).code).toBe(
      'NotFound',
    );
  });

  it('is in the audit trail, without what it changed to', async () => {
    const { SubscriptionId } = await world.subscribe(url);
    await modify(SubscriptionId, { url: 'https://new.example/hook', rotate: {} });
    const { rows } = await test.db.query('select actor, action, subject, reason from audit order by at');
    expect(rows).toEqual([
      {
        actor: 'key:test',
        action: 'subscription.created',
        subject: SubscriptionId,
        reason: 'standard-webhooks for org-a',
      },
      { actor: 'key:test', action: 'subscription.modified', subject: SubscriptionId, reason: 'url, rotate' },
    ]);
  });
});
