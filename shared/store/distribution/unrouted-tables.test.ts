import { beforeAll, describe, expect, it } from 'vitest';
import { cancelCode } from '../../codes/life/cancel-code.ts';
import { modifyCode } from '../../codes/life/modify-code.ts';
import { createWorld, startMs, type World } from '../../codes/testing/world.ts';
import { upstreamId } from '../../notifications/testing/messages.ts';
import { contractForgetting } from '../notifications/forget-contracts.ts';
import { notificationReads } from '../notifications/notification-reads.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { recordStatements, type Statement } from '../testing/query-plans.ts';
import { prune } from '../upkeep/retention.ts';
import { type DistributedTable, distributionKeys, unroutedStatements } from './distribution-keys.ts';
import { unroutedTables } from './unrouted-tables.ts';

const test = databaseSuite();
let statements: Statement[];

/** What notifications do, who looks at them, and retention. */
beforeAll(async () => {
  const recorded = recordStatements(test.db);
  const quiet = createWorld(test.db);
  await quiet.forgetEverything();
  const { code } = await quiet.create();
  const qrCodeId = code.current?.qrCodeId ?? '';
  const route = { kind: 'code' as const, token: code.callbackToken, generation: 1 };
  const world = createWorld(recorded.db, quiet.clock);
  const { notify, retry } = world.receiver;
  const FlowId = upstreamId('yDFl');
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId }, { msgId: 'm' });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId }, { msgId: 'm' });
  await notify('MultiFlowSignQrCodeCost', {}, { route });
  await notify('FlowStatusChange', { FlowId, FlowStatus: 'PART' });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId, FlowId });
  await notify('FlowStatusChange', { FlowId, FlowStatus: 'ALL' });
  await notify('FlowStatusChange', {
    FlowId: upstreamId('yDFl'),
    FlowStatus: 'INIT',
    TemplateId: 'template-a',
    FlowName: '入职合同',
  });
  await notify('CreateFlowByQrCode', { QrCodeId: qrCodeId, OccurTime: startMs / 1000 });
  await notify('TemplateDelete', { TemplateId: 'template-a' });
  await notify('MultiFlowSignQrCodeCost', {}, { route: { ...route, generation: 2 } });
  await retry();
  const reads = notificationReads(recorded.db, () => startMs);
  const page = { scope: null, after: { atMs: startMs, id: 'x' }, limit: 20 };
  await reads.find({ by: 'MsgId', value: 'm' }, null);
  await reads.find({ by: 'NotificationId', value: 'n' }, null);
  await reads.list({}, page);
  await reads.list({ codeId: code.codeId }, page);
  await reads.rejections(0, 20);
  await contractForgetting(recorded.db).forget(
    { flowId: FlowId, scope: null, actor: 'test' },
    startMs / 1000,
  );
  await prune(recorded.db, { deadlineMs: Number.POSITIVE_INFINITY, batch: 10 });
  await quiet.forgetEverything();
  await liveOf(world);
  statements = recorded.statements;
});

/** What is done to codes. */
async function liveOf(world: World): Promise<void> {
  const { code } = await world.create();
  const key = { by: 'CodeId', value: code.codeId } as const;
  const { register } = world;
  await register.find(key, null);
  await register.find({ by: 'QrCodeId', value: code.current?.qrCodeId ?? '' }, null);
  await register.find({ by: 'Slug', value: code.slug }, null);
  await register.list({}, { scope: null, after: undefined, limit: 10, generations: 5 });
  world.passS(6 * 86_400);
  await world.tick();
  const { version } = (await world.record(code.codeId)).code;
  await modifyCode(world.ports, { key, scope: null, version, operation: 'Pause', actor: 'test' });
  await cancelCode(world.ports, { key, scope: null, actor: 'test' }, world.clock.ms + 60_000);
}

const concerns = ({ tables }: (typeof unroutedStatements)[number], table: DistributedTable) =>
  tables === 'all' || tables.includes(table);

describe('statements about notifications and codes', () => {
  it('find each row by the key of its table, or are listed with a reason', () => {
    const told = statements.filter(({ text }) => /\b(messages|message_ids|message_bodies)\b/.test(text));
    expect(told.length).toBeGreaterThan(25);
    const unlisted = statements.flatMap(({ text }) =>
      unroutedTables(text)
        .filter((table) => !unroutedStatements.some((one) => concerns(one, table) && one.has.test(text)))
        .map((table) => `${table}: ${text}`),
    );
    expect([...new Set(unlisted)]).toEqual([]);
  });

  it('are those of the list', () => {
    const unused = unroutedStatements.filter(
      (one) =>
        !statements.some(
          ({ text }) => one.has.test(text) && unroutedTables(text).some((table) => concerns(one, table)),
        ),
    );
    expect(unused.map(({ reason }) => reason)).toEqual([]);
  });
});

it.each([
  ['select from messages n where n.notification_id = $1', []],
  ['select from messages n where n.msg_id = $1', ['messages']],
  ['update messages set copies = 2 where flow_id = $1', ['messages']],
  ['insert into message_ids (received_at, notification_id) values (now(), $1)', []],
  ['insert into message_ids (received_at) values (now())', ['message_ids']],
  ['insert into message_ids select now(), $1', []],
  ['select from codes c join generations g on g.code_id = c.code_id where c.code_id = $1', []],
  [
    'select from codes c join generations g on g.code_id = c.code_id where c.slug = $1',
    ['codes', 'generations'],
  ],
  [
    'with p as (select code_id from codes where slug = $1) select from codes c, p where c.code_id = p.code_id',
    ['codes'],
  ],
  [
    'select from messages n where exists (select from message_bodies b where b.notification_id = n.notification_id)',
    ['messages'],
  ],
  ['delete from messages where (received_at, notification_id) in (select 1, $1)', []],
  ['select from organizations', []],
  ['delete from daily_uses where day < now()', ['daily_uses']],
] as const)('%s', (text, tables) => {
  expect(unroutedTables(text)).toEqual(tables);
});

it('every table has a key, or is everywhere', async () => {
  const { rows } = await test.db.query<{ name: string; columns: string[] }>(
    `select relname as name, array_agg(attname::text) as columns from pg_class join pg_attribute on attrelid = pg_class.oid
     where relkind in ('r', 'p') and not relispartition and relnamespace = current_schema()::regnamespace group by relname`,
  );
  expect(rows.map(({ name }) => name).sort()).toEqual(Object.keys(distributionKeys).sort());
  const keys: Record<string, string> = distributionKeys;
  for (const { name, columns } of rows) expect([...columns, 'everywhere']).toContain(keys[name]);
});
