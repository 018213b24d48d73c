import type { Refusal } from '../../../essbasic/gateway/outcome.ts';
import type { ScfErrorCode } from '../error-codes.ts';
import { type Found, found, refuse } from '../gateway/refuse.ts';
import type { Services } from '../services.ts';
import { defaultNamespace, keyOf } from './account.ts';
import { type Alias, type FunctionRecord, latestVersion, type Version } from './function-record.ts';
import { settle, settleAll } from './settle.ts';

/** How a request names a function. */
export interface FunctionNamed {
  FunctionName: string;
  Namespace?: string | undefined;
}

export function findFunction(services: Services, named: FunctionNamed): Found<FunctionRecord> {
  const { Namespace = defaultNamespace, FunctionName } = named;
  const { account } = services;
  if (!account.namespaces.has(Namespace)) return refuse('ResourceNotFound.Namespace', Namespace);
  const key = keyOf(Namespace, FunctionName);
  const known = account.functions.get(key);
  if (known !== undefined) settleAll(services, known);
  const fn = account.functions.get(key);
  return fn === undefined ? refuse('ResourceNotFound.Function', FunctionName) : found(fn);
}

/** A version by its own name, not by that of an alias. */
export function versionOf(fn: FunctionRecord, name: string): Version | undefined {
  return name === latestVersion ? fn.latest : fn.published.get(name);
}

export const isQualifier = (fn: FunctionRecord, qualifier: string) =>
  versionOf(fn, qualifier) !== undefined || fn.aliases.has(qualifier);

/**
 * The version that a qualifier leads one event to. An alias with a second version shares the events out by weight:
 * `fraction` is from 0 up to, not including, 1.
 */
export function resolve(fn: FunctionRecord, qualifier: string, fraction: number): Version | undefined {
  const alias = fn.aliases.get(qualifier);
  return versionOf(fn, alias === undefined ? qualifier : chosen(alias, fraction));
}

function chosen({ version, weights }: Alias, fraction: number): string {
  let sum = 0;
  for (const { Version: name, Weight } of weights) {
    sum += Weight;
    if (fraction < sum) return name;
  }
  return version;
}

/** Refuses because of the status, which the caller thereby has seen. */
export function refuseBusy(
  services: Services,
  fn: FunctionRecord,
  version: Version,
  code: ScfErrorCode,
): Refusal {
  const { status } = version.life;
  settle(services, fn, version, true);
  return refuse(code, {
    zh: `函数 ${fn.name} 处于 ${status} 状态，请稍后重试`,
    en: `${fn.name} is ${status}, try again later`,
  });
}
