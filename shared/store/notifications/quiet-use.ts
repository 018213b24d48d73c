import type { Locator, NewNotification, Verdict } from '../../notifications/ports.ts';
import type { Database } from '../postgres/database.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { parameters } from '../postgres/statements.ts';
import { keyClause } from '../register/locate-statement.ts';
import { addDailyUses, dayOf } from './daily-uses.ts';
import { givenNotification, reasonText, writtenOutcome } from './notification-rows.ts';

/**
 * Stores a use and counts it, in one statement that is a transaction of its own, if nothing else follows from it. It is
 * counted first: what is asked of the counts is then asked again where their row had to be waited for, so that of two uses
 * at the same moment each sees the other. What is quiet is decided as `isQuiet` in `shared/codes/quota/count-use.ts`
 * decides it; a test compares the two.
 * A copy cannot be inserted, which takes its count back; it is rare enough to be let fail.
 */
export async function storeQuietUse(
  db: Database,
  notification: NewNotification,
  locator: Locator,
  { verdict, thresholds }: { verdict: Verdict; thresholds: readonly number[] },
): Promise<boolean> {
  const { params, param } = parameters();
  const key = keyClause(surestWay(locator), param);
  const quiet = quietCondition(thresholds.map(param));
  const { columns, given, occurredAt, filing } = givenNotification(notification, param);
  const reason = reasonText(notification.message.msgType, verdict);
  const statement = `with ${key},
     counted as (
       update generations g set cost_messages = g.cost_messages + 1, used = ${usedAfter}
       from key join codes c on c.code_id = key.code_id
       where g.code_id = key.code_id and g.number = key.number and ${quiet}
         and not exists (select from organizations o
           where o.app_id = c.app_id and o.organization = c.organization and o.quota_state = 'blocked')
       returning c.app_id, c.organization, g.code_id, g.number, g.cost_messages > g.certain_contracts as is_more
     ),
     daily as (${addDailyUses(
       // A contract that its other message has counted before is no further use.
       `select app_id, organization, code_id, ${dayOf(occurredAt)}, 1 from counted where is_more`,
     )}),${filing('counted')}
     insert into messages (${columns.join(', ')}, outcome, reason, app_id, organization, code_id, generation)
     select ${given.join(', ')}, ${param(writtenOutcome(verdict.outcome))}::text, ${param(reason)}::text,
       l.app_id, l.organization, l.code_id, l.number
     from counted l, filed`;
  try {
    const { rowCount } = await db.query(statement, params, { prepared: true });
    return rowCount > 0;
  } catch (error) {
    if (isUniqueViolation(error, 'message_ids_pkey')) return false;
    throw error;
  }
}

/** Where it leads nowhere, the use is not quiet. */
function surestWay(locator: Locator): Locator {
  if (locator.route.kind === 'code') return { ...locator, qrCodeIds: [], flowId: null };
  return locator.qrCodeIds.length > 0 ? { ...locator, flowId: null } : locator;
}

const usedAfter = 'greatest(g.used, g.cost_messages + 1, g.certain_contracts)';

/** No threshold is newly reached, and whether the successor is due stays as it is. */
function quietCondition(thresholds: readonly string[]): string {
  const reaches = (used: string, percent: string) =>
    `${used} * 100::bigint >= g.max_flow_num::bigint * ${percent}`;
  const untold = thresholds.map(
    (percent) => `(${percent}::int > g.told_percent and ${reaches(usedAfter, `${percent}::int`)})`,
  );
  const exhaustion = "(c.policy::json ->> 'ExhaustionPercent')::int";
  return `not (${untold.join(' or ')})
         and (${reaches(usedAfter, exhaustion)}) = (${reaches('g.used', exhaustion)})`;
}
