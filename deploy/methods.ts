import { callbackAdvice } from './callback-advice.ts';
import { type CurrentState, newestRelease } from './current-state.ts';
import { foresee } from './foresee.ts';
import { type Note, notesOf, obstaclesOf, type Planner, removing, towards } from './plan.ts';
import { readState } from './read-state.ts';
import { type Outcome, reconcile } from './reconcile.ts';
import { noteEvent, stepEvent } from './report.ts';
import { rollbackSteps } from './rollback.ts';
import { createScope, isReleased, migration } from './scope.ts';
import { smokeTest } from './smoke-test.ts';
import type { Result, Task } from './task.ts';
import { baseUrlsOf, functionUrlOf } from './wiring.ts';

/** Shows every call that `deploy` would make. Changes nothing. */
export async function plan(task: Task): Promise<Result> {
  const current = await readState(task.api, task.desired);
  const steps = foresee(plannerOf(task), current);
  for (const step of steps) task.report(stepEvent('planned', step));
  tellNotes(task, current);
  const calls = steps.filter(({ kind }) => kind === 'call').length;
  const text = calls === 0 ? 'Nothing to do: the cloud is as described.' : `${calls} calls would be made.`;
  return { calls: 0, failed: obstaclesOf(task.desired, current), text, ...addressesOf(task, current) };
}

/** Makes the cloud as described, then tries every function. */
export async function deploy(task: Task): Promise<Result> {
  const before = await readState(task.api, task.desired);
  tellNotes(task, before);
  const obstacles = obstaclesOf(task.desired, before);
  if (obstacles.length > 0) return { calls: 0, failed: obstacles, text: 'Nothing was done.' };

  const { current, done, failed } = await carryOut(task, plannerOf(task), before);
  if (failed.length > 0) return { calls: done.length, failed, text: summaryOf(done.length) };
  const waiting = unreleased(task, current);
  const broken = task.args.skipSmoke
    ? []
    : await trySmoke(task, current, new Set(done.map(({ target }) => target)));
  const addresses = addressesOf(task, current);
  if (addresses.callbackUrl !== undefined)
    task.report({ event: 'text', text: callbackAdvice(addresses.callbackUrl) });
  return { calls: done.length, failed: [...waiting, ...broken], text: summaryOf(done.length), ...addresses };
}

/** What is prepared and may not serve yet. */
function unreleased(task: Task, current: CurrentState): Note[] {
  const scope = createScope(task.desired, current);
  return task.desired.functions.flatMap((it) => {
    const target = it.service.cloudName;
    if (!isMeant(task, target) || isReleased(current.functions[target], scope.releaseOf(it))) return [];
    const cause = scope.baseUrls.areKnown ? `for ${migration}` : 'for the Function URLs of others';
    return [{ target, text: `is prepared, and waits ${cause}` }];
  });
}

/** Shows what is there. */
export async function info(task: Task): Promise<Result> {
  const current = await readState(task.api, task.desired);
  for (const [target, it] of Object.entries(current.functions).sort()) {
    task.report({
      event: 'function',
      target,
      status: it.status,
      version: it.served?.version ?? 'none',
      url: functionUrlOf(current, target) ?? '',
      timers: it.triggers
        .filter(({ type }) => type === 'timer')
        .map(({ name, description }) => `${name} ${description}`),
    });
  }
  const absent = task.desired.functions.filter(({ service }) => !(service.cloudName in current.functions));
  for (const { service } of absent)
    task.report({ event: 'note', target: service.cloudName, text: 'is not there' });
  const count = Object.keys(current.functions).length;
  return { calls: 0, failed: [], text: `${count} functions.`, ...addressesOf(task, current) };
}

/** Serves again what was served before the last deployment. */
export async function rollback(task: Task): Promise<Result> {
  const before = await readState(task.api, task.desired);
  const steps = rollbackSteps(task.desired, before).filter(({ target }) => isMeant(task, target));
  // Planned once: what is served after a step back would have a step back of its own.
  const isLeft = (current: CurrentState) => (step: (typeof steps)[number]) =>
    current.functions[step.target]?.served?.version !== step.parameters['FunctionVersion'];
  const { current, done, failed } = await carryOut(task, (state) => steps.filter(isLeft(state)), before);
  const text = steps.length === 0 ? 'There is nothing to go back to.' : summaryOf(done.length);
  return { calls: done.length, failed, text, ...addressesOf(task, current) };
}

/** Deletes everything of the stage. */
export async function remove(task: Task): Promise<Result> {
  const before = await readState(task.api, task.desired);
  const planner = onlyMeant(task, removing(task.desired));
  const { done, failed } = await carryOut(task, planner, before);
  return { calls: done.length, failed, text: summaryOf(done.length) };
}

function carryOut(task: Task, planner: Planner, current: CurrentState): Promise<Outcome> {
  const { api, world, desired, report } = task;
  return reconcile({
    planner,
    current,
    api,
    clock: world.clock,
    namespace: desired.namespace,
    onStep: (step) => report(stepEvent('step', step)),
    onDone: ({ target, ...step }, durationMs) => {
      if (step.kind === 'call') report({ event: 'done', target, action: step.action, durationMs });
    },
  });
}

const plannerOf = (task: Task): Planner => onlyMeant(task, towards(task.desired));

const onlyMeant =
  (task: Task, planner: Planner): Planner =>
  (current) =>
    planner(current).filter(({ target }) => isMeant(task, target));

const isMeant = ({ request, desired }: Task, target: string) =>
  request.only === undefined || target === `${desired.prefix}${request.only}`;

function tellNotes({ desired, report }: Task, current: CurrentState): void {
  for (const note of notesOf(desired, current)) report(noteEvent('note', note));
}

async function trySmoke(task: Task, current: CurrentState, changed: ReadonlySet<string>): Promise<Note[]> {
  const { desired, api, world, report } = task;
  const functions = desired.functions.filter(
    ({ service }) => isMeant(task, service.cloudName) && isServing(current, service.cloudName),
  );
  const results = await smokeTest({
    desired: { ...desired, functions },
    current,
    api,
    fetch: world.fetch,
    nowMs: world.clock.nowMs,
    changed,
  });
  for (const result of results) report({ event: 'smoke', ...result });
  return results.filter(({ ok }) => !ok).map(({ target, text }) => ({ target, text: `smoke test: ${text}` }));
}

function isServing({ functions }: CurrentState, name: string): boolean {
  const it = functions[name];
  return it !== undefined && newestRelease(it) !== undefined;
}

/** Where the deployment is reached; what the deployer gave goes before what was found. */
function addressesOf(
  { desired }: Task,
  current: CurrentState,
): Pick<Result, 'publicBaseUrl' | 'callbackUrl'> {
  const found = baseUrlsOf(desired, current).values;
  const given = Object.assign({}, ...desired.functions.map(({ environment }) => environment)) as Record<
    string,
    string
  >; // of texts
  const publicBaseUrl = given['PUBLIC_BASE_URL'] ?? found['PUBLIC_BASE_URL'];
  const callbackUrl = given['CALLBACK_BASE_URL'] ?? found['CALLBACK_BASE_URL'];
  return {
    ...(publicBaseUrl === undefined ? {} : { publicBaseUrl }),
    ...(callbackUrl === undefined ? {} : { callbackUrl }),
  };
}

const summaryOf = (calls: number) =>
  calls === 0 ? 'Nothing to do: the cloud is as described.' : `${calls} calls made.`;
