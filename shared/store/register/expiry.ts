/** Generations that end, and codes that are about to: each once, with the events that say so. */
import type { Code } from '../../codes/code.ts';
import type { CodeEvent } from '../../codes/events.ts';
import type { ExpiryReasons } from '../../codes/renewal/ports.ts';
import type { Database } from '../postgres/database.ts';
import { repeatableTransaction } from '../postgres/repeatable-transaction.ts';
import { parameters } from '../postgres/statements.ts';
import { ofBlocked } from './code-conditions.ts';
import { insertEventsSql } from './events.ts';
import {
  type CodeRow,
  type CurrentRow,
  codeColumns,
  currentColumn,
  toCode,
  toCurrent,
} from './register-rows.ts';

interface Batch {
  /** Unix seconds: decides what is over. */
  nowS: number;
  /** Rows that are looked at. */
  limit: number;
  eventOf(code: Code): CodeEvent;
}

/** How many rows were looked at, and a code with an event; without one where none is. */
type EndingRow = { count: number } & CurrentRow & ({ codeId: null } | CodeRow);

/** Locks in the order in which everything else does: first the code, then its generations. */
const markExpiredStatement = `
  with due as (
    select g.code_id, g.number from generations g
    where g.state in ('live', 'superseded') and g.expires_at <= to_timestamp($1)
    order by g.expires_at limit $2
  ),
  locked as (
    select c.code_id from codes c where c.code_id in (select code_id from due) for update of c skip locked
  ),
  ended as (
    update generations g set state = 'expired' from due join locked on locked.code_id = due.code_id
    where g.code_id = due.code_id and g.number = due.number and g.state in ('live', 'superseded')
    returning g.code_id, g.number
  ),
  expired as (
    update codes c set state = 'Expired', warn_at = null, version = c.version + 1, updated_at = to_timestamp($1),
      reason = case when c.due_at is null then $4 else $3 end
    from ended join generations g on g.code_id = ended.code_id and g.number = ended.number
    where c.code_id = ended.code_id and c.generation = ended.number and c.state = 'Active'
    returning ${codeColumns}, ${currentColumn}
  )
  select ended.count, expired.* from (select count(*)::int as count from ended) ended left join expired on true`;

/**
 * Rows whose generation is dead are only taken off the list. Who is due and simply has not had its turn is left for the
 * next run.
 */
const emitExpiringStatement = `
  with picked as (
    select c.code_id, c.generation from codes c
    where c.warn_at <= to_timestamp($1)
      and (c.due_at is null or c.failures > 0 or c.held or c.state <> 'Active' or ${ofBlocked})
    order by c.warn_at limit $2 for update of c skip locked
  ),
  warned as (
    update generations g set told_expiring = true from picked
    where g.code_id = picked.code_id and g.number = picked.generation and not g.told_expiring
      and g.state = 'live' and g.expires_at > to_timestamp($1)
    returning g.code_id, g.number
  ),
  told as (
    update codes c set warn_at = null from picked where c.code_id = picked.code_id
  )
  select picked.count, ${codeColumns}, ${currentColumn}
  from (select count(*)::int as count from picked) picked left join (
    warned join codes c on c.code_id = warned.code_id
      join generations g on g.code_id = warned.code_id and g.number = warned.number
  ) on true`;

/** Ends generations whose time is over, and the codes that live on them. @returns how many generations */
export async function markExpired(
  db: Database,
  { reasons, ...batch }: Batch & { reasons: ExpiryReasons },
): Promise<number> {
  const { successorDue, noSuccessor } = reasons;
  return emit(db, markExpiredStatement, batch, [JSON.stringify(successorDue), JSON.stringify(noSuccessor)]);
}

/** Emits events for codes that are about to end and have no successor. @returns how many rows were looked at */
export async function emitExpiring(db: Database, batch: Batch): Promise<number> {
  return emit(db, emitExpiringStatement, batch);
}

async function emit(
  db: Database,
  statement: string,
  { nowS, limit, eventOf }: Batch,
  more: readonly unknown[] = [],
): Promise<number> {
  return repeatableTransaction(db, async (tx) => {
    const { rows } = await tx.query<EndingRow>(statement, [nowS, limit, ...more]);
    const events = rows.flatMap(({ count: _, current, ...code }) =>
      code.codeId === null ? [] : [eventOf(toCode(code, toCurrent({ current })))],
    );
    const { params, param } = parameters();
    if (events.length > 0) await tx.defer(insertEventsSql(events, param), params);
    return rows[0]?.count ?? 0;
  });
}
