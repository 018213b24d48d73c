import { Failure, TransportError } from '../errors.ts';
import type { Config, VariableName } from './config.ts';
import { createInstance, type Definition, type Run, type Surroundings, type Trace } from './handler.ts';
import type { Log } from './log.ts';
import { problemOf } from './problem.ts';

/** What SCF calls. What it returns becomes the result of the invocation; what it throws marks it as failed. */
export type TaskHandler = (event: unknown, context: unknown) => Promise<object>;

/** The work on one event that nobody waits for over HTTP. */
export interface TaskCall<Name extends VariableName, Resources> {
  config: Config<Name>;
  resources: Resources;
  requestId: string;
  /** Epoch milliseconds, by which the work has to be over. */
  deadlineMs: number;
  log: Log;
  trace: Trace;
}

/** A function that is not reached over HTTP. `read` refuses events that are not for it, by throwing. */
export function taskHandler<Name extends VariableName, Resources, Input>(
  definition: Definition<Name, Resources>,
  read: (event: unknown) => Input,
  work: (input: Input, call: TaskCall<Name, Resources>) => Promise<object>,
  surroundings?: Partial<Surroundings>,
): TaskHandler {
  const instance = createInstance(definition, surroundings);
  return async (event, context) => {
    const run = instance.begin(context, []);
    const { requestId, deadlineMs, log, trace } = run;
    try {
      const result = await run.withinTime(async () => {
        const input = read(event);
        const config = instance.config();
        const resources = await instance.resources();
        run.beginWork({ readOnly: false });
        return work(input, { config, resources, requestId, deadlineMs, log, trace });
      });
      run.finish('info', { result });
      return result;
    } catch (error) {
      throw refuse(error, run);
    }
  };
}

/** What is thrown to the platform, which prints it: without the cause, which may hold what no log may show. */
function refuse(thrown: unknown, run: Run): Failure {
  const { requestId } = run;
  const { document, failure } = problemOf(thrown, { requestId, language: 'en', allow: [] });
  if (failure.upstreamRequestId !== undefined) run.trace.upstreamRequestId = failure.upstreamRequestId;
  run.finish('error', { code: failure.code }, failure);
  const detail = `${document.detail ?? document.title} (request ${requestId})`;
  // A code of upstream's is none of ours to throw.
  return failure instanceof Failure || failure instanceof TransportError
    ? new Failure(failure.code, { detail })
    : new Failure('InternalFailure', {
        detail: `upstream refused with ${failure.code} (request ${requestId})`,
      });
}
