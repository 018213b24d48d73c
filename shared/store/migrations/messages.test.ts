import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { StoredNotification } from '../../notifications/notification.ts';
import { notificationIdOf } from '../../notifications/notification-id.ts';
import type { NewNotification } from '../../notifications/ports.ts';
import { notificationArrivals } from '../notifications/notification-arrivals.ts';
import { notificationReads } from '../notifications/notification-reads.ts';
import { notificationRetries } from '../notifications/notification-retries.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { cutOffAfter } from '../testing/cut-off.ts';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { olderNotifications } from '../testing/older-notifications.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

const before = migrations.filter(({ number }) => number < 18);
const until18 = migrations.filter(({ number }) => number <= 18);

let test: TestDatabase;
/** A connection of the version before, which waits for no lock for a second. */
let older: ReturnType<typeof olderNotifications>;

async function openOlder(): Promise<void> {
  test = await testDatabase({ migrated: false });
  await migrate(test.db, before);
  const connection = await test.connect();
  // On PGlite the one session is shared.
  if (test.url !== undefined) await connection.query("set lock_timeout = '1s'");
  older = olderNotifications(connection);
}

/** So many minutes ago. */
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

function told(
  msgId: string,
  receivedAtMs = Date.now(),
  more: Partial<NewNotification> = {},
): NewNotification {
  return {
    notificationId: notificationIdOf(msgId),
    message: { msgId, msgType: 'MultiFlowSignQrCodeCost', msgVersion: 'ThirdPartyApp' },
    body: 'newer body',
    bodySealed: false,
    contentSignature: 'sha256=0',
    route: { kind: 'application' },
    sourceIp: null,
    keyIndex: 0,
    tokenIndex: 0,
    receivedAtMs,
    occurredAtS: receivedAtMs / 1000,
    occurredFrom: 'OccurTime',
    flowId: null,
    flowStatus: null,
    ...more,
  };
}

const counted = { outcome: 'applied', reason: { code: 'CostCounted' } } as const;
const awaited = { outcome: 'pending', reason: { code: 'GenerationAwaited' } } as const;

/** As the version after stores it. @returns false: it is a copy */
async function store(notification: NewNotification, verdict: typeof counted | typeof awaited = counted) {
  const nowhere = { route: { kind: 'application' }, qrCodeIds: [], flowId: null } as const;
  const facts = await notificationArrivals(test.db).transaction((tx) =>
    tx.store(notification, nowhere, { located: verdict, otherwise: verdict }),
  );
  return facts !== undefined;
}

const found = (value: string, by: 'MsgId' | 'NotificationId' = 'MsgId') =>
  notificationReads(test.db, Date.now).find({ by, value }, null);

describe('a register that is in use', () => {
  beforeEach(openOlder);
  afterEach(() => test.dispose());

  it('is migrated while an older version goes on, and nothing is lost', async () => {
    for (let n = 0; n < 30; n += 1) await older.store(`before${n}`, `m-before${n}`, ago(100 - n));
    const stored: string[] = [];
    let isOver = false;
    const atWork = (async () => {
      for (let n = 0; !isOver || n < 3; n += 1) {
        // A lock that is not to be had within a second, or a statement that is refused, fails the test.
        expect(await older.store(`while${n}`, `m-while${n}`, ago(0))).toBe(true);
        expect(await older.countCopy(`m-while${n}`)).toBe(`while${n}`);
        expect(await older.store(`again${n}`, `m-before${n % 30}`, ago(0))).toBe(false);
        await older.list();
        stored.push(`m-while${n}`);
        await sleep(20);
      }
    })();
    await migrate(test.db, until18);
    isOver = true;
    await atWork;
    const page = { scope: null, after: undefined, limit: 1000 };
    const listed = await notificationReads(test.db, Date.now).list({}, page);
    expect(listed.map(({ msgId }) => msgId).sort()).toEqual(
      [...stored, ...Array.from({ length: 30 }, (_, n) => `m-before${n}`)].sort(),
    );
    for (const { notificationId, msgId } of [...listed.slice(0, 10), ...listed.slice(-10)]) {
      expect(await found(msgId)).toMatchObject({ notificationId });
      expect(await found(notificationId, 'NotificationId')).toMatchObject({ msgId });
      expect(await store(told(msgId))).toBe(false);
    }
    // None was built while it was attached.
    const { rows } = await test.db.query<{ name: string }>(
      "select indexrelid::regclass::text as name from pg_index where indrelid = 'notifications'::regclass",
    );
    expect(rows.filter(({ name }) => name.endsWith('_idx'))).toEqual([]);
    expect(rows).toHaveLength(15);
  });

  it('is migrated to the end, wherever it was cut off', async () => {
    for (let n = 0; n < 5; n += 1) await older.store(`old${n}`, `m${n}`, ago(n));
    let cuts = 0;
    while (!(await cutOffAfter(cuts, test.db, (db) => migrate(db, until18)))) cuts += 5;
    expect(cuts).toBeGreaterThan(30);
    expect(await found('old3', 'NotificationId')).toMatchObject({ msgId: 'm3' });
    expect(await store(told('m3'))).toBe(false);
  });
});

