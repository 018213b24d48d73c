import type { CurrentDomain, Endpoint } from './current-state.ts';
import type { DesiredDomain, DesiredState } from './desired-state.ts';
import type { Scope } from './scope.ts';
import type { CallStep } from './step.ts';

/** The step for the custom domain, once every function that it leads to has its Function URL. */
export function planDomain({ desired, current }: Scope): CallStep[] {
  const { domain } = desired;
  if (domain === undefined || !areReachable(domain, current.functions)) return [];
  const existing = current.domain;
  if (existing === undefined)
    return [send('CreateCustomDomain', domain, 'is not there yet', domain.endpoints)];
  const foreign = existing.endpoints.filter((endpoint) => !isOurs(desired, endpoint));
  const changes = differencesOf(existing, domain, foreign);
  if (changes.length === 0) return [];
  return [send('UpdateCustomDomain', domain, changes.join(', '), [...domain.endpoints, ...foreign])];
}

/** Takes our paths off the domain, and the domain away with its last path. */
export function planDomainRemoval(desired: DesiredState, name: string, existing: CurrentDomain): CallStep[] {
  const foreign = existing.endpoints.filter((endpoint) => !isOurs(desired, endpoint));
  if (foreign.length === existing.endpoints.length) return [];
  const domain = { name, certificateId: existing.certificateId, endpoints: foreign };
  if (foreign.length > 0) return [send('UpdateCustomDomain', domain, 'leads to what is removed', foreign)];
  const parameters = { Domain: name };
  return [
    {
      kind: 'call',
      target: name,
      action: 'DeleteCustomDomain',
      parameters,
      reason: 'leads to what is removed',
    },
  ];
}

function areReachable({ endpoints }: DesiredDomain, functions: Scope['current']['functions']): boolean {
  return endpoints.every(({ functionName }) =>
    functions[functionName]?.triggers.some(({ type, url }) => type === 'http' && url !== ''),
  );
}

const isOurs = ({ prefix }: DesiredState, { functionName }: Endpoint) => functionName.startsWith(prefix);

const keyOf = ({ namespace, functionName, qualifier, path }: Endpoint) =>
  `${path} → ${namespace}/${functionName}:${qualifier}`;

function differencesOf(
  existing: CurrentDomain,
  domain: DesiredDomain,
  foreign: readonly Endpoint[],
): string[] {
  const from = new Set(existing.endpoints.map(keyOf));
  const to = new Set([...domain.endpoints, ...foreign].map(keyOf));
  return [
    ...(existing.protocol === 'HTTPS' ? [] : [`Protocol from ${existing.protocol} to HTTPS`]),
    ...(existing.certificateId === domain.certificateId
      ? []
      : [`CertificateId from ${existing.certificateId} to ${domain.certificateId}`]),
    ...[...to].filter((key) => !from.has(key)).map((key) => `adds ${key}`),
    ...[...from].filter((key) => !to.has(key)).map((key) => `removes ${key}`),
  ];
}

function send(
  action: 'CreateCustomDomain' | 'UpdateCustomDomain',
  { name, certificateId }: DesiredDomain,
  reason: string,
  endpoints: readonly Endpoint[],
): CallStep {
  const parameters = {
    Domain: name,
    Protocol: 'HTTPS',
    CertConfig: { CertificateId: certificateId },
    EndpointsConfig: endpoints.map(({ namespace, functionName, qualifier, path }) => ({
      Namespace: namespace,
      FunctionName: functionName,
      Qualifier: qualifier,
      PathMatch: path,
    })),
  };
  return { kind: 'call', target: name, action, parameters, reason };
}
