import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { Failure, listed, type Problem } from '../errors.ts';
import { inBoth, inLanguage, schemaText, type Text, untranslated } from '../text.ts';
import { unsetVariables } from './variables.ts';

export interface Reading<T> {
  fileName: string;
  schema: z.core.$ZodType<T>;
  /** Changes the content before it is checked. */
  prepare: (content: unknown) => unknown;
  /** Whether a variable without a value is a problem there. */
  isNeeded: (path: string) => boolean;
}

/** Reads a YAML text by a schema. Throws `Misconfigured` with every problem, each under its path in the file. */
export function readYaml<T>(yaml: string, { fileName, schema, prepare, isNeeded }: Reading<T>): T {
  const document = parseDocument(yaml, { merge: true });
  const syntax = document.errors.map(({ message }) => ({
    path: '',
    message: untranslated(message.split('\n')[0] ?? ''),
  }));
  if (syntax.length > 0) throw misconfigured(fileName, syntax);

  const content = prepare(document.toJS());
  const unset = unsetVariables(content, isNeeded);
  const read = z.safeParse(schema, content);
  const refused = (read.error?.issues ?? [])
    .flatMap(describeIssue)
    .filter(({ path }) => !unset.some((problem) => problem.path === path));
  const problems = [...unset, ...refused];
  if (problems.length > 0 || !read.success) throw misconfigured(fileName, problems);
  return read.data;
}

/** All problems of a file in one failure. */
export function misconfigured(fileName: string, all: readonly Problem[]): Failure {
  const problems = collapse(all);
  const list = listed(problems);
  const detail = inBoth((language) => `${fileName}: ${list[language]}`);
  return new Failure('Misconfigured', { detail, problems });
}

/** What is wrong in one anchor is wrong in every service that merges it: said once, with `*` for their names. */
function collapse(problems: readonly Problem[]): Problem[] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = `${starred(problem.path)} ${inLanguage(problem.message, 'en')}`;
    groups.set(key, [...(groups.get(key) ?? []), problem]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length < 3) return group;
    const count = { zh: `（${group.length} 个服务）`, en: ` (${group.length} services)` };
    const message = inBoth((language) => `${inLanguage(first.message, language)}${count[language]}`);
    return [{ path: starred(first.path), message }];
  });
}

const starred = (path: string) => path.replace(/^services\.[^.]+/, 'services.*');

function describeIssue(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const message = { zh: '未知', en: 'is not known' };
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message }));
  }
  if (issue.code === 'invalid_key') return [{ path, message: textOf(issue.issues[0]?.message ?? '') }];
  return [{ path, message: textOf(issue.message) }];
}

/** What a schema says of itself has one language. */
const textOf = (error: string): Text => schemaText(error) ?? untranslated(error);
