/**
 * The life of codes against the emulator, in any order of events, with crashes and connections that drop: what the
 * register calls alive is alive, and no state is a dead end without a reason.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator } from '../../local/essbasic/create-emulator.ts';
import type { FaultRule } from '../../local/essbasic/gateway/faults.ts';
import { credentials } from '../../local/essbasic/seeds/credentials.ts';
import { exampleAgent } from '../../local/essbasic/seeds/organisations.ts';
import { exampleTemplateId } from '../../local/essbasic/seeds/templates.ts';
import { codeStatus } from '../../local/essbasic/state/code-status.ts';
import type { CreateRequest } from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import { Failure, QianmaError } from '../errors.ts';
import { type TestDatabase, testDatabase } from '../store/testing/database.ts';
import { createUpstream } from '../upstream/create-upstream.ts';
import { cancelCode } from './cancel-code.ts';
import { countUse } from './count-use.ts';
import { createCode } from './create-code.ts';
import { described } from './describe-codes.ts';
import { type ModifyCommand, modifyCode } from './modify-code.ts';
import { runRenewals } from './run-renewals.ts';
import { breaches, unfinished } from './testing/invariants.ts';
import { dyingAt, Killed, mortal } from './testing/mortal.ts';
import { createWorld, dayS, type RunPorts, startMs } from './testing/world.ts';

const emulator = createEmulator({
  seed: 1,
  startMs,
  speed: 0,
  requestsPerSecond: Number.POSITIVE_INFINITY,
  signatureClock: 'virtual',
});
let test: TestDatabase;
let ports: RunPorts;
let world: ReturnType<typeof createWorld>;

beforeAll(async () => {
  test = await testDatabase();
  const { url } = await emulator.listen();
  const upstream = createUpstream({
    credentials: credentials[0],
    endpoint: url,
    limiter: { acquire: async () => undefined },
    now: () => emulator.clock.nowMs(),
    sleep: async () => undefined,
  });
  world = createWorld(test.db);
  ports = { ...world.ports, upstream };
});
afterAll(async () => {
  await emulator.close();
  await test.dispose();
});

/** What people did. Everything else follows from it, or from upstream. */
interface Wishes {
  /** The codes in the order of their creation, and what people want of each. */
  codes: { codeId: string; wish: 'run' | 'pause' | 'end' }[];
}

type Life = undefined;

const deadlineMs = () => world.clock.ms + 60_000;

function passS(seconds: number): void {
  world.passS(seconds);
  emulator.clock.set(world.clock.ms);
}

const aliveIds = () =>
  emulator.codes
    .list()
    .filter((code) => codeStatus(code, emulator.clock.nowS()) === 'alive')
    .map(({ QrCodeId }) => QrCodeId);

const tick = (using: RunPorts = ports) => runRenewals(using, { deadlineMs: deadlineMs(), concurrency: 2 });

/** What a caller may be told. A defect is told to nobody and fails the test. */
async function refusable<T>(work: Promise<T>): Promise<T | QianmaError> {
  return work.catch((error: unknown) => {
    if (error instanceof QianmaError && error.code !== 'InternalFailure') return error;
    throw error;
  });
}

async function expectTruth({ codes }: Wishes): Promise<void> {
  expect(await breaches(world, aliveIds())).toEqual([]);
  for (const { codeId, wish } of codes) {
    const { code } = await world.record(codeId);
    if (wish === 'end') expect(code.state).toBe('Cancelled');
    if (wish === 'pause') expect(code.state).toBe('Paused');
    if (wish === 'run') expect(['Paused', 'Cancelled']).not.toContain(code.state);
  }
}

