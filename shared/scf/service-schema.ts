/** What may stand in `serverless.yml`, as schemas. Every key is listed, so that a misspelt one is noticed. */
import * as z from 'zod/mini';
import { schemaError } from '../text.ts';
import { cronProblem } from './cron.ts';
import { reservedPrefixes } from './environment.ts';
import { triggerLimit } from './limits.ts';

const say = (zh: string, en: string) => schemaError({ zh, en });

const text = (pattern: RegExp, error: string) => z.string(error).check(z.regex(pattern, error));
const whole = (least: number, most: number) =>
  z
    .int(say('须为整数', 'must be a whole number'))
    .check(
      z.minimum(least, say(`至少为 ${least}`, `must be at least ${least}`)),
      z.maximum(most, say(`至多为 ${most}`, `must be at most ${most}`)),
    );
const isMemorySize = (mb: number) => mb === 64 || (mb >= 128 && mb <= 3072 && mb % 128 === 0);

const Argument = z
  .string(say('须为文本', 'must be text'))
  .check(z.refine((value) => Buffer.byteLength(value) <= 4096, say('至多 4 KB', 'must be at most 4 KB')));
const Name = text(
  /^[A-Za-z][\w-]{0,59}$/,
  say(
    '须为字母、数字、- 与 _，以字母开头，至多 60 个字符',
    'must be letters, digits, - and _, from a letter, at most 60',
  ),
);

const CronExpression = z
  .string(say('须为七段的 cron 表达式', 'must be a cron expression of seven fields'))
  .check((payload) => {
    const problem = cronProblem(payload.value);
    if (problem !== undefined)
      payload.issues.push({ code: 'custom', message: schemaError(problem), input: payload.value });
  });

const Texts = z.array(z.string(say('须为文本', 'must be text')), say('须为列表', 'must be a list'));

const Cors = z.strictObject(
  {
    origins: Texts,
    methods: z.optional(Texts),
    headers: z.optional(Texts),
    exposeHeaders: z.optional(Texts),
    maxAge: z.optional(whole(0, 86_400)),
    credentials: z.optional(z.boolean(say('须为 true 或 false', 'must be true or false'))),
  },
  say('须为映射', 'must be a mapping'),
);

const HttpTrigger = z.strictObject({
  type: z.literal('http'),
  auth: z.optional(z.enum(['NONE', 'CAM'], say('须为 NONE 或 CAM', 'must be NONE or CAM'))),
  cors: z.optional(Cors),
  paths: z.optional(
    z.array(
      z.templateLiteral(
        [z.literal('/'), z.string().check(z.regex(/^[\w-]+(\/[\w-]+)*$/)), z.literal('/*')],
        say('须形如 /s/*', 'must be like /s/*'),
      ),
      say('须为列表', 'must be a list'),
    ),
  ),
});

const TimerTrigger = z.strictObject({
  type: z.literal('timer'),
  name: z.optional(Name),
  cron: CronExpression,
  argument: z.optional(Argument),
});

const Trigger = z.discriminatedUnion(
  'type',
  [HttpTrigger, TimerTrigger],
  say('须为 http 或 timer', 'must be one of http, timer'),
);
export type Trigger = z.infer<typeof Trigger>;

/** A timer that has no name of its own is called `timer`. */
export const nameOf = (trigger: Trigger) => (trigger.type === 'http' ? 'http' : (trigger.name ?? 'timer'));
const areDistinct = (triggers: readonly Trigger[]) => new Set(triggers.map(nameOf)).size === triggers.length;

const Environment = z.array(
  text(/^[A-Za-z]\w{1,63}$/, say('须为环境变量的名称', 'must be the name of an environment variable')).check(
    z.refine(
      (name) => !reservedPrefixes.some((prefix) => name.startsWith(prefix)),
      say(
        `不能以 ${reservedPrefixes.join('、')} 开头：由平台保留`,
        `must not start with ${reservedPrefixes.join(', ')}: the platform keeps these`,
      ),
    ),
  ),
  say('须为名称的列表', 'must be a list of names'),
);

