import { parseArgs } from 'node:util';
import { Failure } from '../../shared/errors.ts';
import { type ApiKeyRole, apiKeyRoles } from '../../shared/store/api-keys.ts';

export type KeysCommand =
  | {
      command: 'create';
      name: string;
      role: ApiKeyRole;
      /** Null: all. */
      organizations: string[] | null;
      agent: { ProxyOrganizationOpenId: string; ProxyOperatorOpenId: string } | null;
      /** Null: never. */
      expiresDays: number | null;
    }
  | { command: 'list' }
  | { command: 'revoke'; keyId: string }
  | { command: 'rotate'; keyId: string; graceHours: number }
  /** Undefined: of a new key. */
  | { command: 'hash'; key: string | undefined };

export const usage = [
  'usage: npm run keys -- <command>',
  '  create --name <name> --role viewer|operator|admin [--organization <id>]… [--operator <id>] [--expires-days <n>]',
  '         without --organization the key acts for all of them; --operator needs exactly one',
  '  list',
  '  revoke <keyId>',
  '  rotate <keyId> [--grace-hours <n>]    the old key goes on for that long, 24 hours if not told',
  '  hash [<key>]    what API_KEY_HASH takes, of a key or of a new one; needs no database',
].join('\n');

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
} as const satisfies Record<string, { options: readonly OptionName[]; least: number; most: number }>;

type CommandName = keyof typeof commands;

/** @throws Failure `InvalidRequest` naming everything that is wrong. A key that was given is not repeated. */
export function parseKeysCommand(argv: readonly string[]): KeysCommand {
  const { values, positionals } = split(argv);
  const [name, ...rest] = positionals;
  if (!isCommand(name)) throw wrong([`a command is needed: ${Object.keys(commands).join(', ')}`]);
  const problems = misplaced(name, Object.keys(values), rest.length);
  const command = read(name, rest[0], values, problems);
  if (problems.length > 0) throw wrong(problems);
  return command;
}

type Values = ReturnType<typeof split>['values'];

function split(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    // Its text names the option and never a value.
    throw wrong([
      error instanceof Error ? (error.message.split('.')[0] ?? '') : 'the arguments cannot be read',
    ]);
  }
}

function isCommand(name: string | undefined): name is CommandName {
  return name !== undefined && Object.hasOwn(commands, name);
}

function misplaced(name: CommandName, given: string[], count: number): string[] {
  const {
    options: known,
    least,
    most,
  }: { options: readonly string[]; least: number; most: number } = commands[name];
  const problems = given
    .filter((option) => !known.includes(option))
    .map((option) => `--${option} does not belong to ${name}`);
  if (count < least) problems.push(`${name} needs a key id`);
  if (count > most)
    problems.push(`${name} takes ${most === 0 ? 'no argument' : 'one argument'} beside its options`);
  return problems;
}

/** A command whose id is missing is never run: that is among the problems already. */
function read(
  name: CommandName,
  argument: string | undefined,
  values: Values,
  problems: string[],
): KeysCommand {
  switch (name) {
    case 'create':
      return readCreate(values, problems);
    case 'list':
      return { command: 'list' };
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

function readCreate(values: Values, problems: string[]): KeysCommand {
  const { name = '', organization: organizations = [], operator } = values;
  if (!/^[^\p{Cc}]{1,100}$/u.test(name)) problems.push('--name is needed: 1 to 100 characters on one line');
  const role = apiKeyRoles.find((known) => known === values.role);
  if (role === undefined) problems.push(`--role is needed: ${apiKeyRoles.join(', ')}`);
  if (organizations.includes('') || operator === '') problems.push('an id must not be empty');
  const [only] = organizations;
  if (operator !== undefined && (only === undefined || organizations.length > 1)) {
    problems.push('--operator needs exactly one --organization, for which it acts');
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

/** Ten years in hours: more is a slip of the finger. */
const largest = 87_600;

function wholeNumber(
  option: OptionName,
  text: string | undefined,
  least: number,
  problems: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= largest) return number;
  problems.push(`--${option} must be a whole number from ${least} to ${largest}`);
  return undefined;
}

function wrong(problems: string[]): Failure {
  return new Failure('InvalidRequest', {
    detail: problems.join('; '),
    problems: problems.map((message) => ({ path: '', message })),
  });
}