describe('a migrated register', () => {
  beforeAll(async () => {
    await openOlder();
    await older.store('before', 'm-before', ago(10));
    await migrate(test.db, until18);
  });
  beforeEach(() =>
    test.db.query("delete from messages where msg_id <> 'm-before'; delete from message_bodies"),
  );
  afterAll(() => test.dispose());

  it('recognises a copy, whichever version stored the first', async () => {
    expect(await store(told('m1'))).toBe(true);
    expect(await older.store('x1', 'm1', ago(0))).toBe(false);
    expect(await older.countCopy('m1')).toBe(notificationIdOf('m1'));
    await expect(older.storeQuietly('x2', 'm1', ago(0))).rejects.toSatisfy((error) =>
      isUniqueViolation(error, 'notifications_msg_id'),
    );
    expect(await older.store('x3', 'm2', ago(0))).toBe(true);
    expect(await store(told('m2'))).toBe(false);
    expect(await notificationArrivals(test.db).countCopy('m2')).toBe('x3');
    expect(await found('m2')).toMatchObject({ notificationId: 'x3', copies: 2 });
    await older.storeQuietly('x4', 'm3', ago(0));
    expect(await store(told('m3'))).toBe(false);
    const { rows } = await test.db.query("select from message_ids where notification_id in ('x1', 'x2')");
    expect(rows).toEqual([]);
  });

  it('lets each version read what the other wrote', async () => {
    await store(told('n1'));
    await store(told('n2', Date.now() + 1), awaited);
    const asItWas = { version: 'ThirdPartyApp', key: 0, token: 0, from: 'OccurTime', copies: 1, failures: 0 };
    expect(await older.list()).toMatchObject([
      { ...asItWas, msgId: 'n2', outcome: 'pending', reason: '{"code":"GenerationAwaited"}', settled: false },
      { ...asItWas, msgId: 'n1', outcome: 'applied', reason: '{"code":"CostCounted"}', settled: true },
      { ...asItWas, msgId: 'm-before' },
    ]);
    expect(await older.dueBodies()).toEqual([{ id: notificationIdOf('n2'), body: 'newer body' }]);
    expect(await notificationRetries(test.db).body('before')).toEqual({
      body: 'older body',
      contentSignature: null,
      sealed: false,
    });
    expect(await found('m-before')).toMatchObject({ notificationId: 'before', bodyKept: true });
  });

  /** What differs from the usual, in each member that is written in short. */
  const unusual = {
    message: { msgId: 'm', msgType: 'FlowStatusChange', msgVersion: null },
    bodySealed: true,
    keyIndex: null,
    tokenIndex: 2,
    occurredFrom: 'receipt',
  };

  /** Before and after the end of the table that was there. */
  it.each([0, 90])('gives a notification as it was stored, in short or in full, %i days on', async (days) => {
    const atMs = Date.now() + days * 86_400_000;
    const read: Partial<StoredNotification>[] = [];
    for (const more of [{}, unusual]) {
      const notification = told('m', atMs, more);
      await store(notification);
      read.push((await found('m')) ?? {});
      await test.db.query(
        "delete from messages where msg_id = 'm'; delete from message_ids; delete from message_bodies",
      );
    }
    const same = {
      outcome: 'applied',
      reason: { code: 'CostCounted' },
      copies: 1,
      failures: 0,
      bodyKept: true,
    };
    const atS = Math.floor(atMs / 1000);
    expect(read).toMatchObject([
      {
        ...same,
        msgType: 'MultiFlowSignQrCodeCost',
        msgVersion: 'ThirdPartyApp',
        keyIndex: 0,
        tokenIndex: 0,
        occurredFrom: 'OccurTime',
        receivedAtS: atS,
      },
      {
        ...same,
        msgType: 'FlowStatusChange',
        msgVersion: null,
        keyIndex: null,
        tokenIndex: 2,
        occurredFrom: 'receipt',
      },
    ]);
    expect(read.map(({ settledAtS }) => Math.floor(settledAtS ?? 0))).toEqual([atS, atS]);
  });

  it('has the same ids for notifications as we have', async () => {
    const msgIds = Array.from({ length: 300 }, (_, n) => `消息 ${n} \\ '`);
    const { rows } = await test.db.query<{ id: string }>(
      'select notification_id_of(msg_id) as id from unnest($1::text[]) with ordinality as given (msg_id, place) order by place',
      [msgIds],
    );
    expect(rows.map(({ id }) => id)).toEqual(msgIds.map(notificationIdOf));
    expect(rows.every(({ id }) => /^[\dA-Za-z]{15}$/.test(id))).toBe(true);
  });
});
