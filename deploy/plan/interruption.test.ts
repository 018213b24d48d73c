/** Killed at any call, or at each tenth, the next run finishes the work, and nothing is made twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf, someOf } from '../../shared/testing/cases.ts';
import type { CloudApi } from '../cloud/cloud-api.ts';
import { type CloudModel, createCloudModel, isWrite } from '../testing/cloud-model.ts';
import { deployOnce, removeOnce } from '../testing/deployer.ts';
import { type DesiredChanges, desiredIn } from '../testing/project.ts';
import type { DesiredState } from './desired-state.ts';

class Killed extends Error {}

/** The process ends at a call: it was carried out or not, and no other comes after it. */
function killedAt(model: CloudModel, call: number, isCarriedOut: boolean): CloudApi {
  let calls = 0;
  return async (action, parameters) => {
    calls += 1;
    if (calls < call) return model.api(action, parameters);
    if (calls === call && isCarriedOut) await model.api(action, parameters);
    throw new Killed('killed');
  };
}

const shape = ({ functions, domains }: CloudModel) => ({
  functions: Object.fromEntries(
    [...functions].sort().map(([name, { busyReads: _, nextStatus: __, ...it }]) => {
      const triggers = it.triggers.map(({ lateReads: ___, ...trigger }) => trigger);
      return [name, { ...it, triggers }];
    }),
  ),
  domains: Object.fromEntries(domains),
});

/** Reading the file is not what is tested here, and it is done hundreds of times. */
const states = new Map<DesiredChanges, DesiredState>();
function desired(changes: DesiredChanges): DesiredState {
  const state = states.get(changes) ?? desiredIn(changes);
  states.set(changes, state);
  return state;
}

const first: DesiredChanges = {};
/** An update of half the functions, with another configuration of one, and a domain. */
const update: DesiredChanges = {
  code: { 'stable-link': 'new code', 'migrate-database': 'new migration' },
  values: { DATABASE_URL: 'postgres://rotated', CUSTOM_DOMAIN: 'sign.example.com', CERTIFICATE_ID: 'c-1' },
};

async function scenario(deployments: readonly DesiredChanges[], api?: (model: CloudModel) => CloudApi) {
  const model = createCloudModel();
  for (const [index, changes] of deployments.entries()) {
    if (api !== undefined && index === deployments.length - 1) {
      // The run that is killed may fail in any way.
      await deployOnce(api(model), desired(changes)).catch(() => undefined);
    }
    const { failed } = await deployOnce(model.api, desired(changes));
    expect(failed).toEqual([]);
  }
  return model;
}

const callsUpTo = (count: number) => someOf(Array.from({ length: count }, (_, index) => index + 1));

async function callsOf(deployments: readonly DesiredChanges[]): Promise<number> {
  const model = await scenario(deployments.slice(0, -1));
  model.calls.length = 0;
  await deployOnce(model.api, desired(deployments.at(-1) ?? first));
  return model.calls.length;
}

describe.each([
  ['a first deployment', [first]],
  ['an update', [first, update]],
])('%s, killed at every call', { timeout: 240_000 }, (_, deployments: DesiredChanges[]) => {
  it.each([true, false])('(carried out: %s), is finished by the next run', async (isCarriedOut) => {
    const expected = shape(await scenario(deployments));
    const count = await callsOf(deployments);
    expect(count).toBeGreaterThan(50);
    for (const call of callsUpTo(count)) {
      const model = await scenario(deployments, (it) => killedAt(it, call, isCarriedOut));
      expect(shape(model), `killed at call ${call}`).toEqual(expected);
      model.calls.length = 0;
      await deployOnce(model.api, desired(deployments.at(-1) ?? first));
      expect(model.calls.filter(isWrite), `after call ${call}`).toEqual([]);
    }
  });
});

describe('an update that is killed at any call and then taken back', { timeout: 240_000 }, () => {
  // Of the same size: the platform shows nothing else of the code that it has.
  const other: DesiredChanges = { code: { 'stable-link': 'Code of stable-link' } };

  it.each([true, false])('(carried out: %s), leaves the code from before', async (isCarriedOut) => {
    const count = await callsOf([first, other]);
    const codes = ({ functions }: CloudModel) => [...functions].map(([name, { zip }]) => [name, zip]);
    const expected = codes(await scenario([first]));
    for (const call of callsUpTo(count)) {
      const model = await scenario([first]);
      await deployOnce(killedAt(model, call, isCarriedOut), desired(other)).catch(() => undefined);
      expect((await deployOnce(model.api, desired(first))).failed).toEqual([]);
      expect(codes(model), `killed at call ${call}`).toEqual(expected);
    }
  });
});

describe('a deployment that is killed again and again', { timeout: 240_000 }, () => {
  it('gets there', async () => {
    const expected = shape(await scenario([first, update]));
    const kills = fc.array(fc.tuple(fc.integer({ min: 1, max: 120 }), fc.boolean()), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(kills, kills, async (before, after) => {
        const model = createCloudModel();
        for (const [changes, runs] of [
          [first, before],
          [update, after],
        ] as const) {
          for (const [call, isCarriedOut] of runs) {
            await deployOnce(killedAt(model, call, isCarriedOut), desired(changes)).catch(() => undefined);
          }
          const { failed } = await deployOnce(model.api, desired(changes));
          expect(failed).toEqual([]);
        }
        expect(shape(model)).toEqual(expected);
      }),
      casesOf(60),
    );
  });
});

describe('a removal', () => {
  it('killed at every call, is finished by the next run', async () => {
    for (const call of callsUpTo(60)) {
      const model = await scenario([update]);
      await removeOnce(killedAt(model, call, call % 2 === 0), desired(update)).catch(() => undefined);
      const { failed } = await removeOnce(model.api, desired(update));
      expect([failed, model.functions.size, model.domains.size]).toEqual([[], 0, 0]);
    }
  });
});
