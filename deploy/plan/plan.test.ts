import { describe, expect, it } from 'vitest';
import { zipLimitBytes } from '../../shared/scf/limits.ts';
import { readState } from '../cloud/read-state.ts';
import { type CloudModel, createCloudModel, isWrite } from '../testing/cloud-model.ts';
import { deployOnce } from '../testing/deployer.ts';
import { type DesiredChanges, desiredIn, packageOf, projectYaml, secret } from '../testing/project.ts';
import { notesOf, obstaclesOf, towards } from './plan.ts';
import { rollbackSteps } from './rollback.ts';
import { foresee } from './simulate-plan.ts';

const says = (en: string) => ({ zh: expect.any(String), en: expect.stringContaining(en) });

const empty = { functions: {}, domains: {} };
const actionsIn = (steps: ReturnType<typeof foresee>, name: string) =>
  steps.flatMap((step) =>
    step.kind === 'call' && step.target === `qianma-dev-${name}` ? [step.action] : [],
  );

async function deployed(...deployments: DesiredChanges[]): Promise<CloudModel> {
  const model = createCloudModel();
  for (const changes of deployments)
    expect((await deployOnce(model.api, desiredIn(changes))).failed).toEqual([]);
  return model;
}

const servedIn = ({ functions }: CloudModel) =>
  Object.fromEntries(
    [...functions].map(([name, { aliases }]) => [
      name.replace('qianma-dev-', ''),
      aliases.get('$DEFAULT')?.FunctionVersion,
    ]),
  );

async function rollBack(model: CloudModel, changes: DesiredChanges): Promise<void> {
  const desired = desiredIn(changes);
  for (const { action, parameters } of rollbackSteps(desired, await readState(model.api, desired)))
    await model.api(action, parameters);
}

describe('a plan', () => {
  it('foresees exactly the calls that are then made', async () => {
    for (const changes of [
      {},
      { code: { 'stable-link': 'x' } },
      { yaml: projectYaml({ renew: 'timeout: 100' }) },
      { values: { DATABASE_URL: '' } },
      { yaml: projectYaml({ link: 'environment: []' }) },
      { values: { CUSTOM_DOMAIN: 'Sign.example.com', CERTIFICATE_ID: 'c-1' } },
    ] as DesiredChanges[]) {
      const model = await deployed(...((changes.code ?? changes.yaml) ? [{}] : []));
      const desired = desiredIn(changes);
      const foreseen = foresee(towards(desired), await readState(model.api, desired));
      model.calls.length = 0;
      await deployOnce(model.api, desired);
      const made = model.calls
        .filter(isWrite)
        .map(({ action, parameters }) => `${parameters['FunctionName'] ?? parameters['Domain']} ${action}`);
      const planned = foreseen.flatMap((step) =>
        step.kind === 'call' ? [`${step.target} ${step.action}`] : [],
      );
      expect(planned.toSorted()).toEqual(made.toSorted());
    }
  });

  it('foresees them whenever the platform gives out the Function URLs', async () => {
    const model = createCloudModel();
    model.lateUrls.set('qianma-dev-callback-handler', 9);
    const { done } = await deployOnce(model.api, desiredIn());
    const planned = foresee(towards(desiredIn()), empty).filter(({ kind }) => kind === 'call');
    expect(done.map(({ target, action }) => `${target} ${action}`).sort()).toEqual(
      planned.map((step) => `${step.target} ${step.kind === 'call' ? step.action : ''}`).sort(),
    );
  });

  it('that does not end is a fault of ours, and no plan', () => {
    const step = {
      kind: 'wait',
      target: 'x',
      part: 'function',
      reason: { zh: '', en: 'is Updating' },
    } as const;
    expect(() => foresee(() => [step], empty)).toThrow('InternalFailure');
  });

  it('shows no value of the environment', () => {
    const steps = foresee(towards(desiredIn()), empty);
    expect(steps.length).toBeGreaterThan(10);
    expect(JSON.stringify(steps.map(({ target, reason }) => [target, reason]))).not.toContain(secret);
  });

  it('leaves a function alone that the file does not have, says so, and removes it when asked to', async () => {
    const extra = '  DescribeTemplates:\n    props:\n      <<: *function\n      triggers: []\n';
    const model = await deployed({ yaml: projectYaml({ service: extra }) });
    const current = await readState(model.api, desiredIn());
    expect(actionsIn(foresee(towards(desiredIn()), current), 'DescribeTemplates')).toEqual([]);
    expect(notesOf(desiredIn(), current)).toEqual([
      { target: 'qianma-dev-DescribeTemplates', text: says('--prune') },
    ]);
    const pruning = desiredIn({ prune: true });
    expect(actionsIn(foresee(towards(pruning), current), 'DescribeTemplates')).toEqual(['DeleteFunction']);
    expect(notesOf(pruning, current)).toEqual([]);
  });

  it('never touches a function that only has a similar name', async () => {
    const model = await deployed({});
    const api = model.api;
    await api('CreateFunction', {
      FunctionName: 'qianma-dev-of-somebody',
      Description: 'mine',
      Code: { ZipFile: '' },
    });
    const current = await readState(api, desiredIn({ prune: true }));
    expect(Object.keys(current.functions)).not.toContain('qianma-dev-of-somebody');
  });

  it('names variables that nobody gave a value', () => {
    expect(notesOf(desiredIn({ values: { DATABASE_URL: '' } }), empty)).toEqual([
      { target: 'qianma-dev-*', text: says('no value is given for DATABASE_URL') },
    ]);
  });
});

