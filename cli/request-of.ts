import { wrong } from '../shared/shell/arguments.ts';
import { readTextFile } from '../shared/shell/text-file.ts';
import { inBoth, type Text } from '../shared/text.ts';
import type { ActionContract, Member } from './contract.ts';

/** Options as they were given, by the paths of members. */
export type Given = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/**
 * The body of a request: what stands in `json`, with members laid over it.
 *
 * @param json `{…}`, `@<file>`, or `-` for what comes on standard input
 * @throws Failure `InvalidRequest` naming everything that is wrong
 */
export async function requestOf(
  { members }: ActionContract,
  given: Given,
  json: string | undefined,
  readInput: () => Promise<string>,
): Promise<Record<string, unknown>> {
  const problems: Text[] = [];
  const body = json === undefined ? {} : await readJson('json', json, readInput, problems);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw wrong([...problems, { zh: '--json 须为 JSON 对象', en: '--json must be a JSON object' }]);
  }
  const request: Record<string, unknown> = { ...body };
  for (const member of members) {
    const value = given[member.path];
    if (value !== undefined)
      put(request, member.path.split('.'), await memberValue(member, value, readInput, problems));
  }
  if (problems.length > 0) throw wrong(problems);
  return request;
}

async function memberValue(
  { path, kind }: Member,
  value: NonNullable<Given[string]>,
  readInput: () => Promise<string>,
  problems: Text[],
): Promise<unknown> {
  if (kind === 'strings') return [value].flat();
  const last = [value].flat().at(-1) ?? '';
  if (kind === 'json') return readJson(path, String(last), readInput, problems);
  if (kind === 'integer' && !/^-?\d{1,15}$/.test(String(last))) {
    problems.push({ zh: `--${path} 须为整数`, en: `--${path} must be a whole number` });
    return undefined;
  }
  return kind === 'integer' ? Number(last) : last;
}

async function readJson(
  option: string,
  text: string,
  readInput: () => Promise<string>,
  problems: Text[],
): Promise<unknown> {
  const source =
    text === '-' ? await readInput() : text.startsWith('@') ? await readTextFile(text.slice(1)) : text;
  try {
    return JSON.parse(source);
  } catch {
    problems.push(inBoth((language) => `--${option} ${notJson[language]}`));
    return {};
  }
}

const notJson: Text = { zh: '不是 JSON', en: 'is no JSON' };

/** Puts a value in an object, and makes the objects on the way to it. */
function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner: unknown = target[name];
  const next = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? { ...inner } : {};
  target[name] = next;
  put(next as Record<string, unknown>, rest, value); // an object that has just been made
}
