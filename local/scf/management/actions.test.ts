import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergePatch } from '../../cloud-api/merge-patch.ts';
import { managedActions } from './gateway/managed-actions.ts';
import {
  firstSteps,
  goodRequests,
  type ManagedName,
  type Step,
  secondSteps,
  thirdSteps,
} from './good-requests.ts';
import { type StartedManagement, startManagement } from './management.test.kit.ts';
import { type Provocation, provocations } from './provocations.ts';
import { upstreamActions } from './upstream-actions.ts';

const settlingMs = 1000;
const open: StartedManagement[] = [];

/** A stand-in in which the steps have been done; from then on its time stands still. */
async function prepared(before: readonly Step[] = []): Promise<StartedManagement> {
  const started = await startManagement({ settling: { ms: settlingMs } });
  open.push(started);
  for (const steps of [firstSteps, secondSteps, thirdSteps]) {
    for (const { action, request } of steps) await started.done(action, request);
    if (steps !== thirdSteps) started.clock.advance(settlingMs);
  }
  // The first observation sees what has come to its end.
  await started.done('ListFunctions');
  for (const { action, request } of before) await started.done(action, request);
  return started;
}

let shared: StartedManagement;
beforeAll(async () => {
  shared = await prepared();
});
afterAll(async () => {
  await Promise.all(open.map(({ management }) => management.close()));
  expect(open.flatMap(({ lines }) => lines).filter((line) => line.startsWith('defect'))).toEqual([]);
});

const names = Object.keys(goodRequests) as ManagedName[]; // the keys of an object of our own

describe('each action', () => {
  it('is one that upstream has, and has a good request', () => {
    const emulated = managedActions.map(({ name }) => name);
    expect(upstreamActions).toEqual(expect.arrayContaining(emulated));
    expect([...names].sort()).toEqual([...emulated].sort());
  });

  it.each(names)('%s accepts its good request', async (action) => {
    const started = await prepared();
    expect(await started.resultOf(action, goodRequests[action])).toBe('ok');
  });

  it.each(names)('%s refuses what it does not know', async (action) => {
    expect(await shared.resultOf(action, { ...goodRequests[action], Surprise: 1 })).toBe('UnknownParameter');
  });
});

const shown = (patch: Provocation['patch']) => JSON.stringify(patch).slice(0, 100);

describe('a request is refused, and changes nothing:', () => {
  it.each(provocations.map((one) => [one.action, one.code, shown(one.patch), one] as const))(
    '%s with %s for %s',
    async (action, code, _patch, { patch, before }) => {
      const started = before === undefined ? shared : await prepared(before);
      const state = started.management.state();
      expect(await started.resultOf(action, mergePatch(goodRequests[action], patch))).toBe(code);
      expect(started.management.state()).toEqual(state);
    },
  );

  it('with every code that an action lists', () => {
    const provoked = new Set(provocations.map(({ action, code }) => `${action} ${code}`));
    const listed = managedActions.flatMap(({ name, publishedCodes, assumedCodes }) =>
      [...publishedCodes, ...assumedCodes].map((code) => `${name} ${code}`),
    );
    expect(listed.filter((pair) => !provoked.has(pair))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it('for a member with a code that its action lists', () => {
    const unlisted = managedActions.flatMap(({ name, publishedCodes, assumedCodes, valueCodes }) =>
      Object.values(valueCodes)
        .filter((code) => ![...publishedCodes, ...assumedCodes].includes(code))
        .map((code) => `${name} ${code}`),
    );
    expect(unlisted).toEqual([]);
  });
});
