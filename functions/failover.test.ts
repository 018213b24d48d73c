/**
 * A primary that dies under load, again and again, and a standby that takes its place: the built functions in processes
 * of their own, two servers with streaming replication, and the emulator. `npm run test:failover`; FAILOVER_ROUNDS says
 * how often the primary dies, FAILOVER_LONGEST_S how late the standby is promoted at most.
 */
import { describe, expect, it } from 'vitest';
import { postgresPrograms } from '../shared/store/testing/own-server.ts';
import { seed } from '../shared/testing/cases.ts';
import { clocksCanDiffer } from './testing/failover/clocks.ts';
import { runFailover } from './testing/failover/run-failover.ts';

const rounds = Number(process.env['FAILOVER_ROUNDS'] ?? 3);
const longestPromoteMs = Number(process.env['FAILOVER_LONGEST_S'] ?? 3) * 1000;

if (postgresPrograms === undefined)
  console.warn('\n!! SKIPPED: no PostgreSQL server binaries here: failover is not tried\n');
else if (!clocksCanDiffer)
  console.warn('\n!! SKIPPED: no libfaketime here: the clocks of the two servers are equal\n');

describe.skipIf(postgresPrograms === undefined)(`a primary that dies ${rounds} times, seed ${seed}`, () => {
  it('loses nothing that was acknowledged where its standby is synchronous, and settles all that was under way', async () => {
    const { findings, figures } = await runFailover({
      seed,
      rounds,
      replication: 'synchronous',
      longestPromoteMs,
    });
    console.log(JSON.stringify(figures));
    expect(findings).toEqual([]);
    expect(figures.lost).toEqual({ creates: 0, notifications: 0, events: 0 });
  });

  it('loses the last moments where its standby is not, and the log names what lives upstream because of it', async () => {
    const { findings, figures } = await runFailover({
      seed,
      rounds,
      replication: 'asynchronous',
      longestPromoteMs,
    });
    console.log(JSON.stringify(figures));
    expect(findings).toEqual([]);
  });
});
