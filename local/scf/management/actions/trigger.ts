/** Function URLs and timers. */
import * as z from 'zod/mini';
import { triggerLimit } from '../../../../shared/scf/limits.ts';
import { schemaError } from '../../../../shared/text.ts';
import { type Found, found, type Refusal } from '../../../cloud-api/outcome.ts';
import { argumentLimitBytes } from '../account-limits.ts';
import { done, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { TriggerName } from '../schemas/names.ts';
import { readCron, readHttpDesc } from '../schemas/trigger-desc.ts';
import type { Services } from '../services.ts';
import { domainsOn } from '../state/account.ts';
import { refuseBusy } from '../state/find.ts';
import { type FunctionRecord, latestVersion, type TriggerRecord } from '../state/function-record.ts';
import { triggerView } from '../state/trigger-view.ts';
import { isQualifier } from '../state/versions.ts';

/** Those that the platform has or had; of `http` and `timer`, events come here. */
const Type = z.enum(['http', 'timer', 'cos', 'cls', 'ckafka']);

/** Members that creating and changing a trigger have in common. */
const triggerMembers = {
  TriggerDesc: z.optional(z.string()),
  Qualifier: z.optional(z.string()),
  Enable: z.optional(z.enum(['OPEN', 'CLOSE'])),
  CustomArgument: z.optional(
    z
      .string()
      .check(
        z.refine(
          (text) => Buffer.byteLength(text) <= argumentLimitBytes,
          schemaError({ zh: '至多 4 KB', en: 'must be at most 4 KB' }),
        ),
      ),
  ),
  Description: z.optional(z.string()),
};
const NewTrigger = z.object({ TriggerName, Type, ...triggerMembers });
type NewTrigger = z.infer<typeof NewTrigger>;

export const createTrigger = manageFunction({
  name: 'CreateTrigger',
  members: NewTrigger.shape,
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
  busyCode: 'FailedOperation.CreateTrigger',
  async handle(asked, fn, services) {
    const refused = refusalOfPlace(fn, asked);
    if (refused !== undefined) return refused;
    const trigger = triggerOf(asked, services);
    if (!trigger.ok) return trigger;
    fn.triggers.push(trigger.value);
    await services.triggers.start(fn, trigger.value);
    return { ok: true, response: { TriggerInfo: triggerView(services, trigger.value) } };
  },
});

function refusalOfPlace(fn: FunctionRecord, asked: NewTrigger): Refusal | undefined {
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

function triggerOf(asked: NewTrigger, services: Services): Found<TriggerRecord> {
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

const TriggerChange = z.object({
  TriggerName: z.string(),
  Type: z.enum(['timer', 'ckafka', 'http']),
  ...triggerMembers,
});

/** Its list of codes has not been found anywhere: those of `CreateTrigger` are assumed. */
export const updateTrigger = manageFunction({
  name: 'UpdateTrigger',
  members: TriggerChange.shape,
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
  busyCode: 'FailedOperation.CreateTrigger',
  handle(asked, fn, services) {
    const trigger = findTrigger(fn, asked);
    if (trigger === undefined) return refuse('ResourceNotFound.Trigger', asked.TriggerName);
    const refused = change(trigger, asked);
    if (refused !== undefined) return refused;
    trigger.changedMs = services.nowMs();
    services.triggers.restart(fn, trigger);
    return done;
  },
});

/** What is left out stays as it is. */
function change(trigger: TriggerRecord, asked: z.infer<typeof TriggerChange>): Refusal | undefined {
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

export const deleteTrigger = manageFunction({
  name: 'DeleteTrigger',
  members: {
    TriggerName: z.string(),
    Type: z.enum(['timer', 'ckafka', 'apigw', 'cls', 'cos', 'cmq', 'http']),
    TriggerDesc: z.optional(z.string()),
    Qualifier: z.optional(z.string()),
  },
  publishedCodes: [
    'FailedOperation.CreateTrigger',
    'InvalidParameterValue.Type',
    'ResourceNotFound.Function',
    'ResourceNotFound.Trigger',
  ],
  assumedCodes: ['FailedOperation.DeleteTrigger.UrlUsed', 'ResourceNotFound.Namespace'],
  valueCodes: { Type: 'InvalidParameterValue.Type' },
  handle(asked, fn, services) {
    const { latest } = fn;
    if (latest.life.pending !== undefined) {
      return refuseBusy(services, fn, latest, 'FailedOperation.CreateTrigger');
    }
    const trigger = findTrigger(fn, asked);
    if (trigger === undefined) return refuse('ResourceNotFound.Trigger', asked.TriggerName);
    const [domain] = trigger.type === 'http' ? domainsOn(services.account, fn, trigger.qualifier) : [];
    if (domain !== undefined) return refuse('FailedOperation.DeleteTrigger.UrlUsed', domain.domain);
    fn.triggers.splice(fn.triggers.indexOf(trigger), 1);
    services.triggers.stop(trigger);
    return done;
  },
});

/** A trigger is found by name, type and qualifier together. */
function findTrigger(
  fn: FunctionRecord,
  named: Pick<z.infer<typeof TriggerChange>, 'Qualifier' | 'TriggerName'> & { Type: string },
): TriggerRecord | undefined {
  const { TriggerName, Type, Qualifier = latestVersion } = named;
  return fn.triggers.find(
    ({ name, type, qualifier }) => name === TriggerName && type === Type && qualifier === Qualifier,
  );
}
