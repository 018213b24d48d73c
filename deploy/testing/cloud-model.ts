/**
 * A model of the cloud at the level of its API, for the tests of `deploy/` alone: it knows nothing of the planner and
 * nothing of the stand-in in `local/scf`. Written from the API's documents: asynchronous states, busy errors,
 * environments replaced as a whole, descriptions that come back in another form than they were sent.
 */
import type { CloudApi } from '../cloud/cloud-api.ts';
import { type Members, page, refuse, text } from './model-request.ts';
import { type ModelTrigger, triggerActions } from './model-triggers.ts';

interface ModelVersion {
  Version: string;
  Description: string;
  Status: string;
}

export interface ModelFunction {
  members: Members;
  status: string;
  /** Reads until the status is the next one. */
  busyReads: number;
  nextStatus: string;
  zip: string;
  versions: ModelVersion[];
  aliases: Map<string, { FunctionVersion: string; RoutingConfig: Members }>;
  triggers: ModelTrigger[];
  retry: Members;
  reserved: number;
  provisioned: Map<string, number>;
}

export interface CloudModel {
  api: CloudApi;
  functions: Map<string, ModelFunction>;
  domains: Map<string, Members>;
  calls: { action: string; parameters: Members }[];
  /** Functions whose creation fails this often. */
  failingCreations: Map<string, number>;
  /** Functions whose invocation fails. */
  failingInvocations: Set<string>;
  /** How often the triggers of a function are read until its Function URL is there: twice unless it is here. */
  lateUrls: Map<string, number>;
}

/** What the platform makes of an exception (product document 583/42611). */
const thrown = {
  errorCode: 1,
  errorMessage: 'user code exception caught',
  stackTrace:
    'DatabaseUnavailable: The database cannot be reached\n    at main_handler (/var/user/index.js:1:2)',
  statusCode: 430,
};

export const isWrite = ({ action }: { action: string }) => !/^(Get|List)/.test(action);