/** What a function needs to run, wherever it runs. */
export const FunctionProps = z.strictObject(
  {
    handler: text(/^[\w-]+\.\w+$/, say('须为 <文件>.<导出>', 'must be <file>.<export>')),
    memorySize: z
      .int(say('须为整数（MB）', 'must be a whole number of MB'))
      .check(
        z.refine(
          isMemorySize,
          say('须为 64，或 128 至 3072 之间 128 的倍数', 'must be 64, or 128 to 3072 in steps of 128'),
        ),
      ),
    timeout: z
      .int(say('须为整数（秒）', 'must be a whole number of seconds'))
      .check(
        z.minimum(1, say('至少为 1', 'must be at least 1')),
        z.maximum(900, say('至多为 900', 'must be at most 900')),
      ),
    environment: z.optional(Environment),
    triggers: z
      .array(Trigger, say('须为列表', 'must be a list'))
      .check(
        z.refine(areDistinct, say('名称不能相同', 'must differ from each other by name')),
        z.maxLength(triggerLimit, say(`至多 ${triggerLimit} 个`, `must be at most ${triggerLimit}`)),
      ),
  },
  say('须为映射', 'must be a mapping'),
);

const OptionalText = z.optional(z.string(say('须为文本', 'must be text')));

/**
 * Members that only the cloud reads. An empty text counts as left out, so that a variable may be without a value.
 *
 * The characters of a description are those that the API documents.
 */
export const cloudProps = {
  // Bundles are built for Node 20.
  runtime: text(
    /^Nodejs([2-9]\d|\d{3,})\.\d+$/,
    say('须为 Nodejs20.19 或更新的 Node.js 运行环境', 'must be Nodejs20.19 or a later Node.js runtime'),
  ),
  description: z.optional(
    text(
      /^[\p{L}\p{N} ,.，。、]{0,900}$/u,
      say('只能含字母、数字、空格、逗号与句号', 'must be letters, digits, blanks, commas and full stops'),
    ),
  ),
  region: text(
    /^[a-z]+-[a-z]+(-\d)?$/,
    say('须为地域，如 ap-guangzhou', 'must be a region such as ap-guangzhou'),
  ),
  namespace: z.optional(Name),
  stage: text(
    /^[a-z][a-z0-9]{0,15}$/,
    say('须为小写字母与数字，如 dev 或 prod', 'must be lower-case letters and digits, such as dev or prod'),
  ),
  vpc: z.optional(
    z.strictObject({ vpcId: OptionalText, subnetId: OptionalText }, say('须为映射', 'must be a mapping')),
  ),
  publicNetwork: z.optional(z.boolean(say('须为 true 或 false', 'must be true or false'))),
  role: OptionalText,
  log: z.optional(
    z.union(
      [z.literal('none'), z.strictObject({ logsetId: OptionalText, topicId: OptionalText })],
      say('须为 none，或含 logsetId 与 topicId', 'must be none, or have logsetId and topicId'),
    ),
  ),
  asyncRetry: z.optional(
    z.strictObject(
      { attempts: whole(0, 2), maxAge: whole(60, 21_600) },
      say('须为映射', 'must be a mapping'),
    ),
  ),
  reservedConcurrency: z.optional(whole(64, 128_000)),
  provisionedConcurrency: z.optional(whole(1, 1000)),
  tags: z.optional(
    z.record(z.string(), z.string(say('须为文本', 'must be text')), say('须为映射', 'must be a mapping')),
  ),
};

export const ProjectProps = z.strictObject(
  { ...FunctionProps.shape, ...cloudProps },
  say('须为映射', 'must be a mapping'),
);

const Domain = z.strictObject(
  { name: OptionalText, certificateId: OptionalText },
  say('须为含 name 与 certificateId 的映射', 'must be a mapping with name and certificateId'),
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
        z.strictObject({ component: z.optional(z.unknown()), props }, say('须为映射', 'must be a mapping')),
        say('须为以函数名为键的映射', 'must be a mapping of function names'),
      ),
    },
    say('须为映射', 'must be a mapping'),
  );

/** The file as `npm start` reads it, which runs the functions. */
export const FunctionFile = fileOf(FunctionProps, z.optional(z.unknown()));
/** The file as a deployment reads it. */
export const ProjectFile = z.extend(
  fileOf(ProjectProps, z.optional(z.looseObject({ domain: z.optional(Domain) }))),
  {
    name: text(
      /^[a-z][a-z0-9]{0,15}$/,
      say('须为小写字母与数字，至多 16 个', 'must be lower-case letters and digits, at most 16'),
    ),
  },
);
