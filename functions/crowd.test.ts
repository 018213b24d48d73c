/**
 * A crowd of people, days of virtual time, and everything that can go wrong on the way: in the end the register says
 * what the emulator knows, and every subscriber that has to get an event has got it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedShapeNames } from '../local/essbasic/callbacks/message-shape.ts';
import { type TestDatabase, testDatabase } from '../shared/store/testing/database.ts';
import { allCases, seed, shareOf } from '../shared/testing/cases.ts';
import type { CrowdWorld } from './testing/crowd/crowd-world.ts';
import {
  blocksSeen,
  type CodeOutcome,
  deliveriesTo,
  type EventRow,
  eventsTold,
  registered,
  seen,
  strays,
  troubles,
} from './testing/crowd/outcomes.ts';
import { runCrowd } from './testing/crowd/run-crowd.ts';

/** Thousands on a real server; on the embedded one two hundred, or a tenth of them. */
const onServer = process.env['QIANMA_TEST_DATABASE_URL'] !== undefined;
const people = onServer ? 2000 : shareOf(200);
const shapes = allCases ? shippedShapeNames : [shippedShapeNames[seed % shippedShapeNames.length] ?? 'flat'];

const ofType = (events: readonly EventRow[], type: string) => events.filter((event) => event.type === type);

/** The events that are due for the use of each QR code: thresholds that it passed, and its end. */
function tellingsOf(codes: readonly CodeOutcome[], maxFlowNum: number): string[] {
  return codes.flatMap(({ qrCodeId, used }) => [
    ...[50, 80, 100]
      .filter((percent) => used * 100 >= maxFlowNum * percent)
      .map((percent) => `${qrCodeId} ${percent}`),
    ...(used >= maxFlowNum ? [`${qrCodeId} exhausted`] : []),
  ]);
}

describe.each(shapes)(`after a crowd of seed ${seed}, told of in the shape "%s"`, (shape) => {
  let database: TestDatabase;
  let world: CrowdWorld;
  let known: CodeOutcome[];
  let events: EventRow[];

  beforeAll(async () => {
    database = await testDatabase();
    world = await runCrowd(database.db, { seed, shape, people, renewalsDie: true });
    known = await registered(database.db);
    events = await eventsTold(database.db);
  });
  afterAll(async () => {
    await world.close();
    await database.dispose();
  });

  it.runIf(allCases)('much has gone wrong', async () => {
    expect(world.counts.kills).toBeGreaterThan(10);
    const {
      copies = 0,
      late = 0,
      rejected = 0,
      unknown = 0,
      oldKey = 0,
      newKey = 0,
    } = (await troubles(database.db)) ?? {};
    for (const count of [copies, late, rejected, unknown, oldKey, newKey]) expect(count).toBeGreaterThan(5);
    expect(blocksSeen(world.emulator)).toHaveLength(2);
  });

  it('every contract is counted once, with the code that it came from, and has its last state', () => {
    // Of twenty people half come when there is no quota, for some seeds.
    expect(known.reduce((sum, { used }) => sum + used, 0)).toBeGreaterThan(people / (allCases ? 2 : 3));
    expect(known).toEqual(seen(world.emulator, known));
    expect(strays(world.emulator, known)).toEqual([]);
  });

  it('every contract, every threshold and every end of a code is told once', () => {
    const contracts = world.emulator.contracts.list();
    const states = contracts.map(({ state }) => state);
    const completed = states.filter((state) => state === 'ALL');
    const ended = states.filter((state) => state !== 'ALL');
    expect(ofType(events, 'contract.started')).toHaveLength(contracts.length);
    expect(ofType(events, 'contract.completed')).toHaveLength(completed.length);
    expect(
      ofType(events, 'contract.ended')
        .map(({ data }) => data['Status'])
        .sort(),
    ).toEqual(ended.sort());
    const told = [
      ...ofType(events, 'code.usage_threshold').map(({ data }) => `${data['QrCodeId']} ${data['Percent']}`),
      ...ofType(events, 'code.exhausted').map(({ data }) => `${data['QrCodeId']} exhausted`),
    ];
    expect(told.sort()).toEqual(tellingsOf(known, Math.round(people / 8)).sort());
    expect(told.filter((one) => one.endsWith('exhausted')).length).toBeGreaterThan(1);
  });

  it('a lack of quota is told once, however many people it turned away, and so is its end', () => {
    const blocks = blocksSeen(world.emulator);
    expect(blocks.every(({ untilMs }) => untilMs !== undefined)).toBe(true);
    const told = events.filter(({ type }) => type.startsWith('quota.')).map(({ type }) => type);
    expect(told).toEqual(blocks.flatMap(() => ['quota.exhausted', 'quota.restored']));
  });

  it('each event has reached its receiver under its one id', async () => {
    const arrived = world.arrivals.filter(({ kind }) => kind === 'standard-webhooks');
    expect(new Set(arrived.map(({ eventId }) => eventId))).toEqual(
      new Set(events.map(({ eventId }) => eventId)),
    );
    const deliveries = await deliveriesTo(database.db, 'standard-webhooks');
    expect(deliveries.every(({ state, succeeded }) => state === 'delivered' && succeeded === 1)).toBe(true);
  });

  it('the alarm has gone out once for each time without quota', async () => {
    const alarms = await deliveriesTo(database.db, 'wecom');
    const expected = blocksSeen(world.emulator).flatMap(() => ['quota.exhausted', 'quota.restored']);
    expect(alarms.map(({ type }) => type)).toEqual(expected);
    expect(alarms.every(({ state, succeeded }) => state === 'delivered' && succeeded === 1)).toBe(true);
  });
});

describe('the same seed', () => {
  it('gives the same story, down to the ids and the order of what is told', async () => {
    const stories = [];
    for (const shape of ['flat', 'flat'] as const) {
      const { db, dispose } = await testDatabase({ isFresh: true });
      const world = await runCrowd(db, { seed, shape, people: shareOf(40), renewalsDie: false });
      stories.push({ counts: world.counts, arrivals: world.arrivals, events: await eventsTold(db) });
      await world.close();
      await dispose();
    }
    expect(stories[0]?.events.length).toBeGreaterThan(allCases ? 20 : 10);
    expect(stories[1]).toEqual(stories[0]);
  });
});
