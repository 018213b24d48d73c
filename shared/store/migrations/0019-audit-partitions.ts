import { makePartitions } from '../upkeep/partitions.ts';
import type { Migration } from './migration.ts';
import { partitionInPlace } from './partition-in-place.ts';

/** The audit trail lies in partitions by month, which retention drops. */
export const auditPartitions: Migration = {
  number: 19,
  name: 'audit-partitions',
  steps: [
    {
      name: 'partitions of other tables',
      sql: `
-- Tables whose partitions are made and dropped with the rights of their owner, each with the column that says in which a
-- row lies.
create function partitioned_by(whole text) returns text language sql immutable as
  $$ select case when whole in ('messages', 'message_bodies') then 'received_at' when whole = 'audit' then 'at' end $$;

create or replace function require_partition_name(whole text, part text) returns void language plpgsql as $$
begin
  if (partitioned_by(whole) is not null and part ~ ('^' || whole || '_[0-9]+$')) is not true then
    raise 'not a partition that may be made or dropped' using errcode = 'insufficient_privilege';
  end if;
end $$;

-- As before, for a column of any name.
create or replace function make_partition(whole text, part text, since timestamptz, until timestamptz) returns boolean
language plpgsql security definer set search_path from current as $$
declare
  taken boolean;
begin
  perform require_partition_name(whole, part);
  execute format('select exists (select from %I where %I >= $1 and %2$I < $2)', whole || '_default', partitioned_by(whole))
    into taken using since, until;
  if taken then
    return false;
  end if;
  execute format('create table %I (like %I including constraints)', part, whole);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', whole, part, since, until);
  return true;
end $$;
`,
    },
    ...partitionInPlace('audit', 'at', 18, {
      audit_newest: '(at, audit_id)',
      audit_of_subject: '(subject, at, audit_id)',
    }),
    { name: 'the first partitions', run: async (db) => void (await makePartitions(db)) },
  ],
};
