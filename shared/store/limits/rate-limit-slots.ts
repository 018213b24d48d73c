import type { SlotRequest } from '../../world.ts';
import type { Database } from '../postgres/database.ts';
import { type Param, writtenOnce } from '../postgres/statements.ts';

/** What a statement with {@link slotClauses} answers. */
export interface SlotRow {
  /** Null: nothing is known of the action; another caller has just made its first row. */
  taken: boolean | null;
  slotUs: string | null;
  waitMs: number | null;
}

/** Columns of a {@link SlotRow}, from the CTE `answer`. */
export const slotColumns = `answer.taken, (extract(epoch from answer.slot) * 1000000)::bigint::text as "slotUs",
  (extract(epoch from answer.slot - clock_timestamp()) * 1000)::float8 as "waitMs"`;

/**
 * CTEs that take the next slot of an action: the generic cell rate algorithm without a burst. `tat`, the theoretical
 * arrival time, is when the next free slot begins; a limit that was idle begins anew at now. The row lock
 * makes callers of all functions take turns, and `clock_timestamp()` is read under that lock.
 *
 * `slot`: one row where a slot was taken, else none. `answer`: the columns of a {@link SlotRow}.
 *
 * @param from a slot is taken if this CTE has a row
 */
export function slotClauses(
  { action, intervalUs, horizonUs }: SlotRequest,
  param: Param,
  from: string,
): string {
  const [name, interval, horizon] = [
    param(action),
    `${param(intervalUs)}::float8`,
    `${param(horizonUs)}::float8`,
  ];
  const microseconds = (number: string) => `${number} * interval '1 microsecond'`;
  // What was written later than now was written by a clock that is ahead of this one, on the server that was the primary
  // before: waiting for it as it stands would stop every call for as long as the clocks differ.
  const known = `(r.tat - greatest(r.noted_at - clock_timestamp(), interval '0'))`;
  return `
  slot as (
    insert into rate_limits as r (action, tat, noted_at)
    select ${name}::text, clock_timestamp() + ${microseconds(interval)}, clock_timestamp() from ${from}
    on conflict (action) do update
      set tat = greatest(${known}, clock_timestamp()) + ${microseconds(interval)}, noted_at = excluded.noted_at
      where ${known} <= clock_timestamp() + ${microseconds(horizon)}
    returning tat - ${microseconds(interval)} as slot
  ),
  answer as (
    select true as taken, slot from slot
    union all
    select false, ${known} from rate_limits r where action = ${name}::text and not exists (select from slot)
  )`;
}

/** The parameters of {@link slotClauses}, in their order. */
export function slotParams({ action, intervalUs, horizonUs }: SlotRequest): unknown[] {
  return [action, intervalUs, horizonUs];
}

/** `slotUs`: beginning of the slot by the database's clock, microseconds since 1970. */
export type GivenSlot = { taken: true; waitMs: number; slotUs: bigint } | { taken: false; waitMs: number };

export function toSlotAnswer(row: SlotRow | undefined, { intervalUs }: SlotRequest): GivenSlot {
  const { taken = null, waitMs = null, slotUs = null } = row ?? {};
  // Another caller made the first row of this action while we looked, and has its slot.
  if (taken === null || waitMs === null) return { taken: false, waitMs: intervalUs / 1000 };
  const leftMs = Math.max(0, waitMs);
  return taken && slotUs !== null
    ? { taken, waitMs: leftMs, slotUs: BigInt(slotUs) }
    : { taken: false, waitMs: leftMs };
}

const aloneText = writtenOnce();

/** Takes the next slot of an action, alone. */
export async function takeSlot(db: Database, request: SlotRequest): Promise<GivenSlot> {
  const text = aloneText(
    (param) =>
      `with one as (select 1), ${slotClauses(request, param, 'one')} select ${slotColumns} from answer`,
  );
  const { rows } = await db.query<SlotRow>(text, slotParams(request), { prepared: true });
  return toSlotAnswer(rows[0], request);
}
