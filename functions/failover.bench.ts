import type { BenchResult } from '../bench/result.ts';
import { postgresPrograms } from '../shared/store/testing/own-server.ts';
import { runFailover } from './testing/failover/run-failover.ts';

/** A few by default; BENCH_FAILOVER_ROUNDS says how many. */
const rounds = Number(process.env['BENCH_FAILOVER_ROUNDS'] ?? 5);
const seed = 20261130;
const longestPromoteMs = 10_000;
/** From the moment at which the database is back. */
const patienceMs = 1_000;

/**
 * A primary that dies under load, whose standby is synchronous: the QR codes that live upstream and belong to nobody, and
 * how soon a create is answered once the database is back. `npm run test:failover` compares all the books.
 */
export default async function bench(): Promise<BenchResult[]> {
  if (postgresPrograms === undefined) throw new Error('there are no programs of a PostgreSQL server here');
  const { findings, figures } = await runFailover({
    ...{ seed, rounds, longestPromoteMs },
    replication: 'synchronous',
  });
  if (findings.length > 0) throw new Error(findings.join('; '));
  const { orphans, deaths, firstAnswerMs } = figures;
  const underWay = Object.values(figures.underWay).reduce((sum, count) => sum + count, 0);
  const { p50, max } = firstAnswerMs;
  return [
    {
      name: 'failover/orphans',
      ratio: orphans / Math.max(underWay, 1),
      against: `${underWay} creates that were under way in ${deaths} deaths of the primary, 0 wanted`,
      value: orphans,
      unit: 'QR codes',
    },
    {
      name: 'failover/first-answer',
      ratio: p50 / patienceMs,
      against: `${patienceMs} ms after the database is back; the longest took ${max} ms`,
      value: p50,
      unit: 'ms',
    },
  ];
}