export function createCloudModel(): CloudModel {
  const functions = new Map<string, ModelFunction>();
  const domains = new Map<string, Members>();
  const calls: CloudModel['calls'] = [];
  const failingCreations = new Map<string, number>();
  const failingInvocations = new Set<string>();
  const lateUrls = new Map<string, number>();
  const find = (it: Members) =>
    functions.get(text(it, 'FunctionName')) ?? refuse('ResourceNotFound.Function');
  const settled = (it: Members, code: string) => {
    const found = find(it);
    if (found.busyReads > 0) refuse(code);
    if (found.status === 'CreateFailed') refuse('FailedOperation');
    return found;
  };
  const change = (it: ModelFunction, during: string, after = 'Active') => {
    Object.assign(it, { status: during, busyReads: 2, nextStatus: after });
  };
  const own = ['FunctionName', 'Namespace', 'Code', 'ZipFile', 'Publish'];
  const membersOf = (it: Members) =>
    Object.fromEntries(Object.entries(it).filter(([name]) => !own.includes(name)));

  const actions: Record<string, (it: Members) => Members> = {
    ListFunctions: (it) => {
      const found = [...functions].filter(([name]) => name.includes(text(it, 'SearchKey')));
      const list = found.map(([FunctionName, { members }]) => ({
        FunctionName,
        Description: members['Description'],
      }));
      return { Functions: page(list, it), TotalCount: found.length };
    },
    GetFunction: (it) => {
      const found = find(it);
      if (found.busyReads > 0) {
        found.busyReads -= 1;
        if (found.busyReads === 0) {
          found.status = found.nextStatus;
          for (const version of found.versions)
            if (version.Status === 'Publishing') version.Status = 'Active';
          if (found.status === 'Gone') functions.delete(text(it, 'FunctionName'));
        }
      }
      if (found.status === 'Gone') refuse('ResourceNotFound.Function');
      const StatusReasons = /Failed$/.test(found.status)
        ? [{ ErrorCode: 'Cause', ErrorMessage: 'made up' }]
        : [];
      return { ...found.members, CodeSize: found.zip.length, Status: found.status, StatusReasons };
    },
    CreateFunction: (it) => {
      const name = text(it, 'FunctionName');
      if (functions.has(name)) refuse('ResourceInUse.Function');
      const failures = failingCreations.get(name) ?? 0;
      failingCreations.set(name, failures - 1);
      functions.set(name, {
        members: membersOf(it),
        status: 'Creating',
        busyReads: 2,
        nextStatus: failures > 0 ? 'CreateFailed' : 'Active',
        zip: text((it['Code'] as Members | undefined) ?? {}, 'ZipFile'), // a request of the API
        versions: [],
        aliases: new Map([['$DEFAULT', { FunctionVersion: '$LATEST', RoutingConfig: {} }]]),
        triggers: [],
        retry: { RetryConfig: [{ RetryNum: 2 }], MsgTTL: 21_600 },
        reserved: 0,
        provisioned: new Map(),
      });
      return {};
    },
    UpdateFunctionCode: (it) => {
      const found = settled(it, 'FailedOperation.UpdateFunctionCode');
      found.zip = text(it, 'ZipFile');
      found.members['Handler'] = it['Handler'];
      change(found, 'Updating');
      return {};
    },
    UpdateFunctionConfiguration: (it) => {
      const found = settled(it, 'FailedOperation.UpdateFunctionConfiguration');
      const { Environment, ...rest } = membersOf(it);
      Object.assign(found.members, rest);
      const { Variables } = (Environment ?? {}) as { Variables?: { Key: string }[] }; // a request of the API
      if (Variables !== undefined)
        found.members['Environment'] = { Variables: Variables.filter(({ Key }) => Key !== '') };
      change(found, 'Updating');
      return {};
    },
    DeleteFunction: (it) => {
      const found = find(it);
      if (found.busyReads > 0) refuse('FailedOperation.FunctionStatusError');
      const isRouted = [...domains.values()].some((domain) =>
        (domain['EndpointsConfig'] as Members[]).some(
          (path) => path['FunctionName'] === it['FunctionName'] && path['Namespace'] === it['Namespace'],
        ),
      );
      if (isRouted) refuse('FailedOperation.DeleteTrigger.UrlUsed');
      change(found, 'Deleting', 'Gone');
      return {};
    },
    ...triggerActions({ find, settled, lateUrls }),
    ListVersionByFunction: (it) => {
      const list = [{ Version: '$LATEST', Description: '', Status: 'Active' }, ...find(it).versions];
      return {
        Versions: page(list as unknown as Members[], it),
        FunctionVersion: list.map(({ Version }) => Version),
      }; // plain data
    },
    PublishVersion: (it) => {
      const found = settled(it, 'FailedOperation.PublishVersion');
      const Version = String(found.versions.length + 1);
      found.versions.push({ Version, Description: text(it, 'Description'), Status: 'Publishing' });
      change(found, 'Publishing');
      return { FunctionVersion: Version };
    },
    GetAlias: (it) => ({ ...(find(it).aliases.get(text(it, 'Name')) ?? refuse('ResourceNotFound.Alias')) }),
    CreateAlias: (it) => setAlias(it),
    UpdateAlias: (it) => setAlias(it),
    GetFunctionEventInvokeConfig: (it) => ({ AsyncTriggerConfig: find(it).retry }),
    UpdateFunctionEventInvokeConfig: (it) => {
      find(it).retry = it['AsyncTriggerConfig'] as Members; // a request of the API
      return {};
    },
    GetReservedConcurrencyConfig: (it) => ({ ReservedMem: find(it).reserved }),
    PutReservedConcurrencyConfig: (it) => {
      find(it).reserved = Number(it['ReservedConcurrencyMem']);
      return {};
    },
    DeleteReservedConcurrencyConfig: (it) => {
      find(it).reserved = 0;
      return {};
    },
    GetProvisionedConcurrencyConfig: (it) => ({
      Allocated: [...find(it).provisioned].map(([Qualifier, count]) => ({
        Qualifier,
        AllocatedProvisionedConcurrencyNum: count,
      })),
    }),
    PutProvisionedConcurrencyConfig: (it) => {
      const found = find(it);
      if (!found.versions.some(({ Version }) => Version === it['Qualifier']))
        refuse('ResourceNotFound.Version');
      found.provisioned.set(text(it, 'Qualifier'), Number(it['VersionProvisionedConcurrencyNum']));
      return {};
    },
    DeleteProvisionedConcurrencyConfig: (it) => {
      find(it).provisioned.delete(text(it, 'Qualifier'));
      return {};
    },
    Invoke: (it) => {
      find(it);
      const isFailing = failingInvocations.has(text(it, 'FunctionName'));
      const ErrMsg = isFailing ? JSON.stringify(thrown) : '';
      return { Result: { RetMsg: '{}', ErrMsg, InvokeResult: isFailing ? 1 : 0 } };
    },
    ListCustomDomains: (it) => ({ Domains: page([...domains.values()], it), Total: domains.size }),
    CreateCustomDomain: (it) => {
      if (domains.has(text(it, 'Domain'))) refuse('ResourceInUse.CustomDomain');
      domains.set(text(it, 'Domain'), { ...it });
      return {};
    },
    UpdateCustomDomain: (it) => {
      domains.set(text(it, 'Domain'), {
        ...(domains.get(text(it, 'Domain')) ?? refuse('ResourceNotFound.CustomDomain')),
        ...it,
      });
      return {};
    },
    DeleteCustomDomain: (it) => {
      if (!domains.delete(text(it, 'Domain'))) refuse('ResourceNotFound.CustomDomain');
      return {};
    },
  };

  function setAlias(it: Members): Members {
    const found = find(it);
    const version = found.versions.find(({ Version }) => Version === it['FunctionVersion']);
    if (version === undefined) refuse('ResourceNotFound.Version');
    if (version?.Status !== 'Active') refuse('FailedOperation.FunctionVersionStatusNotActive');
    const RoutingConfig = (it['RoutingConfig'] ?? {}) as Members; // a request of the API
    found.aliases.set(text(it, 'Name'), { FunctionVersion: text(it, 'FunctionVersion'), RoutingConfig });
    return {};
  }

  return {
    functions,
    domains,
    calls,
    failingCreations,
    failingInvocations,
    lateUrls,
    async api(action, parameters) {
      // As if it had gone over the wire.
      const request = structuredClone(parameters) as Members;
      calls.push({ action, parameters: request });
      const act = actions[action] ?? (() => refuse('InvalidAction'));
      return structuredClone(act(request));
    },
  };
}
