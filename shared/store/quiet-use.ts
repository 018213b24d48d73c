import type { Locator, NewNotification, Verdict } from '../notifications/ports.ts';
import type { Database } from './database.ts';
import { keyClause } from './locate-statement.ts';
import { givenNotification } from './notification-rows.ts';
import { parameters } from './statements.ts';

/**
 * Stores a use and counts it, in one statement that is a transaction of its own, if nothing else follows from it. The
 * generation is locked before its counts are looked at, so that of two uses at the same moment each sees the other.
 * What is quiet is decided as `isQuiet` in `shared/codes/count-use.ts` decides it; a test compares the two.
 */
export async function storeQuietUse(
  db: Database,
  notification: NewNotification,
  locator: Locator,
  { verdict, thresholds }: { verdict: Verdict; thresholds: readonly number[] },
): Promise<boolean> {
  const { params, param } = parameters();
  const key = keyClause(locator, param);
  const quiet = quietCondition(param(thresholds));
  const { columns, given, receivedAt } = givenNotification(notification, param);
  const { rows } = await db.query<{ stored: boolean }>(
    `with ${key},
     located as (
       select c.code_id, c.app_id, c.organization, g.number from key
       join codes c on c.code_id = key.code_id
       join generations g on g.code_id = key.code_id and g.number = key.number
       where ${quiet} and not exists (select from organizations o
         where o.app_id = c.app_id and o.organization = c.organization and o.quota_state = 'blocked')
       for update of g
     ),
     told as (
       insert into notifications (${columns.join(', ')}, outcome, reason, app_id, organization, code_id, generation,
         settled_at)
       select ${given.join(', ')}, ${param(verdict.outcome)}::text, ${param(JSON.stringify(verdict.reason))}::text,
         l.app_id, l.organization, l.code_id, l.number, ${receivedAt}
       from located l
       on conflict (msg_id) do nothing returning code_id, generation
     ),
     counted as (
       update generations g set cost_messages = g.cost_messages + 1, used = ${usedAfter} from told
       where g.code_id = told.code_id and g.number = told.generation
     )
     select exists (select from told) as stored`,
    params,
    { prepared: true },
  );
  return rows[0]?.stored ?? false;
}

const usedAfter = 'greatest(g.used, g.cost_messages + 1, g.certain_contracts)';

/**
 * No threshold is newly reached, and whether the successor is due stays as it is. Counted, and not asked with `not
 * exists`: that becomes a join, and what is joined is not looked at again when the lock had to be waited for.
 */
function quietCondition(thresholds: string): string {
  const reaches = (used: string, percent: string) =>
    `${used} * 100::bigint >= g.max_flow_num::bigint * ${percent}`;
  const exhaustion = "(c.policy::json ->> 'ExhaustionPercent')::int";
  return `(select count(*) from unnest(${thresholds}::int[]) percent
           where percent > g.told_percent and ${reaches(usedAfter, 'percent')}) = 0
         and (${reaches(usedAfter, exhaustion)}) = (${reaches('g.used', exhaustion)})`;
}
