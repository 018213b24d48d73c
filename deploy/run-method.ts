import { Failure } from '../shared/errors.ts';
import { deploy, info, plan, remove, rollback } from './methods.ts';
import { noteEvent } from './report.ts';
import { openTask, type Request, type Result, type Task, type World } from './task.ts';

export type Method = Request['method'];

const methods: Readonly<Record<Method, (task: Task) => Promise<Result>>> = {
  deploy,
  plan,
  info,
  rollback,
  remove,
};

/**
 * Carries out a method, reporting as it goes. Throws `Misconfigured` with all that is wrong before the first call, and
 * `StateConflict` after the last one where something failed.
 */
export async function runMethod(request: Request, world: World): Promise<Result> {
  const task = openTask(request, world);
  const { report, project, desired } = task;
  report({
    event: 'begin',
    method: request.method,
    stage: project.stage,
    region: project.region,
    functions: desired.functions.length,
  });
  const result = await methods[request.method](task);
  for (const note of result.failed) report(noteEvent('failed', note));
  const { failed, ...end } = result;
  report({ event: 'end', ok: failed.length === 0, ...end });
  if (failed.length === 0) return result;
  const detail = `${failed.length} failed; the next run goes on from here`;
  throw new Failure('StateConflict', {
    detail,
    problems: failed.map(({ target, text }) => ({ path: target, message: text })),
  });
}
