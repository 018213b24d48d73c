import type { Database } from '../postgres/database.ts';

/** What a version before migration 18 says to the database about notifications, word for word as far as it matters. */
export function olderNotifications(db: Database) {
  const columns = `notification_id, msg_id, msg_type, msg_version, body, body_sealed, content_signature, route_token,
    route_generation, source_ip, key_index, token_index, received_at, occurred_at, occurred_from, flow_id, flow_status`;
  const given = `$1::text, $2::text, 'MultiFlowSignQrCodeCost', 'ThirdPartyApp', 'older body', false::boolean, null::text, null::text,
    null::int, '1.2.3.4'::text, 0::int, 0::int, $3::timestamptz, $3::timestamptz, 'OccurTime', null::text, null::text`;
  return {
    /** @returns false: it is a copy */
    async store(id: string, msgId: string, receivedAt: string): Promise<boolean> {
      const { rows } = await db.query<{ fresh: boolean }>(
        `with told as (
           insert into notifications (${columns}, outcome, reason, app_id, organization, code_id, generation, due_at, settled_at)
           select ${given}, 'applied', '{"code":"CostCounted"}', 'app', 'o1', 'c1', 1, null::timestamptz, $3::timestamptz
           on conflict (msg_id) do nothing returning notification_id
         )
         select exists (select from told) as fresh`,
        [id, msgId, receivedAt],
      );
      return rows[0]?.fresh === true;
    },

    /** A use from which nothing follows. @throws a unique violation where it is a copy */
    async storeQuietly(id: string, msgId: string, receivedAt: string): Promise<void> {
      await db.query(
        `insert into notifications (${columns}, outcome, reason, app_id, organization, code_id, generation, settled_at)
         select ${given}, 'applied'::text, '{"code":"CostCounted"}'::text, 'app', 'o1', 'c1', 1, $3::timestamptz`,
        [id, msgId, receivedAt],
      );
    },

    async countCopy(msgId: string): Promise<string | undefined> {
      const { rows } = await db.query<{ id: string }>(
        'update notifications n set copies = n.copies + 1 where n.msg_id = $1 returning n.notification_id as id',
        [msgId],
      );
      return rows[0]?.id;
    },

    /** Newest first, with what it could not read if it were missing. */
    async list() {
      const { rows } = await db.query(
        `select n.msg_id as "msgId", n.msg_type as type, n.msg_version as version, n.outcome, n.reason, n.key_index as key,
           n.token_index as token, n.occurred_from as "from", n.copies, n.failures, n.settled_at is not null as settled
         from notifications n order by n.received_at desc, n.notification_id desc limit 20`,
      );
      return rows;
    },

    /** Bodies of what waits, whoever stored it. */
    async dueBodies() {
      const { rows } = await db.query<{ id: string; body: string | null }>(
        `with picked as (
           select n.notification_id from notifications n where n.due_at <= now() + interval '1 hour'
           order by n.due_at limit 10 for update of n skip locked
         )
         update notifications n set lease_until = clock_timestamp() from picked
         where n.notification_id = picked.notification_id returning n.notification_id as id, n.body`,
      );
      return rows;
    },
  };
}