describe('what cannot be changed', () => {
  const newRuntime = { yaml: projectYaml({ link: 'runtime: Nodejs22.21' }) };

  it('stops a deployment before its first call', async () => {
    const current = await readState((await deployed({})).api, desiredIn());
    expect(obstaclesOf(desiredIn(), current)).toEqual([]);
    expect(obstaclesOf(desiredIn(newRuntime), current)).toEqual([
      { target: 'qianma-dev-stable-link', text: says('runs on Nodejs20.19') },
    ]);
  });

  it('is replaced when asked to', async () => {
    const model = await deployed({});
    const desired = desiredIn({ ...newRuntime, replace: true });
    expect(obstaclesOf(desired, await readState(model.api, desired))).toEqual([]);
    await deployOnce(model.api, desired);
    expect(model.functions.get('qianma-dev-stable-link')?.members['Runtime']).toBe('Nodejs22.21');
  });

  it('is a zip that is too large for an update, but not for a creation', async () => {
    const current = await readState((await deployed({})).api, desiredIn());
    const large = { zip: new Uint8Array(zipLimitBytes.update + 1), sha256: packageOf('large').sha256 };
    const desired = desiredIn();
    const functions = desired.functions.map((it) =>
      it.service.name === 'stable-link' ? { ...it, code: large } : it,
    );
    expect(obstaclesOf({ ...desired, functions }, current)).toHaveLength(1);
    expect(obstaclesOf({ ...desired, functions }, empty)).toEqual([]);
  });
});

describe('what the cloud would refuse', () => {
  it('is refused before the first call, all of it', () => {
    const values = { DATABASE_URL: 'x'.repeat(3800) };
    expect(() => desiredIn({ values })).toThrow(/\(4 services\)|needs up to/);
    expect(desiredIn({ values: { DATABASE_URL: 'x'.repeat(3600) } }).functions).toHaveLength(4);
  });
});

describe('a rollback', () => {
  const second = { code: { 'stable-link': '2', 'callback-handler': '2' } };
  const third = { code: { 'stable-link': '3', 'callback-handler': '2' } };

  it('takes back the last deployment, and then the one before', async () => {
    const model = await deployed({}, second, third);
    const before = servedIn(model);
    expect(before).toMatchObject({ 'stable-link': '3', 'callback-handler': '2', 'migrate-database': '1' });
    await rollBack(model, third);
    expect(servedIn(model)).toEqual({ ...before, 'stable-link': '2' });
    await rollBack(model, third);
    expect(servedIn(model)).toEqual({ ...before, 'stable-link': '1', 'callback-handler': '1' });
    await rollBack(model, third);
    expect(servedIn(model)).toMatchObject({ 'stable-link': '1', 'callback-handler': '1' });
  });

  it('is undone by the next deployment, which publishes nothing again', async () => {
    const model = await deployed({}, second);
    await rollBack(model, second);
    model.calls.length = 0;
    await deployOnce(model.api, desiredIn(second));
    expect(model.calls.filter(isWrite).map(({ action }) => action)).toEqual(['UpdateAlias', 'UpdateAlias']);
  });

  it('goes back to what served, not to what a version number says, after code came again', async () => {
    const model = await deployed({}, second, {});
    expect(servedIn(model)).toMatchObject({ 'stable-link': '3' });
    await rollBack(model, {});
    expect(servedIn(model)).toMatchObject({ 'stable-link': '2', 'callback-handler': '2' });
  });

  it('has nothing to go back to after a first deployment', async () => {
    const model = await deployed({});
    expect(rollbackSteps(desiredIn(), await readState(model.api, desiredIn()))).toEqual([]);
  });
});
