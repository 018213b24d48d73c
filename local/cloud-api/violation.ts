import type * as z from 'zod/mini';
import { schemaText, type Text, untranslated } from '../../shared/text.ts';

/** One thing wrong with an input. */
export interface Violation {
  /** `Agent.ProxyOperator.OpenId`, `Restrictions.0.Mobile`; empty for the whole. */
  path: string;
  kind: 'missing' | 'unknown' | 'type' | 'value';
  /** What is wrong. Never the value itself, which may be personal. */
  text: Text;
}

type Issue = z.core.$ZodIssue;

/** What does not look like a member's name may be a value in the wrong place, and is not repeated. */
export const readableName = (name: string) => (/^[A-Za-z]\w{0,63}$/.test(name) ? name : '***');

function pathOf(...steps: readonly PropertyKey[]): string {
  return steps.map((step) => (typeof step === 'number' ? `${step}` : readableName(String(step)))).join('.');
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

const typeNames: Readonly<Record<string, Text>> = {
  string: { zh: '字符串', en: 'a string' },
  int: { zh: '整数', en: 'a whole number' },
  number: { zh: '数字', en: 'a number' },
  boolean: { zh: '布尔值', en: 'true or false' },
  array: { zh: '数组', en: 'an array' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
};

/** What a length or a bound is counted in. */
const unitNames: Readonly<Record<string, Text>> = {
  string: { zh: '个字符', en: ' characters' },
  array: { zh: '项', en: ' items' },
};

function textOf(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type': {
      const type = typeNames[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      return { zh: `须为${type.zh}`, en: `must be ${type.en}` };
    }
    case 'too_small': {
      const unit = unitNames[issue.origin] ?? { zh: '', en: '' };
      return { zh: `不得少于 ${issue.minimum}${unit.zh}`, en: `must be at least ${issue.minimum}${unit.en}` };
    }
    case 'too_big': {
      const unit = unitNames[issue.origin] ?? { zh: '', en: '' };
      return { zh: `不得超过 ${issue.maximum}${unit.zh}`, en: `must be at most ${issue.maximum}${unit.en}` };
    }
    case 'invalid_value': {
      const values = issue.values.map((value) => JSON.stringify(value)).join(', ');
      return { zh: `须为 ${values} 之一`, en: `must be one of ${values}` };
    }
    case 'custom':
      // Written by one of the stand-ins' own schemas.
      return schemaText(issue.message) ?? untranslated(issue.message);
    default:
      return schemaText(issue.message) ?? { zh: '格式不正确', en: 'has the wrong form' };
  }
}

/** Everything that a schema has found wrong, in words. `input` is what was checked. */
export function violationsOf(issues: readonly Issue[], input: unknown): Violation[] {
  return issues.flatMap((issue): Violation[] => {
    if (issue.code === 'unrecognized_keys') {
      const text = { zh: '未知参数', en: 'is not a known member' };
      return issue.keys.map((key) => ({ path: pathOf(...issue.path, key), kind: 'unknown', text }));
    }
    const path = pathOf(...issue.path);
    if (issue.path.length > 0 && valueAt(input, issue.path) === undefined) {
      return [{ path, kind: 'missing', text: { zh: '缺失', en: 'is missing' } }];
    }
    return [{ path, kind: isTypeOf(issue, input) ? 'type' : 'value', text: textOf(issue) }];
  });
}

/** Is it the type that is wrong? Of a member with a list of values the schema says only that it is none of them. */
function isTypeOf(issue: Issue, input: unknown): boolean {
  if (issue.code !== 'invalid_value') return issue.code === 'invalid_type';
  const given = typeof valueAt(input, issue.path);
  return issue.values.every((value) => typeof value !== given);
}
