import type { Scope } from '../codes/ports.ts';
import type { ListPosition } from '../list-cursor.ts';
import type { NotificationFilter, NotificationReads, RejectionCount } from '../notifications/ports.ts';
import type { Database } from './database.ts';
import { type NotificationRow, notificationColumns, toNotification } from './notification-rows.ts';
import { timeOf } from './register-rows.ts';
import { parameters } from './statements.ts';

const keys = { NotificationId: 'n.notification_id', MsgId: 'n.msg_id' } as const;

/** Reading notifications. Every read takes the organisations that the caller may see. */
export function notificationReads(db: Database): NotificationReads {
  return {
    async find({ by, value }, scope) {
      const { rows } = await db.query<NotificationRow>(
        `select ${notificationColumns} from notifications n
         where ${keys[by]} = $1 and ($2::text is null or (n.app_id = $2 and n.organization = any($3::text[])))`,
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

/** Of several organisations the newest of each by index, and of these the newest, as with codes. */
function pageStatement(
  filter: NotificationFilter,
  page: { scope: Scope; after: ListPosition | undefined; limit: number },
) {
  const { params, param } = parameters();
  const conditions = conditionsOf(filter, param);
  if (page.scope !== null) conditions.push(`n.app_id = ${param(page.scope.appId)}`);
  if (page.after) {
    const at = param(timeOf(page.after.atMs / 1000));
    conditions.push(`(n.received_at, n.notification_id) < (${at}::timestamptz, ${param(page.after.id)})`);
  }
  const tail = `order by received_at desc, notification_id desc limit ${param(page.limit)}`;
  const those = (more: string[]) => {
    const all = [...more, ...conditions];
    return `select * from notifications n ${all.length > 0 ? `where ${all.join(' and ')}` : ''} ${tail}`;
  };
  const tenants = tenantsOf(filter, page.scope);
  let source = `(${those([])})`;
  if (tenants?.length === 1) source = `(${those([`n.organization = ${param(tenants[0])}`])})`;
  else if (tenants !== null) {
    const all = `unnest(${param(tenants)}::text[]) as tenant`;
    source = `(select t.* from ${all} cross join lateral (${those(['n.organization = tenant'])}) t ${tail})`;
  }
  const order = 'order by n.received_at desc, n.notification_id desc';
  return { text: `select ${notificationColumns} from ${source} n ${order}`, params };
}

/** Whose notifications are wanted, each organisation once; null: everybody's. */
function tenantsOf({ organization }: NotificationFilter, scope: Scope): readonly string[] | null {
  if (organization === undefined) return scope && [...new Set(scope.organizations)];
  return scope === null || scope.organizations.includes(organization) ? [organization] : [];
}

function conditionsOf(filter: NotificationFilter, param: (value: unknown) => string): string[] {
  const { codeId, generation, msgType, outcome, sinceS, untilS } = filter;
  return [
    codeId !== undefined && `n.code_id = ${param(codeId)}`,
    generation !== undefined && `n.generation = ${param(generation)}`,
    msgType !== undefined && `n.msg_type = ${param(msgType)}`,
    outcome !== undefined && `n.outcome = ${param(outcome)}`,
    sinceS !== undefined && `n.received_at >= to_timestamp(${param(sinceS)})`,
    untilS !== undefined && `n.received_at < to_timestamp(${param(untilS)})`,
  ].filter((condition) => condition !== false);
}
