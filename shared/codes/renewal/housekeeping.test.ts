/** What a run does beside the renewals, in which order and for how long; its statements have tests of their own. */
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import type { Code } from '../code.ts';
import { randomIds } from '../ids.ts';
import type { GenerationTransaction, Transactions, UpstreamCall } from '../ports.ts';
import type { Organization } from '../quota/organization.ts';
import { memoryTransaction } from '../testing/memory-transaction.ts';
import { sampleCode, sampleGeneration } from '../testing/sample-code.ts';
import { unaskedRegister } from '../testing/unasked.ts';
import { startMs, startS } from '../testing/world.ts';
import type { Claim } from './ports.ts';
import { type ErrorPlace, type RenewalsOptions, type RenewalsPorts, runRenewals } from './run-renewals.ts';

const claimOf = (codeId: string): Claim => ({
  lease: { codeId, token: '1' },
  code: sampleCode({ codeId, current: sampleGeneration({ state: 'expired' }) }),
  isClean: true,
});

interface Surrounded {
  /** What upstream answers. */
  refusal?: Error;
  transaction?: Transactions<GenerationTransaction>['transaction'];
}

/** What a failed renewal writes; nothing reads what it gives. */
const nothingWritten = async <T>() => undefined as T;

/** A register in which nothing is to be done but what the test says, and that tells what it was asked for. */
function housekeeping(
  register: Partial<Omit<RenewalsPorts['register'], 'transaction'>> = {},
  { refusal = new TypeError('no way to upstream'), transaction = nothingWritten }: Surrounded = {},
) {
  const clock = { ms: startMs };
  const asked: string[] = [];
  const errors: [ErrorPlace, unknown][] = [];
  /** By when the calls of upstream had to be over, as time left. Milliseconds. */
  const timesLeft: number[] = [];
  const nothing: RenewalsPorts['register'] = {
    ...unaskedRegister,
    interruptedCreates: async () => [],
    markExpired: async () => 0,
    releaseHeld: async () => 0,
    claimProbes: async () => [],
    holdBlocked: async () => 0,
    claimDue: async () => [],
    claimCancels: async () => [],
    emitExpiring: async () => 0,
    release: async () => {},
    noteCreate: async () => ({ taken: true, waitMs: 0 }),
    transaction,
    ...register,
  } as RenewalsPorts['register']; // of the domain's transactions no run here needs more than one
  const ports: RenewalsPorts = {
    register: new Proxy(nothing, {
      get(target, name) {
        if (!asked.includes(String(name))) asked.push(String(name));
        return Reflect.get(target, name);
      },
    }),
    upstream: {
      call(_action, _request, { deadlineMs }: UpstreamCall) {
        timesLeft.push(deadlineMs - clock.ms);
        return Promise.reject(refusal);
      },
    },
    surroundings: { nowMs: () => clock.ms, ids: randomIds(), random: () => 0.5 },
    seal: { seal: (text) => text, open: (sealed) => sealed },
    actor: 'test',
    callbackBaseUrl: 'https://example.com/callback-handler',
  };
  const run = (options: Partial<RenewalsOptions> = {}) =>
    runRenewals(ports, {
      deadlineMs: startMs + 60_000,
      concurrency: 1,
      onError: (error, place) => errors.push([place, error]),
      ...options,
    });
  return { run, clock, asked, errors, timesLeft };
}

/** Answers with one number after the other, then with nothing. */
function answers(...counts: number[]) {
  let calls = 0;
  return {
    work: async () => {
      calls += 1;
      return counts[calls - 1] ?? 0;
    },
    calls: () => calls,
  };
}

