import type { Database } from '../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import type { FaultyProxy } from '../../shared/store/testing/faulty-proxy.ts';

export const awayMs = 30_000;

export type Trouble = 'refuses' | 'resets' | 'is replaced by one whose clock is an hour behind';
export const troubles: Trouble[] = ['refuses', 'resets', 'is replaced by one whose clock is an hour behind'];

/** What the server that is gone has written by its clock. */
const anHourAhead = `
  update codes set lease_until = lease_until + interval '1 hour';
  update attempts set lease_until = lease_until + interval '1 hour';
  update messages set lease_until = lease_until + interval '1 hour';
  update deliveries set lease_until = lease_until + interval '1 hour';
  update rate_limits set tat = tat + interval '1 hour', noted_at = noted_at + interval '1 hour'`;

/** A database that goes away and comes back by the clock of the test: it passes while somebody waits for it. */
export function outageOf(
  trouble: Trouble,
  clock: { ms: number },
  { proxy, direct }: { proxy: FaultyProxy; direct: Database },
) {
  let untilMs = Number.POSITIVE_INFINITY;
  let deadlineMs = Number.POSITIVE_INFINITY;

  async function goAway(): Promise<void> {
    untilMs = clock.ms + awayMs;
    if (trouble === 'refuses') return proxy.listen(false);
    proxy.lose('connections');
    await proxy.cut();
  }

  async function comeBack(): Promise<void> {
    untilMs = Number.POSITIVE_INFINITY;
    if (trouble.startsWith('is replaced')) await direct.query(anHourAhead);
    proxy.lose('nothing');
    await proxy.listen(true);
  }

  async function pass(ms: number): Promise<void> {
    clock.ms += ms;
    if (clock.ms >= untilMs) await comeBack();
  }

  const db = openPgDatabase(proxy.url, {
    nowMs: () => clock.ms,
    deadlineMs: () => deadlineMs,
    pause: pass,
  });

  return {
    db,
    goAway,
    pass,
    /** Runs the work on an event, which may take so long. */
    async within<T>(ms: number, work: (deadlineMs: number) => Promise<T>): Promise<T> {
      deadlineMs = clock.ms + ms;
      return work(deadlineMs).finally(() => {
        deadlineMs = Number.POSITIVE_INFINITY;
      });
    },
    /** However little of the time is left. */
    comeBackAtLast: () => (untilMs === Number.POSITIVE_INFINITY ? undefined : pass(untilMs - clock.ms)),
    close: () => db.close(),
  };
}

export type Outage = ReturnType<typeof outageOf>;
