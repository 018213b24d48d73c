import { Failure } from '../errors.ts';
import type { VariableName } from './config.ts';
import { readEvent, type TimerTick } from './events.ts';
import type { Definition, Surroundings } from './handler.ts';
import { type TaskCall, type TaskHandler, taskHandler } from './task.ts';

export interface TimerDefinition<Name extends VariableName, Resources> extends Definition<Name, Resources> {
  /** Returns what was done in a few counts: they are logged. */
  run(call: TaskCall<Name, Resources> & { tick: TimerTick }): Promise<object>;
}

/**
 * The handler of a Timer trigger. Ticks come at least once, may overlap, and are sent again twice after a failure.
 *
 * @throws Failure through the handler, without its cause
 */
export function timerTask<Name extends VariableName, Resources>(
  definition: TimerDefinition<Name, Resources>,
  surroundings?: Partial<Surroundings>,
): TaskHandler {
  return taskHandler(definition, readTick, (tick, call) => definition.run({ ...call, tick }), surroundings);
}

function readTick(event: unknown): TimerTick {
  const tick = readEvent(event);
  if (tick.kind === 'timer') return tick;
  throw new Failure('InvalidRequest', { detail: 'This function is run by its Timer trigger' });
}