/** A step of the story; after each, the register tells the truth. */
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
function ofCode(name: string, run: (code: Wishes['codes'][number]) => Promise<unknown>) {
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

let names = 0;

function createRequest(): CreateRequest {
  names += 1;
  return {
    Agent: exampleAgent,
    TemplateId: exampleTemplateId,
    FlowName: `code ${names}`,
    MaxFlowNum: 4,
    QrEffectiveDay: 5,
  };
}

async function create(wishes: Wishes, using: RunPorts): Promise<void> {
  const command = { request: createRequest(), actor: 'key:test' };
  const created = await refusable(createCode(using, command, deadlineMs()));
  const codeId = created instanceof QianmaError ? created.members['CodeId'] : created.code.codeId;
  if (codeId !== undefined) wishes.codes.push({ codeId: String(codeId), wish: 'run' });
}

async function modify(codeId: string, changes: Partial<ModifyCommand>) {
  const { version } = (await world.record(codeId)).code;
  const key = { by: 'CodeId', value: codeId } as const;
  return refusable(modifyCode(ports, { key, scope: null, version, actor: 'key:test', ...changes }));
}

async function scan({ codeId }: Wishes['codes'][number], people: number): Promise<void> {
  const { generations } = await world.record(codeId);
  for (const { qrCodeId } of generations) {
    const { Started } = emulator.scan(qrCodeId, { count: people });
    if (Started.length > 0) await countUse(ports, qrCodeId, Started.length);
  }
}

/** What is left behind by somebody killed in a create is found by nobody else in this story: look for it. */
async function crash(wishes: Wishes, work: (dying: RunPorts) => Promise<unknown>, step: number): Promise<void> {
  await work(mortal(ports, dyingAt(step)).ports).catch((error: unknown) => {
    // What the dying one makes of its own death is its own affair: nobody hears of it.
    if (!(error instanceof Killed) && !(error instanceof QianmaError)) throw error;
  });
  const { rows } = await test.db.query<{ codeId: string }>('select code_id as "codeId" from codes');
  const known = new Set(wishes.codes.map(({ codeId }) => codeId));
  await world.leasesRunOut();
  for (const { codeId } of rows) if (!known.has(codeId)) wishes.codes.push({ codeId, wish: 'run' });
}

const owner = { AppId: exampleAgent.AppId, ProxyOrganizationOpenId: exampleAgent.ProxyOrganizationOpenId };
const faults: FaultRule[] = [{ drop: 'before' }, { drop: 'after' }, { code: 'InternalError' }, { malformed: true }, {
  code: 'InternalError',
  afterEffect: true,
}, { code: 'ResourceNotFound.Template' }, { httpStatus: 502 }, { code: 'AuthFailure.SignatureFailure' }];

const commands = [
  fc.constant(command('create', (wishes) => create(wishes, ports))),
  fc.constantFrom(60, 3700, dayS, 3 * dayS, 40 * dayS).map((seconds) =>
    command(`pass(${seconds})`, async () => passS(seconds)),
  ),
  fc.constant(command('tick', () => tick())),
  fc.constant(command('tick', () => tick())),
  fc.integer({ min: 1, max: 90 }).map((step) =>
    command(`tick, killed at ${step}`, (wishes) => crash(wishes, tick, step)),
  ),
  fc.integer({ min: 1, max: 16 }).map((step) =>
    command(`create, killed at ${step}`, (wishes) =>
      crash(wishes, (dying) => createCode(dying, { request: createRequest(), actor: 'key:test' }, deadlineMs()), step),
    ),
  ),
  fc.constantFrom(...faults).map((fault) =>
    command(`fault ${JSON.stringify(fault)}`, async () => emulator.faults.add({ ...fault, count: 1 })),
  ),
  fc.constantFrom(0, 100_000).map((quota) =>
    command(`quota(${quota})`, async () => emulator.organisations.setQuota(owner, quota)),
  ),
  ofCode('scan', (code) => scan(code, 1)),
  ofCode('crowd', (code) => scan(code, 9)),
  ofCode('pause', async (code) => {
    const paused = await modify(code.codeId, { operation: 'Pause' });
    if (!(paused instanceof Failure)) code.wish = 'pause';
  }),
  ofCode('resume', async (code) => {
    const resumed = await modify(code.codeId, { operation: 'Resume' });
    if (!(resumed instanceof Failure)) code.wish = 'run';
  }),
  ofCode('renew', (code) => modify(code.codeId, { operation: 'RenewNow' })),
  ofCode('switch', async (code) => {
    const { Enabled } = (await world.record(code.codeId)).code.policy;
    return modify(code.codeId, { policy: { Enabled: !Enabled, Predecessor: Enabled ? 'cancel' : 'expire' } });
  }),
  ofCode('cancel', async (code) => {
    const key = { by: 'CodeId', value: code.codeId } as const;
    await refusable(cancelCode(ports, { key, scope: null, actor: 'key:test' }, deadlineMs()));
    if ((await world.record(code.codeId)).code.state === 'Cancelled') code.wish = 'end';
  }),
];

/** Quota is back, nothing fails any more, and time passes: what is due is done. */
async function comeToRest(): Promise<void> {
  emulator.faults.clear();
  emulator.organisations.setQuota(owner, 100_000);
  for (let run = 0; run < 5; run++) {
    await world.leasesRunOut();
    passS(6 * 3600);
    await tick();
  }
}

async function expectNoDeadEnds({ codes }: Wishes): Promise<void> {
  for (const entry of codes) {
    const record = await world.record(entry.codeId);
    const shown = described(record, { surroundings: ports.surroundings, publicBaseUrl: 'https://q.example' });
    expect(shown.Reason.En).not.toMatch(/^$|\?/);
    expect(shown.Reason.Zh).not.toMatch(/^$|\?/);
    if (shown.Usable && shown.State === 'Active') continue;
    if (shown.Renewal.NextOn === null) expect(shown.Renewal.Reason?.En).toBeTruthy();
    if (shown.State === 'Cancelled') continue;
    await bringBack(entry.codeId);
    entry.wish = 'run';
    expect((await world.record(entry.codeId)).code).toMatchObject({ state: 'Active', current: { state: 'live' } });
  }
}

/** What a person can do about a code that does not run. */
async function bringBack(codeId: string): Promise<void> {
  if ((await world.record(codeId)).code.state === 'Paused') await modify(codeId, { operation: 'Resume' });
  await modify(codeId, { operation: 'RenewNow' });
  await tick();
}

describe('the life of codes', () => {
  it('is told as it is, whatever happens in whatever order, and never ends without a way on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 30, size: '+1' }), async (story) => {
        emulator.reset({ seed: 1 });
        emulator.clock.setSpeed(0);
        await world.forgetEverything();
        passS(0);
        const wishes: Wishes = { codes: [] };
        await fc.asyncModelRun(() => ({ model: wishes, real: undefined }), story);
        await comeToRest();
        wishes.codes = wishes.codes.filter(() => true);
        await dropNeverMade(wishes);
        await expectTruth(wishes);
        expect(await unfinished(world)).toEqual([]);
        await expectNoDeadEnds(wishes);
        await expectTruth(wishes);
      }),
      { numRuns: Number(process.env['LIFE_RUNS'] ?? 15) },
    );
  });
});

/** A create that died before it was sent leaves no code when it is settled. */
async function dropNeverMade(wishes: Wishes): Promise<void> {
  const { rows } = await test.db.query<{ codeId: string }>('select code_id as "codeId" from codes');
  const ids = new Set(rows.map(({ codeId }) => codeId));
  wishes.codes = wishes.codes.filter(({ codeId }) => ids.has(codeId));
}
