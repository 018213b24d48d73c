import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { assumedInvocationCodes, invocationCodes, resultOf, toInvoke } from '../run/invoke-target.ts';
import { functionMembers } from '../schemas/names.ts';
import { defaultAlias } from '../state/function-record.ts';

export const invokeFunction = manage({
  name: 'InvokeFunction',
  request: z.strictObject({
    ...functionMembers,
    Qualifier: z.optional(z.string()),
    Event: z.optional(z.string()),
    LogType: z.optional(z.enum(['None', 'Tail'])),
    RoutingKey: z.optional(z.string()),
  }),
  publishedCodes: [...invocationCodes],
  assumedCodes: [...assumedInvocationCodes],
  // Product document 583/41408.
  requestsPerSecond: 10_000,
  async handle(asked, services) {
    const { Qualifier = defaultAlias, Event, LogType } = asked;
    const target = toInvoke(services, asked, Qualifier, Event, 'synchronous');
    if (!target.ok) return target;
    const { fn, version, event } = target.value;
    return resultOf(await services.runner.run(fn, version, event, 'synchronous'), LogType === 'Tail');
  },
});
