import type { StoredBody } from '../../notifications/notification.ts';
import type { NotificationRetries } from '../../notifications/ports.ts';
import type { Database } from '../postgres/database.ts';
import { claimDueSql } from '../postgres/leases.ts';
import { hourOf } from '../postgres/statements.ts';
import { hasId, isSame, withContent } from './message-places.ts';
import {
  isTimedCost,
  type NotificationRow,
  notificationColumns,
  toNotification,
} from './notification-rows.ts';
import { isProof, notificationTransactions } from './notification-transactions.ts';

const claimPendingStatement = claimDueSql(
  { table: 'messages', row: 'n', key: ['received_at', 'notification_id'] },
  notificationColumns,
);

const reviveLinkedStatement = `
  with picked as (
    select n.received_at, n.notification_id from messages n
    where n.outcome = 'kept' and n.flow_id is not null and n.code_id is null
      and (n.flow_status is not null or n.msg_type in ('C', 'MultiFlowSignQrCodeCost'))
      and n.received_at >= to_timestamp($2) and exists (select from contracts k where k.flow_id = n.flow_id)
    limit $3 for update of n skip locked
  )
  update messages n set outcome = 'pending', due_at = to_timestamp($1), ${withContent} from picked
  where ${isSame('picked', 'n')}`;

const provenOrganizationsStatement = `
  select o.app_id as "appId", o.organization from organizations o
  where o.quota_state = 'blocked' and (
    exists (select from messages n where n.app_id = o.app_id and n.organization = o.organization
      and ${isTimedCost} and n.occurred_at > o.failed_at
      and ${hourOf('n.occurred_at')} >= ${hourOf('o.failed_at')})
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
        `select coalesce(n.body, b.body) as body, coalesce(n.content_signature, b.content_signature) as "contentSignature",
           coalesce(n.body_sealed, false) as sealed
         from messages n left join message_bodies b on ${isSame('b', 'n')}
         where ${hasId('n', '$1')} and coalesce(n.body, b.body) is not null`,
        [notificationId],
      );
      return rows[0];
    },
  };
}
