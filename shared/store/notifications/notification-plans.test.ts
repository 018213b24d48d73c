/** What happens with each notification is answered by indexes, and in few statements. */

import { beforeAll, expect, it } from 'vitest';
import { codeEvent } from '../../codes/events.ts';
import { sampleCode } from '../../codes/testing/sample-code.ts';
import { startMs } from '../../codes/testing/world.ts';
import type { NotificationTransaction } from '../../notifications/ports.ts';
import { receiveNotification } from '../../notifications/receive-notification.ts';
import { received, upstreamId } from '../../notifications/testing/messages.ts';
import type { Database } from '../postgres/database.ts';
import { analyzeTables } from '../testing/analyze-tables.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertManyCodes } from '../testing/many-codes.ts';
import { seedContracts, seedNotifications } from '../testing/notification-seed.ts';
import { explain, recordStatements } from '../testing/query-plans.ts';
import { createRegister } from '../testing/register.ts';
import { contractLists } from './contract-lists.ts';
import { notificationArrivals } from './notification-arrivals.ts';
import { notificationReads } from './notification-reads.ts';
import { notificationRetries } from './notification-retries.ts';

const nowS = startMs / 1000;

const test = databaseSuite();

beforeAll(async () => {
  const { db } = test;
  await insertManyCodes(db, { count: 5_000, organizations: 40, newestS: nowS });
  await db.query(`update codes set policy = '{"ExhaustionPercent":90}', callback_token = 't' || code_id`);
  await seedNotifications(db, { prefix: 'cost', count: 5_000, age: '1 day' });
  await seedNotifications(db, {
    prefix: 'flow',
    count: 5_000,
    age: '1 day',
    outcome: 'kept',
    msgType: 'FlowStatusChange',
    flows: true,
  });
  await seedNotifications(db, { prefix: 'due', count: 20, age: '1 hour', outcome: 'pending' });
  await seedContracts(db, { prefix: 'known', count: 5_000, age: '1 day' });
  await db.query(
    `insert into notices (kind, subject, scope, raised, reason, at)
     select 'template', 'n' || n, '', true, '{}', now() from generate_series(1, 5000) n`,
  );
  await db.query(
    `insert into organizations (app_id, organization, quota_state, since, reason, probe_failures, failed_at)
     select 'app', 'o' || n, case when n < 20 then 'blocked' else 'ok' end, now(), '{}', 0, now()
     from generate_series(0, 5000) n`,
  );
  await analyzeTables(db);
});

const large = [
  'codes',
  'generations',
  'messages',
  'message_ids',
  'message_bodies',
  'contracts',
  'events',
  'notices',
  'organizations',
];

async function expectIndexes(
  work: (db: Database) => Promise<unknown>,
  ...indexes: string[]
): Promise<string[]> {
  const { db, statements } = recordStatements(test.db);
  await work(db);
  const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
  expect(plans.flatMap(({ sequentially }) => sequentially).filter((table) => large.includes(table))).toEqual(
    [],
  );
  expect(plans.flatMap((plan) => plan.indexes)).toEqual(expect.arrayContaining(indexes));
  return statements.map(({ text }) => text.trim().slice(0, 20));
}

function receive(db: Database, type: string, data: object, route?: { token: string; generation: number }) {
  const ids = { id: upstreamId, slug: upstreamId };
  const ports = {
    notifications: notificationArrivals(db),
    surroundings: { nowMs: () => startMs, random: () => 0, ids },
    seal: { seal: (text: string) => text, open: (text: string) => text },
  };
  const sent = { receivedAtMs: startMs, ...(route && { route: { kind: 'code', ...route } as const }) };
  return receiveNotification(ports, received(type, data, sent));
}

it('a message about a cost takes one statement; one that names a contract takes two: store and lock, count', async () => {
  const named = await expectIndexes(
    (db) => receive(db, 'MultiFlowSignQrCodeCost', { OccurTime: nowS }, { token: 'tc60', generation: 1 }),
    'codes_callback_token',
    'generations_pkey',
    'organizations_pkey',
  );
  expect(named).toHaveLength(1);
  const contract = await expectIndexes(
    (db) =>
      receive(db, 'MultiFlowSignQrCodeCost', { FlowId: upstreamId() }, { token: 'tc91', generation: 1 }),
    'contracts_pkey',
    'messages_unlinked',
  );
  expect(contract).toHaveLength(2);
});

it('a message that names a QR code somewhere finds it by index', async () => {
  const link = `https://example.com/${'q'.repeat(20)}`;
  await test.db.query("update generations set qr_code_id = $1 where code_id = 'c92'", ['q'.repeat(20)]);
  await expectIndexes((db) => receive(db, 'MultiFlowSignQrCodeCost', { link }), 'generations_qr_code_id');
});

