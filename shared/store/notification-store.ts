import type { Rejection, StoredBody } from '../notifications/notification.ts';
import type { NotificationStore } from '../notifications/ports.ts';
import type { Database } from './database.ts';
import { isUniqueViolation } from './database-errors.ts';
import { type NotificationRow, notificationColumns, toNotification } from './notification-rows.ts';
import { isTimedCost, notificationTransaction } from './notification-transactions.ts';
import { storeQuietUse } from './quiet-use.ts';
import { timeOf } from './register-rows.ts';
import { repeatableTransaction } from './repeatable-transaction.ts';

/** Addresses of one hour that are told apart; what comes from more of them is counted together. */
export const rejectedAddressesPerHour = 100;

export const claimPendingStatement = `
  with picked as (
    select n.notification_id from notifications n
    where n.due_at <= to_timestamp($1) and (n.lease_until is null or n.lease_until <= clock_timestamp())
    order by n.due_at limit $2 for update of n skip locked
  )
  update notifications n set lease_until = clock_timestamp() + $3 * interval '1 millisecond'
  from picked where n.notification_id = picked.notification_id
  returning ${notificationColumns}`;

export const reviveLinkedStatement = `
  with picked as (
    select n.notification_id from notifications n
    where n.outcome = 'kept' and n.flow_id is not null and n.code_id is null
      and (n.flow_status is not null or n.msg_type = 'MultiFlowSignQrCodeCost')
      and n.received_at >= to_timestamp($2) and exists (select from contracts k where k.flow_id = n.flow_id)
    limit $3 for update of n skip locked
  )
  update notifications n set outcome = 'pending', due_at = to_timestamp($1) from picked
  where n.notification_id = picked.notification_id`;

export const provenOrganizationsStatement = `
  select o.app_id as "appId", o.organization from organizations o
  where o.quota_state = 'blocked' and exists (
    select from notifications n where n.app_id = o.app_id and n.organization = o.organization
      and ${isTimedCost} and n.occurred_at > o.failed_at)
  limit $1`;

/** Two messages about a contract that was unknown came at once: done again, the second finds what the first wrote. */
const meetings = 3;

/** Notifications as they are written. */
export function createNotificationStore(db: Database): NotificationStore {
  return {
    async transaction(work) {
      for (let tried = 1; ; tried += 1) {
        try {
          return await repeatableTransaction(db, (tx) => work(notificationTransaction(tx)));
        } catch (error) {
          if (tried >= meetings || !isUniqueViolation(error, 'contracts_pkey')) throw error;
        }
      }
    },

    storeQuietUse: (notification, locator, verdict, thresholds) =>
      storeQuietUse(db, notification, locator, { verdict, thresholds }),

    async countCopy(msgId) {
      const { rows } = await db.query<NotificationRow>(
        `update notifications n set copies = n.copies + 1 where n.msg_id = $1 returning ${notificationColumns}`,
        [msgId],
      );
      return rows.map(toNotification)[0];
    },

    async reject(rejection) {
      const { verdict, sourceIp, bytes, receivedAtMs } = rejection;
      await db.query(
        `insert into notification_rejections as r (hour, verdict, source_ip, count, last_at, last_bytes, last_route)
         values (date_trunc('hour', $1::timestamptz, 'UTC'), $2,
           case when exists (select from notification_rejections known
               where known.hour = date_trunc('hour', $1::timestamptz, 'UTC') and known.verdict = $2 and known.source_ip = $3)
             or (select count(*) from notification_rejections known
               where known.hour = date_trunc('hour', $1::timestamptz, 'UTC')) < $6::int
             then $3 else '' end,
           1, $1::timestamptz, $4, $5)
         on conflict (hour, verdict, source_ip) do update set count = r.count + 1, last_at = excluded.last_at,
           last_bytes = excluded.last_bytes, last_route = excluded.last_route`,
        [
          timeOf(receivedAtMs / 1000),
          verdict,
          sourceIp ?? '',
          bytes,
          routeText(rejection),
          rejectedAddressesPerHour,
        ],
      );
    },

    async claimPending(nowS, limit, leaseMs) {
      const { rows } = await db.query<NotificationRow>(claimPendingStatement, [nowS, limit, leaseMs]);
      return rows.map(toNotification);
    },

    async reviveLinked(nowS, sinceS, limit) {
      return (await db.query(reviveLinkedStatement, [nowS, sinceS, limit])).rowCount;
    },

    async provenOrganizations(limit) {
      const { rows } = await db.query<{ appId: string; organization: string }>(provenOrganizationsStatement, [
        limit,
      ]);
      return rows;
    },

    async body(notificationId) {
      const { rows } = await db.query<StoredBody & { sealed: boolean }>(
        `select n.body, n.content_signature as "contentSignature", n.body_sealed as sealed from notifications n
         where n.notification_id = $1 and n.body is not null`,
        [notificationId],
      );
      return rows[0];
    },
  };
}

function routeText({ route }: Rejection): string {
  return route.kind === 'application' ? route.kind : `${route.token}.${route.generation}`;
}
