/**
 * Finding and locking what a notification is about, as the beginning of a statement that goes on with storing it. In
 * the order in which everything locks: first the code, then its generation, then the contract.
 */
import type { Locator } from '../../notifications/ports.ts';
import { contractColumns, locatedColumns } from '../notifications/notification-rows.ts';

/** Gives a value to a statement and returns its name there. */
export type Param = (value: unknown) => string;

/**
 * CTE `key`: the code and generation that are meant, or no row. The surest way to find them goes first. A message that
 * names no contract gets a statement that looks for none: the server keeps the plans of both, and the usual one is the
 * shorter.
 */
export function keyClause({ route, qrCodeIds, flowId }: Locator, param: Param): string {
  const ways = [
    route.kind === 'code' &&
      `select 1 as rank, 0::bigint as place, c.code_id, g.number from codes c
       join generations g on g.code_id = c.code_id and g.number = ${param(route.generation)}::int
       where c.callback_token = ${param(route.token)}`,
    qrCodeIds.length === 1 &&
      `select 2 as rank, 0::bigint as place, g.code_id, g.number from generations g
       where g.qr_code_id = ${param(qrCodeIds[0])}::text`,
    qrCodeIds.length > 1 &&
      `select 2 as rank, wanted.place, g.code_id, g.number
       from unnest(${param(qrCodeIds)}::text[]) with ordinality wanted (id, place)
       join generations g on g.qr_code_id = wanted.id`,
    flowId !== null &&
      `select 3 as rank, 0::bigint as place, k.code_id, k.generation as number
       from contracts k where k.flow_id = ${param(flowId)}::text`,
  ].filter((way) => way !== false);
  const none = 'select 0 as rank, 0::bigint as place, null::text as code_id, 0 as number where false';
  const isOneRow = ways.length === 1 && qrCodeIds.length <= 1;
  if (isOneRow) return `key as (${ways[0]})`;
  return `
  key as (
    select ways.* from (${ways.join(' union all ') || none}) ways order by ways.rank, ways.place limit 1
  )`;
}

/** CTEs `key`, `located` and `held`: a row each where there is something. The last two are locked. */
export function locateClauses(locator: Locator, param: Param): string {
  const { flowId } = locator;
  return `${keyClause(locator, param)},
  located as (
    select ${locatedColumns} from key
    join codes c on c.code_id = key.code_id
    join generations g on g.code_id = key.code_id and g.number = key.number
    for update of c, g
  ),
  held as (
    select ${contractColumns} from contracts k
    where ${flowId === null ? 'false' : `k.flow_id = ${param(flowId)}::text`} for update
  )`;
}

/** What those clauses have found, as columns of a `FactsRow`. */
export function factsColumns({ flowId }: Pick<Locator, 'flowId'>, param: Param): string {
  const heard = () => `
    select json_agg(json_build_object('state', h.flow_status, 'atS', extract(epoch from h.occurred_at)::float8))
    from messages h
    where h.flow_id = ${param(flowId)}::text and h.outcome = 'kept' and h.flow_status is not null`;
  return `
  (select row_to_json(located) from located) as located,
  (select row_to_json(held) from held) as contract,
  ${flowId === null ? 'null::json' : `(${heard()})`} as heard,
  (select extract(epoch from o.failed_at)::float8 from organizations o, located
    where o.app_id = located."appId" and o.organization = located.organization and o.quota_state = 'blocked')
    as "blockedAtS"`;
}
