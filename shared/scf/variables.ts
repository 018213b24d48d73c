import type { Problem } from '../errors.ts';

/** `${env(NAME)}`, `${env.NAME}` as Serverless Devs has them, and `${env(NAME, 'default')}`. */
const variable = /\$\{env(?:\.(\w+)|\(\s*(\w+)\s*(?:,\s*'([^'}]*)'\s*)?\))\}/g;

/** Replaces the variables of every text by their values. What has neither value nor default stays as it is. */
export function setVariables(value: unknown, values: Readonly<Record<string, string | undefined>>): unknown {
  if (typeof value === 'string') {
    return value.replace(variable, (whole, dotted?: string, called?: string, fallback?: string) => {
      return values[dotted ?? called ?? ''] || (fallback ?? whole);
    });
  }
  if (Array.isArray(value)) return value.map((item) => setVariables(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, setVariables(member, values)]),
  );
}

/** Texts that still hold a `${…}`, wherever `isNeeded` says that their value is. */
export function unsetVariables(
  value: unknown,
  isNeeded: (path: string) => boolean,
  keys: readonly string[] = [],
): Problem[] {
  const path = keys.join('.');
  if (typeof value === 'string') {
    const left = isNeeded(path) ? /\$\{[^}]*\}?/.exec(value)?.[0] : undefined;
    return left === undefined
      ? []
      : [{ path, message: { zh: `含有 ${left}，尚未赋值`, en: `holds ${left}, which nothing has set` } }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => unsetVariables(member, isNeeded, [...keys, key]));
}
