import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { Failure, type Problem } from '../../shared/errors.ts';
import { cronProblem } from './cron.ts';

export interface HttpTrigger {
  type: 'http';
}

export interface TimerTrigger {
  type: 'timer';
  name: string;
  /** Seven fields, in UTC+8. */
  cron: string;
  /** Arrives as `Message`; at most 4 KB. */
  argument: string;
}

/** One cloud function, as `serverless.yml` describes it. */
export interface FunctionService {
  name: string;
  runtime: string;
  /** `<file>.<export>`, the file without its extension. */
  handler: string;
  memoryMb: number;
  timeoutS: number;
  /** Names of the environment variables that the function is given, as far as they have a value. */
  environment: readonly string[];
  triggers: readonly (HttpTrigger | TimerTrigger)[];
}

/** Names with these prefixes are refused by the platform (`InvalidParameterValue.EnvironmentSystemProtect`). */
const reservedPrefixes = ['SCF_', 'QCLOUD_', 'TENCENTCLOUD_'];

const text = (pattern: RegExp, error: string) => z.string(error).check(z.regex(pattern, error));
const isMemorySize = (mb: number) => mb === 64 || (mb >= 128 && mb <= 3072 && mb % 128 === 0);

const Argument = z
  .string('must be text')
  .check(z.refine((value) => Buffer.byteLength(value) <= 4096, 'must be at most 4 KB'));
const Name = text(/^[A-Za-z][\w-]{0,59}$/, 'must be letters, digits, - and _, from a letter, at most 60');

const CronExpression = z.string('must be a cron expression of seven fields').check((payload) => {
  const problem = cronProblem(payload.value);
  if (problem !== undefined) payload.issues.push({ code: 'custom', message: problem, input: payload.value });
});

const Trigger = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('http') }),
    z.strictObject({
      type: z.literal('timer'),
      name: z.optional(Name),
      cron: CronExpression,
      argument: z.optional(Argument),
    }),
  ],
  'must be one of http, timer',
);

type Trigger = z.infer<typeof Trigger>;

/** A timer that has no name of its own is called `timer`. */
const nameOf = (trigger: Trigger) => (trigger.type === 'http' ? 'http' : (trigger.name ?? 'timer'));
const areDistinct = (triggers: readonly Trigger[]) => new Set(triggers.map(nameOf)).size === triggers.length;

const Environment = z.array(
  text(/^[A-Za-z]\w{1,63}$/, 'must be the name of an environment variable').check(
    z.refine(
      (name) => !reservedPrefixes.some((prefix) => name.startsWith(prefix)),
      `must not start with ${reservedPrefixes.join(', ')}: the platform keeps these`,
    ),
  ),
  'must be a list of names',
);

/** The keys that `deploy/` reads from the same file are named here too, so that a misspelt one is noticed. */
const Props = z.strictObject(
  {
    region: z.optional(z.unknown()),
    runtime: text(/^Nodejs\d+\.\d+$/, 'must be a Node.js runtime such as Nodejs20.19'),
    handler: text(/^[\w-]+\.\w+$/, 'must be <file>.<export>'),
    memorySize: z
      .int('must be a whole number of MB')
      .check(z.refine(isMemorySize, 'must be 64, or 128 to 3072 in steps of 128')),
    timeout: z
      .int('must be a whole number of seconds')
      .check(z.minimum(1, 'must be at least 1'), z.maximum(900, 'must be at most 900')),
    environment: z.optional(Environment),
    triggers: z
      .array(Trigger, 'must be a list')
      .check(z.refine(areDistinct, 'must differ from each other by name')),
  },
  'must be a mapping',
);

const File = z.strictObject(
  {
    edition: z.optional(z.unknown()),
    name: z.optional(z.unknown()),
    access: z.optional(z.unknown()),
    vars: z.optional(z.unknown()),
    services: z.record(
      Name,
      z.strictObject({ component: z.optional(z.unknown()), props: Props }, 'must be a mapping'),
      'must be a mapping of function names',
    ),
  },
  'must be a mapping',
);

/** The parts of the file whose values are needed here; elsewhere `${…}` is somebody else's business. */
const isNeeded = (path: string) => /^services\.[^.]+\.props\.(?!region\b)/.test(path);

/**
 * Reads the services of a Serverless Devs file.
 *
 * Throws `Misconfigured` with every problem, each under its path in the file.
 */
export function readServiceFile(yaml: string, fileName = 'serverless.yml'): FunctionService[] {
  const document = parseDocument(yaml, { merge: true });
  const syntax = document.errors.map(({ message }) => ({ path: '', message: message.split('\n')[0] ?? '' }));
  if (syntax.length > 0) throw misconfigured(fileName, syntax);

  const content: unknown = document.toJS();
  const unset = unsetVariables(content, []);
  const read = File.safeParse(content);
  const refused = (read.error?.issues ?? [])
    .flatMap(describeIssue)
    .filter(({ path }) => !unset.some((problem) => problem.path === path));
  const problems = [...unset, ...refused];
  if (problems.length > 0 || !read.success) throw misconfigured(fileName, problems);
  return Object.entries(read.data.services).map(([name, { props }]) => toService(name, props));
}

function misconfigured(fileName: string, problems: readonly Problem[]): Failure {
  const list = problems.map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
  return new Failure('Misconfigured', { detail: `${fileName}: ${list.join('; ')}`, problems });
}

function unsetVariables(value: unknown, keys: readonly string[]): Problem[] {
  const path = keys.join('.');
  if (typeof value === 'string') {
    const left = isNeeded(path) ? /\$\{[^}]*\}?/.exec(value)?.[0] : undefined;
    return left === undefined ? [] : [{ path, message: `holds ${left}, which nothing has set` }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => unsetVariables(member, [...keys, key]));
}

function describeIssue(issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: 'is not known' }));
  }
  if (issue.code === 'invalid_key')
    return [{ path, message: issue.issues[0]?.message ?? 'is not a valid name' }];
  return [{ path, message: issue.message }];
}

function toService(name: string, props: z.infer<typeof Props>): FunctionService {
  return {
    name,
    runtime: props.runtime,
    handler: props.handler,
    memoryMb: props.memorySize,
    timeoutS: props.timeout,
    environment: props.environment ?? [],
    triggers: props.triggers.map((trigger) =>
      trigger.type === 'http'
        ? trigger
        : { type: 'timer', name: nameOf(trigger), cron: trigger.cron, argument: trigger.argument ?? '' },
    ),
  };
}
