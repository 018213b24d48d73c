import type { DueTimes, PlannedWork } from '../../shared/store/upkeep/next-work.ts';

/** Which function does which work. */
const functionOf: Readonly<Record<PlannedWork, string>> = {
  batches: 'work-off-batches',
  renewals: 'renew-expired-codes',
  notifications: 'renew-expired-codes',
  events: 'deliver-events',
  deliveries: 'deliver-events',
};

export interface OpenPlannedWork {
  /** The work of each function with a timer, seen from now. */
  next(): Promise<ReadonlyMap<string, DueTimes>>;
  close(): Promise<void>;
}

/** Reads from the database when the timers will have something to do. What it needs is loaded with the first move. */
export async function openPlannedWork(url: string, nowMs: () => number): Promise<OpenPlannedWork> {
  const [{ openPgDatabase }, { nextWork }] = await Promise.all([
    import('../../shared/store/postgres/pg-database.ts'),
    import('../../shared/store/upkeep/next-work.ts'),
  ]);
  const db = openPgDatabase(url);
  return {
    async next() {
      const found = new Map<string, DueTimes>();
      for (const [work, times] of await nextWork(db, nowMs())) {
        const name = functionOf[work];
        found.set(name, merged(found.get(name), times));
      }
      return found;
    },
    close: () => db.close(),
  };
}

const merged = (one: DueTimes | undefined, other: DueTimes): DueTimes => ({
  waiting: earlier(one?.waiting, other.waiting),
  coming: earlier(one?.coming, other.coming),
});

const earlier = (one: number | null | undefined, other: number | null) =>
  one === null || one === undefined ? other : other === null ? one : Math.min(one, other);
