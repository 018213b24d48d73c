/** A code that is no longer as it was when its renewal was claimed: another look decides, under the lock of its row. */
import { describe, expect, it } from 'vitest';
import { cancelCode } from '../life/cancel-code.ts';
import { type ModifyCommand, modifyCode } from '../life/modify-code.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { dayS } from '../testing/world.ts';
import type { Claim } from './ports.ts';
import { renewCode } from './renew-code.ts';

const { test, world } = codeSuite();

const nowS = () => world.clock.ms / 1000;
const keyOf = (codeId: string) => ({ by: 'CodeId', value: codeId }) as const;

/** Of a code that is due. */
async function claimDue(): Promise<Claim> {
  const [claim] = await world.register.claimDue(nowS(), 1, 30_000);
  if (claim === undefined) throw new Error('nothing is due');
  return claim;
}

/** A code of seven days and ten contracts on its last day, claimed. */
async function claimed(): Promise<Claim> {
  await world.createId();
  world.passS(6 * dayS);
  return claimDue();
}

/** Renews, and lets something happen after each plan, just before it is written down. */
function renew(claim: Claim, happens: (plans: number) => Promise<unknown> = async () => {}) {
  let plans = 0;
  const noteCreate: typeof world.register.noteCreate = async (...args) => {
    plans += 1;
    await happens(plans);
    return world.register.noteCreate(...args);
  };
  const ports = { ...world.ports, register: { ...world.register, noteCreate } };
  return renewCode(ports, claim, { callMs: world.clock.ms + 9_000, endMs: world.clock.ms + 12_000 });
}

async function modify({ lease: { codeId } }: Claim, change: Pick<ModifyCommand, 'policy' | 'operation'>) {
  const { version } = (await world.record(codeId)).code;
  const command = { key: keyOf(codeId), scope: null, version, actor: 'key:test' };
  await modifyCode(world.ports, { ...command, ...change });
}

const found = async ({ lease: { codeId } }: Claim) => {
  const { code, generations } = await world.record(codeId);
  const { rows } = await test.db.query<{ leased: boolean }>(
    'select lease_until > clock_timestamp() is true as leased from codes where code_id = $1',
    [codeId],
  );
  return { ...code, made: generations.length, leased: rows[0]?.leased };
};

/** Of codes: the first create and the renewals that were sent. */
const creates = () => world.fake.calls.length;

describe('a code that is changed while its renewal is planned', () => {
  it('gets the successor that it is to have now', async () => {
    const claim = await claimed();
    const result = await renew(claim, async (plans) => {
      if (plans < 3) await modify(claim, { policy: { MaxFlowNum: 30 + plans } });
    });
    expect(result).toEqual({ kind: 'renewed' });
    expect(await found(claim)).toMatchObject({
      made: 2,
      leased: false,
      current: { number: 2, maxFlowNum: 32 },
    });
    expect(creates()).toBe(2);
  });

  it('gets none, and is free again, when a person has paused it', async () => {
    const claim = await claimed();
    expect(await renew(claim, () => modify(claim, { operation: 'Pause' }))).toEqual({ kind: 'idle' });
    const reason = { code: 'Paused' };
    expect(await found(claim)).toMatchObject({
      state: 'Paused',
      reason,
      dueAtS: null,
      leased: false,
      made: 1,
    });
    expect(creates()).toBe(1);
  });

  it('waits until it is due by its new policy', async () => {
    const claim = await claimed();
    expect(await renew(claim, () => modify(claim, { policy: { LeadTimeS: 3600 } }))).toEqual({
      kind: 'idle',
    });
    expect(await found(claim)).toMatchObject({
      state: 'Active',
      dueAtS: nowS() + dayS - 3600,
      leased: false,
      made: 1,
    });
    expect(creates()).toBe(1);
  });

  it('is left to whoever cancelled it', async () => {
    const claim = await claimed();
    const cancel = { key: keyOf(claim.lease.codeId), scope: null, actor: 'key:test' };
    const result = await renew(claim, (plans) =>
      plans === 1 ? cancelCode(world.ports, cancel, world.clock.ms + 9_000) : Promise.resolve(),
    );
    expect(result).toEqual({ kind: 'lost' });
    expect(await found(claim)).toMatchObject({ state: 'Cancelled', made: 1 });
    expect(world.fake.alive()).toEqual([]);
  });

  it('is left to the next run when it changes as often as it is planned, three times', async () => {
    const claim = await claimed();
    let changes = 0;
    const result = await renew(claim, async (plans) => {
      changes = plans;
      await modify(claim, { policy: { MaxFlowNum: 10 + plans } });
    });
    expect(result).toEqual({ kind: 'lost' });
    expect(changes).toBe(3);
    expect(creates()).toBe(1);
    await world.leasesRunOut();
    expect(await world.tick()).toMatchObject({ renewed: 1 });
    expect(await found(claim)).toMatchObject({ current: { maxFlowNum: 13 } });
  });
});

