import type { Database } from '../postgres/database.ts';

/** As migrations name them. */
const names = { month: 'YYYYMM', week: 'YYYYMMDD' } as const;

/** Partitions of so many months or weeks before the present one, for rows that a test puts there. */
export async function makePastPartitions(
  db: Database,
  table: string,
  period: keyof typeof names,
  count: number,
): Promise<void> {
  const { rows } = await db.query<{ name: string; since: string; until: string }>(
    `select $1::text || '_' || to_char(since, $2) as name, since::text || 'Z' as since, (since + each)::text || 'Z' as until
     from generate_series(1, $4::int) n
     cross join lateral (select ('1 ' || $3::text)::interval as each) e
     cross join lateral (select date_trunc($3, now() at time zone 'UTC') - n * each as since) t`,
    [table, names[period], period, count],
  );
  for (const { name, since, until } of rows)
    await db.query('select make_partition($1, $2, $3, $4)', [table, name, since, until]);
}
