import { Failure, listed } from '../../shared/errors.ts';
import type { Method } from './arguments.ts';
import { deploy, info, plan, remove, rollback } from './methods.ts';
import { noteEvent } from './report.ts';
import { openTask, problemNote, type Request, type Result, type Task, type World } from './task.ts';

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
  const task = await openTask(request, world);
  const { report, project, desired, variableProblems } = task;
  const { method } = request.args;
  const lacks = variableProblems.map((problem) => problemNote(problem, `${desired.prefix}*`));
  if (method === 'deploy' && lacks.length > 0) {
    throw new Failure('Misconfigured', { detail: listed(variableProblems), problems: variableProblems });
  }
  const { stage, region } = project;
  report({ event: 'begin', method, stage, region, functions: desired.functions.length });
  const { failed: left, ...end } = await methods[method](task);
  const failed = [...left, ...(method === 'plan' ? lacks : [])];
  for (const note of failed) report(noteEvent('failed', note));
  report({ event: 'end', ok: failed.length === 0, ...end });
  if (failed.length === 0) return { failed, ...end };
  const detail = {
    zh: `${failed.length} 处未完成；下一次运行会从这里继续`,
    en: `${failed.length} failed; the next run goes on from here`,
  };
  const problems = failed.map(({ target, text }) => ({ path: target, message: text }));
  throw new Failure('StateConflict', { detail, problems });
}
