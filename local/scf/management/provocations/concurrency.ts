import type { Provocation } from './provocation.ts';

export const ofConcurrency: readonly Provocation[] = [
  {
    action: 'PutReservedConcurrencyConfig',
    code: 'LimitExceeded.FunctionReservedConcurrencyMemory',
    patch: { ReservedConcurrencyMem: 115_201 },
  },
  {
    action: 'PutReservedConcurrencyConfig',
    code: 'InvalidParameterValue',
    patch: { ReservedConcurrencyMem: -1 },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'InvalidParameterValue.Qualifier',
    patch: { Qualifier: '$LATEST' },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'ResourceNotFound.FunctionVersion',
    patch: { Qualifier: '9' },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'FailedOperation.FunctionVersionStatusNotActive',
    patch: { Qualifier: '2' },
    before: [{ action: 'PublishVersion', request: { FunctionName: 'fine' } }],
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'LimitExceeded.FunctionTotalProvisionedConcurrencyNum',
    patch: { VersionProvisionedConcurrencyNum: 901 },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'UnsupportedOperation',
    patch: { ProvisionedType: 'ConcurrencyUtilizationTracking' },
  },
  {
    action: 'DeleteProvisionedConcurrencyConfig',
    code: 'ResourceNotFound.FunctionVersion',
    patch: { Qualifier: '9' },
  },
  {
    action: 'UpdateFunctionEventInvokeConfig',
    code: 'InvalidParameterValue.AsyncTriggerConfig',
    patch: { AsyncTriggerConfig: { RetryConfig: [] } },
  },
  {
    action: 'UpdateFunctionEventInvokeConfig',
    code: 'LimitExceeded.RetryNum',
    patch: { AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 3 }] } },
  },
  {
    action: 'UpdateFunctionEventInvokeConfig',
    code: 'LimitExceeded.MsgTTL',
    patch: { AsyncTriggerConfig: { MsgTTL: 59 } },
  },
];
