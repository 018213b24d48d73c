import type { Step } from './migration.ts';

/**
 * Steps by which a table gets partitions by time and keeps its name, so that an older version goes on with its own
 * statements: for a table of which no statement says `on conflict`, since what is unique is so within a partition. The
 * table that was there becomes the partition `…_0`, of all that comes until the end of next month or so. Migrations
 * are known again by these texts: a change of them is another file.
 *
 * @param time the column by which rows lie in partitions
 * @param before the number of a migration: where it is a minute old, somebody may be at work
 * @param indexes by name, columns and condition; they are there already
 */
export function partitionInPlace(
  table: string,
  time: string,
  before: number,
  indexes: Readonly<Record<string, string>>,
): Step[] {
  const names = Object.keys(indexes);
  return [
    {
      name: `${table}: its end`,
      sql: `
-- Whoever is to be replaced has two weeks at the least; a database that is just being made has nobody and no row.
do $$
declare
  until timestamptz := to_timestamp(0);
begin
  if exists (select from ${table})
    or exists (select from schema_migrations where number = ${before} and applied_at < now() - interval '1 minute')
  then
    until := (date_trunc('month', (now() + interval '14 days') at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  end if;
  execute format('alter table ${table} add constraint ${table}_until check (${time} < %L) not valid', until);
end $$;
`,
    },
    // Looks at every row, and keeps nobody from reading or writing.
    {
      name: `${table}: nothing is later than its end`,
      sql: `alter table ${table} validate constraint ${table}_until`,
    },
    {
      name: `${table}: partitions`,
      sql: `
alter table ${table} rename to ${table}_0;
${names.map((name) => `alter index ${name} rename to ${name}_0;`).join('\n')}
create table ${table} (like ${table}_0 including defaults) partition by range (${time});
${names.map((name) => `create index ${name} on ${table} ${indexes[name]};`).join('\n')}
create table ${table}_default partition of ${table} default;
do $$
declare
  old record;
  given record;
  until timestamptz;
begin
  select pg_get_userbyid(relowner) as owner, relacl into old from pg_class where oid = '${table}_0'::regclass;
  if old.owner <> current_user then
    execute format('alter table ${table} owner to %I', old.owner);
    execute format('alter table ${table}_default owner to %I', old.owner);
  end if;
  -- Whoever was at work with the table still is.
  for given in select * from aclexplode(old.relacl) where pg_get_userbyid(grantee) <> old.owner loop
    execute format('grant %s on ${table}, ${table}_default to %s %s', given.privilege_type,
      case given.grantee when 0 then 'public' else given.grantee::regrole::text end,
      case when given.is_grantable then 'with grant option' end);
  end loop;
  select substring(pg_get_constraintdef(oid) from '''([^'']+)''') into until from pg_constraint
    where conrelid = '${table}_0'::regclass and conname = '${table}_until';
  if until > to_timestamp(0) then
    execute format('alter table ${table} attach partition ${table}_0 for values from (minvalue) to (%L)', until);
  else
    drop table ${table}_0;
  end if;
end $$;
`,
    },
  ];
}
