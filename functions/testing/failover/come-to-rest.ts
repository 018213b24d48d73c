import { type FailoverWorld, noteAcknowledged } from './failover-world.ts';
import { runTimer } from './load.ts';

/** Between two looks at what is due: short at first, as the pauses of all that is tried again. */
const stepMs = (step: number) => (step < 12 ? 10 : 120) * 60_000;
/** Until the last retry of anything: three days. */
const mostSteps = 48;

/** What has been begun and not ended. */
export const openWork = `
  select (select count(*) from messages where outcome = 'pending')::int as notifications,
    (select count(*) from deliveries where state = 'pending')::int as deliveries,
    (select count(*) from events where fanned_out_at is null)::int as events,
    (select count(*) from attempts where state in ('planned', 'sent') or due_at is not null)::int as attempts,
    (select count(*) from codes where state = 'Creating')::int as creating`;

/** Leases end by the clock of the database, which no test can move: those that are held are over. */
const leasesRunOut = ['codes', 'attempts', 'messages', 'deliveries'].map(
  (table) => `update ${table} set lease_until = clock_timestamp() where lease_until > clock_timestamp()`,
);

/**
 * Time passes, timers run, and Tencent posts again what was not answered, until nothing is left to do.
 *
 * @returns what is left all the same
 */
export async function comeToRest(world: FailoverWorld): Promise<Record<string, number>> {
  const { emulator } = world.platform;
  let open: Record<string, number> = {};
  for (let step = 0; step < mostSteps; step += 1) {
    await world.ask(async (db) => {
      for (const statement of leasesRunOut) await db.query(statement);
    });
    await runTimer(world, 'renew-expired-codes');
    await runTimer(world, 'deliver-events');
    const { waiting } = emulator.callbacks.counts();
    const { rows } = await world.ask((db) => db.query<Record<string, number>>(openWork));
    open = { ...rows[0], waiting };
    if (Object.values(open).every((count) => count === 0)) break;
    emulator.clock.advance(stepMs(step));
    while (
      emulator.callbacks.counts().waiting > 0 &&
      (emulator.callbacks.nextDueMs() ?? Infinity) <= emulator.clock.nowMs()
    )
      await new Promise((resolve) => setTimeout(resolve, 20));
  }
  noteAcknowledged(world);
  return open;
}
