import * as z from 'zod/mini';
import { concurrencyMb } from '../account-limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { latestVersion } from '../state/function-record.ts';

const TriggerAction = z.strictObject({
  TriggerName: z.string(),
  TriggerProvisionedConcurrencyNum: z.int(),
  TriggerCronConfig: z.string(),
  ProvisionedType: z.optional(z.string()),
});

export const putProvisionedConcurrencyConfig = manage({
  name: 'PutProvisionedConcurrencyConfig',
  request: z.strictObject({
    ...functionMembers,
    Qualifier: z.string(),
    VersionProvisionedConcurrencyNum: z.int().check(z.minimum(0)),
    TriggerActions: z.optional(z.array(TriggerAction)),
    ProvisionedType: z.optional(z.enum(['Default', 'ConcurrencyUtilizationTracking'])),
    TrackingTarget: z.optional(z.number()),
    MinCapacity: z.optional(z.int()),
    MaxCapacity: z.optional(z.int()),
  }),
  publishedCodes: [
    'FailedOperation.FunctionVersionStatusNotActive',
    'InvalidParameterValue.Qualifier',
    'LimitExceeded.FunctionTotalProvisionedConcurrencyNum',
    'ResourceNotFound.Function',
    'ResourceNotFound.FunctionVersion',
    'ResourceNotFound.Namespace',
  ],
  assumedCodes: ['UnsupportedOperation'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Qualifier, TriggerActions = [], ProvisionedType = 'Default' } = asked;
    if (Qualifier === latestVersion) return refuse('InvalidParameterValue.Qualifier', Qualifier);
    const version = fn.value.published.get(Qualifier);
    if (version === undefined) return refuse('ResourceNotFound.FunctionVersion', Qualifier);
    if (version.life.status !== 'Active') {
      return refuseBusy(services, fn.value, version, 'FailedOperation.FunctionVersionStatusNotActive');
    }
    if (TriggerActions.length > 0 || ProvisionedType !== 'Default') {
      return refuse('UnsupportedOperation', { zh: '此处只有静态预置', en: 'only a fixed number is here' });
    }
    const { MemorySize } = version.content.configuration;
    const most = Math.floor(concurrencyMb.total / MemorySize) - 100;
    const asks = asked.VersionProvisionedConcurrencyNum;
    if (asks > most) {
      return refuse('LimitExceeded.FunctionTotalProvisionedConcurrencyNum', `${asks} > ${most}`);
    }
    fn.value.provisioned.set(Qualifier, asks);
    return done;
  },
});
