/** Counting uses by the day, beside the counts of generations and in their statements. */

/** SQL for the day of a time, in UTC whatever the database's time zone is. */
export const dayOf = (at: string) => `(${at} at time zone 'UTC')::date`;

/** SQL that adds the uses of a source, whose columns are in the order of those here. */
export function addDailyUses(source: string): string {
  return `insert into daily_uses (app_id, organization, code_id, day, uses) ${source}
on conflict (code_id, day) do update set uses = daily_uses.uses + excluded.uses`;
}