describe('a run', () => {
  it('clears away what others left before it renews, and tells of what ends after it', async () => {
    const { run, asked } = housekeeping();
    await run();
    const steps = asked.filter((name) => name !== 'claimCancels');
    expect(steps).toEqual([
      'interruptedCreates',
      'markExpired',
      'releaseHeld',
      'claimProbes',
      'holdBlocked',
      'claimDue',
      'emitExpiring',
    ]);
    expect(asked.indexOf('claimCancels')).toBeLessThan(asked.indexOf('emitExpiring'));
  });

  it('goes on with a step until a statement finds less than it may take', async () => {
    const expired = answers(3, 3, 2, 3);
    const released = answers(2);
    const held = answers(3, 0);
    const warned = answers(3, 3, 1);
    const { run } = housekeeping({
      markExpired: expired.work,
      releaseHeld: released.work,
      holdBlocked: held.work,
      emitExpiring: warned.work,
    });
    expect(await run({ batch: 3 })).toMatchObject({
      expired: 8,
      released: 2,
      held: 3,
      warned: 7,
      settled: 0,
    });
    expect([expired, released, held, warned].map(({ calls }) => calls())).toEqual([3, 1, 2, 3]);
  });

  it('stops a step when its time is over, however much there is to do', async () => {
    const { run, clock, asked } = housekeeping({
      markExpired: async () => {
        clock.ms += 20_000;
        return 500;
      },
    });
    expect(await run()).toMatchObject({ expired: 1500, ended: 'time' });
    expect(asked).toEqual(['interruptedCreates', 'markExpired']);
  });

  it('names the codes that it found expired and those that it told of', async () => {
    const code = (codeId: string): Code => sampleCode({ codeId });
    const events: string[] = [];
    const { run } = housekeeping({
      markExpired: async (_nowS, _limit, reasons, eventOf) => {
        expect(reasons).toEqual({
          successorDue: { code: 'ExpiredSuccessorDue' },
          noSuccessor: { code: 'Expired' },
        });
        events.push(eventOf(code('old-1')).type, eventOf(code('old-2')).type);
        return 2;
      },
      emitExpiring: async (_nowS, _limit, eventOf) => {
        events.push(eventOf(code('ending')).type);
        return 1;
      },
    });
    expect(await run()).toMatchObject({ codes: { expired: ['old-1', 'old-2'], warned: ['ending'] } });
    expect(events).toEqual(['code.expired', 'code.expired', 'code.expiring']);
  });

  it('goes on after each step that failed, and says which it was', async () => {
    const away = new Error('away');
    const fails = () => Promise.reject(away);
    const { run, errors } = housekeeping({
      interruptedCreates: fails,
      markExpired: fails,
      releaseHeld: fails,
      claimProbes: fails,
      holdBlocked: fails,
      claimCancels: fails,
      emitExpiring: fails,
    });
    expect(await run()).toMatchObject({
      ...{ settled: 0, expired: 0, released: 0, held: 0, warned: 0 },
      ...{ cancelled: 0, cancelsFailed: 0, ended: 'done' },
    });
    const steps = ['settle', 'expire', 'release', 'probe', 'hold', 'cancel', 'warn'];
    expect(errors).toEqual(steps.map((step) => [{ step }, away]));
  });

  it('says of which code a create was left behind that cannot be settled, and settles the others', async () => {
    const away = new Error('away');
    const { run, errors } = housekeeping(
      { interruptedCreates: async () => [{ attemptId: 'attempt', codeId: 'left' }] },
      { transaction: () => Promise.reject(away) },
    );
    await run();
    expect(errors).toEqual([[{ step: 'settle', codeId: 'left' }, away]]);
  });

  it('survives an error that nobody wants to hear of', async () => {
    const { run } = housekeeping({ releaseHeld: () => Promise.reject(new Error('away')) });
    const { onError: _, ...options } = { onError: undefined, deadlineMs: startMs + 60_000 };
    expect(await run(options)).toMatchObject({ released: 0, ended: 'done' });
  });

  it('puts the next question for quota off by a minute', async () => {
    const given: number[] = [];
    const { run } = housekeeping({
      claimProbes: async (nowS, nextProbeS) => {
        given.push(nowS, nextProbeS);
        return [];
      },
    });
    await run();
    expect(given).toEqual([startS, startS + 60]);
  });

  it.each([
    ['that was sent to find out makes the pause longer', 'claimProbes', [{ probeAtS: startS + 120 }]],
    ['that was on its way says nothing new', 'claimDue', []],
  ] as const)('learns of quota: a create %s', async (_, claims, saved) => {
    const code = sampleCode({ codeId: 'asking', current: sampleGeneration({ state: 'expired' }) });
    const organization: Organization = {
      ...{ appId: 'app', organization: 'org-a', quotaState: 'blocked', reason: { code: 'QuotaBlocked' } },
      ...{ sinceS: startS, probeAtS: startS + 60, probeFailures: 0, failedAtS: startS, provenAtS: null },
    };
    const { tx, written } = memoryTransaction({ code, organization });
    const line: Claim[] = [{ lease: { codeId: 'asking', token: '0' }, code, isClean: true }];
    const quota = 'OperationDenied.NoQuota';
    const refusal = new UpstreamError(quota, errorCodeFacts(quota), { detail: '', upstreamRequestId: 'id' });
    const { run } = housekeeping(
      { [claims]: async () => line.splice(0) },
      { refusal, transaction: (work) => work(tx) },
    );
    expect(await run()).toMatchObject({ held: 1, codes: { held: ['asking'] } });
    expect(written.organizations).toMatchObject(saved);
    expect(written.organizations).toHaveLength(saved.length);
  });

  it('gives back what it has claimed and not begun', async () => {
    const released: string[] = [];
    const { run, clock } = housekeeping({
      claimDue: async () => {
        clock.ms += 59_000;
        return [claimOf('one'), claimOf('two')];
      },
      release: async (leases) => void released.push(...leases.map(({ codeId }) => codeId)),
    });
    expect(await run()).toMatchObject({ ended: 'time' });
    expect(released.sort()).toEqual(['one', 'two']);
  });

  it('says which code threw, and goes on', async () => {
    const line = [claimOf('broken')];
    const away = new Error('away');
    const { run, errors } = housekeeping(
      { claimDue: async () => line.splice(0) },
      { transaction: () => Promise.reject(away) },
    );
    expect(await run()).toMatchObject({ broken: 1, codes: { broken: ['broken'] } });
    expect(errors).toEqual([[{ step: 'renew', codeId: 'broken' }, away]]);
  });

  it('fails where nothing can be claimed, after the cancels have come to their end', async () => {
    const away = new Error('away');
    const order: string[] = [];
    const { run } = housekeeping({
      claimDue: () => Promise.reject(away),
      claimCancels: async () => {
        await new Promise(setImmediate);
        order.push('cancels');
        return [];
      },
    });
    await expect(run().finally(() => order.push('over'))).rejects.toBe(away);
    expect(order.at(-1)).toBe('over');
    expect(order).toHaveLength(1 + 4);
  });
});

describe('the time of a run', () => {
  /** How long the call of a renewal may take in a run of so many milliseconds. */
  async function callMs(runMs: number) {
    const line = [claimOf('due')];
    const { run, timesLeft } = housekeeping({ claimDue: async () => line.splice(0) });
    const { ended } = await run({ deadlineMs: startMs + runMs });
    return { call: timesLeft[0], ended };
  }

  it('leaves twelve seconds for one call at the most', async () => {
    expect(await callMs(60_000)).toEqual({ call: 12_000, ended: 'done' });
    expect(await callMs(15_000)).toEqual({ call: 12_000, ended: 'done' });
  });

  it('leaves its last three seconds for writing down what was answered', async () => {
    expect(await callMs(14_999)).toEqual({ call: 11_999, ended: 'done' });
    expect(await callMs(4_500)).toEqual({ call: 1_500, ended: 'done' });
  });

  it('is over where less than a second and a half is left for a call', async () => {
    expect(await callMs(4_499)).toEqual({ call: undefined, ended: 'time' });
  });
});
