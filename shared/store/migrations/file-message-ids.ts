import type { Database } from '../postgres/database.ts';
import type { Progress } from './migration.ts';

/** Rows of one statement: few, so that it locks nothing for long. */
const batch = 2000;

/** Files the ids of the notifications that were there before there was `message_ids`, oldest first. */
export async function fileMessageIds(db: Database, { place, save }: Progress): Promise<void> {
  let last: readonly unknown[] = place === null ? ['-infinity', ''] : JSON.parse(place);
  for (;;) {
    const { rows } = await db.query<{ at: string; id: string; count: number }>(
      `with batch as (
         select received_at, notification_id, msg_id from notifications
         where (received_at, notification_id) > ($1::timestamptz, $2)
         order by received_at, notification_id limit ${batch}
       ),
       filed as (
         insert into message_ids (received_at, notification_id)
         select received_at, id from batch
         cross join lateral (values (notification_id), (notification_id_of(msg_id))) as ids (id)
         on conflict do nothing
       )
       select received_at::text as at, notification_id as id, (select count(*)::int from batch) as count
       from batch order by received_at desc, notification_id desc limit 1`,
      last,
    );
    const [newest] = rows;
    if (newest === undefined) return;
    last = [newest.at, newest.id];
    await save(JSON.stringify(last));
    if (newest.count < batch) return;
  }
}
