import { TransportError, UpstreamError } from '../../shared/errors.ts';

/** What a failed call means for what comes next. */
export type Meaning =
  /** Nothing was done, since the platform is busy with the function: ask again later. */
  | 'busy'
  /** Nothing was done, since too much was asked at once. */
  | 'slow-down'
  /** Nothing was sent, since no connection came about. */
  | 'unreachable'
  /** The state is as asked for, made by an earlier call perhaps: read it before going on. */
  | 'fulfilled'
  /** The effect is unknown: read the state before going on. */
  | 'unknown'
  /** It will not be done. */
  | 'refused';

/** Codes of a function that is changing; from the SDK's lists of codes. */
const busy = new Set([
  'FailedOperation.FunctionStatusError',
  'FailedOperation.FunctionNameStatusError',
  'FailedOperation.FunctionVersionStatusNotActive',
  'FailedOperation.UpdateFunctionCode',
  'FailedOperation.UpdateFunctionConfiguration',
  'FailedOperation.OperationConflict',
  'FailedOperation.PublishVersion',
  'FailedOperation.CreateTrigger',
  'FailedOperation.UpdateTrigger',
  'FailedOperation.DeleteFunction',
  'ResourceInUse',
  'ResourceUnavailable.FunctionNotReady',
]);

export function meaningOf(action: string, error: unknown): Meaning {
  if (error instanceof TransportError) return error.stage === 'before-send' ? 'unreachable' : 'unknown';
  if (!(error instanceof UpstreamError)) return 'refused';
  const { code } = error;
  if (code === 'RequestLimitExceeded' || code.startsWith('RequestLimitExceeded.')) return 'slow-down';
  if (code === 'InternalError' || code.startsWith('InternalError.')) return 'unknown';
  if (busy.has(code)) return 'busy';
  if (action.startsWith('Create') && code.startsWith('ResourceInUse.')) return 'fulfilled';
  if (action.startsWith('Delete') && isNotFound(error)) return 'fulfilled';
  return 'refused';
}

export const isNotFound = (error: unknown): boolean =>
  error instanceof UpstreamError && error.code.startsWith('ResourceNotFound');
