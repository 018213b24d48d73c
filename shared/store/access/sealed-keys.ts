import type { Database } from '../postgres/database.ts';

/** A key of `REGISTER_KEYS`, by the name that sealed texts carry, and how many texts need it. */
export interface SealedKeyUse {
  keyId: string;
  count: number;
}

/**
 * Which keys the stored texts that still serve were sealed with: what names signers, where events go, notifications
 * that came in clear. Reads them all: for a command, not for a function.
 */
export async function sealedKeyUses(db: Database): Promise<SealedKeyUse[]> {
  const { rows } = await db.query<SealedKeyUse>(
    `with texts as (
       select sealed as text from codes where sealed is not null
       union all select sealed from event_subscriptions where state <> 'Deleted'
       union all select coalesce(n.body, b.body) from messages n
         left join message_bodies b on b.received_at = n.received_at and b.notification_id = n.notification_id
         where n.body_sealed and coalesce(n.body, b.body) is not null
     )
     select split_part(text, '.', 2) as "keyId", count(*)::int as count from texts group by 1 order by 2 desc, 1`,
  );
  return rows;
}
