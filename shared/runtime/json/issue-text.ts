import type * as z from 'zod/mini';
import type { Text } from '../../text.ts';

/** The message of an issue for which the schema has no text of ours. */
export const noText = 'Invalid input';

/** What may be asked for, in the words of JSON. A kind that is not listed is shown as zod names it. */
const kinds: Readonly<Record<string, Text>> = {
  string: { zh: '字符串', en: 'a string' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'an integer' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '数组', en: 'an array' },
  tuple: { zh: '数组', en: 'an array' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
};

/** What a size counts, by the origin of the issue. Where there is none, the value itself is compared. */
const units: Readonly<Record<string, Text>> = {
  string: { zh: '个字符', en: ' characters' },
  array: { zh: '项', en: ' items' },
};

const missing: Text = { zh: '缺失', en: 'is missing' };
const invalid: Text = { zh: '不合法', en: 'is not valid' };

/** Issues that speak of one place; the others hold issues of several and are taken apart in `validate.ts`. */
export type PlainIssue = Exclude<
  z.core.$ZodIssue,
  { code: 'unrecognized_keys' | 'invalid_union' | 'invalid_key' | 'invalid_element' }
>;

/**
 * What is wrong, from the code and the bounds of an issue, never from the value: it may be personal.
 *
 * A text of the schema's author wins. An author who has both languages passes them as `params: { zh, en }`.
 */
export function issueText(issue: PlainIssue, isMissing: boolean): Text {
  if (issue.message !== noText) return { zh: issue.message, en: issue.message };
  switch (issue.code) {
    case 'invalid_type':
      return isMissing ? missing : typeText(issue.expected);
    case 'invalid_value':
      return isMissing ? missing : choiceText(issue.values);
    case 'too_small':
      return sizeText(
        issue.origin,
        issue.minimum,
        issue.exact ? '=' : issue.inclusive === false ? '>' : '>=',
      );
    case 'too_big':
      return sizeText(
        issue.origin,
        issue.maximum,
        issue.exact ? '=' : issue.inclusive === false ? '<' : '<=',
      );
    case 'invalid_format':
      return formatText(issue);
    case 'custom':
      return customText(issue.params);
    default:
      return invalid;
  }
}

/** `must be one of "a", "b"`. */
export function choiceText(values: readonly unknown[]): Text {
  const list = values.map((value) => JSON.stringify(value) ?? String(value));
  if (list.length === 1) return { zh: `应为 ${list[0]}`, en: `must be ${list[0]}` };
  return { zh: `应为其中之一：${list.join('、')}`, en: `must be one of ${list.join(', ')}` };
}

function typeText(expected: string): Text {
  if (expected === 'nonoptional') return missing;
  if (expected === 'never' || expected === 'undefined') return { zh: '不允许填写', en: 'is not allowed' };
  const kind = kinds[expected] ?? { zh: expected, en: expected };
  return { zh: `应为${kind.zh}`, en: `must be ${kind.en}` };
}

type Relation = '=' | '>' | '>=' | '<' | '<=';

const lengthWords: Readonly<Record<Relation, Text>> = {
  '=': { zh: '应正好有', en: 'must have exactly' },
  '>': { zh: '应多于', en: 'must have more than' },
  '>=': { zh: '至少应有', en: 'must have at least' },
  '<': { zh: '应少于', en: 'must have fewer than' },
  '<=': { zh: '最多可有', en: 'must have at most' },
};

const valueWords: Readonly<Record<Relation, Text>> = {
  '=': { zh: '应等于', en: 'must be' },
  '>': { zh: '应大于', en: 'must be greater than' },
  '>=': { zh: '应不小于', en: 'must be at least' },
  '<': { zh: '应小于', en: 'must be less than' },
  '<=': { zh: '应不大于', en: 'must be at most' },
};

function sizeText(origin: string, bound: number | bigint, relation: Relation): Text {
  const unit = units[origin];
  if (unit === undefined) {
    const words = valueWords[relation];
    return { zh: `${words.zh} ${bound}`, en: `${words.en} ${bound}` };
  }
  if (relation === '>=' && Number(bound) === 1) return { zh: '不能为空', en: 'must not be empty' };
  const words = lengthWords[relation];
  const noun = Number(bound) === 1 ? unit.en.slice(0, -1) : unit.en;
  return { zh: `${words.zh} ${bound} ${unit.zh}`, en: `${words.en} ${bound}${noun}` };
}

function formatText(issue: z.core.$ZodIssueInvalidStringFormat): Text {
  const { format } = issue;
  if (format === 'regex') return { zh: `应符合格式 ${issue.pattern}`, en: `must match ${issue.pattern}` };
  return { zh: `应为 ${format}`, en: `must be a valid ${format}` };
}

function customText(params: Readonly<Record<string, unknown>> | undefined): Text {
  const { zh, en } = params ?? {};
  return typeof zh === 'string' && typeof en === 'string' ? { zh, en } : invalid;
}
