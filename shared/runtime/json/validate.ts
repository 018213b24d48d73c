import * as z from 'zod/mini';
import { Failure, type Problem } from '../../errors.ts';
import type { Text } from '../../text.ts';
import { choiceText, issueText, noText } from './issue-text.ts';
import { pathText } from './path-text.ts';

/** Problems that an answer lists. More than this share one cause, and an answer must stay small. */
export const maxProblems = 100;

/**
 * The value as the schema reads it.
 *
 * @throws Failure `InvalidRequest` with all problems at once, each with its path. Rules
 * over a whole object are only checked once its members are right. No value of the input is ever repeated.
 */
export function validate<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.output<Schema> {
  // An instance often parses one request only: compiling a parser for it first would cost more than it saves. And a
  // package that loads all of zod sets its English for the whole process, which would come out as words of ours.
  const result = z.safeParse(schema, value, { jitless: true, error: () => noText });
  if (result.success) return result.data;
  const all = problemsOf(result.error.issues, [], value);
  const problems: Problem[] = all.slice(0, maxProblems).map(({ path, text }) => ({
    path: pathText(path),
    message: text,
  }));
  const rest = all.length - problems.length;
  if (rest > 0) problems.push({ path: '', message: more(rest) });
  throw new Failure('InvalidRequest', { detail: summary(all.length), problems });
}

interface Place {
  path: readonly PropertyKey[];
  text: Text;
}

const summary = (count: number): Text => ({
  zh: `共 ${count} 处问题，见 errors`,
  en: count === 1 ? 'There is one problem, see errors' : `There are ${count} problems, see errors`,
});

const more = (count: number): Text => ({ zh: `另有 ${count} 处问题`, en: `and ${count} more problems` });

const unknownField: Text = { zh: '未知字段', en: 'is not a known field' };
const severalForms: Text = { zh: '符合多种形式，无法区分', en: 'fits several forms at once' };

/** `base` is where the issues' own paths begin, `whole` the whole input. */
function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  base: readonly PropertyKey[],
  whole: unknown,
): Place[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({ path: [...path, key], text: unknownField }));
      case 'invalid_key':
      case 'invalid_element':
        return problemsOf(issue.issues, path, whole);
      case 'invalid_union':
        return unionProblems(issue, path, whole);
      default:
        return [{ path, text: issueText(issue, isMissing(whole, path)) }];
    }
  });
}

/** The problems of the form that was most likely meant; where none is likely, what each of them asks for. */
function unionProblems(
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
  whole: unknown,
): Place[] {
  if (issue.inclusive === false) return [{ path, text: severalForms }];
  if (isMissing(whole, path)) return [{ path, text: issueText(missingIssue, true) }];
  if (issue.errors.length === 0) return [{ path, text: choiceText(issue.options ?? []) }];
  const [closest] = issue.errors.filter((form) => !form.some(isOfAnotherKind)).sort(byLength);
  if (closest !== undefined) return problemsOf(closest, path, whole);
  const texts = issue.errors.flatMap((form) => problemsOf(form.slice(0, 1), path, whole));
  return [{ path, text: eitherOf(texts.map(({ text }) => text)) }];
}

const missingIssue = {
  code: 'invalid_type',
  expected: 'nonoptional',
  path: [],
  message: noText,
} as const satisfies z.core.$ZodIssue;

const byLength = (a: readonly unknown[], b: readonly unknown[]) => a.length - b.length;

function isOfAnotherKind({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
}

function eitherOf(texts: readonly Text[]): Text {
  return { zh: texts.map(({ zh }) => zh).join('，或'), en: texts.map(({ en }) => en).join(' or ') };
}

/** Whether the input has nothing at a path. */
function isMissing(whole: unknown, path: readonly PropertyKey[]): boolean {
  let value: unknown = whole;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return true;
    value = Reflect.get(value, step);
  }
  return value === undefined;
}