it('a failed scan, a state of a contract and a lost template touch rows by index', async () => {
  await expectIndexes(
    (db) => receive(db, 'CreateFlowByQrCode', {}, { token: 'tc93', generation: 1 }),
    'messages_costs',
    'organizations_pkey',
  );
  const status = { FlowId: upstreamId(), FlowCallbackStatus: 1, TemplateId: 't94', FlowName: 'contract 94' };
  await expectIndexes((db) => receive(db, 'FlowStatusChange', status), 'codes_of_template_name');
  await expectIndexes((db) => receive(db, 'TemplateDelete', { TemplateId: 't95' }), 'notices_pkey');
});

it('copies, retries and what the timer sets right are found by index', async () => {
  const store = notificationRetries;
  await expectIndexes(
    (db) => notificationArrivals(db).countCopy('cost1'),
    'message_ids_pkey',
    'messages_received_at',
  );
  await expectIndexes((db) => store(db).claimPending(nowS, 10, 1000), 'messages_due_at');
  await expectIndexes(
    (db) => store(db).reviveLinked(nowS, Date.now() / 1000 - 3600, 10),
    'messages_received_at',
  );
  await expectIndexes((db) => store(db).provenOrganizations(10), 'messages_costs');
  await expectIndexes(
    (db) =>
      createRegister(db).emitExpiring(nowS, 10, (code) =>
        codeEvent('code.expiring', code, { eventId: code.codeId, occurredAtS: nowS }),
      ),
    'codes_warn_at',
  );
  const reconsider = (tx: NotificationTransaction) =>
    tx.reconsider('due1', { route: { kind: 'application' }, qrCodeIds: ['q5'], flowId: 'known5' }, [
      'pending',
    ]);
  await expectIndexes(
    (db) => store(db).transaction(reconsider),
    'message_ids_pkey',
    'messages_received_at',
    'contracts_pkey',
  );
  const lockGeneration = (tx: NotificationTransaction) => tx.lockGeneration('q5');
  await expectIndexes((db) => store(db).transaction(lockGeneration), 'generations_qr_code_id');
});

it('a page of notifications is found by index', async () => {
  const page = { after: { atMs: Date.now(), id: 'x' }, limit: 20 };
  const scope = (...organizations: string[]) => ({ appId: 'app', organizations });
  await expectIndexes(
    (db) => notificationReads(db, Date.now).list({}, { scope: null, ...page }),
    'messages_received_at',
  );
  await expectIndexes(
    (db) => notificationReads(db, Date.now).list({ codeId: 'c7' }, { scope: null, ...page }),
    'messages_of_code',
  );
  for (const wanted of [scope('o1'), scope('o1', 'o2')]) {
    await expectIndexes(
      (db) => notificationReads(db, Date.now).list({}, { scope: wanted, ...page }),
      'messages_of_organization',
    );
  }
  await expectIndexes(
    (db) => notificationReads(db, Date.now).find({ by: 'MsgId', value: 'cost7' }, null),
    'message_ids_pkey',
    'messages_received_at',
  );
});

it('what is shown of a code is found by index', async () => {
  await expectIndexes(
    (db) => createRegister(db).find({ by: 'CodeId', value: sampleCode({ codeId: 'c9' }).codeId }, null),
    'contracts_of_code',
    'notices_pkey',
  );
});

it('a page of contracts is found by index, whoever asks and whatever for', async () => {
  const page = { after: { atMs: Date.now(), id: 'x' }, limit: 20 };
  const scope = (...organizations: string[]) => ({ appId: 'app', organizations });
  const lists: [Parameters<ReturnType<typeof contractLists>['list']>, string][] = [
    [[{}, { scope: null, ...page }], 'contracts_newest'],
    [[{}, { scope: scope('o1', 'o2'), ...page }], 'contracts_newest_of_organization'],
    [[{ codeId: 'c5' }, { scope: null, ...page }], 'contracts_newest_of_code'],
    [[{ flowId: 'known5' }, { scope: null, ...page }], 'contracts_pkey'],
    [[{ qrCodeId: 'q5' }, { scope: scope('o5'), ...page }], 'generations_qr_code_id'],
  ];
  for (const [given, index] of lists) await expectIndexes((db) => contractLists(db).list(...given), index);
});

it('unfinished contracts are found by index among many that are finished', async () => {
  await test.db.query("update contracts set state = 'ALL' where flow_id not like '%7'");
  await test.db.query('analyze contracts');
  const page = { scope: null, after: undefined, limit: 20 };
  await expectIndexes(
    (db) => contractLists(db).list({ organization: 'o7', unfinished: true }, page),
    'contracts_unfinished',
  );
});

it('contracts in a state are found by index behind any number of newer ones in others', async () => {
  await test.db.query(
    "update contracts set state = case when flow_id like '%77' then 'REJECT' else 'INIT' end",
  );
  await test.db.query('analyze contracts');
  const page = { after: undefined, limit: 20 };
  for (const [organization, index] of [
    [undefined, 'contracts_in_state'],
    ['o7', 'contracts_in_state_of_organization'],
  ] as const) {
    const filter = { state: 'REJECT', ...(organization && { organization }) } as const;
    await expectIndexes((db) => contractLists(db).list(filter, { scope: null, ...page }), index);
  }
});
