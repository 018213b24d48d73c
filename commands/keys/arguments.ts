import { type Role, roles } from '../../shared/runtime/http/api-keys.ts';
import { readArguments, wrong } from '../../shared/shell/arguments.ts';
import type { Text } from '../../shared/text.ts';

export type KeysCommand =
  | {
      command: 'create';
      name: string;
      role: Role;
      /** Null: all. */
      organizations: string[] | null;
      agent: { ProxyOrganizationOpenId: string; ProxyOperatorOpenId: string } | null;
      /** Null: never. */
      expiresDays: number | null;
    }
  | { command: 'list' }
  | { command: 'revoke'; keyId: string }
  | { command: 'rotate'; keyId: string; graceHours: number }
  | { command: 'reseal' }
  /** Undefined: of a new key. */
  | { command: 'hash'; key: string | undefined };

export const usage: Text = {
  en: [
    'usage: npm run keys -- <command>',
    '  create --name <name> --role viewer|operator|admin [--organization <id>]… [--operator <id>] [--expires-days <n>]',
    '         without --organization the key acts for all of them; --operator needs exactly one',
    '  list',
    '  revoke <keyId>',
    '  rotate <keyId> [--grace-hours <n>]    the old key goes on for that long, 24 hours unless given',
    '  hash [<key>]    what API_KEY_HASH takes, of a key or of a new one; needs no database',
    '  reseal    seals with the first key of REGISTER_KEYS what the others have sealed, while functions run',
    'All but hash work on the database that DATABASE_URL names.',
  ].join('\n'),
  zh: [
    '用法：npm run keys -- <命令>',
    '  create --name <名称> --role viewer|operator|admin [--organization <编号>]… [--operator <编号>] [--expires-days <天数>]',
    '         不填 --organization 则可代表所有企业；--operator 须且仅须配一个 --organization',
    '  list',
    '  revoke <keyId>',
    '  rotate <keyId> [--grace-hours <小时>]    旧密钥继续有效的时长，默认 24 小时',
    '  hash [<密钥>]    输出 API_KEY_HASH 的取值；不填则新建一个密钥；不需要数据库',
    '  reseal    把 REGISTER_KEYS 中其他密钥加密的内容改用第一个加密，函数照常运行',
    '除 hash 外均使用 DATABASE_URL 所指的数据库。',
  ].join('\n'),
};

const defaultGraceHours = 24;

const options = {
  name: { type: 'string' },
  role: { type: 'string' },
  organization: { type: 'string', multiple: true },
  operator: { type: 'string' },
  'expires-days': { type: 'string' },
  'grace-hours': { type: 'string' },
} as const;

type OptionName = keyof typeof options;

/** Options of each command, and what stands after its name. */
const commands = {
  create: { options: ['name', 'role', 'organization', 'operator', 'expires-days'], least: 0, most: 0 },
  list: { options: [], least: 0, most: 0 },
  revoke: { options: [], least: 1, most: 1 },
  rotate: { options: ['grace-hours'], least: 1, most: 1 },
  hash: { options: [], least: 0, most: 1 },
  reseal: { options: [], least: 0, most: 0 },
} as const satisfies Record<string, { options: readonly OptionName[]; least: number; most: number }>;

type CommandName = keyof typeof commands;

/** @throws Failure `InvalidRequest` naming everything that is wrong. A key that was given is not repeated. */
export function parseKeysCommand(argv: readonly string[]): KeysCommand {
  const { values, positionals } = readArguments(argv, options, { positionals: true });
  const [name, ...rest] = positionals;
  if (!isCommand(name)) throw wrong([notACommand(name)]);
  const problems = misplaced(name, Object.keys(values), rest.length);
  const command = read(name, rest[0], values, problems);
  if (problems.length > 0) throw wrong(problems);
  return command;
}

type Values = ReturnType<typeof readArguments<typeof options>>['values'];

