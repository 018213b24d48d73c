import { zipLimitBytes } from '../shared/scf/limits.ts';
import { type CurrentFunction, type CurrentState, isChanging } from './current-state.ts';
import type { DesiredFunction, DesiredState } from './desired-state.ts';
import { planDomain, planDomainRemoval } from './plan-domain.ts';
import { planFunction } from './plan-function.ts';
import { createScope } from './scope.ts';
import type { Step } from './step.ts';
import { isWired } from './wiring.ts';

/** Something that a person should know: what is not as described and stays so, or why nothing can be done. */
export interface Note {
  target: string;
  text: string;
}

/** The steps that can be taken now. None: everything is as described, or waits for something that failed. */
export type Planner = (current: CurrentState) => Step[];

/**
 * The way to what is described: at most one step for each function, since one that is changing refuses all else.
 * What depends on a step is planned when its effect is part of the current state.
 */
export const towards =
  (desired: DesiredState): Planner =>
  (current) => {
    const scope = createScope(desired, current);
    return [
      ...desired.functions.flatMap(
        (it) => planFunction(it, current.functions[it.service.cloudName], scope) ?? [],
      ),
      ...planDomain(scope),
      ...(desired.prune ? removals(desired, current, strangers(desired, current)) : []),
    ];
  };

/** The way to nothing: the custom domain lets go of the functions, then they are deleted. */
export const removing =
  (desired: DesiredState): Planner =>
  (current) => {
    const name = desired.domain?.name;
    const routes = name && current.domain ? planDomainRemoval(desired, name, current.domain) : [];
    return routes.length > 0 ? routes : removals(desired, current, Object.entries(current.functions));
  };

function removals(
  desired: DesiredState,
  current: CurrentState,
  functions: readonly [string, CurrentFunction][],
): Step[] {
  return functions.flatMap(([target, { status }]): Step[] => {
    if (isChanging(status)) return [{ kind: 'wait', target, part: 'function', reason: `is ${status}` }];
    // The domain lets go of it first.
    if (current.domain?.endpoints.some(({ functionName }) => functionName === target)) return [];
    const parameters = { FunctionName: target, Namespace: desired.namespace };
    return [{ kind: 'call', target, action: 'DeleteFunction', parameters, reason: 'is not wanted any more' }];
  });
}

/** Functions of this project and stage that the file does not have. */
function strangers(desired: DesiredState, current: CurrentState): [string, CurrentFunction][] {
  const described = new Set(desired.functions.map(({ service }) => service.cloudName));
  return Object.entries(current.functions).filter(([name]) => !described.has(name));
}

/** What is not as described and is left to a person. */
export function notesOf(desired: DesiredState, current: CurrentState): Note[] {
  const others = desired.prune ? [] : strangers(desired, current);
  return [
    ...desired.functions.flatMap((it) => functionNotes(it, current)),
    ...valueless(desired),
    ...others.map(([target]) => ({ target, text: 'is not in serverless.yml and stays; --prune removes it' })),
  ];
}

/** Some variables are needed only by some; which ones must have a value is known to the functions. */
function valueless({ functions, prefix }: DesiredState): Note[] {
  const names = functions.flatMap(({ service, environment }) =>
    service.environment.filter((name) => environment[name] === undefined && !isWired(name)),
  );
  if (names.length === 0) return [];
  return [{ target: `${prefix}*`, text: `no value is given for ${[...new Set(names)].sort().join(', ')}` }];
}

function functionNotes({ service }: DesiredFunction, { functions }: CurrentState): Note[] {
  const target = service.cloudName;
  const existing = functions[target];
  if (existing === undefined) return [];
  const tags = Object.entries(service.tags).filter(([key, value]) => existing.tags[key] !== value);
  return [
    ...tags.map(([key]) => ({ target, text: `tag ${key} is not as described, and SCF cannot change tags` })),
    ...existing.undescribed.map((text) => ({ target, text: `${text} was set by hand and stays` })),
  ];
}

/** Why nothing can be begun; empty: it can. */
export function obstaclesOf(desired: DesiredState, current: CurrentState): Note[] {
  return desired.functions.flatMap((it) => {
    const target = it.service.cloudName;
    const existing = current.functions[target];
    const text = existing && !desired.replace ? obstacle(it, existing) : undefined;
    return text === undefined ? [] : [{ target, text }];
  });
}

function obstacle({ service, code }: DesiredFunction, existing: CurrentFunction): string | undefined {
  const again = '--replace deletes and creates it, and its Function URL becomes another one';
  const isLarge = code.zip.length > zipLimitBytes.update && existing.code?.sha256 !== code.sha256;
  if (existing.status === 'CreateFailed') return undefined;
  if (existing.runtime !== service.runtime)
    return `runs on ${existing.runtime}, which cannot become ${service.runtime}: ${again}`;
  if (existing.type !== 'Event') return `is a function of type ${existing.type}, which stays: ${again}`;
  if (isLarge) return `has ${code.zip.length} bytes of zip, more than an update takes: ${again}`;
  return undefined;
}
