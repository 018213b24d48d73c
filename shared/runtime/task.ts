import { Failure, failureOf, TransportError } from '../errors.ts';
import { untranslated } from '../text.ts';
import type { VariableName } from './config.ts';
import type { Event, OpenEvent, Platform } from './event.ts';
import { createInstance, type Definition } from './instance.ts';
import { kindOf } from './read-event.ts';

/** What SCF calls. What it returns becomes the result of the invocation; what it throws marks it as failed. */
export type TaskHandler = (event: unknown, context: unknown) => Promise<object>;

/** A function that is not reached over HTTP. */
export interface TaskDefinition<Name extends VariableName, Resources> extends Definition<Name, Resources> {
  /** Returns what was done, in a few counts: the result of the invocation, which is logged too. */
  run(event: OpenEvent<Name, Resources>): Promise<object>;
}

/**
 * The handler of a Timer trigger. Ticks come at least once, may overlap, and are sent again twice after a failure.
 *
 * @throws Failure through the handler, without its cause
 */
export function timerTask<Name extends VariableName, Resources>(
  definition: TaskDefinition<Name, Resources>,
  platform?: Partial<Platform>,
): TaskHandler {
  return taskHandler(definition, 'timer', platform);
}

/**
 * The handler of a function that is invoked directly, for example once per deployment.
 *
 * @throws Failure through the handler, without its cause
 */
export function invocation<Name extends VariableName, Resources>(
  definition: TaskDefinition<Name, Resources>,
  platform?: Partial<Platform>,
): TaskHandler {
  return taskHandler(definition, 'invoke', platform);
}

const strangers = {
  timer: { zh: '此函数仅由定时触发器执行', en: 'This function is run by its Timer trigger' },
  invoke: { zh: '此函数仅可直接调用', en: 'This function is invoked directly, and by no trigger' },
};

function taskHandler<Name extends VariableName, Resources>(
  definition: TaskDefinition<Name, Resources>,
  kind: keyof typeof strangers,
  platform?: Partial<Platform>,
): TaskHandler {
  const instance = createInstance(definition, platform);
  return async (given, context) => {
    const event = instance.begin(context, []);
    try {
      const result = await event.withinTime(async () => {
        if (kindOf(given) !== kind) throw new Failure('InvalidRequest', { detail: strangers[kind] });
        const config = instance.config();
        const resources = await instance.resources();
        event.beginWork({ readOnly: false });
        return definition.run(Object.assign(event, { config, resources }));
      });
      event.finish('info', { result });
      return result;
    } catch (error) {
      throw refuse(error, event);
    }
  };
}

/** What is thrown to the platform, which prints it: without the cause, which may hold what no log may show. */
function refuse(thrown: unknown, event: Event): Failure {
  const { requestId } = event;
  const failure = failureOf(thrown);
  if (failure.upstreamRequestId !== undefined) event.facts.upstreamRequestId = failure.upstreamRequestId;
  event.finish('error', { code: failure.code }, failure);
  const told = failure.expose ? failure.sentence('en') : failure.title.en;
  const detail = `${told} (request ${requestId})`;
  // A code of upstream's is none of ours to throw.
  return failure instanceof Failure || failure instanceof TransportError
    ? new Failure(failure.code, { detail: untranslated(detail) })
    : new Failure('InternalFailure', {
        detail: `upstream refused with ${failure.code} (request ${requestId})`,
      });
}
