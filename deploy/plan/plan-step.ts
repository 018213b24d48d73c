import type { Text } from '../../shared/text.ts';
import type { CurrentFunction } from './current-state.ts';
import type { DesiredFunction } from './desired-state.ts';
import type { Scope } from './release-state.ts';

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
  reason: Text;
  /** What this run remembers of the function once the call has succeeded. */
  remember?: Pick<CurrentFunction, 'migratedTo'> | Pick<CurrentFunction, 'code'>;
}

/** Nothing to call: the platform is still busy with what was asked earlier. */
interface WaitStep {
  kind: 'wait';
  target: string;
  part: Part;
  reason: Text;
}

export type Step = CallStep | WaitStep;

/**
 * The step that one rule asks for. Undefined: it is content, and the next rule is asked. `blocked`: what the function
 * needs has to come from another one first.
 */
export type Rule = (
  it: DesiredFunction,
  current: CurrentFunction,
  scope: Scope,
) => Step | 'blocked' | undefined;

/** A call that concerns one function. */
export function call(
  { service }: DesiredFunction,
  action: Action,
  reason: Text,
  parameters: Readonly<Record<string, unknown>> = {},
): CallStep {
  const own = { FunctionName: service.cloudName, Namespace: service.namespace };
  return { kind: 'call', target: service.cloudName, action, reason, parameters: { ...own, ...parameters } };
}
