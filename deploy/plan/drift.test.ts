/** What was changed by hand is named by the plan, and undone by the deployment. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../../shared/testing/cases.ts';
import { readState } from '../cloud/read-state.ts';
import { type CloudModel, createCloudModel, isWrite } from '../testing/cloud-model.ts';
import { deployOnce } from '../testing/deployer.ts';
import { type HandEdit, handEdits } from '../testing/hand.ts';
import { desiredIn, secret } from '../testing/project.ts';
import { notesOf, towards } from './plan.ts';
import { foresee } from './simulate-plan.ts';

/** Edits that cost the function its URL: the variables of all others get the new one. */
const movesUrl = /^no Function URL|^a failed creation|^no function/;
const consequence =
  /Environment.PUBLIC_BASE_URL|brings the database|differs from version|rovision|DEFAULT from/;

async function deployed(): Promise<CloudModel> {
  const model = createCloudModel();
  await deployOnce(model.api, desiredIn());
  // No status is left over from the deployment's own reads.
  for (const it of model.functions.values()) Object.assign(it, { busyReads: 0, status: 'Active' });
  model.calls.length = 0;
  return model;
}

function edit(model: CloudModel, { functionName, edit }: HandEdit): void {
  const it = model.functions.get(`qianma-dev-${functionName}`);
  if (it !== undefined) edit(it, model);
}

async function planOf(model: CloudModel): Promise<string[]> {
  const desired = desiredIn();
  const current = await readState(model.api, desired);
  const steps = foresee(towards(desired), current).map(({ target, reason }) => `${target}: ${reason.en}`);
  return [...steps, ...notesOf(desired, current).map(({ target, text }) => `${target}: ${text.en}`)];
}

/** What counts in the end: how functions are set up, and what is served. */
const effect = ({ functions }: CloudModel) =>
  Object.fromEntries(
    [...functions].sort().map(([name, it]) => {
      const { members, zip, triggers, retry, reserved, status } = it;
      const alias = it.aliases.get('$DEFAULT');
      const served = it.versions.find(({ Version }) => Version === alias?.FunctionVersion);
      const release = /release (\w+)/.exec(served?.Description ?? '')?.[1];
      const urls = triggers.map(({ lateReads: _, ...trigger }) => trigger);
      const { Layers: _, Tags: __, ...described } = members;
      const counts = [...it.provisioned.values()];
      return [
        name,
        { described, zip, urls, retry, reserved, status, release, routing: alias?.RoutingConfig, counts },
      ];
    }),
  );

describe('what was changed by hand', { timeout: 240_000 }, () => {
  it.each(handEdits)('is named and undone: $name', async (change) => {
    const model = await deployed();
    const before = structuredClone(effect(model));
    edit(model, change);
    const plan = await planOf(model);
    expect(plan.filter((line) => change.named.test(line))).not.toEqual([]);
    const others = plan.filter((line) => !line.startsWith(`qianma-dev-${change.functionName}: `));
    expect(others.filter((line) => !(movesUrl.test(change.name) && consequence.test(line)))).toEqual([]);

    const { failed } = await deployOnce(model.api, desiredIn());
    expect(failed).toEqual([]);
    expect(without(effect(model))).toEqual(without(before));
    model.calls.length = 0;
    await deployOnce(model.api, desiredIn());
    expect(model.calls.filter(isWrite)).toEqual([]);
  });

  it('is undone whatever came together, in one run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...handEdits], { minLength: 1 }), async (changes) => {
        const model = await deployed();
        const before = structuredClone(effect(model));
        for (const change of changes) {
          try {
            edit(model, change);
          } catch {
            // Another edit has taken away what this one is about.
          }
        }
        const planned = (await planOf(model)).length;
        const { failed, done } = await deployOnce(model.api, desiredIn());
        expect(failed).toEqual([]);
        expect(planned).toBeGreaterThanOrEqual(done.length);
        expect(without(effect(model))).toEqual(without(before));
        model.calls.length = 0;
        await deployOnce(model.api, desiredIn());
        expect(model.calls.filter(isWrite)).toEqual([]);
      }),
      casesOf(150),
    );
  });

  it('is nothing where nothing was changed', async () => {
    expect(await planOf(await deployed())).toEqual([]);
  });

  it('is never shown by its value', async () => {
    const model = await deployed();
    for (const change of handEdits.filter(({ name }) => /variable/.test(name))) edit(model, change);
    const plan = (await planOf(model)).join('\n');
    expect(plan).not.toContain(secret);
    expect(plan).not.toContain('elsewhere');
  });
});

/** The way an alias says that it shares nothing is the platform's business. */
const without = (all: ReturnType<typeof effect>) =>
  Object.fromEntries(
    Object.entries(all).map(([name, { routing, ...it }]) => [
      name,
      { ...it, isSplit: /Weight"/.test(JSON.stringify(routing)) },
    ]),
  );
