/** Reserved memory and instances kept warm. */
import * as z from 'zod/mini';
import { concurrencyMb } from '../account-limits.ts';
import { done, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { refuseBusy } from '../state/find.ts';
import { latestVersion } from '../state/function-record.ts';

export const putReservedConcurrencyConfig = manageFunction({
  name: 'PutReservedConcurrencyConfig',
  members: { ReservedConcurrencyMem: z.int().check(z.minimum(0)) },
  publishedCodes: [
    'FailedOperation.FunctionVersionStatusNotActive',
    'LimitExceeded.FunctionReservedConcurrencyMemory',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
  ],
  busyCode: 'FailedOperation.FunctionVersionStatusNotActive',
  handle(asked, fn, services) {
    const others = [...services.account.functions.values()].filter((other) => other !== fn);
    const reservedMb = others.reduce(
      (sum, other) => sum + (other.reservedMb ?? 0),
      asked.ReservedConcurrencyMem,
    );
    const mostMb = concurrencyMb.total - concurrencyMb.shared;
    if (reservedMb > mostMb) {
      return refuse('LimitExceeded.FunctionReservedConcurrencyMemory', `${reservedMb} > ${mostMb} MB`);
    }
    fn.reservedMb = asked.ReservedConcurrencyMem;
    return done;
  },
});

export const getReservedConcurrencyConfig = manageFunction({
  name: 'GetReservedConcurrencyConfig',
  members: {},
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(_asked, fn, _services) {
    // Where nothing is reserved the member is null: an assumption.
    return { ok: true, response: { ReservedMem: fn.reservedMb ?? null } };
  },
});

export const deleteReservedConcurrencyConfig = manageFunction({
  name: 'DeleteReservedConcurrencyConfig',
  members: {},
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(_asked, fn, _services) {
    fn.reservedMb = undefined;
    return done;
  },
});

const TriggerAction = z.strictObject({
  TriggerName: z.string(),
  TriggerProvisionedConcurrencyNum: z.int(),
  TriggerCronConfig: z.string(),
  ProvisionedType: z.optional(z.string()),
});

export const putProvisionedConcurrencyConfig = manageFunction({
  name: 'PutProvisionedConcurrencyConfig',
  members: {
    Qualifier: z.string(),
    VersionProvisionedConcurrencyNum: z.int().check(z.minimum(0)),
    TriggerActions: z.optional(z.array(TriggerAction)),
    ProvisionedType: z.optional(z.enum(['Default', 'ConcurrencyUtilizationTracking'])),
    TrackingTarget: z.optional(z.number()),
    MinCapacity: z.optional(z.int()),
    MaxCapacity: z.optional(z.int()),
  },
  publishedCodes: [
    'FailedOperation.FunctionVersionStatusNotActive',
    'InvalidParameterValue.Qualifier',
    'LimitExceeded.FunctionTotalProvisionedConcurrencyNum',
    'ResourceNotFound.Function',
    'ResourceNotFound.FunctionVersion',
    'ResourceNotFound.Namespace',
  ],
  assumedCodes: ['UnsupportedOperation'],
  handle(asked, fn, services) {
    const { Qualifier, TriggerActions = [], ProvisionedType = 'Default' } = asked;
    if (Qualifier === latestVersion) return refuse('InvalidParameterValue.Qualifier', Qualifier);
    const version = fn.published.get(Qualifier);
    if (version === undefined) return refuse('ResourceNotFound.FunctionVersion', Qualifier);
    if (version.life.status !== 'Active') {
      return refuseBusy(services, fn, version, 'FailedOperation.FunctionVersionStatusNotActive');
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
    fn.provisioned.set(Qualifier, asks);
    return done;
  },
});

export const getProvisionedConcurrencyConfig = manageFunction({
  name: 'GetProvisionedConcurrencyConfig',
  members: { Qualifier: z.optional(z.string()) },
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, fn, _services) {
    const { Qualifier } = asked;
    const allocated = [...fn.provisioned]
      .filter(([version]) => Qualifier === undefined || version === Qualifier)
      .map(([version, instances]) => ({
        Qualifier: version,
        // Instances start with the first event here: what was asked for is said to be there at once.
        AllocatedProvisionedConcurrencyNum: instances,
        AvailableProvisionedConcurrencyNum: instances,
        Status: 'Done',
        StatusReason: '',
        TriggerActions: [],
      }));
    return { ok: true, response: { UnallocatedConcurrencyNum: 0, Allocated: allocated } };
  },
});

export const deleteProvisionedConcurrencyConfig = manageFunction({
  name: 'DeleteProvisionedConcurrencyConfig',
  members: { Qualifier: z.string() },
  publishedCodes: [
    'ResourceNotFound.Function',
    'ResourceNotFound.FunctionVersion',
    'ResourceNotFound.Namespace',
  ],
  handle(asked, fn, _services) {
    const { Qualifier } = asked;
    if (!fn.published.has(Qualifier)) return refuse('ResourceNotFound.FunctionVersion', Qualifier);
    fn.provisioned.delete(Qualifier);
    return done;
  },
});
