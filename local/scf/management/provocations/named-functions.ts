import type { ScfErrorCode } from '../error-codes.ts';
import type { ManagedName } from '../good-requests.ts';
import type { Provocation } from './provocation.ts';

/** Where a function is named, it may be absent, and so may its namespace. */
const named: readonly ManagedName[] = [
  'CreateAlias',
  'CreateTrigger',
  'DeleteFunction',
  'DeleteProvisionedConcurrencyConfig',
  'DeleteReservedConcurrencyConfig',
  'DeleteTrigger',
  'GetAlias',
  'GetFunction',
  'GetFunctionEventInvokeConfig',
  'GetProvisionedConcurrencyConfig',
  'GetReservedConcurrencyConfig',
  'Invoke',
  'ListTriggers',
  'ListVersionByFunction',
  'PublishVersion',
  'PutProvisionedConcurrencyConfig',
  'PutReservedConcurrencyConfig',
  'UpdateAlias',
  'UpdateFunctionCode',
  'UpdateFunctionConfiguration',
  'UpdateFunctionEventInvokeConfig',
  'UpdateTrigger',
];

/** What an action answers about a function that is still being created. */
const ofBusy: Readonly<Partial<Record<ManagedName, ScfErrorCode>>> = {
  CreateTrigger: 'FailedOperation.CreateTrigger',
  DeleteFunction: 'FailedOperation.FunctionStatusError',
  DeleteTrigger: 'FailedOperation.CreateTrigger',
  Invoke: 'FailedOperation.FunctionStatusError',
  PublishVersion: 'FailedOperation.PublishVersion',
  PutReservedConcurrencyConfig: 'FailedOperation.FunctionVersionStatusNotActive',
  UpdateFunctionCode: 'FailedOperation.UpdateFunctionCode',
  UpdateFunctionConfiguration: 'FailedOperation.UpdateFunctionConfiguration',
  UpdateFunctionEventInvokeConfig: 'FailedOperation.FunctionVersionStatusNotActive',
  UpdateTrigger: 'FailedOperation.CreateTrigger',
};

/** What every action answers that names a function. */
export const ofNamedFunctions: readonly Provocation[] = [
  ...named.flatMap((action): Provocation[] => [
    { action, code: 'ResourceNotFound.Function', patch: { FunctionName: 'nothing' } },
    { action, code: 'MissingParameter', patch: { FunctionName: null } },
    { action, code: 'InvalidParameter', patch: { FunctionName: 1 } },
    { action, code: 'UnknownParameter', patch: { Surprise: 1 } },
  ]),
  ...named.map(
    (action): Provocation => ({
      action,
      code: 'ResourceNotFound.Namespace',
      patch: { Namespace: 'nowhere' },
    }),
  ),
  ...Object.entries(ofBusy).map(
    // The keys of an object of our own.
    ([action, code]): Provocation => ({
      action: action as ManagedName,
      code,
      patch: { FunctionName: 'busy' },
    }),
  ),
];
