import { makePartitions } from '../upkeep/partitions.ts';
import { buildIndex } from './build-index.ts';
import type { Migration } from './migration.ts';
import { partitionInPlace } from './partition-in-place.ts';

/** Events lie in partitions by week, which retention drops; those of which a delivery is kept move out first. */
export const eventPartitions: Migration = {
  number: 20,
  name: 'event-partitions',
  steps: [
    {
      name: 'partitions of other tables',
      sql: `
create or replace function partitioned_by(whole text) returns text language sql immutable as $$
  select case when whole in ('messages', 'message_bodies') then 'received_at' when whole = 'audit' then 'at'
    when whole = 'events' then 'occurred_at' end
$$;

-- False: something in it still waits for its effect, or too much of it is needed to be moved at once. What is needed and
-- little goes to the default partition.
create or replace function drop_partition(whole text, part text) returns boolean
language plpgsql security definer set search_path from current as $$
declare
  waits boolean := false;
  since timestamptz;
  until timestamptz;
begin
  perform require_partition_name(whole, part);
  execute format('lock table %I in access exclusive mode', whole);
  if whole = 'messages' then
    execute format('select exists (select from %I where due_at is not null)', part) into waits;
  elsif whole = 'events' then
    execute format('select min(occurred_at), max(occurred_at) from %I', part) into since, until;
    execute format('select exists (select from %I where fanned_out_at is null)', part) into waits;
    waits := waits or (select count(*) > 1000
      from (select from deliveries where occurred_at between since and until limit 1001) as needing);
  end if;
  if waits then
    return false;
  end if;
  if whole = 'events' then
    execute format('alter table events detach partition %I', part);
    execute format('insert into events select * from %I where event_id in
      (select event_id from deliveries where occurred_at between $1 and $2)', part) using since, until;
  end if;
  execute format('drop table %I', part);
  return true;
end $$;
`,
    },
    // An index of one column cannot be unique in all partitions.
    {
      name: 'events by their ids',
      run: (db) => buildIndex(db, 'events_by_id', 'events (event_id)'),
    },
    ...partitionInPlace('events', 'occurred_at', 19, {
      events_by_id: '(event_id)',
      events_of_code: '(code_id, occurred_at)',
      events_occurred_at: '(occurred_at)',
      events_to_fan_out: '(occurred_at) where fanned_out_at is null',
    }),
    { name: 'the first partitions', run: async (db) => void (await makePartitions(db)) },
  ],
};
