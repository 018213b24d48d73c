import type { DomainRecord, Endpoint, PathRewrite } from '../state/account.ts';

/** `/`, `/*`, `/xxx`, `/xxx/a`, `/xxx/*` (`scf_models`). */
export const pathMatchPattern = /^\/(?:[\w.~%-]+(?:\/[\w.~%-]+)*)?(?:(?<=\/)\*|\/\*)?$/;

/** What stands for `*` in a path, or undefined where the rule does not cover it. Empty where there is no `*`. */
export function restOf(rule: string, path: string): string | undefined {
  if (!rule.endsWith('*')) return path === rule ? '' : undefined;
  const prefix = rule.slice(0, -1);
  if (path.startsWith(prefix)) return path.slice(prefix.length);
  // That `/aa/*` covers `/aa` too is an assumption.
  return path === prefix.slice(0, -1) ? '' : undefined;
}

/** Exact rules before those with `*`, longer ones before shorter: an assumption, nothing is documented. */
const bySharpness = (a: { rule: string }, b: { rule: string }) =>
  Number(a.rule.endsWith('*')) - Number(b.rule.endsWith('*')) || b.rule.length - a.rule.length;

/** The endpoint of a domain that a path leads to. */
export function endpointFor(
  { endpoints }: Pick<DomainRecord, 'endpoints'>,
  path: string,
): Endpoint | undefined {
  return endpoints
    .map((endpoint) => ({ rule: endpoint.PathMatch, endpoint }))
    .filter(({ rule }) => restOf(rule, path) !== undefined)
    .sort(bySharpness)[0]?.endpoint;
}

/**
 * The path as the function sees it: all of it, unless a rule rewrites it. In a rewrite, `$` or `$1` stands for what
 * `*` covered, which is an assumption: the documents only show `/$`.
 */
export function rewritten(path: string, rules: readonly PathRewrite[] = []): string {
  const hit = rules
    .map((rewrite) => ({ rule: rewrite.Path, rewrite, rest: restOf(rewrite.Path, path) }))
    .filter(
      ({ rest, rewrite }) =>
        rest !== undefined && (rewrite.Type === 'WildcardRules' || rewrite.Path === path),
    )
    .sort(bySharpness)[0];
  if (hit === undefined) return path;
  return hit.rewrite.Rewrite.replace(/\$1?/g, () => hit.rest ?? '');
}
