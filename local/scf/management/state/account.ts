import type { FunctionRecord } from './function-record.ts';

export interface NamespaceRecord {
  name: string;
  description: string;
  addedMs: number;
  changedMs: number;
}

export interface PathRewrite {
  Path: string;
  Type: 'WildcardRules' | 'ExactRules';
  Rewrite: string;
}

export interface Endpoint {
  Namespace: string;
  FunctionName: string;
  Qualifier: string;
  PathMatch: string;
  PathRewrite?: readonly PathRewrite[] | undefined;
}

export interface DomainRecord {
  domain: string;
  protocol: string;
  endpoints: readonly Endpoint[];
  certificateId: string;
  waf: { WafOpen?: string | undefined; WafInstanceId?: string | undefined };
  tags: readonly { Key: string; Value: string }[];
}

/** All that one account has in one region. */
export interface Account {
  region: string;
  appId: string;
  uin: string;
  namespaces: Map<string, NamespaceRecord>;
  /** By `keyOf`. */
  functions: Map<string, FunctionRecord>;
  domains: Map<string, DomainRecord>;
}

export const defaultNamespace = 'default';

export const keyOf = (namespace: string, name: string) => `${namespace}/${name}`;

export function createAccount(region: string, nowMs: number): Account {
  const namespace = { name: defaultNamespace, description: '', addedMs: nowMs, changedMs: nowMs };
  return {
    region,
    // Made up: there is no account here.
    appId: '1250000000',
    uin: '100000000000',
    namespaces: new Map([[defaultNamespace, namespace]]),
    functions: new Map(),
    domains: new Map(),
  };
}

/** The domains with a path that leads to a Function URL. */
export function domainsOn(account: Account, fn: FunctionRecord, qualifier?: string): DomainRecord[] {
  return [...account.domains.values()].filter(({ endpoints }) =>
    endpoints.some(
      (endpoint) =>
        endpoint.Namespace === fn.namespace &&
        endpoint.FunctionName === fn.name &&
        (qualifier === undefined || endpoint.Qualifier === qualifier),
    ),
  );
}
