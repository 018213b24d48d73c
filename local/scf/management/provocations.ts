import type { Json } from '../../essbasic/merge-patch.ts';
import type { ScfErrorCode } from './error-codes.ts';
import { emptyZip, httpDesc, type ManagedName, type Step } from './good-requests.ts';

/** A change to the good request of an action that makes it answer a code. */
export interface Provocation {
  action: ManagedName;
  code: ScfErrorCode;
  /** A JSON Merge Patch: null takes a member away. */
  patch: Readonly<Record<string, Json>>;
  /** What is asked for first. */
  before?: readonly Step[];
}

/** Where a function is named, it may be absent, and so may its namespace. */
const named: readonly ManagedName[] = [
  'CreateAlias',
  'CreateTrigger',
  'DeleteAlias',
  'DeleteFunction',
  'DeleteProvisionedConcurrencyConfig',
  'DeleteReservedConcurrencyConfig',
  'DeleteTrigger',
  'GetAlias',
  'GetFunction',
  'GetFunctionEventInvokeConfig',
  'GetProvisionedConcurrencyConfig',
  'GetReservedConcurrencyConfig',
  'Invoke',
  'InvokeFunction',
  'ListAliases',
  'ListTriggers',
  'ListVersionByFunction',
  'PublishVersion',
  'PutProvisionedConcurrencyConfig',
  'PutReservedConcurrencyConfig',
  'UpdateAlias',
  'UpdateFunctionCode',
  'UpdateFunctionConfiguration',
  'UpdateFunctionEventInvokeConfig',
  'UpdateTrigger',
];

/** What an action answers about a function that is still being created. */
const ofBusy: Readonly<Partial<Record<ManagedName, ScfErrorCode>>> = {
  CreateTrigger: 'FailedOperation.CreateTrigger',
  DeleteFunction: 'FailedOperation.FunctionStatusError',
  DeleteTrigger: 'FailedOperation.CreateTrigger',
  InvokeFunction: 'FailedOperation.FunctionStatusError',
  Invoke: 'FailedOperation.FunctionStatusError',
  PublishVersion: 'FailedOperation.PublishVersion',
  PutReservedConcurrencyConfig: 'FailedOperation.FunctionVersionStatusNotActive',
  UpdateFunctionCode: 'FailedOperation.UpdateFunctionCode',
  UpdateFunctionConfiguration: 'FailedOperation.UpdateFunctionConfiguration',
  UpdateFunctionEventInvokeConfig: 'FailedOperation.FunctionVersionStatusNotActive',
  UpdateTrigger: 'FailedOperation.CreateTrigger',
};

const variables = (...keys: string[]) => ({
  Environment: { Variables: keys.map((Key) => ({ Key, Value: 'x' })) },
});

/** Of the configuration of a function, whether it is created or changed. */
const ofConfiguration: readonly Omit<Provocation, 'action'>[] = [
  { code: 'InvalidParameterValue.DeadLetterConfig', patch: { DeadLetterConfig: { Type: 'x', Name: 'y' } } },
  { code: 'InvalidParameterValue.Environment', patch: variables('1A') },
  { code: 'InvalidParameterValue.Environment', patch: variables('AA', 'AA') },
  { code: 'InvalidParameterValue.EnvironmentSystemProtect', patch: variables('SCF_NAMESPACE') },
  { code: 'InvalidParameterValue.EnvironmentSystemProtect', patch: variables('QCLOUD_A') },
  { code: 'InvalidParameterValue.EnvironmentSystemProtect', patch: variables('TENCENTCLOUD_A') },
  {
    code: 'InvalidParameterValue.EnvironmentExceededLimit',
    patch: { Environment: { Variables: [{ Key: 'AA', Value: 'x'.repeat(4095) }] } },
  },
  { code: 'InvalidParameterValue.Memory', patch: { MemorySize: 100 } },
  { code: 'InvalidParameterValue.PublicNetConfig', patch: { PublicNetConfig: { PublicNetStatus: 'OPEN' } } },
  { code: 'InvalidParameterValue.Runtime', patch: { Runtime: 'Nodejs99' } },
  { code: 'InvalidParameterValue', patch: { Timeout: 0 } },
  { code: 'InvalidParameterValue', patch: { DnsCache: 'true' } },
  { code: 'InvalidParameter', patch: { Timeout: '10' } },
  { code: 'LimitExceeded.InitTimeout', patch: { InitTimeout: 301 } },
  { code: 'LimitExceeded.Memory', patch: { MemorySize: 3200 } },
  { code: 'LimitExceeded.Timeout', patch: { Timeout: 901 } },
  { code: 'ResourceNotFound.Layer', patch: { Layers: [{ LayerName: 'a', LayerVersion: 1 }] } },
  {
    code: 'InvalidParameterValue.Layers',
    patch: { Layers: Array.from({ length: 6 }, () => ({ LayerName: 'a', LayerVersion: 1 })) },
  },
  { code: 'UnsupportedOperation', patch: { CfsConfig: { CfsInsList: [{}] } } },
  { code: 'UnsupportedOperation', patch: { InstanceConcurrencyConfig: {} } },
];

