/**
 * Processes are killed, and frozen and thawed, at every step of the journal, with connections that drop before and
 * after the effect and with timers that overlap. Afterwards every due code has exactly one current generation, and
 * every QR code that may live without an owner is in the journal.
 */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { linkReads } from '../../store/register/link-reads.ts';
import { databaseSuite } from '../../store/testing/database-suite.ts';
import { createRegister } from '../../store/testing/register.ts';
import { casesOf, someOf } from '../../testing/cases.ts';
import { type RenewAtOncePorts, renewAtOnce } from '../renewal/renew-at-once.ts';
import { renewCode } from '../renewal/renew-code.ts';
import { runRenewals } from '../renewal/run-renewals.ts';
import type { Fault } from '../testing/fake-upstream.ts';
import { breaches, unfinished } from '../testing/invariants.ts';
import { type AtStep, dyingAt, mortal } from '../testing/mortal.ts';
import { createRequest, createWorld, dayS, type RunPorts, type World } from '../testing/world.ts';
import { cancelCode } from './cancel-code.ts';
import { createCode } from './create-code.ts';
import { modifyCode } from './modify-code.ts';

const test = databaseSuite();
let world: World;
beforeEach(async () => {
  world = createWorld(test.db);
  await world.forgetEverything();
});

const tick = (ports: RunPorts, concurrency = 1) =>
  runRenewals(ports, { deadlineMs: world.clock.ms + 60_000, concurrency });

async function createNamed(name: string, policy = {}): Promise<string> {
  const { code } = await world.create(createRequest({ FlowName: name, QrEffectiveDay: 30 }), { policy });
  return code.codeId;
}

/** Healthy timers until nothing is left to do: leases run out, pauses pass. */
async function comeToRest(): Promise<void> {
  for (let run = 0; run < 4; run++) {
    await world.leasesRunOut();
    world.passS(3700);
    await world.tick();
  }
}

async function expectSound(): Promise<void> {
  const alive = world.fake.alive().map(({ qrCodeId }) => qrCodeId);
  expect(await breaches(world, alive)).toEqual([]);
}

async function expectAtRest(): Promise<void> {
  await expectSound();
  expect(await unfinished(world)).toEqual([]);
}

/** How many steps `work` has when it is not stopped. */
async function countSteps(prepare: () => Promise<void>, work: (ports: RunPorts) => Promise<unknown>) {
  await prepare();
  const { ports, steps } = mortal(world.ports, () => undefined);
  await work(ports);
  return steps();
}

/** Runs `work` on a fresh world once for each of its steps, or some of them, stopped there in the way that `stop` says. */
async function atEveryStep(
  prepare: () => Promise<void>,
  work: (ports: RunPorts) => Promise<unknown>,
  stop: (step: number, work: (atStep: AtStep) => Promise<unknown>) => Promise<void>,
  check: (step: number) => Promise<void>,
): Promise<number> {
  const steps = await countSteps(prepare, work);
  for (const step of someOf(Array.from({ length: steps }, (_, index) => index + 1))) {
    world = createWorld(test.db);
    await world.forgetEverything();
    await prepare();
    await stop(step, (atStep) => work(mortal(world.ports, atStep).ports));
    await check(step);
  }
  return steps;
}

const kill = async (step: number, work: (atStep: AtStep) => Promise<unknown>) => {
  await work(dyingAt(step)).catch(() => undefined);
};

/** Frozen at a step, found dead by the others, and thawed when they have done its work. */
const freeze = async (step: number, work: (atStep: AtStep) => Promise<unknown>) => {
  await work(async ({ number, inTransaction }) => {
    // A transaction that is frozen is rolled back by the server: that is a kill.
    if (number !== step || inTransaction) return;
    await comeToRest();
  }).catch(() => undefined);
};

const codes: string[] = [];

async function prepareRenewals(): Promise<void> {
  codes.length = 0;
  codes.push(await createNamed('kept'));
  codes.push(await createNamed('replaced', { Predecessor: 'cancel' }));
  world.passS(29 * dayS);
}

async function expectRenewedOnce(): Promise<void> {
  await expectSound();
  await comeToRest();
  await expectAtRest();
  for (const codeId of codes) {
    const { code, generations } = await world.record(codeId);
    expect(code.state).toBe('Active');
    expect(generations.map(({ number }) => number)).toEqual([2, 1]);
    expect(generations[0]?.state).toBe('live');
  }
}

describe('a renewal', () => {
  it('that is killed at any step is done once, by whoever comes next', async () => {
    const steps = await atEveryStep(prepareRenewals, tick, kill, expectRenewedOnce);
    expect(steps).toBeGreaterThan(40);
  });

  it('that is frozen at any step and wakes up late does no harm', async () => {
    await atEveryStep(prepareRenewals, tick, freeze, expectRenewedOnce);
  });

  it.each<Fault>(['unreachable', 'lost-request', 'lost-answer', { refuse: 'InternalError' }])(
    'is done once when the call is %j and the process is killed at any step of what follows',
    async (fault) => {
      const prepare = async () => {
        await prepareRenewals();
        world.fake.faults.push(fault);
      };
      const withoutFaults = async () => {
        world.fake.faults.length = 0;
        await expectRenewedOnce();
      };
      await atEveryStep(prepare, tick, kill, withoutFaults);
    },
  );
});

