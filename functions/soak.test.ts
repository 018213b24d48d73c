/**
 * Months of virtual time in which everything happens at once: timers overlap, instances are frozen, thawed and killed,
 * receivers and upstream misbehave. `npm run test:soak`; SOAK_MINUTES says for how long, an hour unless set.
 */
import { describe, expect, it } from 'vitest';
import { postgresPrograms } from '../shared/store/testing/own-server.ts';
import { seed } from '../shared/testing/cases.ts';
import { clocksCanDiffer } from './testing/failover/clocks.ts';
import { runSoak } from './testing/soak/run-soak.ts';

const minutes = Number(process.env['SOAK_MINUTES'] ?? 60);
/**
 * In less than the first instances have too few events to lose much; in less than the second what they hold still grows
 * with each way through their code that they take for the first time.
 */
const residentFromMinutes = 15;
const heldFromMinutes = 20;
const judged = [
  ...(minutes >= residentFromMinutes ? (['resident'] as const) : []),
  ...(minutes >= heldFromMinutes ? (['held'] as const) : []),
];

const canMove = postgresPrograms !== undefined && clocksCanDiffer;
if (!canMove)
  console.warn(
    '\n!! SKIPPED: no PostgreSQL server binaries or no libfaketime here: no soak without a clock that moves\n',
  );
else if (minutes < heldFromMinutes)
  console.warn(
    `\n!! SKIPPED: whether what is held grows takes ${heldFromMinutes} minutes, what is resident ${residentFromMinutes}; this is ${minutes}\n`,
  );

describe.skipIf(!canMove)(`after ${minutes} minutes of everything at once, seed ${seed}`, () => {
  it(`the books agree, no lease is stuck, no connection has leaked; flat memory: ${judged.join(', ') || 'not judged'}`, async () => {
    const { findings, figures } = await runSoak({ seed, minutes, judged });
    console.log(JSON.stringify(figures, null, 1));
    expect(findings).toEqual([]);
  });
});
