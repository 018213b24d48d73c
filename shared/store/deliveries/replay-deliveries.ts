import type { ReplayMoment, ReplaySelection } from '../../delivery/ports.ts';
import type { Database } from '../postgres/database.ts';
import { isFreeDelivery, makeDeliveries } from './delivery-queue.ts';

type Param = (value: unknown) => string;

/**
 * Makes what is selected due now, from the first rung of the ladder, under the ids that it has; then the deliveries
 * that selected events have never had, unless dead letters or one delivery are asked for.
 *
 * @returns how many deliveries; more than `limit` means that there are more than may be, and the caller rolls back
 */
export async function replayDeliveries(
  tx: Database,
  selection: ReplaySelection,
  at: ReplayMoment,
): Promise<number> {
  const again = await tx.query(...againStatement(selection, at));
  const isOfOld = selection.deadLetters === true || selection.deliveryId !== undefined;
  if (isOfOld || again.rowCount > at.limit) return again.rowCount;
  const made = await tx.query(...missingStatement(selection, at));
  return again.rowCount + made.rowCount;
}

/** What a run has under way is left to it. */
function againStatement(selection: ReplaySelection, at: ReplayMoment): [string, unknown[]] {
  const params: unknown[] = [];
  const param: Param = (value) => `$${params.push(value)}`;
  const conditions = [
    "s.state = 'Enabled'",
    isFreeDelivery,
    ...(selection.deliveryId === undefined ? ["d.type <> 'test'"] : []),
    ...rightConditions(at, param),
    ...whichConditions('d', selection, param),
    ...(selection.deliveryId === undefined ? [] : [`d.delivery_id = ${param(selection.deliveryId)}`]),
    ...(selection.deadLetters ? ["d.state = 'dead'"] : []),
  ];
  const text = `
    with wanted as (
      select d.delivery_id from deliveries d join event_subscriptions s on s.subscription_id = d.subscription_id
      where ${conditions.join(' and ')} limit ${param(at.limit + 1)} for update of d
    )
    update deliveries d set state = 'pending', rung = 0, due_at = to_timestamp(${param(at.nowMs / 1000)}),
      settled_at = null, reason = ${param(JSON.stringify(at.reason))}
    from wanted where d.delivery_id = wanted.delivery_id`;
  return [text, params];
}

/** Events that have not been spread yet will be, in their own time. The lock keeps retention off what is replayed. */
function missingStatement(selection: ReplaySelection, at: ReplayMoment): [string, unknown[]] {
  const params: unknown[] = [];
  const param: Param = (value) => `$${params.push(value)}`;
  const reason = param(JSON.stringify(at.reason));
  const now = param(at.nowMs / 1000);
  const conditions = [
    "e.type <> 'test'",
    'e.fanned_out_at is not null',
    ...rightConditions(at, param),
    ...whichConditions('e', { ...selection, subscriptionId: undefined }, param),
    ...(selection.subscriptionId === undefined
      ? []
      : [`s.subscription_id = ${param(selection.subscriptionId)}`]),
  ];
  const text = `${makeDeliveries('events', now, reason)}
    where ${conditions.join(' and ')}
      and not exists (select from deliveries d where d.event_id = e.event_id and d.subscription_id = s.subscription_id)
    limit ${param(at.limit + 1)} for key share of e on conflict (event_id, subscription_id) do nothing`;
  return [text, params];
}

/** The rule of `own-subscription.ts`, for many at once. */
function rightConditions({ scope, isAdmin }: ReplayMoment, param: Param): string[] {
  if (scope === null) return isAdmin ? [] : ['s.organization is not null'];
  return [`s.app_id = ${param(scope.appId)}`, `s.organization = any(${param(scope.organizations)}::text[])`];
}

/** `table`: `d` or `e`, which have these columns in common. */
function whichConditions(
  table: 'd' | 'e',
  {
    eventId,
    subscriptionId,
    codeId,
    fromMs,
    toMs,
  }: { [K in keyof ReplaySelection]?: ReplaySelection[K] | undefined },
  param: Param,
): string[] {
  return [
    ...(eventId === undefined ? [] : [`${table}.event_id = ${param(eventId)}`]),
    ...(subscriptionId === undefined ? [] : [`${table}.subscription_id = ${param(subscriptionId)}`]),
    ...(codeId === undefined ? [] : [`${table}.code_id = ${param(codeId)}`]),
    ...(fromMs === undefined ? [] : [`${table}.occurred_at >= to_timestamp(${param(fromMs / 1000)})`]),
    ...(toMs === undefined ? [] : [`${table}.occurred_at < to_timestamp(${param(toMs / 1000)})`]),
  ];
}
