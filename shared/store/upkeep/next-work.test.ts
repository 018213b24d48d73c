import { beforeEach, describe, expect, it } from 'vitest';
import { databaseSuite } from '../testing/database-suite.ts';
import { seedNotifications } from '../testing/notification-seed.ts';
import { seedAttempts, seedCodes } from '../testing/register-seed.ts';
import { type DueTimes, nextWork } from './next-work.ts';

const test = databaseSuite();

beforeEach(() =>
  test.db.query(
    `delete from attempts; delete from deliveries; delete from events; delete from event_subscriptions;
     delete from generations; delete from codes; delete from organizations; delete from messages; delete from message_ids; delete from message_bodies`,
  ),
);

/** The earliest times of all kinds that have any, those that wait and those that come apart. */
async function planned(nowMs = Date.now()): Promise<Record<string, Partial<DueTimes>>> {
  const found = [...(await nextWork(test.db, nowMs))].map(([work, { waiting, coming }]) => [
    work,
    { ...(waiting !== null && { waiting }), ...(coming !== null && { coming }) },
  ]);
  return Object.fromEntries(found.filter(([, times]) => Object.keys(times ?? {}).length > 0));
}

const at = '2040-01-02T03:04:05Z';
const atMs = Date.parse(at);
const code = { prefix: 'c', count: 1, state: 'Active', age: '0' };

/** Without anything that falls due of itself. */
async function codeWith(assignments: string): Promise<void> {
  await seedCodes(test.db, code);
  await test.db.query(`update codes set ${assignments}`);
}

async function organization(quota: string, probeAt: string | null = null): Promise<void> {
  await test.db.query(
    `insert into organizations (app_id, organization, quota_state, since, reason, probe_at, probe_failures)
     values ('app', 'org', $1, now(), '{}', $2::text::timestamptz, 0)`,
    [quota, probeAt],
  );
}

async function delivery(state: string, notBefore: string | null): Promise<void> {
  await test.db.query(
    `insert into events (event_id, type, app_id, organization, data, occurred_at, fanned_out_at)
       values ('e', 'code.created', 'app', 'org', '{}', now(), now());
     insert into event_subscriptions (subscription_id, kind, sealed, shown_url, languages, state, reason, failures,
       version, created_at, updated_at)
       values ('s', 'webhook', '', '', '{}', '${state}', '{}', 0, 1, now(), now());
     insert into deliveries (delivery_id, event_id, subscription_id, type, occurred_at, state, reason, rung, attempts,
       due_at, lease_token) values ('d', 'e', 's', 'code.created', now(), 'pending', '{}', 0, 0, '${at}', 0)`,
  );
  await test.db.query('update event_subscriptions set not_before = $1::text::timestamptz', [notBefore]);
}

describe('the next work', () => {
  it('is none where nothing is planned', async () => {
    await seedCodes(test.db, code);
    await seedCodes(test.db, { ...code, prefix: 'dead', generation: 'cancelled' });
    await seedNotifications(test.db, { prefix: 'n', age: '0' });
    await seedAttempts(test.db, { prefix: 'a', count: 1, state: 'succeeded', settledAge: '0' });
    expect(await planned()).toEqual({});
  });

  it.each([
    ['a renewal', `due_at = '${at}'`],
    ['a renewal under a lease', `due_at = now(), lease_until = '${at}'`],
    ['a warning', `warn_at = '${at}'`],
  ])('is %s', async (_, assignments) => {
    await codeWith(assignments);
    expect(await planned()).toEqual({ renewals: { coming: atMs } });
  });

  it('is no warning of a code whose successor is due later', async () => {
    const later = Date.parse('2041-01-01T00:00:00Z');
    await codeWith(`warn_at = '${at}', due_at = '2041-01-01T00:00:00Z'`);
    expect(await planned()).toEqual({ renewals: { coming: later } });
  });

  it('is told apart from what is due already, which hides nothing', async () => {
    await codeWith("due_at = '2020-01-01T00:00:00Z'");
    await seedCodes(test.db, { ...code, prefix: 'other' });
    await test.db.query(`update codes set due_at = '${at}' where code_id = 'other1'`);
    const waiting = Date.parse('2020-01-01T00:00:00Z');
    expect(await planned()).toEqual({ renewals: { waiting, coming: atMs } });
    expect(await planned(atMs)).toEqual({ renewals: { waiting } });
  });

  it('is the end of a generation', async () => {
    await seedCodes(test.db, { ...code, generation: 'superseded' });
    await test.db.query(`update generations set expires_at = '${at}'`);
    expect(await planned()).toEqual({ renewals: { coming: atMs } });
  });

  it('is the next question of an organisation without quota for whom a code waits', async () => {
    await organization('blocked', at);
    await seedCodes(test.db, code);
    expect(await planned()).toEqual({});
    await test.db.query(`update codes set due_at = now(), held = true`);
    expect(await planned()).toEqual({ renewals: { coming: atMs } });
  });

  it('is to take a code back in line when its organisation has quota again', async () => {
    await codeWith('due_at = now(), held = true');
    const { renewals } = await planned(Date.now() + 60_000);
    expect(Object.keys(renewals ?? {})).toEqual(['waiting']);
  });

  it('is a cancel, and a create that was interrupted', async () => {
    await seedAttempts(test.db, { prefix: 'a', count: 1, state: 'planned', settledAge: null, due: true });
    await test.db.query(`update attempts set due_at = '${at}'`);
    expect(await planned()).toEqual({ renewals: { coming: atMs } });
    await test.db.query('delete from attempts');
    await codeWith(`lease_until = '${at}'`);
    await seedAttempts(test.db, { prefix: 'a', count: 1, state: 'sent', settledAge: null, codeId: 'c1' });
    expect(await planned()).toEqual({ renewals: { coming: atMs } });
  });

  it('is a notification that waits', async () => {
    await seedNotifications(test.db, { prefix: 'n', age: '0', outcome: 'pending' });
    await test.db.query(`update messages set due_at = '${at}'`);
    expect(await planned()).toEqual({ notifications: { coming: atMs } });
  });

  it('is an event that nobody was told of', async () => {
    await test.db.query(
      `insert into events (event_id, type, app_id, organization, data, occurred_at)
       values ('e', 'code.created', 'app', 'org', '{}', '${at}')`,
    );
    expect(await planned()).toEqual({ events: { coming: atMs } });
  });

  it('is a delivery, later where its receiver is spared', async () => {
    await delivery('Enabled', null);
    expect(await planned()).toEqual({ deliveries: { coming: atMs } });
    await test.db.query("update event_subscriptions set not_before = '2041-01-01T00:00:00Z'");
    expect(await planned()).toEqual({ deliveries: { coming: Date.parse('2041-01-01T00:00:00Z') } });
  });

  it('is no delivery to who wants none', async () => {
    await delivery('Disabled', null);
    expect(await planned()).toEqual({});
  });
});
