import { createEmulator } from '../../../../local/essbasic/create-emulator.ts';
import { migrate } from '../../../store/migrations/migrate.ts';
import type { Database } from '../../../store/postgres/database.ts';
import type { StoredState } from '../../code.ts';
import { createCode } from '../../life/create-code.ts';
import { modifyCode } from '../../life/modify-code.ts';
import { type RenewalsReport, runRenewals } from '../../renewal/run-renewals.ts';
import { type ChaosCode, createOf } from './chaos-codes.ts';
import type { Evidence, JournalEntry } from './judge.ts';
import { openProcessPorts } from './process-ports.ts';
import { sessionsEnded } from './sessions.ts';

/** No pause after a failure is longer, and no successor is due so soon. */
const longestPauseS = 3600;

/** States of a create that went wrong. */
const stopped: readonly StoredState[] = ['OutcomeUnknown', 'Failed'];

/** After so many runs of a healthy timer nothing is left to do, or something never will be done. */
const mostRuns = 12;

/** One upstream, one database and one clock for all schedules, and the process that cleans up after the dead ones. */
export async function openChaosWorld(databaseUrl: string, seed: number) {
  const emulator = createEmulator({ seed, requestsPerSecond: Number.POSITIVE_INFINITY });
  const { url: essbasicUrl } = await emulator.listen();
  let aheadMs = 0;
  const { db, ports } = openProcessPorts({ databaseUrl, essbasicUrl, seed, aheadMs: () => aheadMs });
  await migrate(db);
  const nowMs = ports.surroundings.nowMs;
  const deadlineMs = () => nowMs() + 60_000;

  function passS(seconds: number): void {
    aheadMs += seconds * 1000;
    emulator.clock.advance(seconds * 1000);
  }

  async function forgetEverything(): Promise<void> {
    await db.query(
      'delete from codes; delete from attempts; delete from events; delete from audit; delete from organizations',
    );
    emulator.reset();
    aheadMs = 0;
  }

  /** As much time as no lease survives, by the clock of the database. */
  async function leasesRunOut(): Promise<void> {
    await db.query(
      `update codes set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null;
       update attempts set lease_until = clock_timestamp() - interval '1 second' where lease_until is not null`,
    );
  }

  const tick = (): Promise<RenewalsReport> =>
    runRenewals(ports, { deadlineMs: deadlineMs(), concurrency: 4 });

  /** Is there nothing that a timer has yet to do, now or after the pause of a renewal that failed? */
  async function isAtRest(): Promise<boolean> {
    const { rows } = await db.query<{ open: number }>(
      `select (select count(*) from attempts where state in ('planned', 'sent') or due_at is not null)::int
         + (select count(*) from codes where due_at <= to_timestamp($1) or held or lease_until is not null)::int as open`,
      [nowMs() / 1000 + longestPauseS],
    );
    return rows[0]?.open === 0;
  }

  /** Healthy timers, one after the other, until nothing is left to do. */
  async function comeToRest(): Promise<void> {
    for (let run = 0; run < mostRuns; run++) {
      await leasesRunOut();
      await tick();
      if (await isAtRest()) return;
      passS(longestPauseS);
    }
  }

  return {
    aheadMs: () => aheadMs,
    databaseUrl,
    essbasicUrl,
    emulator,
    db,
    passS,
    forgetEverything,
    leasesRunOut,
    sessionsEnded: (name: string) => sessionsEnded(db, name),
    comeToRest,

    create: (code: ChaosCode) => createCode(ports, createOf(code), deadlineMs()),

    /**
     * What a person does who reads that it is unknown whether there is a code; or, where the create froze and then
     * heard of a refusal after all, that there is none.
     */
    async renewStopped(codeIds: readonly string[]): Promise<void> {
      for (const value of codeIds) {
        const key = { by: 'CodeId', value } as const;
        const record = await ports.register.find(key, null);
        if (record === undefined || !stopped.includes(record.code.state)) continue;
        const { version } = record.code;
        await modifyCode(ports, { key, scope: null, version, operation: 'RenewNow', actor: 'key:chaos' });
      }
    },

    async evidence(codes: readonly ChaosCode[]): Promise<Evidence> {
      const records = await Promise.all(
        codes.map(({ codeId }) => ports.register.find({ by: 'CodeId', value: codeId }, null)),
      );
      const nowS = emulator.clock.nowS();
      const upstream = emulator.codes.list().map((code) => ({
        ...code,
        isAlive: code.cancelledAtS === undefined && code.expiresAtS > nowS && code.used < code.maxFlowNum,
      }));
      return { records, journal: await readJournal(db), upstream };
    },

    async close(): Promise<void> {
      await emulator.close();
      await db.close();
    },
  };
}

export type ChaosWorld = Awaited<ReturnType<typeof openChaosWorld>>;

async function readJournal(db: Database): Promise<JournalEntry[]> {
  const { rows } = await db.query<JournalEntry>(
    `select code_id as "codeId", kind, state, generation, qr_code_id as "qrCodeId",
       possible_orphan as "possibleOrphan", due_at is not null as "isDue" from attempts order by planned_at`,
  );
  return rows;
}
