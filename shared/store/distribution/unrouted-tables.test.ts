import { expect, it } from 'vitest';
import { databaseSuite } from '../testing/database-suite.ts';
import { distributionKeys, uniqueWithoutKey } from './distribution-keys.ts';
import { unroutedTables } from './unrouted-tables.ts';

const test = databaseSuite();

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

it('every unique index has the key of its table, or is listed with what rests on it', async () => {
  const { rows } = await test.db.query<{ name: string; table: string; columns: string[] }>(
    `select i.relname as name, t.relname as table, array_agg(a.attname::text) as columns
     from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
       join pg_attribute a on a.attrelid = i.oid
     where x.indisunique and not t.relispartition and t.relnamespace = current_schema()::regnamespace
     group by i.relname, t.relname`,
  );
  const keys: Record<string, string> = distributionKeys;
  const without = rows.filter(
    ({ table, columns }) => ![...columns, 'everywhere'].includes(keys[table] ?? ''),
  );
  expect(without.map(({ name }) => name).sort()).toEqual(Object.keys(uniqueWithoutKey).sort());
});