function notACommand(name: string | undefined): Text {
  const list = Object.keys(commands).join(', ');
  return name === undefined
    ? { zh: `缺少命令：${list}`, en: `a command is needed: ${list}` }
    : { zh: `没有命令 ${name}，可用的有：${list}`, en: `there is no command ${name}: they are ${list}` };
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}

function misplaced(name: CommandName, given: string[], count: number): Text[] {
  const {
    options: known,
    least,
    most,
  }: { options: readonly string[]; least: number; most: number } = commands[name];
  const problems = given
    .filter((option) => !known.includes(option))
    .map((option) => ({ zh: `${name} 没有选项 --${option}`, en: `--${option} does not belong to ${name}` }));
  if (count < least) problems.push({ zh: `${name} 需要 keyId`, en: `${name} needs a key id` });
  if (count > most) {
    const words = most === 0 ? { zh: '没有', en: 'no argument' } : { zh: '只有一个', en: 'one argument' };
    problems.push({
      zh: `${name} 除选项外${words.zh}参数`,
      en: `${name} takes ${words.en} beside its options`,
    });
  }
  return problems;
}

/** A command whose id is missing is never run: that is among the problems already. */
function read(
  name: CommandName,
  argument: string | undefined,
  values: Values,
  problems: Text[],
): KeysCommand {
  switch (name) {
    case 'create':
      return readCreate(values, problems);
    case 'list':
    case 'reseal':
      return { command: name };
    case 'revoke':
      return { command: 'revoke', keyId: argument ?? '' };
    case 'rotate':
      return {
        command: 'rotate',
        keyId: argument ?? '',
        graceHours: wholeNumber('grace-hours', values['grace-hours'], 0, problems) ?? defaultGraceHours,
      };
    case 'hash':
      return { command: 'hash', key: argument };
  }
}

function readCreate(values: Values, problems: Text[]): KeysCommand {
  const { name = '', organization: organizations = [], operator } = values;
  problems.push(...nameProblems(values.name), ...roleProblems(values.role));
  const role = roles.find((known) => known === values.role);
  if (organizations.includes('') || operator === '')
    problems.push({ zh: '编号不能为空', en: 'an id must not be empty' });
  const [only] = organizations;
  if (operator !== undefined && (only === undefined || organizations.length > 1)) {
    problems.push({
      zh: '--operator 须且仅须配一个 --organization',
      en: '--operator needs exactly one --organization, for which it acts',
    });
  }
  return {
    command: 'create',
    name,
    role: role ?? 'viewer',
    organizations: only === undefined ? null : [...new Set(organizations)],
    agent:
      operator === undefined || only === undefined
        ? null
        : { ProxyOrganizationOpenId: only, ProxyOperatorOpenId: operator },
    expiresDays: wholeNumber('expires-days', values['expires-days'], 1, problems) ?? null,
  };
}

function nameProblems(name: string | undefined): Text[] {
  const form = { zh: '一行，1 至 100 个字符', en: '1 to 100 characters on one line' };
  if (name === undefined) return [{ zh: `缺少 --name：${form.zh}`, en: `--name is needed: ${form.en}` }];
  if (/^[^\p{Cc}]{1,100}$/u.test(name)) return [];
  return [{ zh: `--name 须为${form.zh}`, en: `--name must be ${form.en}` }];
}

function roleProblems(role: string | undefined): Text[] {
  if (roles.some((known) => known === role)) return [];
  const list = { zh: roles.join('、'), en: alternatives(roles) };
  if (role === undefined) return [{ zh: `缺少 --role：${list.zh}`, en: `--role is needed: ${list.en}` }];
  return [{ zh: `--role 须为 ${list.zh} 之一`, en: `--role must be ${list.en}` }];
}

const alternatives = (words: readonly string[]) => words.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** Ten years in hours: more is a slip of the finger. */
const largest = 87_600;

function wholeNumber(
  option: OptionName,
  text: string | undefined,
  least: number,
  problems: Text[],
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= largest) return number;
  problems.push({
    zh: `--${option} 须为 ${least} 至 ${largest} 的整数`,
    en: `--${option} must be a whole number from ${least} to ${largest}`,
  });
  return undefined;
}
