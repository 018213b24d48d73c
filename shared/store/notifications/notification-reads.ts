import type {
  NotificationFilter,
  NotificationReads,
  RejectionCount,
} from '../../notifications/reading-ports.ts';
import type { Database } from '../postgres/database.ts';
import { among, hourOf, type Param, pageSql, parameters, tenantsOf } from '../postgres/statements.ts';
import { newestMonthsFirst } from '../upkeep/newest-months.ts';
import { hasId, hasMsgId } from './message-places.ts';
import {
  type NotificationRow,
  notificationColumns,
  outcomeOf,
  toNotification,
  writtenTypes,
} from './notification-rows.ts';

type Page = Parameters<NotificationReads['list']>[1];

const hasKey = { NotificationId: hasId, MsgId: hasMsgId } as const;

/** Reading notifications. Every read takes the organisations that the caller may see. */
export function notificationReads(db: Database, nowMs: () => number): NotificationReads {
  async function listed(filter: NotificationFilter, page: Page) {
    const { text, params } = pageStatement(filter, page);
    const { rows } = await db.query<NotificationRow>(text, params);
    return rows.map(toNotification);
  }

  return {
    async find({ by, value }, scope) {
      const { rows } = await db.query<NotificationRow>(
        `select ${notificationColumns} from messages n
         where ${hasKey[by]('n', '$1')} and ($2::text is null or (n.app_id = $2 and n.organization = any($3::text[])))`,
        [value, scope?.appId ?? null, scope?.organizations ?? null],
      );
      return rows.map(toNotification)[0];
    },

    list: (filter, page) =>
      newestMonthsFirst(filter, page, nowMs(), (part, limit) => listed(part, { ...page, limit })),

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

function pageStatement(filter: NotificationFilter, page: Page) {
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
        ...timeConditions(filter, isNarrow, param),
        ...(page.scope === null ? [] : [`n.app_id = ${param(page.scope.appId)}`]),
      ],
      each: own.each,
    },
    param,
  );
  const order = 'order by n.received_at desc, n.notification_id desc';
  return { text: `select ${notificationColumns} from ${source} n ${order}`, params };
}

function conditionsOf(filter: NotificationFilter, param: Param): string[] {
  const { codeId, generation, msgType, outcome } = filter;
  return [
    codeId !== undefined && `n.code_id = ${param(codeId)}`,
    generation !== undefined && `n.generation = ${param(generation)}`,
    msgType !== undefined && `n.msg_type = any(${param(writtenTypes(msgType))}::text[])`,
    outcome !== undefined && `${outcomeOf('n')} = ${param(outcome)}`,
  ].filter((condition) => condition !== false);
}

/** `hourly`: the index by which rows are found has the hour alone. */
function timeConditions({ sinceS, untilS }: NotificationFilter, hourly: boolean, param: Param): string[] {
  const between = (sign: '>=' | '<', timeS: number) => {
    const time = `to_timestamp(${param(timeS)})`;
    const hour = `${hourOf('n.received_at')} ${sign === '<' ? '<=' : sign} ${hourOf(time)}`;
    return [`n.received_at ${sign} ${time}`, ...(hourly ? [hour] : [])];
  };
  return [
    ...(sinceS === undefined ? [] : between('>=', sinceS)),
    ...(untilS === undefined ? [] : between('<', untilS)),
  ];
}
