/**
 * The life of codes against the emulator, in any order of events, with crashes and connections that drop: what the
 * register calls alive is alive, and no state is a dead end without a reason.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../../local/cloud-api/faults.ts';
import { QianmaError } from '../../errors.ts';
import { type TestDatabase, testDatabase } from '../../store/testing/database.ts';
import { casesOf } from '../../testing/cases.ts';
import { described } from '../reading/describe-codes.ts';
import { createEmulatedWorld, type EmulatedWorld } from '../testing/emulated-world.ts';
import { breaches, unfinished } from '../testing/invariants.ts';
import { dyingAt, Killed, mortal } from '../testing/mortal.ts';
import { peopleOf, type WishedCode, type Wishes } from '../testing/people.ts';
import { dayS, type RunPorts } from '../testing/world.ts';
import { createCode } from './create-code.ts';

let test: TestDatabase;
let world: EmulatedWorld;
let people: ReturnType<typeof peopleOf>;

beforeAll(async () => {
  test = await testDatabase();
  world = await createEmulatedWorld(test.db);
  people = peopleOf(world);
});
afterAll(async () => {
  await world.emulator.close();
  await test.dispose();
});

/** States that codes were in. */
const seen = new Set<string>();

type Life = undefined;

async function expectTruth(wishes: Wishes): Promise<void> {
  await dropNeverMade(wishes);
  expect(await breaches(world, world.aliveIds())).toEqual([]);
  for (const { codeId, wish } of wishes.codes) {
    const { code } = await world.record(codeId);
    seen.add(code.state);
    if (code.generationsMade > 1) seen.add('renewed');
    if (wish === 'end') expect(code.state).toBe('Cancelled');
    if (wish === 'pause') expect(code.state).toBe('Paused');
    if (wish === 'run') expect(['Paused', 'Cancelled']).not.toContain(code.state);
  }
}

/** A step of the story; after each, the register is right. */
function command(text: string, run: (wishes: Wishes) => Promise<unknown>, check = (_: Wishes) => true) {
  return {
    check,
    async run(wishes: Wishes, _: Life) {
      await run(wishes);
      await expectTruth(wishes);
    },
    toString: () => text,
  };
}

/** A step that one of the codes takes. */
function ofCode(name: string, run: (code: WishedCode) => Promise<unknown>) {
  return fc.nat(9).map((index) =>
    command(
      `${name}(${index})`,
      async ({ codes }) => {
        const code = codes[index % codes.length];
        if (code) await run(code);
      },
      ({ codes }) => codes.length > 0,
    ),
  );
}

/** No other process of this story finds what a create that was killed left behind: look for it. */
async function crash(
  wishes: Wishes,
  work: (dying: RunPorts) => Promise<unknown>,
  step: number,
): Promise<void> {
  await work(mortal(world.ports, dyingAt(step)).ports).catch((error: unknown) => {
    // The error of the dying process reaches no caller.
    if (!(error instanceof Killed) && !(error instanceof QianmaError)) throw error;
  });
  const { rows } = await test.db.query<{ codeId: string }>('select code_id as "codeId" from codes');
  const known = new Set(wishes.codes.map(({ codeId }) => codeId));
  await world.leasesRunOut();
  for (const { codeId } of rows) if (!known.has(codeId)) wishes.codes.push({ codeId, wish: 'run' });
}

const createOne = command('create', (wishes) => people.create(wishes, world.ports));

function createKilledAt(step: number) {
  return command(`create, killed at ${step}`, (wishes) =>
    crash(
      wishes,
      (dying) => createCode(dying, { request: world.nextRequest(), actor: 'key:test' }, world.deadlineMs()),
      step,
    ),
  );
}

/** The timer's run, so many seconds later, when upstream answers its next create in this way. */
function tickWith(fault: FaultRule, seconds: number) {
  return command(`tick after ${seconds} with ${JSON.stringify(fault)}`, async () => {
    world.passS(seconds);
    world.emulator.faults.add({ ...fault, action: 'ChannelCreateMultiFlowSignQRCode', count: 1 });
    await world.tick();
    world.emulator.faults.clear();
  });
}

const faults: FaultRule[] = [
  { drop: 'before' },
  { drop: 'after' },
  { code: 'InternalError' },
  { malformed: true },
  {
    code: 'InternalError',
    afterEffect: true,
  },
  { code: 'ResourceNotFound.Template' },
  { httpStatus: 502 },
  { code: 'AuthFailure.SignatureFailure' },
];

const passage = fc.constantFrom(60, 3700, dayS, 3 * dayS, 5 * dayS, 40 * dayS);
const dueAgain = fc.constantFrom(3700, 4 * dayS, 5 * dayS);

