/**
 * Finding and locking what a notification is about, as the beginning of a statement that goes on with storing it. In
 * the order in which everything locks: first the code, then its generation, then the contract.
 */
import type { Locator } from '../notifications/ports.ts';
import { contractColumns, locatedColumns } from './notification-rows.ts';

/** Gives a value to a statement and tells how the statement calls it. */
export type Param = (value: unknown) => string;

/** CTEs `located` and `held`: a row each where there is something. The surest way to find a code goes first. */
export function locateClauses({ route, qrCodeIds, flowId }: Locator, param: Param): string {
  const flow = param(flowId);
  const ways = [
    route.kind === 'code' &&
      `select 1 as rank, 0::bigint as place, c.code_id, g.number from codes c
       join generations g on g.code_id = c.code_id and g.number = ${param(route.generation)}::int
       where c.callback_token = ${param(route.token)}`,
    qrCodeIds.length > 0 &&
      `select 2 as rank, wanted.place, g.code_id, g.number
       from unnest(${param(qrCodeIds)}::text[]) with ordinality wanted (id, place)
       join generations g on g.qr_code_id = wanted.id`,
    `select 3 as rank, 0::bigint as place, k.code_id, k.generation as number from contracts k where k.flow_id = ${flow}::text`,
  ].filter((way) => way !== false);
  return `
  key as (
    select ways.* from (${ways.join(' union all ')}) ways order by ways.rank, ways.place limit 1
  ),
  located as (
    select ${locatedColumns} from key
    join codes c on c.code_id = key.code_id
    join generations g on g.code_id = key.code_id and g.number = key.number
    for update of c, g
  ),
  held as (
    select ${contractColumns} from contracts k where k.flow_id = ${flow}::text for update
  )`;
}

/** What those clauses have found, as columns of a `FactsRow`. */
export function factsColumns(flowParam: string): string {
  return `
  (select row_to_json(located) from located) as located,
  (select row_to_json(held) from held) as contract,
  (select json_agg(json_build_object('state', h.flow_status, 'atS', extract(epoch from h.occurred_at)::float8))
    from notifications h where h.flow_id = ${flowParam}::text and h.outcome = 'kept' and h.flow_status is not null) as heard,
  (select extract(epoch from o.failed_at)::float8 from organizations o, located
    where o.app_id = located."appId" and o.organization = located.organization and o.quota_state = 'blocked')
    as "blockedAtS"`;
}
