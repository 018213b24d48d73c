/**
 * The database is away for half a minute: nobody listens, connections end, or another server takes over whose clock is
 * behind. Whatever was answered is written down, whatever was acknowledged is there, and the next call waits for nothing.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCode } from '../shared/codes/life/create-code.ts';
import { runRenewals } from '../shared/codes/renewal/run-renewals.ts';
import {
  type World as Codes,
  createWorld as createCodes,
  createRequest,
} from '../shared/codes/testing/world.ts';
import type { Claim } from '../shared/delivery/delivery.ts';
import { createWorld as createDeliveries } from '../shared/delivery/testing/world.ts';
import { codeOf } from '../shared/notifications/testing/seen.ts';
import { migrate } from '../shared/store/migrations/migrate.ts';
import type { Database } from '../shared/store/postgres/database.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { type FaultyProxy, startFaultyProxy } from '../shared/store/testing/faulty-proxy.ts';
import { startWire, type Wire } from '../shared/store/testing/wire.ts';
import { awayMs, type Outage, outageOf, troubles } from './testing/outage.ts';

/** What an event may take that has more time than the database is away, and one that has less. */
const patientMs = 60_000;
const hurriedMs = 9_000;

let wire: Wire;
let direct: Database;
let proxy: FaultyProxy;

beforeAll(async () => {
  wire = await startWire();
  direct = openPgDatabase(wire.url);
  await migrate(direct);
});
afterAll(async () => {
  await direct.close();
  await wire.dispose();
});
beforeEach(async () => {
  proxy = await startFaultyProxy(wire.url);
});
afterEach(() => proxy.close());

const away = { code: 'DatabaseUnavailable' };

