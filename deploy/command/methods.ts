import { Failure } from '../../shared/errors.ts';
import { wrong } from '../../shared/shell/arguments.ts';
import { inBoth, type Text } from '../../shared/text.ts';
import { readState } from '../cloud/read-state.ts';
import { type Outcome, reconcile } from '../cloud/reconcile.ts';
import { smokeTest } from '../cloud/smoke-test.ts';
import { type CurrentState, newestRelease } from '../plan/current-state.ts';
import { type Note, notesOf, obstaclesOf, type Planner, removing, towards } from '../plan/plan.ts';
import type { Step } from '../plan/plan-step.ts';
import { createScope, isReleased, migration } from '../plan/release-state.ts';
import { rollbackSteps } from '../plan/rollback.ts';
import { foresee } from '../plan/simulate-plan.ts';
import { functionUrlOf } from '../plan/wired-variables.ts';
import { addressesOf } from './addresses.ts';
import { noteEvent, stepEvent } from './report.ts';
import type { Result, Task } from './task.ts';

/** Shows every call that `deploy` would make. Changes nothing. */
export async function plan(task: Task): Promise<Result> {
  const current = await readState(task.api, task.desired);
  const steps = foresee(plannerOf(task), current);
  for (const step of steps) task.report(stepEvent('planned', step));
  tellNotes(task, current);
  const calls = steps.filter(({ kind }) => kind === 'call').length;
  const text =
    calls === 0 ? nothingToDo : { zh: `将发出 ${calls} 个调用。`, en: `${calls} calls would be made.` };
  return { calls: 0, failed: obstaclesOf(task.desired, current), text, ...addressesOf(task, current) };
}

/** Makes the cloud as described, then tries every function. */
export async function deploy(task: Task): Promise<Result> {
  const before = await readState(task.api, task.desired);
  tellNotes(task, before);
  const obstacles = obstaclesOf(task.desired, before);
  if (obstacles.length > 0) return { calls: 0, failed: obstacles, text: nothingDone };
  await askWhether(task, deletionsIn(foresee(plannerOf(task), before), before));

  const { current, done, failed } = await carryOut(task, plannerOf(task), before);
  if (failed.length > 0) return { calls: done.length, failed, text: summaryOf(done.length) };
  const waiting = unreleased(task, current);
  const broken = task.request.args.skipSmoke
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
    const cause = scope.baseUrls.areKnown
      ? { zh: migration, en: migration }
      : { zh: '其他函数的 Function URL', en: 'the Function URLs of others' };
    const text = { zh: `已就绪，等待 ${cause.zh}`, en: `is prepared, and waits for ${cause.en}` };
    return [{ target, text }];
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
      version: it.served?.version ?? '',
      url: functionUrlOf(current, target) ?? '',
      timers: it.triggers
        .filter(({ type }) => type === 'timer')
        .map(({ name, description }) => `${name} ${description}`),
    });
  }
  const absent = task.desired.functions.filter(({ service }) => !(service.cloudName in current.functions));
  for (const { service } of absent)
    task.report({ event: 'note', target: service.cloudName, text: { zh: '不存在', en: 'is not there' } });
  const count = Object.keys(current.functions).length;
  const text = { zh: `${count} 个函数。`, en: `${count} functions.` };
  return { calls: 0, failed: [], text, ...addressesOf(task, current) };
}

/** Serves again what was served before the last deployment. */
export async function rollback(task: Task): Promise<Result> {
  const before = await readState(task.api, task.desired);
  const steps = rollbackSteps(task.desired, before).filter(({ target }) => isMeant(task, target));
  // Planned once: what is served after a step back would have a step back of its own.
  const isLeft = (current: CurrentState) => (step: (typeof steps)[number]) =>
    current.functions[step.target]?.served?.version !== step.parameters['FunctionVersion'];
  const { current, done, failed } = await carryOut(task, (state) => steps.filter(isLeft(state)), before);
  const text = steps.length === 0 ? nothingToGoBackTo : summaryOf(done.length);
  return { calls: done.length, failed, text, ...addressesOf(task, current) };
}

