import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import {
  acceptedOf,
  assumedInvocationCodes,
  invocationCodes,
  resultOf,
  toInvoke,
} from '../run/invoke-target.ts';
import { functionMembers } from '../schemas/names.ts';
import { latestVersion } from '../state/function-record.ts';

export const invoke = manage({
  name: 'Invoke',
  request: z.strictObject({
    ...functionMembers,
    InvocationType: z.optional(z.enum(['RequestResponse', 'Event'])),
    Qualifier: z.optional(z.string()),
    ClientContext: z.optional(z.string()),
    LogType: z.optional(z.enum(['None', 'Tail'])),
    RoutingKey: z.optional(z.string()),
  }),
  publishedCodes: [...invocationCodes],
  assumedCodes: [...assumedInvocationCodes],
  async handle(asked, services) {
    const { InvocationType, Qualifier = latestVersion, ClientContext, LogType } = asked;
    const kind = InvocationType === 'Event' ? 'asynchronous' : 'synchronous';
    const target = toInvoke(services, asked, Qualifier, ClientContext, kind);
    if (!target.ok) return target;
    const { fn, version, event } = target.value;
    if (kind === 'synchronous') {
      return resultOf(await services.runner.run(fn, version, event, kind), LogType === 'Tail');
    }
    const requestId = services.newId();
    // Nobody gets the answer; what goes wrong is in the log.
    void services.asynchronous.deliver({ fn, qualifier: Qualifier, requestId }, event, fn.retry.RetryNum);
    return acceptedOf(requestId);
  },
});
