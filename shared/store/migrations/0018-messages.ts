import { makePartitions } from '../upkeep/partitions.ts';
import { buildIndex } from './build-index.ts';
import { fileMessageIds } from './file-message-ids.ts';
import type { Migration } from './migration.ts';

/**
 * Notifications are partitioned by the time at which they came. The table that was there becomes the partition of all
 * that comes until the end of next month or so: until then an older version goes on working with it by its old name.
 */
export const messages: Migration = {
  number: 18,
  name: 'messages',
  steps: [
    {
      name: 'ids and bodies',
      sql: `
-- 90 bits of its MsgId are the id of a message, so that it is known again by its id alone, in whichever partition it lies.
create function notification_id_of(msg_id text) returns text language sql immutable parallel safe as
  $$ select translate(left(encode(sha256(convert_to(msg_id, 'UTF8')), 'base64'), 15), '+/', 'xy') $$;

-- When the message of each id came: what makes MsgId unique in all partitions, and finds the right one.
create table message_ids (
  received_at timestamptz not null,
  notification_id text primary key
);
-- By the day, so that entries share their key.
create index message_ids_day on message_ids (date_bin('1 day', received_at, to_timestamp(0)));

-- What was posted, for as long as it can be replayed.
create table message_bodies (
  received_at timestamptz not null,
  notification_id text not null,
  body text not null,
  content_signature text,
  primary key (received_at, notification_id)
) partition by range (received_at);
create table message_bodies_default partition of message_bodies default;

-- Partitions are made and dropped with the rights of the owner of the tables: functions may be given rows alone. No
-- 'assert': who calls could switch that off.
create function require_partition_name(whole text, part text) returns void language plpgsql as $$
begin
  if (whole in ('messages', 'message_bodies') and part ~ ('^' || whole || '_[0-9]+$')) is not true then
    raise 'not a partition of notifications' using errcode = 'insufficient_privilege';
  end if;
end $$;

-- False: the default partition has rows of that time, which stays there. Attached, since that lets others go on reading
-- and writing; to make a partition in place does not.
create function make_partition(whole text, part text, since timestamptz, until timestamptz) returns boolean
language plpgsql security definer set search_path from current as $$
declare
  taken boolean;
begin
  perform require_partition_name(whole, part);
  execute format('select exists (select from %I where received_at >= $1 and received_at < $2)', whole || '_default')
    into taken using since, until;
  if taken then
    return false;
  end if;
  execute format('create table %I (like %I including constraints)', part, whole);
  execute format('alter table %I attach partition %I for values from (%L) to (%L)', whole, part, since, until);
  return true;
end $$;

-- False: something in it still waits for its effect.
create function drop_partition(whole text, part text) returns boolean
language plpgsql security definer set search_path from current as $$
declare
  waits boolean := false;
begin
  perform require_partition_name(whole, part);
  execute format('lock table %I in access exclusive mode', whole);
  if whole = 'messages' then
    execute format('select exists (select from %I where due_at is not null)', part) into waits;
  end if;
  if not waits then
    execute format('drop table %I', part);
  end if;
  return not waits;
end $$;
`,
    },
    {
      name: 'the old table until its end',
      sql: `
-- An older version inserts here without looking into message_ids, and reads what a newer one writes in short.
create function file_notification() returns trigger language plpgsql as $$
declare
  known timestamptz;
begin
  if not exists (select from message_ids where notification_id = new.notification_id) then
    select n.received_at into known from notifications n where n.msg_id = new.msg_id;
    insert into message_ids (received_at, notification_id)
      select coalesce(known, new.received_at), id from (values (new.notification_id), (notification_id_of(new.msg_id))) as ids (id)
      where known is null or id <> new.notification_id
      on conflict do nothing;
  end if;
  new.msg_type := case new.msg_type when 'C' then 'MultiFlowSignQrCodeCost' when 'F' then 'FlowStatusChange' else new.msg_type end;
  new.outcome := coalesce(new.outcome, 'applied');
  new.msg_version := case when new.msg_version = '' then 'ThirdPartyApp' else new.msg_version end;
  new.body_sealed := coalesce(new.body_sealed, false);
  new.key_index := case when new.body_sealed then new.key_index else coalesce(new.key_index, 0) end;
  new.token_index := coalesce(new.token_index, 0);
  new.occurred_from := coalesce(new.occurred_from, 'OccurTime');
  new.reason := coalesce(new.reason, case when new.msg_type = 'FlowStatusChange' then '{"code":"ContractFollowed"}'
    else '{"code":"CostCounted"}' end);
  new.settled_at := case when new.outcome = 'pending' then new.settled_at else coalesce(new.settled_at, new.received_at) end;
  new.copies := coalesce(new.copies, 1);
  new.failures := coalesce(new.failures, 0);
  return new;
end $$;
create trigger notifications_are_filed before insert on notifications for each row execute function file_notification();

-- Whoever is to be replaced has two weeks at the least; a database that is just being made has nobody and no row.
do $$
declare
  until timestamptz := to_timestamp(0);
begin
  if exists (select from notifications)
    or exists (select from schema_migrations where number = 17 and applied_at < now() - interval '1 minute')
  then
    until := (date_trunc('month', (now() + interval '14 days') at time zone 'UTC') + interval '1 month') at time zone 'UTC';
  end if;
  execute format('alter table notifications add constraint notifications_until check (received_at < %L) not valid', until);
end $$;
`,
    },
    // Looks at every row, and keeps nobody from reading or writing.
    {
      name: 'nothing is later than its end',
      sql: 'alter table notifications validate constraint notifications_until',
    },
    ...Object.entries({
      notifications_by_time: 'notifications (received_at)',
      notifications_code_hours:
        "notifications (code_id, date_bin('1 hour', received_at, to_timestamp(0))) where code_id is not null",
      notifications_organization_hours:
        "notifications (organization, date_bin('1 hour', received_at, to_timestamp(0))) where organization is not null",
      notifications_cost_hours: `notifications (organization, date_bin('1 hour', occurred_at, to_timestamp(0)))
        where msg_type in ('C', 'MultiFlowSignQrCodeCost') and organization is not null and occurred_from is distinct from 'receipt'`,
    }).map(([name, on]) => ({
      name,
      run: (db: Parameters<typeof buildIndex>[0]) => buildIndex(db, name, on),
    })),
    { name: 'ids of what is there', run: fileMessageIds },
    {
      name: 'partitions',
      sql: `
-- What is as usual is written in short. Null is: of outcome applied, of body_sealed false, of the indexes and failures 0,
-- of copies 1, of occurred_from OccurTime, of settled_at received_at, of reason what its type says. An empty msg_version
-- is ThirdPartyApp, of msg_type C is MultiFlowSignQrCodeCost and F is FlowStatusChange.
create table messages (
  received_at timestamptz not null,
  occurred_at timestamptz not null,
  due_at timestamptz,
  lease_until timestamptz,
  settled_at timestamptz,
  generation int,
  route_generation int,
  key_index int,
  token_index int,
  copies int,
  failures int,
  body_sealed boolean,
  notification_id text not null,
  msg_id text not null,
  msg_type text not null,
  outcome text constraint notifications_outcome_check check (outcome in ('applied', 'kept', 'pending', 'failed')),
  app_id text,
  organization text,
  code_id text,
  flow_id text,
  flow_status text,
  source_ip text,
  msg_version text,
  occurred_from text,
  reason text,
  route_token text,
  -- Of what waits: it may wait for longer than its body is kept.
  body text,
  content_signature text
) partition by range (received_at);
create index messages_received_at on messages (received_at);
-- By the hour, so that entries share their key.
create index messages_of_code on messages (code_id, date_bin('1 hour', received_at, to_timestamp(0)))
  where code_id is not null;
create index messages_of_organization on messages (organization, date_bin('1 hour', received_at, to_timestamp(0)))
  where organization is not null;
create index messages_due_at on messages (due_at) where due_at is not null;
create index messages_bodies on messages (received_at) where body is not null;
create index messages_costs on messages (organization, date_bin('1 hour', occurred_at, to_timestamp(0)))
  where msg_type in ('C', 'MultiFlowSignQrCodeCost') and organization is not null and occurred_from is distinct from 'receipt';
create index messages_unlinked on messages (flow_id, received_at) where outcome = 'kept' and flow_id is not null;
create index messages_of_contract on messages (flow_id) where flow_id is not null;
create table messages_default partition of messages default;
do $$
begin
  execute format('alter table messages attach partition notifications for values from (minvalue) to (%L)',
    (select substring(pg_get_constraintdef(oid) from '''([^'']+)''') from pg_constraint
     where conrelid = 'notifications'::regclass and conname = 'notifications_until'));
end $$;
`,
    },
    { name: 'the first partitions', run: async (db) => void (await makePartitions(db)) },
  ],
};
