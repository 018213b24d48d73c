import * as z from 'zod/mini';
import type { CurrentDomain, CurrentFunction, CurrentState } from '../plan/current-state.ts';
import { servedAlias } from '../plan/current-state.ts';
import type { DesiredState } from '../plan/desired-state.ts';
import { isOurs } from '../plan/plan-domain.ts';
import type { Part } from '../plan/plan-step.ts';
import { readCodeMark, readReleaseMark } from '../plan/release-marks.ts';
import { readDescription } from '../plan/trigger-description.ts';
import type { CloudApi } from './cloud-api.ts';
import { isNotFound } from './error-meaning.ts';
import { readFunctionPart } from './read-function.ts';

/** Reads a list whole, page by page. */
const pageSize = 20;

const text = z.catch(z.string(), '');
const count = z.catch(z.number(), 0);

const Triggers = z.object({
  Triggers: z.array(
    z.object({
      Type: text,
      TriggerName: text,
      TriggerDesc: text,
      Qualifier: text,
      Enable: z.unknown(),
      CustomArgument: text,
    }),
  ),
});
const Versions = z.object({
  Versions: z.array(z.object({ Version: z.string(), Description: text, Status: text })),
});
const Alias = z.object({
  FunctionVersion: z.string(),
  RoutingConfig: z.nullish(
    z.object({
      AdditionalVersionWeights: z.nullish(z.array(z.unknown())),
      AddtionVersionMatchs: z.nullish(z.array(z.unknown())),
    }),
  ),
});
const Retry = z.object({
  AsyncTriggerConfig: z.object({
    RetryConfig: z.array(z.object({ RetryNum: z.number() })),
    MsgTTL: z.number(),
  }),
});
const Reserved = z.object({ ReservedMem: count });
const Provisioned = z.object({
  Allocated: z.nullish(z.array(z.object({ Qualifier: text, AllocatedProvisionedConcurrencyNum: count }))),
});
const Functions = z.object({
  Functions: z.array(z.object({ FunctionName: z.string(), Description: text })),
});
const Domain = z.object({
  Domain: text,
  Protocol: text,
  CertConfig: z.nullish(z.object({ CertificateId: text })),
  EndpointsConfig: z.nullish(
    z.array(z.object({ Namespace: text, FunctionName: text, Qualifier: text, PathMatch: text })),
  ),
});

const Domains = z.object({ Domains: z.nullish(z.array(Domain)) });

/** Which action answers about a part, and how it is read. */
type Reader = (
  api: CloudApi,
  own: { FunctionName: string; Namespace: string },
) => Promise<Partial<CurrentFunction>>;

const readers: Readonly<Record<Part, Reader>> = {
  function: async (api, own) => readFunctionPart(await api('GetFunction', own)),
  async triggers(api, own) {
    const triggers = await everyPage(api, 'ListTriggers', own, (answer) => Triggers.parse(answer).Triggers);
    return {
      triggers: triggers.map((it) => ({
        type: it.Type,
        name: it.TriggerName,
        qualifier: it.Qualifier,
        // Sent as OPEN and CLOSE, returned as 1 and 0.
        isEnabled: it.Enable === 1 || it.Enable === 'OPEN',
        argument: it.CustomArgument,
        ...readDescription(it.Type, it.TriggerDesc),
      })),
    };
  },
  async versions(api, own) {
    const versions = await everyPage(
      api,
      'ListVersionByFunction',
      own,
      (answer) => Versions.parse(answer).Versions,
    );
    return {
      versions: versions.map((it) => ({
        version: it.Version,
        status: it.Status,
        mark: readReleaseMark(it.Description),
      })),
    };
  },
  async served(api, own) {
    const alias = await orNothing(api('GetAlias', { ...own, Name: servedAlias }));
    if (alias === undefined) return { served: undefined };
    const { FunctionVersion, RoutingConfig } = Alias.parse(alias);
    const others =
      (RoutingConfig?.AdditionalVersionWeights?.length ?? 0) +
      (RoutingConfig?.AddtionVersionMatchs?.length ?? 0);
    return { served: { version: FunctionVersion, isSplit: others > 0 } };
  },
  async asyncRetry(api, own) {
    const { AsyncTriggerConfig } = Retry.parse(await api('GetFunctionEventInvokeConfig', own));
    const attempts = AsyncTriggerConfig.RetryConfig[0]?.RetryNum ?? 0;
    return { asyncRetry: { attempts, maxAgeS: AsyncTriggerConfig.MsgTTL } };
  },
  async reserved(api, own) {
    const answer = await orNothing(api('GetReservedConcurrencyConfig', own));
    return { reservedConcurrencyMb: answer === undefined ? 0 : Reserved.parse(answer).ReservedMem };
  },
  async provisioned(api, own) {
    const answer = await orNothing(api('GetProvisionedConcurrencyConfig', own));
    const allocated = answer === undefined ? [] : (Provisioned.parse(answer).Allocated ?? []);
    return {
      provisioned: allocated.map((it) => ({
        version: it.Qualifier,
        count: it.AllocatedProvisionedConcurrencyNum,
      })),
    };
  },
};

