import { timers } from './beat-plan.ts';
import { runTimer, type Soak } from './play-beat.ts';

/** Of each timer in a round. Of all together some hundreds: after as many an instance holds no more than before. */
const runsPerRound = 25;
const looksPerRound = 15;
const scansPerRound = 2;
const rounds = 20;
const roundMs = 3_600_000;

/**
 * Gives the instances that are to live as long as the soak so much to do that what they run often has been compiled:
 * until then they grow, and memory that is lost would not stand out. One event after the other, so that the oldest
 * has them.
 */
export async function warmUp(soak: Soak): Promise<void> {
  const { world, people } = soak;
  const { callbacks } = world.platform.emulator;
  for (let round = 0; round < rounds; round += 1) {
    await people.act('create');
    for (let look = 0; look < looksPerRound; look += 1) await people.act('look');
    for (let scan = 0; scan < scansPerRound; scan += 1) await people.act('scan');
    await callbacks.deliverDue();
    for (const timer of timers) for (let run = 0; run < runsPerRound; run += 1) await runTimer(soak, timer);
    await world.pass(roundMs);
  }
}