/** Deletes everything of the stage, or one function, once a person has said yes. */
export async function remove(task: Task): Promise<Result> {
  const before = await readState(task.api, task.desired);
  const planner = removing(task.desired, (name) => isMeant(task, name));
  await askWhether(task, deletionsIn(foresee(planner, before), before));
  const { done, failed } = await carryOut(task, planner, before);
  return { calls: done.length, failed, text: summaryOf(done.length) };
}

/** Functions that a plan deletes, but for those that never came about. */
const deletionsIn = (steps: readonly Step[], { functions }: CurrentState): string[] =>
  steps
    .filter((step) => step.kind === 'call' && step.action === 'DeleteFunction')
    .map(({ target }) => target)
    .filter((target) => functions[target] !== undefined && functions[target].status !== 'CreateFailed');

/** Throws `InvalidRequest` where nobody can be asked, and `StateConflict` where the answer is not the stage. */
async function askWhether(
  { request, project, desired, world }: Task,
  targets: readonly string[],
): Promise<void> {
  if (targets.length === 0 || request.args.yes) return;
  const { stage } = project;
  const { length: count } = targets;
  const some = targets.slice(0, 5).map((target) => target.replace(desired.prefix, ''));
  const list = [...some, ...(count > some.length ? ['…'] : [])].join(', ');
  const answer = await world.shell.ask({
    zh: `将删除环境 ${stage} 的 ${count} 个函数（${list}），其 Function URL 永久失效。输入环境名 ${stage} 以继续：`,
    en: `${count} functions of the stage ${stage} will be deleted (${list}), their Function URLs for ever. Type ${stage} to go on:`,
  });
  if (answer === undefined) {
    throw wrong([
      {
        zh: '删除函数前须询问，而没有终端可以作答：请加 --yes',
        en: 'functions are deleted after a question alone, and there is no terminal to answer it: say --yes',
      },
    ]);
  }
  if (answer.trim() !== stage) throw new Failure('StateConflict', { detail: nothingDone });
}

function carryOut(task: Task, planner: Planner, current: CurrentState): Promise<Outcome> {
  const { api, world, desired, report } = task;
  return reconcile({
    planner,
    current,
    api,
    clock: world.clock,
    desired,
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

function tellNotes({ desired, report, notes, variableProblems }: Task, current: CurrentState): void {
  const lacking = new Set(variableProblems.map(({ path }) => path));
  for (const note of [...notes, ...notesOf(desired, current, lacking)]) report(noteEvent('note', note));
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
  return results
    .filter(({ ok }) => !ok)
    .map(({ target, text }) => ({
      target,
      text: { zh: `试调用：${text.zh}`, en: `smoke test: ${text.en}` },
    }));
}

function isServing({ functions }: CurrentState, name: string): boolean {
  const it = functions[name];
  return it !== undefined && newestRelease(it) !== undefined;
}

const summaryOf = (calls: number): Text =>
  calls === 0 ? nothingToDo : { zh: `共 ${calls} 个调用。`, en: `${calls} calls made.` };

const nothingToDo = { zh: '无需改动：云上与描述一致。', en: 'Nothing to do: the cloud is as described.' };
const nothingDone = { zh: '未做任何改动。', en: 'Nothing was done.' };
const nothingToGoBackTo = { zh: '没有可以恢复的版本。', en: 'There is nothing to go back to.' };

/** What a person has to enter in Tencent's console: its words are Chinese for all readers. */
function callbackAdvice(callbackUrl: string): Text {
  const fields = [
    ['回调地址', 'callback address', callbackUrl],
    ['回调加密 key', 'encryption key', 'ESS_CALLBACK_KEYS'],
    ['签名验证 TOKEN', 'signature token', 'ESS_CALLBACK_TOKENS'],
  ] as const;
  const first = { zh: '的第一项', en: ', the first of them' };
  return inBoth((language) =>
    [
      '',
      language === 'zh'
        ? '在腾讯电子签控制台（企业应用管理 → 应用集成 → 第三方应用）填写：'
        : 'Enter in the console of Tencent e-sign (企业应用管理 → 应用集成 → 第三方应用):',
      ...fields.map(([zh, en, value]) => {
        const label = language === 'zh' ? zh : `${zh} / ${en}`;
        return `  ${label}  ${value}${value === callbackUrl ? '' : first[language]}`;
      }),
      '',
    ].join('\n'),
  );
}