export const allParts = Object.keys(readers) as readonly Part[]; // the keys of the table

/** Some parts of a function; undefined where the function is not there. */
export async function readParts(
  api: CloudApi,
  functionName: string,
  namespace: string,
  parts: readonly Part[],
): Promise<Partial<CurrentFunction> | undefined> {
  const own = { FunctionName: functionName, Namespace: namespace };
  const read = await orNothing(Promise.all(parts.map((part) => readers[part](api, own))));
  return read && Object.assign({}, ...read);
}

/** Everything of this project and stage. Reads only. */
export async function readState(api: CloudApi, desired: DesiredState): Promise<CurrentState> {
  const [names, domains] = await Promise.all([ownNames(api, desired), readDomains(api, desired)]);
  const entries = await Promise.all(
    names.map(async (name) => {
      const read = await readParts(api, name, desired.namespace, allParts);
      // Every part has been read.
      return read === undefined
        ? []
        : [[name, { migratedTo: undefined, ...read } as CurrentFunction] as const];
    }),
  );
  return { functions: Object.fromEntries(entries.flat()), domains };
}

/** Those that the file names, and those that bear its prefix and a mark of ours. */
async function ownNames(api: CloudApi, { namespace, prefix, functions }: DesiredState): Promise<string[]> {
  const described = new Set(functions.map(({ service }) => service.cloudName));
  const own = { Namespace: namespace, SearchKey: prefix };
  const found = await everyPage(api, 'ListFunctions', own, (answer) => Functions.parse(answer).Functions);
  return found
    .filter(
      ({ FunctionName, Description }) =>
        described.has(FunctionName) ||
        (FunctionName.startsWith(prefix) && readCodeMark(Description) !== undefined),
    )
    .map(({ FunctionName }) => FunctionName);
}

/** The domain of the file, and every other that leads to this stage, by their names. */
export async function readDomains(api: CloudApi, desired: DesiredState): Promise<CurrentState['domains']> {
  const listed = await everyPage(
    api,
    'ListCustomDomains',
    {},
    (answer) => Domains.parse(answer).Domains ?? [],
  );
  const domains = listed.map((it): [string, CurrentDomain] => [it.Domain, toDomain(it)]);
  return Object.fromEntries(
    domains.filter(
      ([name, { endpoints }]) =>
        name === desired.domain?.name || endpoints.some((endpoint) => isOurs(desired, endpoint)),
    ),
  );
}

const toDomain = ({ Protocol, CertConfig, EndpointsConfig }: z.infer<typeof Domain>): CurrentDomain => ({
  protocol: Protocol,
  certificateId: CertConfig?.CertificateId ?? '',
  endpoints: (EndpointsConfig ?? []).map((it) => ({
    namespace: it.Namespace,
    functionName: it.FunctionName,
    qualifier: it.Qualifier,
    path: it.PathMatch,
  })),
});

async function everyPage<T>(
  api: CloudApi,
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  itemsOf: (answer: unknown) => T[],
): Promise<T[]> {
  const items: T[] = [];
  for (;;) {
    const page = itemsOf(await api(action, { ...parameters, Offset: items.length, Limit: pageSize }));
    items.push(...page);
    if (page.length < pageSize) return items;
  }
}

async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
