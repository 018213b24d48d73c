import type { StoredBody } from '../../notifications/notification.ts';
import type { NotificationRetries } from '../../notifications/ports.ts';
import type { Database } from '../postgres/database.ts';
import { claimDueSql } from '../postgres/leases.ts';
import { type NotificationRow, notificationColumns, toNotification } from './notification-rows.ts';
import { isProof, isTimedCost, notificationTransactions } from './notification-transactions.ts';

const claimPendingStatement = claimDueSql(
  { table: 'notifications', row: 'n', columns: ['notification_id'] },
  notificationColumns,
);

const reviveLinkedStatement = `
  with picked as (
    select n.notification_id from notifications n
    where n.outcome = 'kept' and n.flow_id is not null and n.code_id is null
      and (n.flow_status is not null or n.msg_type = 'MultiFlowSignQrCodeCost')
      and n.received_at >= to_timestamp($2) and exists (select from contracts k where k.flow_id = n.flow_id)
    limit $3 for update of n skip locked
  )
  update notifications n set outcome = 'pending', due_at = to_timestamp($1) from picked
  where n.notification_id = picked.notification_id`;

const provenOrganizationsStatement = `
  select o.app_id as "appId", o.organization from organizations o
  where o.quota_state = 'blocked' and (
    exists (select from notifications n where n.app_id = o.app_id and n.organization = o.organization
      and ${isTimedCost} and n.occurred_at > o.failed_at)
    or exists (select from attempts a where a.app_id = o.app_id and a.organization = o.organization
      and ${isProof} and a.sent_at > o.failed_at))
  limit $1`;

/** Notifications that are taken up again. */
export function notificationRetries(db: Database): NotificationRetries {
  return {
    ...notificationTransactions(db),

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
