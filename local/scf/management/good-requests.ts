import type { ManagedAction } from './gateway/managed-action.ts';

/** An archive without files, in base64. */
export const emptyZip = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

export interface Step {
  action: string;
  request: Readonly<Record<string, unknown>>;
}

const step = (action: string, request: Step['request']): Step => ({ action, request });

export const httpDesc = JSON.stringify({
  AuthType: 'NONE',
  NetConfig: { EnableIntranet: false, EnableExtranet: true },
});
const created = { Runtime: 'Nodejs20.19', Code: { ZipFile: emptyZip } };

/** Before time has passed: what is made of nothing. */
export const firstSteps: readonly Step[] = [
  step('CreateFunction', { FunctionName: 'fine', ...created }),
  step('CreateFunction', { FunctionName: 'plain', ...created }),
];

/** Then, when the functions are active. */
export const secondSteps: readonly Step[] = [
  step('PublishVersion', { FunctionName: 'fine' }),
  step('CreateTrigger', { FunctionName: 'fine', TriggerName: 'url', Type: 'http', TriggerDesc: httpDesc }),
  step('CreateTrigger', {
    FunctionName: 'fine',
    TriggerName: 'tick',
    Type: 'timer',
    TriggerDesc: '0 0 * * * * *',
    Enable: 'CLOSE',
  }),
  step('CreateCustomDomain', {
    Domain: 'a.example.com',
    Protocol: 'HTTP',
    EndpointsConfig: [
      { Namespace: 'default', FunctionName: 'fine', Qualifier: '$LATEST', PathMatch: '/fine/*' },
    ],
  }),
];

/** Then, when the version is active; after these no time passes: `busy` is being created. */
export const thirdSteps: readonly Step[] = [
  step('CreateAlias', { FunctionName: 'fine', Name: 'live', FunctionVersion: '1' }),
  step('CreateAlias', { FunctionName: 'fine', Name: 'spare', FunctionVersion: '1' }),
  step('CreateTrigger', {
    FunctionName: 'fine',
    TriggerName: 'tick',
    Type: 'timer',
    TriggerDesc: '0 0 * * * * *',
    Qualifier: 'live',
    Enable: 'CLOSE',
  }),
  step('CreateFunction', { FunctionName: 'busy', ...created }),
];

/** For each action a request that is accepted after these steps. */
export const goodRequests = {
  CreateAlias: { FunctionName: 'fine', Name: 'next', FunctionVersion: '1' },
  CreateCustomDomain: {
    Domain: 'b.example.com',
    Protocol: 'HTTP',
    EndpointsConfig: [{ Namespace: 'default', FunctionName: 'fine', Qualifier: '$LATEST', PathMatch: '/*' }],
  },
  CreateFunction: { FunctionName: 'new', ...created },
  CreateTrigger: {
    FunctionName: 'plain',
    TriggerName: 'minute',
    Type: 'timer',
    TriggerDesc: '0 * * * * * *',
    Enable: 'CLOSE',
  },
  DeleteCustomDomain: { Domain: 'a.example.com' },
  DeleteFunction: { FunctionName: 'plain' },
  DeleteProvisionedConcurrencyConfig: { FunctionName: 'fine', Qualifier: '1' },
  DeleteReservedConcurrencyConfig: { FunctionName: 'fine' },
  DeleteTrigger: { FunctionName: 'fine', TriggerName: 'tick', Type: 'timer' },
  GetAlias: { FunctionName: 'fine', Name: 'live' },
  GetFunction: { FunctionName: 'fine' },
  GetFunctionEventInvokeConfig: { FunctionName: 'fine' },
  GetProvisionedConcurrencyConfig: { FunctionName: 'fine' },
  GetReservedConcurrencyConfig: { FunctionName: 'fine' },
  Invoke: { FunctionName: 'fine', InvocationType: 'Event', ClientContext: '{}' },
  ListCustomDomains: { Limit: 20 },
  ListFunctions: {},
  ListTriggers: { FunctionName: 'fine' },
  ListVersionByFunction: { FunctionName: 'fine' },
  PublishVersion: { FunctionName: 'fine', Description: 'second' },
  PutProvisionedConcurrencyConfig: {
    FunctionName: 'fine',
    Qualifier: '1',
    VersionProvisionedConcurrencyNum: 1,
  },
  PutReservedConcurrencyConfig: { FunctionName: 'fine', ReservedConcurrencyMem: 128 },
  UpdateAlias: { FunctionName: 'fine', Name: '$DEFAULT', FunctionVersion: '1' },
  UpdateCustomDomain: { Domain: 'a.example.com', Protocol: 'HTTP' },
  UpdateFunctionCode: { FunctionName: 'fine', ZipFile: emptyZip },
  UpdateFunctionConfiguration: { FunctionName: 'fine', Timeout: 10 },
  UpdateFunctionEventInvokeConfig: {
    FunctionName: 'fine',
    AsyncTriggerConfig: { RetryConfig: [{ RetryNum: 1 }], MsgTTL: 600 },
  },
  UpdateTrigger: { FunctionName: 'fine', TriggerName: 'tick', Type: 'timer', TriggerDesc: '0 5 * * * * *' },
} as const satisfies Record<ManagedAction['name'], Step['request']>;

export type ManagedName = keyof typeof goodRequests;
