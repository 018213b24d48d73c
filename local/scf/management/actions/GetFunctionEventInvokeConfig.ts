import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction } from '../state/find.ts';

export const getFunctionEventInvokeConfig = manage({
  name: 'GetFunctionEventInvokeConfig',
  request: z.strictObject({ ...functionMembers, Qualifier: z.optional(z.string()) }),
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { RetryNum, MsgTTL } = fn.value.retry;
    return { ok: true, response: { AsyncTriggerConfig: { RetryConfig: [{ RetryNum }], MsgTTL } } };
  },
});
