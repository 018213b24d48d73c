import type { Problem } from '../errors.ts';
import { misconfigured } from './read-yaml.ts';

/**
 * Reads the variables of a file such as `.env.prod`: `NAME=value` on a line, the value bare or in quotes, comments and
 * blank lines between. A bare value is kept as it is, a `#` in it too; whatever other readers of such files would drop
 * or change is refused by its name or line.
 *
 * Throws `Misconfigured` with every problem, and no value.
 */
export function parseEnvironmentFile(text: string, fileName: string): Record<string, string> {
  // What stands for bytes that are no UTF-8; and the zeros of UTF-16.
  if (/[\uFFFD\0]/.test(text)) throw misconfigured(fileName, [{ path: '', message: notText }]);
  const values = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n|\r/)
    .entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, given = ''] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=(.*)$/.exec(line) ?? [];
    if (name === undefined) {
      problems.push({ path: lineNumber(index), message: notAnAssignment });
      continue;
    }
    const value = readValue(given.trim());
    if (typeof value !== 'string') problems.push({ path: name, message: value });
    else if (values.has(name)) problems.push({ path: name, message: twice });
    else values.set(name, value);
  }
  if (problems.length > 0) throw misconfigured(fileName, problems);
  return Object.fromEntries(values);
}

const lineNumber = (index: number) => `line ${index + 1}`;

/** The value, or why it is ambiguous. */
function readValue(text: string): string | Problem['message'] {
  const [quote = ''] = /^["'`]/.exec(text) ?? [];
  if (quote === '') return /^#|\s#/.test(text) ? hash : text;
  const inside = text.slice(1, -1);
  if (text.length < 2 || !text.endsWith(quote) || inside.includes(quote)) return unquoted;
  return quote === '"' && inside.includes('\\') ? backslash : inside;
}

const notText = { zh: '不是 UTF-8 文本', en: 'is no UTF-8 text' };
const notAnAssignment = { zh: '不是 NAME=value', en: 'is not NAME=value' };
const twice = { zh: '出现了两次', en: 'stands twice' };
const hash = {
  zh: '含有空白之后的 #：请给取值加引号，或将注释另起一行',
  en: 'has a # after a blank: put the value in quotes, or the comment on a line of its own',
};
const unquoted = {
  zh: '引号没有成对，或引号之外还有内容：取值须在一行之内',
  en: 'has a quote without its other one, or something beside its quotes: a value stands on one line',
};
const backslash = {
  zh: '双引号中含有反斜杠，各程序读法不一：请用单引号',
  en: 'has a backslash in double quotes, which readers of such files take in different ways: use single quotes',
};
