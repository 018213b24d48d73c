import type { CurrentFunction } from './current-state.ts';
import type { DesiredFunction } from './desired-state.ts';
import type { Scope } from './scope.ts';
import type { Action, CallStep, Step } from './step.ts';

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
  reason: string,
  parameters: Readonly<Record<string, unknown>> = {},
): CallStep {
  const own = { FunctionName: service.cloudName, Namespace: service.namespace };
  return { kind: 'call', target: service.cloudName, action, reason, parameters: { ...own, ...parameters } };
}