const endpoint = { Namespace: 'default', FunctionName: 'fine', Qualifier: '$LATEST', PathMatch: '/*' };
const weights = (...versions: [string, number][]) => ({
  RoutingConfig: { AdditionalVersionWeights: versions.map(([Version, Weight]) => ({ Version, Weight })) },
});
const match = { Version: '1', Key: 'invoke.headers.User', Method: 'exact', Expression: 'x' };
const timers = Array.from({ length: 9 }, (_, index) => ({
  action: 'CreateTrigger',
  request: {
    FunctionName: 'plain',
    TriggerName: `timer-${index}`,
    Type: 'timer',
    TriggerDesc: '0 0 * * * * *',
    Enable: 'CLOSE',
  },
}));
const withUrl = { TriggerName: 'url', Type: 'http', TriggerDesc: httpDesc, CustomArgument: null };

export const provocations: readonly Provocation[] = [
  ...named.flatMap((action): Provocation[] => [
    { action, code: 'ResourceNotFound.Function', patch: { FunctionName: 'nothing' } },
    { action, code: 'MissingParameter', patch: { FunctionName: null } },
    { action, code: 'InvalidParameter', patch: { FunctionName: 1 } },
    { action, code: 'UnknownParameter', patch: { Surprise: 1 } },
  ]),
  ...named.map(
    (action): Provocation => ({
      action,
      code: 'ResourceNotFound.Namespace',
      patch: { Namespace: 'nowhere' },
    }),
  ),
  ...Object.entries(ofBusy).map(
    // The keys of an object of our own.
    ([action, code]): Provocation => ({
      action: action as ManagedName,
      code,
      patch: { FunctionName: 'busy' },
    }),
  ),
  ...(['CreateFunction', 'UpdateFunctionConfiguration'] as const).flatMap((action) =>
    ofConfiguration.map((one): Provocation => ({ action, ...one })),
  ),
  ...(
    [
      'CreateFunction',
      'UpdateFunctionConfiguration',
      'PublishVersion',
      'CreateAlias',
      'UpdateAlias',
      'CreateNamespace',
    ] as const
  ).map(
    (action): Provocation => ({
      action,
      code: 'InvalidParameterValue.Description',
      patch: { Description: '字'.repeat(1001) },
    }),
  ),

  { action: 'CreateFunction', code: 'MissingParameter.Code', patch: { Code: null } },
  { action: 'CreateFunction', code: 'InvalidParameterValue.Code', patch: { Code: { DemoId: 'demo' } } },
  {
    action: 'CreateFunction',
    code: 'UnsupportedOperation',
    patch: { Code: { ZipFile: null, DemoId: 'demo' } },
  },
  { action: 'CreateFunction', code: 'InvalidParameterValue.ZipFile', patch: { Code: { ZipFile: 'AAAA' } } },
  {
    action: 'CreateFunction',
    code: 'InvalidParameterValue.ZipFileBase64BinasciiError',
    patch: { Code: { ZipFile: 'AAA' } },
  },
  ...['a', '1ab', 'ab-', 'ab_', 'a b', 'a'.repeat(61)].map(
    (FunctionName): Provocation => ({
      action: 'CreateFunction',
      code: 'InvalidParameterValue.FunctionName',
      patch: { FunctionName },
    }),
  ),
  ...['index', 'index.', '.main_handler', 'index.main-'].map(
    (Handler): Provocation => ({
      action: 'CreateFunction',
      code: 'InvalidParameterValue.Handler',
      patch: { Handler },
    }),
  ),
  { action: 'CreateFunction', code: 'InvalidParameterValue.Type', patch: { Type: 'Web' } },
  { action: 'CreateFunction', code: 'UnsupportedOperation', patch: { Type: 'HTTP' } },
  { action: 'CreateFunction', code: 'UnsupportedOperation', patch: { Runtime: null } },
  { action: 'CreateFunction', code: 'UnsupportedOperation', patch: { AsyncRunEnable: 'TRUE' } },
  { action: 'CreateFunction', code: 'ResourceInUse.FunctionName', patch: { FunctionName: 'fine' } },
  { action: 'CreateFunction', code: 'ResourceInUse.FunctionName', patch: { FunctionName: 'busy' } },
  { action: 'CreateFunction', code: 'ResourceNotFound.Namespace', patch: { Namespace: 'nowhere' } },
  {
    action: 'CreateFunction',
    code: 'LimitExceeded.Function',
    patch: {},
    before: Array.from({ length: 47 }, (_, index) => ({
      action: 'CreateFunction',
      request: {
        FunctionName: `function-${index}x`,
        Runtime: 'Nodejs20.19',
        Code: { ZipFile: emptyZip },
      },
    })),
  },

  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue.Code', patch: { ZipFile: null } },
  {
    action: 'UpdateFunctionCode',
    code: 'InvalidParameterValue.Code',
    patch: { Code: { ZipFile: emptyZip } },
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue.ZipFile', patch: { ZipFile: 'AAAA' } },
  {
    action: 'UpdateFunctionCode',
    code: 'InvalidParameterValue.ZipFileBase64BinasciiError',
    patch: { ZipFile: '====' },
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue.Handler', patch: { Handler: 'x' } },
  {
    action: 'UpdateFunctionCode',
    code: 'UnsupportedOperation',
    patch: { ZipFile: null, CosObjectName: '/x.zip' },
  },
  { action: 'UpdateFunctionCode', code: 'InvalidParameterValue', patch: { Publish: 'true' } },
  {
    action: 'UpdateFunctionConfiguration',
    code: 'InvalidParameterValue.Runtime',
    patch: { Runtime: 'Nodejs18.15' },
  },
  {
    action: 'UpdateFunctionConfiguration',
    code: 'UnknownParameter',
    patch: { Handler: 'index.main_handler' },
  },

  { action: 'GetFunction', code: 'ResourceNotFound.Version', patch: { Qualifier: '9' } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.Limit', patch: { Limit: 1001 } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.Offset', patch: { Offset: -1 } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.Order', patch: { Order: 'asc' } },
  { action: 'ListFunctions', code: 'InvalidParameterValue.OrderBy', patch: { Orderby: 'Size' } },
  {
    action: 'ListFunctions',
    code: 'InvalidParameterValue.Filters',
    patch: { Filters: [{ Name: 'Size', Values: ['1'] }] },
  },
  { action: 'ListFunctions', code: 'ResourceNotFound.Namespace', patch: { Namespace: 'nowhere' } },
  { action: 'DeleteFunction', code: 'InvalidParameterValue.Qualifier', patch: { Qualifier: '$LATEST' } },
  { action: 'DeleteFunction', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: '9' } },
  {
    action: 'DeleteFunction',
    code: 'UnsupportedOperation.AliasBind',
    patch: { FunctionName: 'fine', Qualifier: '1' },
  },
  {
    action: 'DeleteFunction',
    code: 'FailedOperation.DeleteTrigger.UrlUsed',
    patch: { FunctionName: 'fine' },
  },

  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.CustomArgument',
    patch: { CustomArgument: 'x'.repeat(4097) },
  },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.Enable', patch: { Enable: '1' } },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { TriggerDesc: '{"cron":"0 * * * * * *"}' },
  },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.TriggerDesc', patch: { TriggerDesc: '* * *' } },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.TriggerDesc', patch: { TriggerDesc: null } },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { ...withUrl, TriggerDesc: 'NONE' },
  },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { ...withUrl, TriggerDesc: '{}' },
  },
  {
    action: 'CreateTrigger',
    code: 'InvalidParameterValue.TriggerName',
    patch: { TriggerName: 'x'.repeat(61) },
  },
  { action: 'CreateTrigger', code: 'InvalidParameterValue.Type', patch: { Type: 'apigw' } },
  { action: 'CreateTrigger', code: 'UnsupportedOperation.Trigger', patch: { Type: 'cos' } },
  {
    action: 'CreateTrigger',
    code: 'ResourceInUse.TriggerName',
    patch: { FunctionName: 'fine', TriggerName: 'tick' },
  },
  {
    action: 'CreateTrigger',
    code: 'ResourceInUse.Trigger',
    patch: { ...withUrl, FunctionName: 'fine', TriggerName: 'another' },
  },
  { action: 'CreateTrigger', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: '9' } },
  {
    action: 'CreateTrigger',
    code: 'LimitExceeded.Trigger',
    patch: { TriggerName: 'eleventh' },
    before: [
      ...timers,
      { action: 'CreateTrigger', request: { ...timers[0]?.request, TriggerName: 'tenth' } },
    ],
  },
  {
    action: 'UpdateTrigger',
    code: 'InvalidParameterValue.CustomArgument',
    patch: { CustomArgument: 'x'.repeat(4097) },
  },
  { action: 'UpdateTrigger', code: 'InvalidParameterValue.Enable', patch: { Enable: '0' } },
  {
    action: 'UpdateTrigger',
    code: 'InvalidParameterValue.TriggerDesc',
    patch: { TriggerDesc: '{"cron":"0 * * * * * *"}' },
  },
  { action: 'UpdateTrigger', code: 'InvalidParameterValue.Type', patch: { Type: 'cos' } },
  { action: 'UpdateTrigger', code: 'ResourceNotFound.Trigger', patch: { TriggerName: 'nothing' } },
  { action: 'DeleteTrigger', code: 'InvalidParameterValue.Type', patch: { Type: 'clb' } },
  { action: 'DeleteTrigger', code: 'ResourceNotFound.Trigger', patch: { Qualifier: '1' } },
  {
    action: 'DeleteTrigger',
    code: 'FailedOperation.DeleteTrigger.UrlUsed',
    patch: { TriggerName: 'url', Type: 'http' },
  },
  {
    action: 'ListTriggers',
    code: 'InvalidParameterValue.Filters',
    patch: { Filters: [{ Name: 'Size', Values: [] }] },
  },
  { action: 'ListTriggers', code: 'InvalidParameterValue.Order', patch: { Order: 'up' } },
  { action: 'ListTriggers', code: 'InvalidParameterValue.OrderBy', patch: { OrderBy: 'name' } },

  { action: 'ListVersionByFunction', code: 'InvalidParameterValue.Order', patch: { Order: 'up' } },
  { action: 'ListVersionByFunction', code: 'InvalidParameterValue.OrderBy', patch: { OrderBy: 'name' } },
  {
    action: 'CreateAlias',
    code: 'FailedOperation.CreateAlias',
    patch: { FunctionVersion: '2' },
    before: [{ action: 'PublishVersion', request: { FunctionName: 'fine' } }],
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['1', 0.1]),
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['$LATEST', 1.1]),
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['$LATEST', 0.1], ['2', 0.1]),
  },
  {
    action: 'CreateAlias',
    code: 'InvalidParameterValue.RoutingConfig',
    patch: {
      RoutingConfig: { ...weights(['$LATEST', 0.1]).RoutingConfig, AddtionVersionMatchs: [match] },
    },
  },
  { action: 'CreateAlias', code: 'InvalidParameterValue.Name', patch: { Name: '1a' } },
  { action: 'CreateAlias', code: 'ResourceInUse.Alias', patch: { Name: 'live' } },
  { action: 'CreateAlias', code: 'ResourceInUse.Alias', patch: { Name: '$DEFAULT' } },
  { action: 'CreateAlias', code: 'ResourceNotFound.FunctionVersion', patch: { FunctionVersion: '9' } },
  {
    action: 'UpdateAlias',
    code: 'FailedOperation.UpdateAlias',
    patch: { FunctionVersion: '2' },
    before: [{ action: 'PublishVersion', request: { FunctionName: 'fine' } }],
  },
  {
    action: 'UpdateAlias',
    code: 'InvalidParameterValue.AdditionalVersionWeights',
    patch: weights(['1', 0.1]),
  },
  {
    action: 'UpdateAlias',
    code: 'InvalidParameterValue.RoutingConfig',
    patch: {
      RoutingConfig: { ...weights(['$LATEST', 0.1]).RoutingConfig, AddtionVersionMatchs: [match] },
    },
  },
  { action: 'UpdateAlias', code: 'ResourceNotFound.Alias', patch: { Name: 'nothing' } },
  { action: 'UpdateAlias', code: 'ResourceNotFound.FunctionVersion', patch: { FunctionVersion: '9' } },
  { action: 'GetAlias', code: 'ResourceNotFound.Alias', patch: { Name: 'nothing' } },
  { action: 'DeleteAlias', code: 'ResourceNotFound.Alias', patch: { Name: 'nothing' } },
  { action: 'DeleteAlias', code: 'InvalidParameterValue.Alias', patch: { Name: '$DEFAULT' } },
  { action: 'DeleteAlias', code: 'ResourceInUse', patch: { Name: 'live' } },
  { action: 'ListAliases', code: 'InvalidParameterValue', patch: { Limit: 'many' } },

  { action: 'Invoke', code: 'InvalidParameterValue.Param', patch: { ClientContext: '{' } },
  {
    action: 'Invoke',
    code: 'InvalidParameterValue.Param',
    patch: { ClientContext: `"${'x'.repeat(131_072)}"` },
  },
  { action: 'Invoke', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: 'nothing' } },
  { action: 'Invoke', code: 'InvalidParameterValue', patch: { InvocationType: 'Maybe' } },
  { action: 'InvokeFunction', code: 'InvalidParameterValue.Param', patch: { Event: '{' } },
  { action: 'InvokeFunction', code: 'ResourceNotFound.Qualifier', patch: { Qualifier: 'nothing' } },

  {
    action: 'PutReservedConcurrencyConfig',
    code: 'LimitExceeded.FunctionReservedConcurrencyMemory',
    patch: { ReservedConcurrencyMem: 115_201 },
  },
  {
    action: 'PutReservedConcurrencyConfig',
    code: 'InvalidParameterValue',
    patch: { ReservedConcurrencyMem: -1 },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'InvalidParameterValue.Qualifier',
    patch: { Qualifier: '$LATEST' },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'ResourceNotFound.FunctionVersion',
    patch: { Qualifier: '9' },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'FailedOperation.FunctionVersionStatusNotActive',
    patch: { Qualifier: '2' },
    before: [{ action: 'PublishVersion', request: { FunctionName: 'fine' } }],
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'LimitExceeded.FunctionTotalProvisionedConcurrencyNum',
    patch: { VersionProvisionedConcurrencyNum: 901 },
  },
  {
    action: 'PutProvisionedConcurrencyConfig',
    code: 'UnsupportedOperation',
    patch: { ProvisionedType: 'ConcurrencyUtilizationTracking' },
  },
  {
    action: 'DeleteProvisionedConcurrencyConfig',
    code: 'ResourceNotFound.FunctionVersion',
    patch: { Qualifier: '9' },
  },
  {
    action: 'UpdateFunctionEventInvokeConfig',
    code: 'InvalidParameterValue.AsyncTriggerConfig',
    patch: { AsyncTriggerConfig: { RetryConfig: [] } },
  },
  {
    action: 'UpdateFunctionEventInvokeConfig',
    code: 'LimitExceeded.RetryNum',
    patch: { AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 3 }] } },
  },
  {
    action: 'UpdateFunctionEventInvokeConfig',
    code: 'LimitExceeded.MsgTTL',
    patch: { AsyncTriggerConfig: { MsgTTL: 59 } },
  },

  { action: 'CreateCustomDomain', code: 'ResourceInUse', patch: { Domain: 'A.example.com' } },
  {
    action: 'CreateCustomDomain',
    code: 'ResourceNotFound.Function',
    patch: { EndpointsConfig: [{ ...endpoint, FunctionName: 'nothing' }] },
  },
  {
    action: 'CreateCustomDomain',
    code: 'ResourceNotFound.Namespace',
    patch: { EndpointsConfig: [{ ...endpoint, Namespace: 'nowhere' }] },
  },
  {
    action: 'CreateCustomDomain',
    code: 'ResourceNotFound.Trigger',
    patch: { EndpointsConfig: [{ ...endpoint, FunctionName: 'plain' }] },
  },
  { action: 'CreateCustomDomain', code: 'InvalidParameterValue', patch: { Domain: '*.example.com' } },
  { action: 'CreateCustomDomain', code: 'InvalidParameterValue', patch: { Protocol: 'HTTPS' } },
  { action: 'CreateCustomDomain', code: 'InvalidParameterValue', patch: { EndpointsConfig: [] } },
  {
    action: 'CreateCustomDomain',
    code: 'InvalidParameterValue',
    patch: { EndpointsConfig: [endpoint, endpoint] },
  },
  {
    action: 'CreateCustomDomain',
    code: 'InvalidParameterValue',
    patch: { EndpointsConfig: [{ ...endpoint, PathMatch: 'fine' }] },
  },
  { action: 'UpdateCustomDomain', code: 'ResourceNotFound', patch: { Domain: 'nothing.example.com' } },
  {
    action: 'UpdateCustomDomain',
    code: 'ResourceNotFound.Function',
    patch: { EndpointsConfig: [{ ...endpoint, FunctionName: 'nothing' }] },
  },
  {
    action: 'UpdateCustomDomain',
    code: 'ResourceNotFound.Namespace',
    patch: { EndpointsConfig: [{ ...endpoint, Namespace: 'nowhere' }] },
  },
  {
    action: 'UpdateCustomDomain',
    code: 'ResourceNotFound.Trigger',
    patch: { EndpointsConfig: [{ ...endpoint, Qualifier: '1' }] },
  },
  { action: 'UpdateCustomDomain', code: 'InvalidParameterValue', patch: { Protocol: 'HTTP&HTTPS' } },
  { action: 'GetCustomDomain', code: 'ResourceNotFound', patch: { Domain: 'nothing.example.com' } },
  { action: 'DeleteCustomDomain', code: 'ResourceNotFound', patch: { Domain: 'nothing.example.com' } },
  {
    action: 'ListCustomDomains',
    code: 'UnsupportedOperation',
    patch: { Filters: [{ Name: 'a', Values: [] }] },
  },

  {
    action: 'CreateNamespace',
    code: 'InvalidParameterValue.DefaultNamespace',
    patch: { Namespace: 'default' },
  },
  { action: 'CreateNamespace', code: 'InvalidParameterValue.NamespaceInvalid', patch: { Namespace: 'a b' } },
  {
    action: 'CreateNamespace',
    code: 'ResourceInUse.Namespace',
    patch: {},
    before: [{ action: 'CreateNamespace', request: { Namespace: 'dev' } }],
  },
  {
    action: 'CreateNamespace',
    code: 'LimitExceeded.Namespace',
    patch: { Namespace: 'sixth' },
    before: ['a1', 'a2', 'a3', 'a4'].map((Namespace) => ({
      action: 'CreateNamespace',
      request: { Namespace },
    })),
  },
  { action: 'ListNamespaces', code: 'InvalidParameterValue.Order', patch: { Order: 'up' } },
  {
    action: 'ListNamespaces',
    code: 'InvalidParameter',
    patch: { SearchKey: 'a' },
  },
];
