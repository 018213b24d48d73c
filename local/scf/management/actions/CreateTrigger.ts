import * as z from 'zod/mini';
import { triggerLimit } from '../../../../shared/scf/limits.ts';
import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import { argumentLimitBytes } from '../account-limits.ts';
import { manage } from '../gateway/managed-action.ts';
import { type Found, found, refuse } from '../gateway/refuse.ts';
import { functionMembers, TriggerName } from '../schemas/names.ts';
import { readCron, readHttpDesc } from '../schemas/trigger-desc.ts';
import type { Services } from '../services.ts';
import { findFunction, isQualifier, refuseBusy } from '../state/find.ts';
import { type FunctionRecord, latestVersion, type TriggerRecord } from '../state/function-record.ts';
import { triggerView } from '../state/trigger-view.ts';

/** Those that the platform has or had; of `http` and `timer`, events come here. */
const Type = z.enum(['http', 'timer', 'cos', 'cls', 'ckafka']);

const request = z.strictObject({
  ...functionMembers,
  TriggerName,
  Type,
  TriggerDesc: z.optional(z.string()),
  Qualifier: z.optional(z.string()),
  Enable: z.optional(z.enum(['OPEN', 'CLOSE'])),
  CustomArgument: z.optional(
    z
      .string()
      .check(z.refine((text) => Buffer.byteLength(text) <= argumentLimitBytes, 'must be at most 4 KB')),
  ),
  Description: z.optional(z.string()),
});
type Request = z.infer<typeof request>;

export const createTrigger = manage({
  name: 'CreateTrigger',
  request,
  publishedCodes: [
    'FailedOperation.CreateTrigger',
    'InvalidParameterValue.CustomArgument',
    'InvalidParameterValue.Enable',
    'InvalidParameterValue.TriggerDesc',
    'InvalidParameterValue.TriggerName',
    'InvalidParameterValue.Type',
    'LimitExceeded.Trigger',
    'ResourceInUse.Trigger',
    'ResourceInUse.TriggerName',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'ResourceNotFound.Qualifier',
    'UnsupportedOperation.Trigger',
  ],
  valueCodes: {
    CustomArgument: 'InvalidParameterValue.CustomArgument',
    Enable: 'InvalidParameterValue.Enable',
    TriggerName: 'InvalidParameterValue.TriggerName',
    Type: 'InvalidParameterValue.Type',
  },
  async handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest } = fn.value;
    if (latest.life.status !== 'Active') {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.CreateTrigger');
    }
    const refused = refusalOfPlace(fn.value, asked);
    if (refused !== undefined) return refused;
    const trigger = triggerOf(asked, services);
    if (!trigger.ok) return trigger;
    fn.value.triggers.push(trigger.value);
    await services.triggers.start(fn.value, trigger.value);
    return { ok: true, response: { TriggerInfo: triggerView(services, trigger.value) } };
  },
});

function refusalOfPlace(fn: FunctionRecord, asked: Request): Refusal | undefined {
  const { Qualifier = latestVersion, Type: type, TriggerName: name } = asked;
  if (type !== 'http' && type !== 'timer') return refuse('UnsupportedOperation.Trigger', type);
  if (!isQualifier(fn, Qualifier)) return refuse('ResourceNotFound.Qualifier', Qualifier);
  const alike = fn.triggers.filter((trigger) => trigger.type === type);
  const here = alike.filter(({ qualifier }) => qualifier === Qualifier);
  if (here.some((trigger) => trigger.name === name)) return refuse('ResourceInUse.TriggerName', name);
  if (type === 'http' && here.length > 0) {
    return refuse('ResourceInUse.Trigger', {
      zh: `${Qualifier} 已有函数 URL`,
      en: `${Qualifier} has a Function URL`,
    });
  }
  return alike.length < triggerLimit ? undefined : refuse('LimitExceeded.Trigger', `${triggerLimit}`);
}

function triggerOf(asked: Request, services: Services): Found<TriggerRecord> {
  const nowMs = services.nowMs();
  const facts = {
    name: asked.TriggerName,
    qualifier: asked.Qualifier ?? latestVersion,
    // That a trigger is open unless said otherwise is an assumption.
    enabled: asked.Enable !== 'CLOSE',
    description: asked.Description ?? '',
    addedMs: nowMs,
    changedMs: nowMs,
  };
  if (asked.Type === 'timer') {
    const cron = readCron(asked.TriggerDesc);
    if (!cron.ok) return cron;
    return found({ ...facts, type: 'timer', cron: cron.value, argument: asked.CustomArgument ?? '' });
  }
  const desc = readHttpDesc(asked.TriggerDesc);
  if (!desc.ok) return desc;
  const { urlPolls: pollsLeft } = services;
  return found({ ...facts, type: 'http', urlId: services.newId(), desc: desc.value, pollsLeft });
}
