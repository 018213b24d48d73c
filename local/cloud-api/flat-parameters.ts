import type * as z from 'zod/mini';
import type { GatewayCode } from './gateway-code.ts';
import { type Found, found, type Refuse } from './outcome.ts';
import { readableName } from './violation.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads `a=1&b=2`, URL-encoded UTF-8. Strictly: no byte that is none of it, and no name twice. */
export function readParameters(
  bytes: Uint8Array,
  refuse: Refuse<GatewayCode>,
): Found<ReadonlyMap<string, string>> {
  const parameters = new Map<string, string>();
  try {
    for (const pair of utf8.decode(bytes).split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      const name = decoded(at === -1 ? pair : pair.slice(0, at));
      if (parameters.has(name)) {
        const detail = { zh: `参数 ${readableName(name)} 重复`, en: `${readableName(name)} is there twice` };
        return refuse('InvalidParameter', detail);
      }
      parameters.set(name, at === -1 ? '' : decoded(pair.slice(at + 1)));
    }
  } catch {
    // The parser's message quotes the text, which must not reach a log.
    const detail = { zh: '参数不是 URL 编码的 UTF-8', en: 'the parameters are not URL-encoded UTF-8' };
    return refuse('InvalidParameter', detail);
  }
  return found(parameters);
}

const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));

/** Deeper than any request is. */
const maxDepth = 16;

interface Branch extends Map<string, Branch | string> {}

/** The request that flat names make together: `Agent.AppId`, `Restrictions.0.Name`. */
export function structured(
  parameters: Iterable<readonly [name: string, value: string]>,
  refuse: Refuse<GatewayCode>,
): Found<unknown> {
  const root: Branch = new Map();
  for (const [name, value] of parameters) {
    const steps = name.split('.');
    if (steps.length > maxDepth || !plant(root, steps, value)) {
      const detail = {
        zh: '参数名过深，或同一参数既是值又是结构',
        en: 'a name is too deep, or names both a value and a structure',
      };
      return refuse('InvalidParameter', detail);
    }
  }
  return found(plain(root));
}

/** @returns whether the place was free. */
function plant(root: Branch, steps: readonly string[], value: string): boolean {
  let branch = root;
  for (const step of steps.slice(0, -1)) {
    const next = branch.get(step) ?? new Map<string, Branch | string>();
    if (typeof next === 'string') return false;
    branch.set(step, next);
    branch = next;
  }
  const last = steps.at(-1) ?? '';
  if (branch.has(last)) return false;
  branch.set(last, value);
  return true;
}

/** Names that count from 0 make a list, all others a structure. */
function plain(branch: Branch | string): unknown {
  if (typeof branch === 'string') return branch;
  const isList =
    branch.size > 0 &&
    Array.from({ length: branch.size }, (_, index) => `${index}`).every((step) => branch.has(step));
  if (isList) return Array.from({ length: branch.size }, (_, index) => plain(branch.get(`${index}`) ?? ''));
  return Object.fromEntries([...branch].map(([name, value]) => [name, plain(value)]));
}

/**
 * A request of texts, with numbers and truths where its schema wants them. What cannot be read as such stays text, for the
 * schema to refuse.
 */
export function typed(schema: z.ZodMiniType, request: unknown): unknown {
  const parsed = schema.safeParse(request);
  if (parsed.success) return request;
  const copy: unknown = structuredClone(request);
  for (const issue of parsed.error.issues) {
    const holder = issue.path.slice(0, -1).reduce<unknown>((value, step) => memberOf(value, step), copy);
    const last = issue.path.at(-1);
    if (typeof holder !== 'object' || holder === null || last === undefined) continue;
    const text = memberOf(holder, last);
    if (typeof text === 'string') Reflect.set(holder, last, typedText(text, issue));
  }
  return copy;
}

const memberOf = (value: unknown, step: PropertyKey): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, step)
    ? Reflect.get(value, step)
    : undefined;

function typedText(text: string, issue: z.core.$ZodIssue): unknown {
  if (issue.code === 'invalid_value') return issue.values.find((value) => String(value) === text) ?? text;
  if (issue.code !== 'invalid_type') return text;
  if (issue.expected === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  const isNumber = issue.expected === 'number' || issue.expected === 'int';
  return isNumber && /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : text;
}
