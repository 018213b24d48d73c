import type { CurrentFunction } from './current-state.ts';

/** The actions of the API that change something. */
export type Action =
  | 'CreateFunction'
  | 'UpdateFunctionCode'
  | 'UpdateFunctionConfiguration'
  | 'DeleteFunction'
  | 'UpdateFunctionEventInvokeConfig'
  | 'PutReservedConcurrencyConfig'
  | 'DeleteReservedConcurrencyConfig'
  | 'PutProvisionedConcurrencyConfig'
  | 'DeleteProvisionedConcurrencyConfig'
  | 'CreateTrigger'
  | 'UpdateTrigger'
  | 'DeleteTrigger'
  | 'PublishVersion'
  | 'CreateAlias'
  | 'UpdateAlias'
  | 'Invoke'
  | 'CreateCustomDomain'
  | 'UpdateCustomDomain'
  | 'DeleteCustomDomain';

/** A part of the current state that is read by one action. */
export type Part =
  | 'function'
  | 'triggers'
  | 'versions'
  | 'served'
  | 'asyncRetry'
  | 'reserved'
  | 'provisioned';

/** One call of the API. */
export interface CallStep {
  kind: 'call';
  /** The function, by its name in the cloud, or the custom domain. */
  target: string;
  action: Action;
  parameters: Readonly<Record<string, unknown>>;
  /** One line for a person. Never a value of the environment. */
  reason: string;
  /** What this run remembers of the function once the call has succeeded. */
  remember?: Pick<CurrentFunction, 'migratedTo'> | Pick<CurrentFunction, 'code'>;
}

/** Nothing to call: the platform is still busy with what was asked earlier. */
export interface WaitStep {
  kind: 'wait';
  target: string;
  part: Part;
  reason: string;
}

export type Step = CallStep | WaitStep;
