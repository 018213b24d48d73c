import { zipLimitBytes } from '../../shared/scf/limits.ts';
import type { Text } from '../../shared/text.ts';
import { type CurrentFunction, type CurrentState, isChanging, statusText } from './current-state.ts';
import type { DesiredFunction, DesiredState } from './desired-state.ts';
import { isOurs, planDomain, planLettingGo } from './plan-domain.ts';
import { planFunction } from './plan-function.ts';
import type { Step } from './plan-step.ts';
import { createScope } from './release-state.ts';
import { isWired } from './wired-variables.ts';

/** Something that a person should know: what is not as described and stays so, or why nothing can be done. */
export interface Note {
  target: string;
  text: Text;
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
      ...(desired.prune ? pruning(desired, current) : []),
    ];
  };

/** Strangers go. The domain of the file lets go of them by itself. */
function pruning(desired: DesiredState, current: CurrentState): Step[] {
  const names = strangers(desired, current);
  const { [desired.domain?.name ?? '']: _, ...others } = current.domains;
  const routes = planLettingGo(desired, others, (name) => names.includes(name));
  return [...routes, ...removals(desired, current, names)];
}

/** The way to nothing, or without one function: every domain lets go of it, then it is deleted. */
export const removing =
  (desired: DesiredState, isLeaving: (name: string) => boolean = () => true): Planner =>
  (current) => {
    const routes = planLettingGo(desired, current.domains, isLeaving);
    return routes.length > 0
      ? routes
      : removals(desired, current, Object.keys(current.functions).filter(isLeaving));
  };

function removals(desired: DesiredState, current: CurrentState, names: readonly string[]): Step[] {
  const routed = new Set(
    Object.values(current.domains).flatMap(({ endpoints }) =>
      endpoints.filter((endpoint) => isOurs(desired, endpoint)).map(({ functionName }) => functionName),
    ),
  );
  return names.flatMap((target): Step[] => {
    const it = current.functions[target];
    if (it !== undefined && isChanging(it.status))
      return [{ kind: 'wait', target, part: 'function', reason: statusText(it) }];
    // The domain lets go of it first.
    if (routed.has(target)) return [];
    const parameters = { FunctionName: target, Namespace: desired.namespace };
    const reason = { zh: '不再需要', en: 'is not wanted any more' };
    return [{ kind: 'call', target, action: 'DeleteFunction', parameters, reason }];
  });
}

/** Functions of this project and stage that the file does not have. */
function strangers(desired: DesiredState, current: CurrentState): string[] {
  const described = new Set(desired.functions.map(({ service }) => service.cloudName));
  return Object.keys(current.functions).filter((name) => !described.has(name));
}

/** What is not as described and is left to a person. Variables without a value are reported elsewhere. */
export function notesOf(
  desired: DesiredState,
  current: CurrentState,
  lacking: ReadonlySet<string> = new Set(),
): Note[] {
  const others = desired.prune ? [] : strangers(desired, current);
  return [
    ...desired.functions.flatMap((it) => functionNotes(it, current)),
    ...valueless(desired, lacking),
    ...others.map((target) => ({ target, text: stranger })),
    ...otherDomains(desired, current).map((target) => ({
      target,
      text: otherDomain,
    })),
  ];
}

const otherDomains = ({ domain }: DesiredState, { domains }: CurrentState) =>
  Object.keys(domains).filter((name) => name !== domain?.name);

/** Some variables are needed only by some; which ones must have a value is known to the functions. */
function valueless({ functions, prefix }: DesiredState, lacking: ReadonlySet<string>): Note[] {
  const names = functions.flatMap(({ service, environment }) =>
    service.environment.filter(
      (name) => environment[name] === undefined && !isWired(name) && !lacking.has(name),
    ),
  );
  if (names.length === 0) return [];
  const list = [...new Set(names)].sort().join(', ');
  return [{ target: `${prefix}*`, text: { zh: `未给出取值：${list}`, en: `no value is given for ${list}` } }];
}

function functionNotes({ service }: DesiredFunction, { functions }: CurrentState): Note[] {
  const target = service.cloudName;
  const existing = functions[target];
  if (existing === undefined) return [];
  const tags = Object.entries(service.tags).filter(([key, value]) => existing.tags[key] !== value);
  return [
    ...tags.map(([key]) => ({
      target,
      text: {
        zh: `标签 ${key} 与描述不符，而 SCF 不能修改标签`,
        en: `tag ${key} is not as described, and SCF cannot change tags`,
      },
    })),
    ...existing.undescribed.map((what) => ({
      target,
      text: { zh: `${what} 是手工设置的，保持不变`, en: `${what} was set by hand and stays` },
    })),
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

function obstacle({ service, code }: DesiredFunction, existing: CurrentFunction): Text | undefined {
  const isThere = existing.code?.sha256 === code.sha256 && !existing.code.isUploading;
  const isLarge = code.zip.length > zipLimitBytes.update && !isThere;
  if (existing.status === 'CreateFailed') return undefined;
  if (existing.runtime !== service.runtime) {
    return again({
      zh: `运行环境为 ${existing.runtime}，不能改为 ${service.runtime}`,
      en: `runs on ${existing.runtime}, which cannot become ${service.runtime}`,
    });
  }
  if (existing.type !== 'Event') {
    return again({
      zh: `函数类型为 ${existing.type}，不能修改`,
      en: `is a function of type ${existing.type}, which stays`,
    });
  }
  if (!isLarge) return undefined;
  return again({
    zh: `压缩包为 ${code.zip.length} 字节，超过更新的上限`,
    en: `has ${code.zip.length} bytes of zip, more than an update takes`,
  });
}

const again = ({ zh, en }: Text): Text => ({
  zh: `${zh}：--replace 会先删除再创建，其 Function URL 会改变`,
  en: `${en}: --replace deletes and creates it, and its Function URL becomes another one`,
});

const stranger = {
  zh: '不在 serverless.yml 中，予以保留；--prune 会删除它',
  en: 'is not in serverless.yml and stays; --prune removes it',
};
const otherDomain = {
  zh: '指向此环境但不是 CUSTOM_DOMAIN，其路径予以保留',
  en: 'leads to this stage and is not CUSTOM_DOMAIN; its paths stay',
};