/** What happens most is given more than once. */
const commands = [
  fc.constant(createOne),
  passage.map((seconds) => command(`pass(${seconds})`, async () => world.passS(seconds))),
  fc.constant(command('tick', () => world.tick())),
  ...Array.from({ length: 3 }, () =>
    dueAgain.map((seconds) =>
      command(`tick after ${seconds}`, async () => {
        world.passS(seconds);
        await world.tick();
      }),
    ),
  ),
  fc.tuple(dueAgain, fc.constantFrom(...faults)).map(([seconds, fault]) => tickWith(fault, seconds)),
  fc.tuple(dueAgain, fc.integer({ min: 1, max: 90 })).map(([seconds, step]) =>
    command(`tick after ${seconds}, killed at ${step}`, (wishes) => {
      world.passS(seconds);
      return crash(wishes, world.tick, step);
    }),
  ),
  fc.integer({ min: 1, max: 16 }).map(createKilledAt),
  fc
    .constantFrom(...faults)
    .map((fault) =>
      command(`fault ${JSON.stringify(fault)}`, async () =>
        world.emulator.faults.add({ ...fault, count: 1 }),
      ),
    ),
  fc.constantFrom(0, 100_000).map((quota) => command(`quota(${quota})`, async () => world.setQuota(quota))),
  ofCode('scan', (code) => people.scan(code, 1)),
  ofCode('crowd', (code) => people.scan(code, 9)),
  ofCode('pause', (code) => people.pause(code)),
  ofCode('resume', (code) => people.resume(code)),
  ofCode('renew', (code) => people.modify(code.codeId, { operation: 'RenewNow' })),
  ofCode('switch', (code) => people.switchRenewal(code)),
  ofCode('cancel', (code) => people.cancel(code)),
];

/** Quota is back, nothing fails any more, and time passes: what is due is done. */
async function comeToRest(): Promise<void> {
  world.emulator.faults.clear();
  world.setQuota(100_000);
  for (let run = 0; run < 5; run++) {
    await world.leasesRunOut();
    world.passS(6 * 3600);
    await world.tick();
  }
}

async function expectNoDeadEnds({ codes }: Wishes): Promise<void> {
  for (const entry of codes) {
    const record = await world.record(entry.codeId);
    const shown = described(record, {
      surroundings: world.ports.surroundings,
      publicBaseUrl: 'https://q.example',
    });
    expect(shown.Reason.En).not.toMatch(/^$|\?/);
    expect(shown.Reason.Zh).not.toMatch(/^$|\?/);
    if (shown.Usable && shown.State === 'Active') continue;
    if (shown.Renewal.NextOn === null) expect(shown.Renewal.Reason?.En).toBeTruthy();
    if (shown.State === 'Cancelled') continue;
    await people.bringBack(entry.codeId);
    entry.wish = 'run';
    expect((await world.record(entry.codeId)).code).toMatchObject({
      state: 'Active',
      current: { state: 'live' },
    });
  }
}

type Step = ReturnType<typeof command>;

/** A step of the code that was made as the so-manieth. */
function ofNumber(number: number, name: string, run: (code: WishedCode) => Promise<unknown>): Step {
  return command(`${name}(${number})`, ({ codes }) =>
    run(codes[number - 1] ?? expect.fail('it is not there')),
  );
}

/** Leads to every state: the stories that are made up come to most of them, but not for any seed to all. */
const tour: readonly Step[] = [
  createOne,
  createOne,
  // Between the note that it is sent and its answer.
  createKilledAt(7),
  ofNumber(1, 'switch', (code) => people.switchRenewal(code)),
  ofNumber(1, 'crowd', (code) => people.scan(code, 9)),
  ofNumber(2, 'switch', (code) => people.switchRenewal(code)),
  tickWith({ code: 'ResourceNotFound.Template' }, 4 * dayS),
  command('tick after 5 days', () => {
    world.passS(5 * dayS);
    return world.tick();
  }),
  command('create, its answer lost', async (wishes) => {
    world.emulator.faults.add({ drop: 'after', count: 1 });
    await people.create(wishes, world.ports);
  }),
  ofNumber(1, 'pause', (code) => people.pause(code)),
  ofNumber(2, 'cancel', (code) => people.cancel(code)),
];
const statesOfTour = [
  'Active',
  'Cancelled',
  'Creating',
  'Exhausted',
  'Expired',
  'Failed',
  'OutcomeUnknown',
  'Paused',
  'renewed',
];

/** A story of two codes and of those that are made in it, to its end and on from there. */
async function tell(story: Iterable<fc.AsyncCommand<Wishes, Life>>): Promise<void> {
  await world.beginAnew();
  const wishes: Wishes = { codes: [] };
  await people.create(wishes, world.ports);
  await people.create(wishes, world.ports);
  await fc.asyncModelRun(() => ({ model: wishes, real: undefined }), story);
  await comeToRest();
  await expectTruth(wishes);
  expect(await unfinished(world)).toEqual([]);
  await expectNoDeadEnds(wishes);
  await expectTruth(wishes);
}

describe('the life of codes', () => {
  it('is told as it is in every state', async () => {
    seen.clear();
    await tell(tour);
    expect([...seen].sort()).toEqual(statesOfTour);
  });

  it('is told as it is, whatever happens in whatever order, and never ends without a way on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: '+1' }), tell),
      casesOf(50),
    );
  });
});

/** A create that died before it was sent leaves no code when it is settled. */
async function dropNeverMade(wishes: Wishes): Promise<void> {
  const { rows } = await test.db.query<{ codeId: string }>('select code_id as "codeId" from codes');
  const ids = new Set(rows.map(({ codeId }) => codeId));
  wishes.codes = wishes.codes.filter(({ codeId }) => ids.has(codeId));
}
