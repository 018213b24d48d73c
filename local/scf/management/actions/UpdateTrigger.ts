import * as z from 'zod/mini';
import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import { argumentLimitBytes } from '../account-limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { readCron, readHttpDesc } from '../schemas/trigger-desc.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { findTrigger } from '../state/find-trigger.ts';
import type { TriggerRecord } from '../state/function-record.ts';

const request = z.strictObject({
  ...functionMembers,
  TriggerName: z.string(),
  Type: z.enum(['timer', 'ckafka', 'http']),
  Enable: z.optional(z.enum(['OPEN', 'CLOSE'])),
  Qualifier: z.optional(z.string()),
  TriggerDesc: z.optional(z.string()),
  Description: z.optional(z.string()),
  CustomArgument: z.optional(
    z
      .string()
      .check(z.refine((text) => Buffer.byteLength(text) <= argumentLimitBytes, 'must be at most 4 KB')),
  ),
});
type Request = z.infer<typeof request>;

/** Its list of codes has not been found anywhere: those of `CreateTrigger` are assumed. */
export const updateTrigger = manage({
  name: 'UpdateTrigger',
  request,
  publishedCodes: [],
  assumedCodes: [
    'FailedOperation.CreateTrigger',
    'InvalidParameterValue.CustomArgument',
    'InvalidParameterValue.Enable',
    'InvalidParameterValue.TriggerDesc',
    'InvalidParameterValue.Type',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'ResourceNotFound.Trigger',
  ],
  valueCodes: {
    CustomArgument: 'InvalidParameterValue.CustomArgument',
    Enable: 'InvalidParameterValue.Enable',
    Type: 'InvalidParameterValue.Type',
  },
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest } = fn.value;
    if (latest.life.status !== 'Active') {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.CreateTrigger');
    }
    const trigger = findTrigger(fn.value, asked);
    if (trigger === undefined) return refuse('ResourceNotFound.Trigger', asked.TriggerName);
    const refused = change(trigger, asked);
    if (refused !== undefined) return refused;
    trigger.changedMs = services.nowMs();
    services.triggers.restart(fn.value, trigger);
    return done;
  },
});

/** What is left out stays as it is. */
function change(trigger: TriggerRecord, asked: Request): Refusal | undefined {
  if (asked.TriggerDesc !== undefined) {
    const refused = changeDesc(trigger, asked.TriggerDesc);
    if (refused !== undefined) return refused;
  }
  if (asked.Enable !== undefined) trigger.enabled = asked.Enable === 'OPEN';
  trigger.description = asked.Description ?? trigger.description;
  if (trigger.type === 'timer') trigger.argument = asked.CustomArgument ?? trigger.argument;
  return undefined;
}

function changeDesc(trigger: TriggerRecord, text: string): Refusal | undefined {
  if (trigger.type === 'timer') {
    const cron = readCron(text);
    if (!cron.ok) return cron;
    trigger.cron = cron.value;
    return undefined;
  }
  const desc = readHttpDesc(text);
  if (!desc.ok) return desc;
  trigger.desc = desc.value;
  return undefined;
}
