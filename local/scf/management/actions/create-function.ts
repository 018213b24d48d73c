/** How a function comes to be. */
import * as z from 'zod/mini';
import { qualifiedNameLimit, zipLimitBytes } from '../../../../shared/scf/limits.ts';
import type { Outcome } from '../../../cloud-api/outcome.ts';
import { functionsPerNamespace, messageAgeS, retryLimit } from '../account-limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Code } from '../schemas/code.ts';
import { configurationMembers } from '../schemas/configuration-members.ts';
import { Handler, NewFunctionName } from '../schemas/names.ts';
import { Tag, TrueOrFalse } from '../schemas/structs.ts';
import type { Services } from '../services.ts';
import { defaultNamespace } from '../state/account.ts';
import { configured, usualConfiguration } from '../state/configure.ts';
import { type Content, defaultAlias, type FunctionRecord, latestVersion } from '../state/function-record.ts';
import { begin } from '../state/life.ts';
import { receiveCode } from '../state/receive-code.ts';
import { settleAll } from '../state/settle.ts';

/** Those of Node.js; `Nodejs20.19` is in no list of the SDK, and is deployed all the same. */
const runtimes = [
  'Nodejs10.15',
  'Nodejs12.16',
  'Nodejs14.18',
  'Nodejs16.13',
  'Nodejs18.15',
  'Nodejs20.19',
] as const;
const otherRuntime = /^(Python(2\.7|3\.\d+)|Php\d.*|Go1|Java8|CustomRuntime)$/;

const request = z.strictObject({
  FunctionName: NewFunctionName,
  Code,
  Handler: z.optional(Handler),
  Runtime: z.optional(z.string()),
  Namespace: z.optional(z.string()),
  Type: z.optional(z.enum(['Event', 'HTTP'])),
  CodeSource: z.optional(z.string()),
  Tags: z.optional(z.array(Tag)),
  AsyncRunEnable: z.optional(TrueOrFalse),
  TraceEnable: z.optional(TrueOrFalse),
  AutoDeployClsTopicIndex: z.optional(TrueOrFalse),
  AutoCreateClsTopic: z.optional(TrueOrFalse),
  ProtocolType: z.optional(z.string()),
  ...configurationMembers,
});
type Request = z.infer<typeof request>;

export const createFunction = manage({
  name: 'CreateFunction',
  request,
  publishedCodes: [
    'InvalidParameterValue.Code',
    'InvalidParameterValue.DeadLetterConfig',
    'InvalidParameterValue.Description',
    'InvalidParameterValue.Environment',
    'InvalidParameterValue.EnvironmentExceededLimit',
    'InvalidParameterValue.EnvironmentSystemProtect',
    'InvalidParameterValue.FunctionName',
    'InvalidParameterValue.Handler',
    'InvalidParameterValue.Layers',
    'InvalidParameterValue.Memory',
    'InvalidParameterValue.PublicNetConfig',
    'InvalidParameterValue.Runtime',
    'InvalidParameterValue.Type',
    'InvalidParameterValue.ZipFile',
    'InvalidParameterValue.ZipFileBase64BinasciiError',
    'LimitExceeded.Function',
    'LimitExceeded.InitTimeout',
    'LimitExceeded.Memory',
    'LimitExceeded.Timeout',
    'MissingParameter.Code',
    'ResourceInUse.FunctionName',
    'ResourceNotFound.Layer',
    'ResourceNotFound.Namespace',
    'UnsupportedOperation',
  ],
  valueCodes: {
    Description: 'InvalidParameterValue.Description',
    FunctionName: 'InvalidParameterValue.FunctionName',
    Handler: 'InvalidParameterValue.Handler',
    Layers: 'InvalidParameterValue.Layers',
    MemorySize: 'InvalidParameterValue.Memory',
    PublicNetConfig: 'InvalidParameterValue.PublicNetConfig',
    Type: 'InvalidParameterValue.Type',
  },
  handle(asked, services) {
    return refusalOfKind(asked) ?? refusalOfPlace(asked, services) ?? create(asked, services);
  },
});

/** What the platform has, and this stand-in does not run. */
function refusalOfKind({ Runtime = 'Python2.7', Type = 'Event', AsyncRunEnable }: Request) {
  if (!runtimes.some((runtime) => runtime === Runtime)) {
    return otherRuntime.test(Runtime)
      ? refuse('UnsupportedOperation', {
          zh: `此处不运行 ${Runtime}（未填 Runtime 时的默认值为 Python2.7）`,
          en: `${Runtime}, which is Python2.7 where none is given, does not run here`,
        })
      : refuse('InvalidParameterValue.Runtime', Runtime);
  }
  if (Type === 'HTTP') {
    return refuse('UnsupportedOperation', { zh: '此处不运行 Web 函数', en: 'web functions do not run here' });
  }
  if (AsyncRunEnable === 'TRUE') {
    return refuse('UnsupportedOperation', {
      zh: '此处没有异步执行模式',
      en: 'asynchronous execution is not here',
    });
  }
  return undefined;
}

function refusalOfPlace({ FunctionName, Namespace = defaultNamespace }: Request, services: Services) {
  const { account } = services;
  if (Namespace !== defaultNamespace) return refuse('ResourceNotFound.Namespace', Namespace);
  if (Namespace.length + FunctionName.length > qualifiedNameLimit) {
    return refuse('InvalidParameterValue.FunctionName', `Namespace + FunctionName > ${qualifiedNameLimit}`);
  }
  const same = account.functions.get(FunctionName);
  if (same !== undefined) settleAll(services, same);
  if (account.functions.has(FunctionName)) return refuse('ResourceInUse.FunctionName', FunctionName);
  if (account.functions.size < functionsPerNamespace) return undefined;
  return refuse('LimitExceeded.Function', `${functionsPerNamespace}`);
}

function create(asked: Request, services: Services): Outcome {
  const code = receiveCode(asked.Code, zipLimitBytes.create);
  if (!code.ok) return code;
  const configuration = configured(usualConfiguration, asked);
  if (!configuration.ok) return configuration;
  const { Handler: handler = 'index.main_handler' } = asked;
  const content = { handler, configuration: configuration.value, code: code.value };
  const fn = recordOf(asked, content, services);
  services.account.functions.set(fn.name, fn);
  return done;
}

function recordOf(asked: Request, content: Content, services: Services): FunctionRecord {
  const nowMs = services.nowMs();
  const { FunctionName: name, Runtime: runtime = '' } = asked;
  const dates = { addedMs: nowMs, changedMs: nowMs };
  const failure = services.failures.take('create', name);
  return {
    name,
    functionId: `lam-${services.newId()}`,
    runtime,
    tags: asked.Tags ?? [],
    asyncRunEnable: 'FALSE',
    traceEnable: asked.TraceEnable ?? 'FALSE',
    latest: {
      name: latestVersion,
      description: '',
      life: begin(undefined, 'create', services.settling, nowMs, failure),
      content,
      ...dates,
    },
    published: new Map(),
    publishedCount: 0,
    aliases: new Map([
      [
        defaultAlias,
        { name: defaultAlias, version: latestVersion, description: '', weights: [], matches: [], ...dates },
      ],
    ]),
    triggers: [],
    reservedMb: undefined,
    provisioned: new Map(),
    retry: { RetryNum: retryLimit, MsgTTL: messageAgeS.usual },
    ...dates,
  };
}