describe('a claim that is looked at once more', () => {
  const unclean = (claim: Claim) => ({ ...claim, isClean: false });

  it('is worth nothing when another has the lease', async () => {
    const late = await claimed();
    await world.leasesRunOut();
    const claim = await claimDue();
    expect(await renew(unclean(late))).toEqual({ kind: 'lost' });
    expect(creates()).toBe(1);
    expect(await found(claim)).toMatchObject({ leased: true, made: 1 });
    expect(await renew(claim)).toEqual({ kind: 'renewed' });
  });

  it('leaves alone what the other who has the lease has sent', async () => {
    const late = await claimed();
    await world.leasesRunOut();
    const claim = await claimDue();
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let renewing: ReturnType<typeof renew> | undefined;
    await new Promise<void>((sent) => {
      world.fake.hooks.beforeAnswer = () => {
        sent();
        return answered;
      };
      renewing = renew(claim);
    });
    expect(await renew(unclean(late))).toEqual({ kind: 'lost' });
    expect((await world.journal()).at(-1)).toMatchObject({ state: 'sent', possibleOrphan: false });
    answer();
    expect(await renewing).toEqual({ kind: 'renewed' });
  });

  it('is worth nothing when its lease is over, although nobody else has it', async () => {
    const late = await claimed();
    await world.leasesRunOut();
    expect(await renew(unclean(late))).toEqual({ kind: 'lost' });
    expect(creates()).toBe(1);
  });

  it('is worth nothing when the code is gone', async () => {
    const claim = await claimed();
    await test.db.query('delete from generations; delete from attempts; delete from codes');
    expect(await renew(unclean(claim))).toEqual({ kind: 'lost' });
    expect(creates()).toBe(1);
  });

  it('finds what an earlier run has sent and left: it may live upstream, and the successor is made all the same', async () => {
    const first = await claimed();
    // Sent, and the process is gone.
    const upstream: typeof world.fake.upstream = {
      call: (action, request, options) =>
        world.fake.upstream.call(action, request, options).then(() => new Promise(() => {})),
    };
    const deadlines = { callMs: world.clock.ms + 9_000, endMs: world.clock.ms + 12_000 };
    await new Promise<void>((resolve) => {
      world.fake.hooks.beforeAnswer = async () => resolve();
      void renewCode({ ...world.ports, upstream }, first, deadlines);
    });
    delete world.fake.hooks.beforeAnswer;
    await world.leasesRunOut();

    const claim = await claimDue();
    expect(claim.isClean).toBe(false);
    expect(await renew(claim)).toEqual({ kind: 'renewed' });
    const journal = await world.journal();
    expect(journal.map(({ state, errorCode, possibleOrphan }) => [state, errorCode, possibleOrphan])).toEqual(
      [
        ['succeeded', null, false],
        ['unknown', 'Interrupted', true],
        ['succeeded', null, false],
      ],
    );
    expect(await found(claim)).toMatchObject({ made: 2, generationsMade: 2 });
  });
});
