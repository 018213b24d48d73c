import type { ListPosition } from '../../list-cursor.ts';
import type {
  NotificationFilter,
  NotificationReads,
  RejectionCount,
} from '../../notifications/reading-ports.ts';
import type { Scope } from '../../world.ts';
import type { Database } from '../postgres/database.ts';
import { among, pageSql, parameters, tenantsOf } from '../postgres/statements.ts';
import { hasId, hasMsgId } from './message-places.ts';
import {
  type NotificationRow,
  notificationColumns,
  outcomeOf,
  toNotification,
  writtenTypes,
} from './notification-rows.ts';

const hasKey = { NotificationId: hasId, MsgId: hasMsgId } as const;

/** Reading notifications. Every read takes the organisations that the caller may see. */
export function notificationReads(db: Database): NotificationReads {
  return {
    async find({ by, value }, scope) {
      const { rows } = await db.query<NotificationRow>(
        `select ${notificationColumns} from messages n
         where ${hasKey[by]('n', '$1')} and ($2::text is null or (n.app_id = $2 and n.organization = any($3::text[])))`,
        [value, scope?.appId ?? null, scope?.organizations ?? null],
      );
      return rows.map(toNotification)[0];
    },

    async list(filter, page) {
      const { text, params } = pageStatement(filter, page);
      const { rows } = await db.query<NotificationRow>(text, params);
      return rows.map(toNotification);
    },

    async rejections(sinceS, limit) {
      const { rows } = await db.query<RejectionCount>(
        `select extract(epoch from hour)::float8 as "hourS", verdict, source_ip as "sourceIp", count,
           extract(epoch from last_at)::float8 as "lastAtS", last_bytes as "lastBytes", last_route as "lastRoute"
         from notification_rejections where hour >= to_timestamp($1)
         order by hour desc, verdict, source_ip limit $2`,
        [sinceS, limit],
      );
      return rows;
    },
  };
}

function pageStatement(
  filter: NotificationFilter,
  page: { scope: Scope; after: ListPosition | undefined; limit: number },
) {
  const { params, param } = parameters();
  const tenants = tenantsOf(filter.organization, page.scope);
  const own = among('n.organization', tenants, param);
  const isNarrow = tenants !== null || filter.codeId !== undefined;
  const source = pageSql(
    {
      ...page,
      table: 'messages',
      row: 'n',
      order: ['received_at', 'notification_id'],
      // What is of a code or an organisation is found by an index that goes by the hour.
      ...(isNarrow && { hourly: true }),
      conditions: [
        ...own.conditions,
        ...conditionsOf(filter, param),
        ...(page.scope === null ? [] : [`n.app_id = ${param(page.scope.appId)}`]),
      ],
      each: own.each,
    },
    param,
  );
  const order = 'order by n.received_at desc, n.notification_id desc';
  return { text: `select ${notificationColumns} from ${source} n ${order}`, params };
}

function conditionsOf(filter: NotificationFilter, param: (value: unknown) => string): string[] {
  const { codeId, generation, msgType, outcome, sinceS, untilS } = filter;
  return [
    codeId !== undefined && `n.code_id = ${param(codeId)}`,
    generation !== undefined && `n.generation = ${param(generation)}`,
    msgType !== undefined && `n.msg_type = any(${param(writtenTypes(msgType))}::text[])`,
    outcome !== undefined && `${outcomeOf('n')} = ${param(outcome)}`,
    sinceS !== undefined && `n.received_at >= to_timestamp(${param(sinceS)})`,
    untilS !== undefined && `n.received_at < to_timestamp(${param(untilS)})`,
  ].filter((condition) => condition !== false);
}
