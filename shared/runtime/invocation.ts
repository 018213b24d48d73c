import { Failure } from '../errors.ts';
import type { VariableName } from './config.ts';
import { type Invocation, readEvent } from './events.ts';
import type { Definition, Surroundings } from './handler.ts';
import { type TaskCall, type TaskHandler, taskHandler } from './task.ts';

export interface InvocationDefinition<Name extends VariableName, Resources>
  extends Definition<Name, Resources> {
  /** Returns the result of the invocation, which is logged too. */
  run(call: TaskCall<Name, Resources> & { payload: Invocation['payload'] }): Promise<object>;
}

/**
 * The handler of a function that is invoked directly, for example once per deployment.
 *
 * @throws Failure through the handler, without its cause
 */
export function invocation<Name extends VariableName, Resources>(
  definition: InvocationDefinition<Name, Resources>,
  surroundings?: Partial<Surroundings>,
): TaskHandler {
  return taskHandler(
    definition,
    readInvocation,
    ({ payload }, call) => definition.run({ ...call, payload }),
    surroundings,
  );
}

function readInvocation(event: unknown): Invocation {
  const read = readEvent(event);
  if (read.kind === 'invoke') return read;
  throw new Failure('InvalidRequest', { detail: 'This function is invoked directly, and by no trigger' });
}
