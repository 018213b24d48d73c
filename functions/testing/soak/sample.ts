/** A look at all that must not grow with time, at a moment when nothing is at work. */
import { setTimeout as rest } from 'node:timers/promises';
import type { InstanceMemory } from '../../../local/scf/instance-protocol.ts';
import { isOver } from '../../../shared/store/postgres/leases.ts';
import { ownName } from './moving-server.ts';
import type { SoakWorld } from './soak-world.ts';
import { longLived } from './tormentor.ts';

export interface Sample {
  /** Real seconds since the beginning. */
  atS: number;
  instances: number;
  /** Sessions of the functions at the server, when those of the dead have had their time to end. */
  sessions: number;
  /** Leases that end later than any lease that was given now would. */
  endlessLeases: number;
  /** Of the oldest instance of each function that lives as long as the soak. */
  memory: Record<string, InstanceMemory & { pid: number }>;
}

/** Every table with a lease, the column that says when it ends, and for how long one is given at most in seconds. */
const leased = [
  ['codes', 'lease_until', undefined],
  ['attempts', 'lease_until', undefined],
  ['messages', 'lease_until', undefined],
  ['deliveries', 'lease_until', undefined],
  ['batch_rows', 'lease_until', undefined],
  ['idempotency_records', 'in_progress_until', 1000],
] as const;

/** SQL: how many leases are held of which this is true besides. */
const leases = (isMeant: (column: string, longestS: number | undefined) => string) => {
  const counts = leased.map(
    ([table, column, longestS]) =>
      `(select count(*) from ${table} where ${column} > clock_timestamp() and ${isMeant(column, longestS)})`,
  );
  return `select (${counts.join(' + ')})::int as count`;
};
export const heldLeases = leases(() => 'true');
/** Held, and over all the same: nobody gives one that ends so late. */
const endlessLeases = leases((column, longestS) => isOver(column, longestS));

const sessionsOpen = `select count(*)::int as count from pg_stat_activity
  where backend_type = 'client backend' and application_name <> '${ownName}'`;

/** The server hears of a process that is gone within moments. */
const patienceMs = 5_000;

export async function takeSample(
  world: SoakWorld,
  frozen: ReadonlySet<number>,
  sinceMs: number,
): Promise<Sample> {
  const memory: Sample['memory'] = {};
  for (const name of longLived) {
    const [oldest] = world.platform.host.living(name);
    if (oldest === undefined || oldest.isBusy || frozen.has(oldest.pid)) continue;
    const measured = await oldest.measure();
    if (measured !== undefined) memory[name] = { ...measured, pid: oldest.pid };
  }
  return {
    atS: Math.round((performance.now() - sinceMs) / 1000),
    ...(await sessionsAndInstances(world)),
    endlessLeases: await counted(world, endlessLeases),
    memory,
  };
}

async function sessionsAndInstances(world: SoakWorld): Promise<Pick<Sample, 'sessions' | 'instances'>> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const [sessions, instances] = [await counted(world, sessionsOpen), world.instances().length];
    if (sessions <= instances || performance.now() > untilMs) return { sessions, instances };
    await rest(100);
  }
}

export async function counted({ ask }: Pick<SoakWorld, 'ask'>, statement: string): Promise<number> {
  const { rows } = await ask((db) => db.query<{ count: number }>(statement));
  return rows[0]?.count ?? Number.NaN;
}

/** What is wrong once every instance has ended. */
export async function sessionsLeft(world: Pick<SoakWorld, 'ask'>): Promise<string[]> {
  const untilMs = performance.now() + patienceMs;
  let left = await counted(world, sessionsOpen);
  while (left > 0 && performance.now() < untilMs) {
    await rest(100);
    left = await counted(world, sessionsOpen);
  }
  return left > 0 ? [`${left} sessions are left when no instance is`] : [];
}