describe.each(troubles)('a database that %s for half a minute', (trouble) => {
  let outage: Outage;
  afterEach(() => outage.close());

  describe('during creates and renewals', () => {
    /** `codes` goes by way of the proxy; `truth` does not. */
    let codes: Codes;
    let truth: Codes;
    beforeEach(async () => {
      truth = createCodes(direct);
      await truth.forgetEverything();
      outage = outageOf(trouble, truth.clock, { proxy, direct });
      codes = createCodes(outage.db, truth.clock);
    });

    /** Pauses are part of the time in which the database comes back. */
    const portsOf = ({ ports }: Codes) => ({
      ...ports,
      surroundings: { ...ports.surroundings, sleep: outage.pass },
    });

    const create = (ms: number) =>
      outage.within(ms, (deadlineMs) => {
        const command = { request: createRequest(), actor: 'key:test' };
        return createCode(portsOf(codes), command, deadlineMs);
      });

    /** Right after upstream has carried the call out. */
    function leaveAfterTheCall(): void {
      codes.fake.hooks.beforeAnswer = () => {
        delete codes.fake.hooks.beforeAnswer;
        return outage.goAway();
      };
    }

    it('what upstream has answered is written down when it is back, and the next create waits for nothing', async () => {
      const beganMs = codes.clock.ms;
      leaveAfterTheCall();
      const { code } = await create(patientMs);
      expect(codes.clock.ms - beganMs).toBeGreaterThanOrEqual(awayMs);
      const [made] = codes.fake.alive();
      const found = await truth.record(code.codeId);
      expect(found.code).toMatchObject({ state: 'Active', current: { qrCodeId: made?.qrCodeId } });
      expect(await truth.journal()).toMatchObject([
        { state: 'succeeded', possibleOrphan: false, open: false },
      ]);

      const laterMs = codes.clock.ms;
      await create(hurriedMs);
      expect(codes.clock.ms).toBe(laterMs);
      expect(codes.fake.alive()).toHaveLength(2);
    });

    it('what cannot be written down before the deadline is told with its id, and no lease keeps the timer from it', async () => {
      leaveAfterTheCall();
      const beganMs = codes.clock.ms;
      const told = create(hurriedMs);
      await expect(told).rejects.toMatchObject({ code: 'UnknownOutcome', cause: away });
      const [made] = codes.fake.alive();
      await expect(told).rejects.toMatchObject({ members: { QrCodeId: made?.qrCodeId } });
      expect(codes.clock.ms - beganMs).toBeLessThanOrEqual(hurriedMs);
      await outage.comeBackAtLast();
      // By the clock of a server that takes over, the lease may end in an hour; else it is over in seconds.
      if (!trouble.startsWith('is replaced')) await truth.leasesRunOut();
      expect(await truth.tick()).toMatchObject({ settled: 1 });
      expect(await truth.journal()).toMatchObject([{ state: 'unknown', possibleOrphan: true }]);
    });

    it('a create that has not begun waits for it, or makes nothing', async () => {
      await outage.goAway();
      await expect(create(hurriedMs)).rejects.toMatchObject(away);
      expect([codes.fake.calls, await truth.journal()]).toEqual([[], []]);
      const { code } = await create(patientMs);
      expect((await truth.record(code.codeId)).code.state).toBe('Active');
      expect(codes.fake.calls).toHaveLength(1);
    });

    it('a renewal is written down, too, and its successor serves', async () => {
      const { code } = await create(patientMs);
      codes.passS(6 * 86_400);
      leaveAfterTheCall();
      await outage.within(patientMs, (deadlineMs) =>
        runRenewals(portsOf(codes), { deadlineMs, concurrency: 1 }),
      );
      expect((await truth.record(code.codeId)).code).toMatchObject({
        state: 'Active',
        current: { number: 2, state: 'live' },
      });
      expect(await truth.journal()).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded' }]);
    });
  });

  describe('during notifications', () => {
    let codes: Codes;
    let truth: Codes;
    beforeEach(async () => {
      truth = createCodes(direct);
      await truth.forgetEverything();
      outage = outageOf(trouble, truth.clock, { proxy, direct });
      codes = createCodes(outage.db, truth.clock);
    });

    it('what is acknowledged is there and counted once, what is not comes again', async () => {
      const { codeId, qrCodeId } = await codeOf(truth);
      const cost = (msgId: string) =>
        outage.within(900, () =>
          codes.receiver.notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId }, { msgId }),
        );
      /** As Tencent does: posted again until it is answered 200. @returns how often */
      const until200 = async (msgId: string) => {
        for (let posts = 1; ; posts += 1) {
          const answer = await cost(msgId).catch((error) => void expect(error).toMatchObject(away));
          if (answer !== undefined) return posts;
          await outage.pass(15_000);
        }
      };
      expect(await until200('before')).toBe(1);

      // Stored, and the answer of the database is lost: nobody can say so to the sender.
      proxy.lose('answers');
      const unheard = cost('unheard').then(
        () => expect.fail('It was acknowledged'),
        (error) => error,
      );
      const stored = async () =>
        (await direct.query("select from messages where msg_id = 'unheard'")).rowCount > 0;
      while (!(await stored())) await new Promise((resolve) => setImmediate(resolve));
      await outage.goAway();
      expect(await unheard).toMatchObject(away);

      expect(await until200('amid')).toBeGreaterThan(1);
      expect(await until200('unheard')).toBe(1);
      expect(await until200('after')).toBe(1);
      expect((await truth.record(codeId)).code.current).toMatchObject({ used: 4, costMessages: 4 });
    });

    it('one that waits for its code is taken up at once when it is back', async () => {
      const { route } = await codeOf(truth);
      const early = { route: { ...route, generation: 2 } };
      await codes.receiver.notify('MultiFlowSignQrCodeCost', {}, early);
      truth.passS(120);
      // Claimed by a run that the outage ends.
      await direct.query("update messages set lease_until = clock_timestamp() + interval '30 seconds'");
      await outage.goAway();
      await outage.comeBackAtLast();
      if (!trouble.startsWith('is replaced')) {
        await direct.query('update messages set lease_until = clock_timestamp()');
      }
      expect(await truth.receiver.retry()).toEqual({ applied: 0, failed: 1 });
    });
  });

  describe('during deliveries', () => {
    async function prepared() {
      const truth = createDeliveries(direct);
      await truth.forgetEverything();
      outage = outageOf(trouble, truth.clock, { proxy, direct });
      await truth.subscribe('http://127.0.0.1:1/never-reached');
      const eventId = await truth.emit();
      const sent: string[] = [];
      /** The receiver has it, and says so; then the database is gone. */
      const send = (leaves: boolean) => async (claim: Claim) => {
        sent.push(claim.event.eventId);
        if (leaves) await outage.goAway();
        const outcome = { kind: 'delivered', status: 200 } as const;
        return { number: claim.attempt, startedAtMs: truth.clock.ms, durationMs: 1, outcome };
      };
      const run = (ms: number, leaves: boolean) =>
        outage.within(ms, (deadlineMs) => truth.run({ db: outage.db, send: send(leaves), deadlineMs }));
      const states = async () => (await truth.list()).map(({ state }) => state);
      return { truth, eventId, sent, run, states };
    }

    it('what a receiver has acknowledged is written down when it is back, and sent once', async () => {
      const { truth, eventId, sent, run, states } = await prepared();
      const beganMs = truth.clock.ms;
      expect(await run(patientMs, true)).toMatchObject({ delivered: 1 });
      expect(truth.clock.ms - beganMs).toBeGreaterThanOrEqual(awayMs);
      expect(await states()).toEqual(['delivered']);
      await run(patientMs, false);
      expect(sent).toEqual([eventId]);
    });

    it('what could not be written down is sent again under its id, and no lease keeps it waiting', async () => {
      const { truth, eventId, sent, run, states } = await prepared();
      // The run has time for a try, and none to wait for the database.
      const ms = 20_000;
      await expect(run(ms, true)).rejects.toMatchObject(away);
      await outage.comeBackAtLast();
      expect(await states()).toEqual(['pending']);
      if (!trouble.startsWith('is replaced')) await truth.leasesRunOut();
      expect(await run(patientMs, false)).toMatchObject({ delivered: 1 });
      expect(sent).toEqual([eventId, eventId]);
      expect(await states()).toEqual(['delivered']);
    });
  });
});
