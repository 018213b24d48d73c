import type { Database } from './database.ts';

/** One limit: how far apart its slots are, and how far ahead of now the caller may reserve. Microseconds. */
export interface SlotRequest {
  action: string;
  intervalUs: number;
  /** A slot that begins later than this from now is not taken. */
  horizonUs: number;
}

export type SlotAnswer =
  | {
      taken: true;
      /** Beginning of the slot by the database's clock, microseconds since 1970. */
      slotUs: bigint;
      /** Until the slot begins. */
      waitMs: number;
    }
  | {
      taken: false;
      /** Until the next slot that nobody has. */
      waitMs: number;
    };

/**
 * Takes the next slot of an action in one statement: the generic cell rate algorithm without a burst. `tat`, the
 * theoretical arrival time, is when the next slot begins that nobody has; a limit that was idle begins anew at now.
 * The row lock makes callers of all functions take turns, and `clock_timestamp()` is read under that lock.
 */
export async function takeSlot(db: Database, request: SlotRequest): Promise<SlotAnswer> {
  const { rows } = await db.query<{ taken: boolean; slotUs: string; waitMs: number }>(
    `with taken as (
       insert into rate_limits as r (action, tat)
       values ($1, clock_timestamp() + $2 * interval '1 microsecond')
       on conflict (action) do update
         set tat = greatest(r.tat, clock_timestamp()) + $2 * interval '1 microsecond'
         where r.tat <= clock_timestamp() + $3 * interval '1 microsecond'
       returning tat - $2 * interval '1 microsecond' as slot
     ),
     answer as (
       select true as taken, slot from taken
       union all
       select false, tat from rate_limits where action = $1 and not exists (select from taken)
     )
     select taken, (extract(epoch from slot) * 1000000)::bigint::text as "slotUs",
       (extract(epoch from slot - clock_timestamp()) * 1000)::float8 as "waitMs"
     from answer`,
    [request.action, request.intervalUs, request.horizonUs],
  );
  const answer = rows[0];
  // No row: somebody made the first one of this action while we looked, and has its slot.
  if (answer === undefined) return { taken: false, waitMs: request.intervalUs / 1000 };
  const waitMs = Math.max(0, answer.waitMs);
  return answer.taken ? { taken: true, slotUs: BigInt(answer.slotUs), waitMs } : { taken: false, waitMs };
}
