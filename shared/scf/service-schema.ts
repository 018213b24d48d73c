/** What may stand in `serverless.yml`, as schemas. Every key is listed, so that a misspelt one is noticed. */
import * as z from 'zod/mini';
import { cronProblem } from './cron.ts';
import { reservedPrefixes } from './environment.ts';
import { triggerLimit } from './limits.ts';

const text = (pattern: RegExp, error: string) => z.string(error).check(z.regex(pattern, error));
const whole = (least: number, most: number) =>
  z
    .int('must be a whole number')
    .check(z.minimum(least, `must be at least ${least}`), z.maximum(most, `must be at most ${most}`));
const isMemorySize = (mb: number) => mb === 64 || (mb >= 128 && mb <= 3072 && mb % 128 === 0);

const Argument = z
  .string('must be text')
  .check(z.refine((value) => Buffer.byteLength(value) <= 4096, 'must be at most 4 KB'));
export const Name = text(
  /^[A-Za-z][\w-]{0,59}$/,
  'must be letters, digits, - and _, from a letter, at most 60',
);

const CronExpression = z.string('must be a cron expression of seven fields').check((payload) => {
  const problem = cronProblem(payload.value);
  if (problem !== undefined) payload.issues.push({ code: 'custom', message: problem, input: payload.value });
});

const Texts = z.array(z.string('must be text'), 'must be a list');

const Cors = z.strictObject(
  {
    origins: Texts,
    methods: z.optional(Texts),
    headers: z.optional(Texts),
    exposeHeaders: z.optional(Texts),
    maxAge: z.optional(whole(0, 86_400)),
    credentials: z.optional(z.boolean('must be true or false')),
  },
  'must be a mapping',
);

const HttpTrigger = z.strictObject({
  type: z.literal('http'),
  auth: z.optional(z.enum(['NONE', 'CAM'], 'must be NONE or CAM')),
  cors: z.optional(Cors),
  paths: z.optional(
    z.array(
      z.templateLiteral(
        [z.literal('/'), z.string().check(z.regex(/^[\w-]+(\/[\w-]+)*$/)), z.literal('/*')],
        'must be like /s/*',
      ),
      'must be a list',
    ),
  ),
});

const TimerTrigger = z.strictObject({
  type: z.literal('timer'),
  name: z.optional(Name),
  cron: CronExpression,
  argument: z.optional(Argument),
});

const Trigger = z.discriminatedUnion('type', [HttpTrigger, TimerTrigger], 'must be one of http, timer');
export type Trigger = z.infer<typeof Trigger>;

/** A timer that has no name of its own is called `timer`. */
export const nameOf = (trigger: Trigger) => (trigger.type === 'http' ? 'http' : (trigger.name ?? 'timer'));
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

/** What a function needs to run, wherever it runs. */
export const FunctionProps = z.strictObject(
  {
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
      .check(
        z.refine(areDistinct, 'must differ from each other by name'),
        z.maxLength(triggerLimit, `must be at most ${triggerLimit}`),
      ),
  },
  'must be a mapping',
);

const OptionalText = z.optional(z.string('must be text'));

/**
 * What only the cloud is told. An empty text counts as left out, so that a variable may be without a value.
 *
 * The characters of a description are those that the API documents.
 */
export const cloudProps = {
  description: z.optional(
    text(/^[\p{L}\p{N} ,.，。、]{0,900}$/u, 'must be letters, digits, blanks, commas and full stops'),
  ),
  region: text(/^[a-z]+-[a-z]+(-\d)?$/, 'must be a region such as ap-guangzhou'),
  namespace: z.optional(Name),
  stage: text(/^[a-z][a-z0-9]{0,15}$/, 'must be lower-case letters and digits, such as dev or prod'),
  vpc: z.optional(z.strictObject({ vpcId: OptionalText, subnetId: OptionalText }, 'must be a mapping')),
  publicNetwork: z.optional(z.boolean('must be true or false')),
  role: OptionalText,
  log: z.optional(
    z.union(
      [z.literal('none'), z.strictObject({ logsetId: OptionalText, topicId: OptionalText })],
      'must be none, or have logsetId and topicId',
    ),
  ),
  asyncRetry: z.optional(
    z.strictObject({ attempts: whole(0, 2), maxAge: whole(60, 21_600) }, 'must be a mapping'),
  ),
  reservedConcurrency: z.optional(whole(64, 128_000)),
  provisionedConcurrency: z.optional(whole(1, 1000)),
  tags: z.optional(z.record(z.string(), z.string('must be text'), 'must be a mapping')),
};

export const ProjectProps = z.strictObject({ ...FunctionProps.shape, ...cloudProps }, 'must be a mapping');

const Domain = z.strictObject(
  { name: OptionalText, certificateId: OptionalText },
  'must be a mapping with name and certificateId',
);

const fileOf = <Props extends z.core.$ZodType, Vars extends z.core.$ZodType>(props: Props, vars: Vars) =>
  z.strictObject(
    {
      edition: z.optional(z.unknown()),
      name: z.optional(z.unknown()),
      access: z.optional(z.unknown()),
      vars,
      services: z.record(
        Name,
        z.strictObject({ component: z.optional(z.unknown()), props }, 'must be a mapping'),
        'must be a mapping of function names',
      ),
    },
    'must be a mapping',
  );

/** The file as whoever runs the functions reads it. */
export const FunctionFile = fileOf(FunctionProps, z.optional(z.unknown()));
/** The file as whoever deploys them reads it. */
export const ProjectFile = z.extend(
  fileOf(ProjectProps, z.optional(z.looseObject({ domain: z.optional(Domain) }))),
  {
    name: text(/^[a-z][a-z0-9]{0,15}$/, 'must be lower-case letters and digits, at most 16'),
  },
);
