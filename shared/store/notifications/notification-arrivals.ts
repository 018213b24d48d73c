import type { Rejection } from '../../notifications/notification.ts';
import type { NotificationArrivals } from '../../notifications/ports.ts';
import type { Database } from '../postgres/database.ts';
import { timeOf } from '../register/register-rows.ts';
import { hasMsgId } from './message-places.ts';
import { notificationTransactions } from './notification-transactions.ts';
import { storeQuietUse } from './quiet-use.ts';

/** Addresses of one hour that are counted apart; the others are counted together. */
const rejectedAddressesPerHour = 100;

/** Notifications as they come in. */
export function notificationArrivals(db: Database): NotificationArrivals {
  return {
    ...notificationTransactions(db),

    storeQuietUse: (notification, locator, verdict, thresholds) =>
      storeQuietUse(db, notification, locator, { verdict, thresholds }),

    async countCopy(msgId) {
      const { rows } = await db.query<{ id: string }>(
        `update messages n set copies = coalesce(n.copies, 1) + 1 where ${hasMsgId('n', '$1')} returning n.notification_id as id`,
        [msgId],
      );
      return rows[0]?.id;
    },

    async reject(rejection) {
      const { verdict, sourceIp, bytes, receivedAtMs, count } = rejection;
      await db.query(
        `insert into notification_rejections as r (hour, verdict, source_ip, count, last_at, last_bytes, last_route)
         values (date_trunc('hour', $1::timestamptz, 'UTC'), $2,
           case when exists (select from notification_rejections known
               where known.hour = date_trunc('hour', $1::timestamptz, 'UTC') and known.verdict = $2 and known.source_ip = $3)
             or (select count(*) from notification_rejections known
               where known.hour = date_trunc('hour', $1::timestamptz, 'UTC')) < $6::int
             then $3 else '' end,
           $7::int, $1::timestamptz, $4, $5)
         on conflict (hour, verdict, source_ip) do update set count = r.count + excluded.count, last_at = excluded.last_at,
           last_bytes = excluded.last_bytes, last_route = excluded.last_route`,
        [
          timeOf(receivedAtMs / 1000),
          verdict,
          sourceIp ?? '',
          bytes,
          routeText(rejection),
          rejectedAddressesPerHour,
          count,
        ],
      );
    },
  };
}

function routeText({ route }: Rejection): string {
  return route.kind === 'application' ? route.kind : `${route.token}.${route.generation}`;
}
