import { type Alias, type FunctionRecord, latestVersion, type Version } from './function-record.ts';

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
