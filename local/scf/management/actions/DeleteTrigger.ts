import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { domainsOn } from '../state/account.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { findTrigger } from '../state/find-trigger.ts';

export const deleteTrigger = manage({
  name: 'DeleteTrigger',
  request: z.strictObject({
    ...functionMembers,
    TriggerName: z.string(),
    Type: z.enum(['timer', 'ckafka', 'apigw', 'cls', 'cos', 'cmq', 'http']),
    TriggerDesc: z.optional(z.string()),
    Qualifier: z.optional(z.string()),
  }),
  publishedCodes: [
    'FailedOperation.CreateTrigger',
    'InvalidParameterValue.Type',
    'ResourceNotFound.Function',
    'ResourceNotFound.Trigger',
  ],
  assumedCodes: ['FailedOperation.DeleteTrigger.UrlUsed', 'ResourceNotFound.Namespace'],
  valueCodes: { Type: 'InvalidParameterValue.Type' },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest } = fn.value;
    if (latest.life.pending !== undefined) {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.CreateTrigger');
    }
    const trigger = findTrigger(fn.value, asked);
    if (trigger === undefined) return refuse('ResourceNotFound.Trigger', asked.TriggerName);
    const [domain] = trigger.type === 'http' ? domainsOn(services.account, fn.value, trigger.qualifier) : [];
    if (domain !== undefined) return refuse('FailedOperation.DeleteTrigger.UrlUsed', domain.domain);
    fn.value.triggers.splice(fn.value.triggers.indexOf(trigger), 1);
    services.triggers.stop(trigger);
    return done;
  },
});
