import type { FunctionRecord } from './function-record.ts';

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
  /** By name. */
  functions: Map<string, FunctionRecord>;
  domains: Map<string, DomainRecord>;
}

/** The one namespace that there is. */
export const defaultNamespace = 'default';

export function createAccount(region: string): Account {
  return {
    region,
    // Made up: there is no account here.
    appId: '1250000000',
    uin: '100000000000',
    functions: new Map(),
    domains: new Map(),
  };
}

/** The domains with a path that leads to a Function URL. */
export function domainsOn(account: Account, fn: FunctionRecord, qualifier?: string): DomainRecord[] {
  return [...account.domains.values()].filter(({ endpoints }) =>
    endpoints.some(
      (endpoint) =>
        endpoint.FunctionName === fn.name && (qualifier === undefined || endpoint.Qualifier === qualifier),
    ),
  );
}