describe('a renewal by the notification that makes its code due', () => {
  /** The message is stored before, and its sender has its answer whatever becomes of this. */
  const renewUsedUp = async ({ register, ...ports }: RunPorts) => {
    const due = { register: { ...register, ...linkReads(test.db) }, surroundings: ports.surroundings };
    const renew: RenewAtOncePorts['renew'] = async (claim, deadlines) => {
      await renewCode({ ...ports, register }, claim, deadlines);
    };
    const deadlines = { callMs: world.clock.ms + 4_000, endMs: world.clock.ms + 8_000 };
    await renewAtOnce({ ...due, renew }, codes[0] ?? '', deadlines);
  };

  async function prepareUsedUp(): Promise<void> {
    codes.length = 0;
    codes.push(await createNamed('used up', { Predecessor: 'cancel' }));
    const { code } = await world.record(codes[0] ?? '');
    await world.receiver.charge(code.current?.qrCodeId ?? '', 10);
  }

  it.each<[string, typeof kill]>([
    ['killed', kill],
    ['frozen', freeze],
  ])('that is %s at any step is done once, by whoever comes next', async (_, stop) => {
    const steps = await atEveryStep(prepareUsedUp, renewUsedUp, stop, expectRenewedOnce);
    expect(steps).toBeGreaterThan(8);
  });
});

describe('a create', () => {
  const create = (ports: RunPorts) =>
    createCode(
      ports,
      { request: createRequest({ FlowName: 'new', QrEffectiveDay: 30 }), actor: 'key:test' },
      world.clock.ms + 9000,
    );
  const prepareNothing = async () => undefined;

  /** There is no code, or one that works, or one that says what is not known. */
  async function expectTold(): Promise<void> {
    await expectSound();
    await comeToRest();
    await expectAtRest();
    const { rows } = await world.db.query<{ codeId: string }>('select code_id as "codeId" from codes');
    const [only, ...others] = rows;
    expect(others).toEqual([]);
    const alive = world.fake.alive().length;
    if (only === undefined) return void expect(alive).toBe(0);
    const record = await world.record(only.codeId);
    if (record.code.state === 'Active') return void expect(alive).toBe(1);
    expect(record.code.state).toBe('OutcomeUnknown');
    expect(alive).toBeLessThanOrEqual(record.possibleOrphans);
    await renewNow(only.codeId);
    expect((await world.record(only.codeId)).code).toMatchObject({ state: 'Active', generationsMade: 1 });
    await expectAtRest();
  }

  it.each<[string, typeof kill]>([
    ['killed', kill],
    ['frozen', freeze],
  ])('that is %s at any step leaves the truth behind', async (_, stop) => {
    const steps = await atEveryStep(prepareNothing, create, stop, expectTold);
    expect(steps).toBeGreaterThan(11);
  });

  async function renewNow(codeId: string): Promise<void> {
    const { version } = (await world.record(codeId)).code;
    const key = { by: 'CodeId', value: codeId } as const;
    await modifyCode(world.ports, { key, scope: null, version, operation: 'RenewNow', actor: 'key:test' });
    await world.tick();
  }
});

describe('a cancel', () => {
  const cancel = (ports: RunPorts) => {
    const key = { by: 'CodeId', value: codes[0] ?? '' } as const;
    return cancelCode(ports, { key, scope: null, actor: 'key:test' }, world.clock.ms + 9000);
  };

  async function prepareTwoGenerations(): Promise<void> {
    codes.length = 0;
    codes.push(await createNamed('ended'));
    world.passS(29 * dayS);
    await world.tick();
  }

  /** It never began, or it comes to its end. */
  async function expectAllOrNothing(): Promise<void> {
    await expectSound();
    const { state } = (await world.record(codes[0] ?? '')).code;
    const alive = world.fake.alive().length;
    await world.leasesRunOut();
    await world.tick();
    if (state === 'Cancelled') {
      expect(world.fake.alive()).toEqual([]);
      expect(await unfinished(world)).toEqual([]);
    } else expect(world.fake.alive()).toHaveLength(alive);
    await expectSound();
  }

  it.each<[string, typeof kill]>([
    ['killed', kill],
    ['frozen', freeze],
  ])('that is %s at any step is finished by the timer', async (_, stop) => {
    await atEveryStep(prepareTwoGenerations, cancel, stop, expectAllOrNothing);
  });
});

describe('timers that overlap', () => {
  const fault = fc.constantFrom<Fault>(
    'answer',
    'answer',
    'answer',
    'unreachable',
    'lost-request',
    'lost-answer',
    {
      refuse: 'InternalError',
    },
  );
  const schedule = fc.record({
    faults: fc.array(fault, { maxLength: 20 }),
    /** The step at which each of eight timers dies; beyond its last: it lives. */
    deaths: fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 8, maxLength: 8 }),
  });

  it('and are killed at random, with connections that drop, renew each code once', async () => {
    const connections = await Promise.all(Array.from({ length: 8 }, () => test.connect()));
    await fc.assert(
      fc.asyncProperty(schedule, async ({ faults, deaths }) => {
        world = createWorld(test.db);
        await world.forgetEverything();
        codes.length = 0;
        for (let i = 0; i < 4; i++) codes.push(await createNamed(`code ${i}`));
        world.passS(29 * dayS);
        world.fake.faults.push(...faults);
        const timers = connections.map((db, index) => {
          const ports = { ...world.ports, register: createRegister(db) };
          return tick(mortal(ports, dyingAt(deaths[index] ?? 0)).ports, 2);
        });
        await Promise.allSettled(timers);
        world.fake.faults.length = 0;
        await expectRenewedOnce();
      }),
      casesOf(25),
    );
  });
});
