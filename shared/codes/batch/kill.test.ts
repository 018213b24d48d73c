/**
 * Processes that work batches off are killed, and frozen and thawed, at every step. Afterwards each row has had its
 * effect once, or says why not, and every QR code that may live without an owner is in the journal.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseSuite } from '../../store/testing/database-suite.ts';
import { someOf } from '../../testing/cases.ts';
import { breaches } from '../testing/invariants.ts';
import { type AtStep, dyingAt, mortal } from '../testing/mortal.ts';
import { createRequest, createWorld, type World } from '../testing/world.ts';
import { type BatchPorts, type BatchWorld, createBatchWorld } from './testing/batch-world.ts';

const test = databaseSuite();
let world: World;
let batch: BatchWorld;
let batchId: string;

async function begin(): Promise<void> {
  world = createWorld(test.db);
  await world.forgetEverything();
  batch = createBatchWorld(world);
}
beforeEach(begin);

/** Healthy timers until nothing is left to do: leases run out, pauses pass. */
async function comeToRest(): Promise<void> {
  for (let run = 0; run < 4; run += 1) {
    await world.leasesRunOut();
    world.passS(100);
    await world.tick();
    await batch.run();
  }
}

async function expectSound(): Promise<void> {
  const alive = world.fake.alive().map(({ qrCodeId }) => qrCodeId);
  expect(await breaches(world, alive)).toEqual([]);
  expect((await batch.batch(batchId)).counts.waiting).toBe(0);
}

const work = (ports: BatchPorts) => batch.run(ports, 1);

async function atEveryStep(
  prepare: () => Promise<void>,
  stop: (step: number) => AtStep,
  check: (step: number) => Promise<void>,
): Promise<number> {
  await begin();
  await prepare();
  const { ports, steps } = mortal(batch.ports, () => undefined);
  await work(ports);
  const count = steps();
  for (const step of someOf(Array.from({ length: count }, (_, index) => index + 1))) {
    await begin();
    await prepare();
    await work(mortal(batch.ports, stop(step)).ports).catch(() => undefined);
    await comeToRest();
    await check(step);
  }
  return count;
}

/** Frozen at a step, found dead by the others, and thawed when they have done its work. */
const frozenAt =
  (fatal: number): AtStep =>
  async ({ number, inTransaction }) => {
    // A transaction that is frozen is rolled back by the server: that is a kill.
    if (number === fatal && !inTransaction) await comeToRest();
  };

async function prepareCreates(): Promise<void> {
  batchId = await batch.creates([{}, {}]);
}

/** A row is done and there is one code for it, or its outcome is unknown and the register says so. */
async function expectCreatedOnce(): Promise<void> {
  await expectSound();
  const rows = await batch.rows(batchId);
  for (const { state, codeId } of rows) {
    expect(['done', 'unknown']).toContain(state);
    const { code, possibleOrphans } = await world.record(codeId);
    expect(code.state).toBe(state === 'done' ? 'Active' : 'OutcomeUnknown');
    if (state === 'unknown') expect(possibleOrphans).toBe(1);
  }
  const creates = world.fake.calls.filter(({ action }) => /Create/.test(action));
  expect(creates.length).toBeLessThanOrEqual(rows.length);
  expect((await world.records()).length).toBe(rows.length);
}

describe('a batch of creates', () => {
  it('that is killed at any step makes each row once', async () => {
    expect(await atEveryStep(prepareCreates, dyingAt, expectCreatedOnce)).toBeGreaterThan(20);
  });

  it('that is frozen at any step makes each row once', async () => {
    await atEveryStep(prepareCreates, frozenAt, expectCreatedOnce);
  });
});

describe.each(['Pause', 'RenewNow', 'Cancel'] as const)('a batch of %s', (operation) => {
  const codes: string[] = [];

  async function prepare(): Promise<void> {
    codes.length = 0;
    for (let index = 0; index < 2; index += 1) codes.push(await world.createId(createRequest()));
    batchId = await batch.changes(operation, { by: 'CodeIds', values: codes });
  }

  async function expectChangedOnce(): Promise<void> {
    await expectSound();
    for (const { state } of await batch.rows(batchId)) expect(state).toBe('done');
    for (const codeId of codes) {
      const { code } = await world.record(codeId);
      if (operation === 'RenewNow') expect(code.generationsMade).toBe(2);
      else expect(code.state).toBe(operation === 'Pause' ? 'Paused' : 'Cancelled');
    }
    if (operation === 'Pause') expect(await world.audits('code.modified')).toHaveLength(codes.length);
    if (operation === 'Cancel') expect(world.fake.alive()).toEqual([]);
  }

  it('that is killed or frozen at any step changes each code once', async () => {
    await atEveryStep(prepare, dyingAt, expectChangedOnce);
    await atEveryStep(prepare, frozenAt, expectChangedOnce);
  });
});
