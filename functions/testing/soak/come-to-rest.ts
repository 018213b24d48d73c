import { overdueWork } from '../../../shared/store/upkeep/overdue-work.ts';
import { openWork } from '../failover/come-to-rest.ts';
import { timers } from './beat-plan.ts';
import type { Ledger } from './ledger.ts';
import { quiet, runTimer, type Soak, setQuota } from './play-beat.ts';
import { counted, heldLeases } from './sample.ts';

/** Between two looks: short at first, as the pauses of all that is tried again. Virtual time. */
const stepMs = (step: number) => (step < 12 ? 10 : 120) * 60_000;
/** Until the last retry of anything: three days. */
const mostSteps = 60;
/** Of real time: timers that never find an end would take their whole time at each step. */
const longestMs = 300_000;

/**
 * Everybody is well again and thawed, time passes and the timers run, until nothing is left to do.
 *
 * @returns what is left all the same
 */
export async function comeToRest(soak: Soak, ledger: Ledger): Promise<Record<string, number>> {
  const { world, people, tormentor } = soak;
  const { emulator } = world.platform;
  emulator.faults.clear();
  emulator.callbacks.configure({ misbehaviour: {} });
  world.moody.setMood('well');
  setQuota(world, true);
  tormentor.thaw();
  let open: Record<string, number> = {};
  const untilMs = performance.now() + longestMs;
  for (let step = 0; step < mostSteps && performance.now() < untilMs; step += 1) {
    await emulator.callbacks.deliverDue();
    const keys = await people.askAgain();
    for (const timer of timers) await runTimer(soak, timer);
    await quiet(soak);
    await ledger.note(world);
    open = { keys, waiting: emulator.callbacks.counts().waiting, ...(await leftUndone(soak)) };
    if (Object.values(open).every((count) => count === 0)) break;
    await world.pass(stepMs(step));
  }
  return open;
}

async function leftUndone({ world: { ask } }: Pick<Soak, 'world'>): Promise<Record<string, number>> {
  const { rows } = await ask((db) => db.query<Record<string, number>>(openWork));
  const overdue = await ask(overdueWork);
  return {
    ...rows[0],
    'rows of batches': await counted(
      { ask },
      "select count(*)::int as count from batch_rows where state = 'waiting'",
    ),
    'leases held': await counted({ ask }, heldLeases),
    ...Object.fromEntries(overdue.map(({ work, count }) => [`overdue ${work}`, count])),
  };
}
