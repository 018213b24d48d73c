import type { Text } from '../../shared/text.ts';
import type { CurrentDomain, CurrentState, Endpoint } from './current-state.ts';
import type { DesiredDomain, DesiredState } from './desired-state.ts';
import type { CallStep } from './plan-step.ts';
import { change, notThere, together } from './reason.ts';
import type { Scope } from './release-state.ts';

/** The step for the custom domain, once every function that it leads to has its Function URL. */
export function planDomain({ desired, current }: Scope): CallStep[] {
  const { domain } = desired;
  if (domain === undefined || !areReachable(domain, current.functions)) return [];
  const wanted = { ...domain, protocol: 'HTTPS' };
  const existing = current.domains[domain.name];
  if (existing === undefined) return [send('CreateCustomDomain', domain.name, wanted, notThere)];
  const foreign = existing.endpoints.filter((endpoint) => !isOurs(desired, endpoint));
  const changes = differencesOf(existing, domain, foreign);
  if (changes.length === 0) return [];
  const endpoints = [...domain.endpoints, ...foreign];
  return [send('UpdateCustomDomain', domain.name, { ...wanted, endpoints }, together(changes))];
}

/** Takes the paths to some of our functions off every domain, and a domain away with its last path. */
export function planLettingGo(
  desired: DesiredState,
  domains: CurrentState['domains'],
  isLeaving: (functionName: string) => boolean,
): CallStep[] {
  return Object.entries(domains).flatMap(([name, existing]) => {
    const endpoints = existing.endpoints.filter(
      (endpoint) => !(isOurs(desired, endpoint) && isLeaving(endpoint.functionName)),
    );
    if (endpoints.length === existing.endpoints.length) return [];
    const reason = { zh: '指向将被删除的函数', en: 'leads to what is removed' };
    if (endpoints.length > 0) return [send('UpdateCustomDomain', name, { ...existing, endpoints }, reason)];
    const parameters = { Domain: name };
    return [{ kind: 'call', target: name, action: 'DeleteCustomDomain', parameters, reason }];
  });
}

export const isOurs = ({ prefix, namespace }: DesiredState, endpoint: Endpoint): boolean =>
  endpoint.namespace === namespace && endpoint.functionName.startsWith(prefix);

function areReachable({ endpoints }: DesiredDomain, functions: Scope['current']['functions']): boolean {
  return endpoints.every(({ functionName }) =>
    functions[functionName]?.triggers.some(({ type, url }) => type === 'http' && url !== ''),
  );
}

const keyOf = ({ namespace, functionName, qualifier, path }: Endpoint) =>
  `${path} → ${namespace}/${functionName}:${qualifier}`;

function differencesOf(existing: CurrentDomain, domain: DesiredDomain, foreign: readonly Endpoint[]): Text[] {
  const from = new Set(existing.endpoints.map(keyOf));
  const to = new Set([...domain.endpoints, ...foreign].map(keyOf));
  return [
    ...(existing.protocol === 'HTTPS' ? [] : [change('Protocol', existing.protocol, 'HTTPS')]),
    ...(existing.certificateId === domain.certificateId
      ? []
      : [change('CertificateId', existing.certificateId, domain.certificateId)]),
    ...[...to].filter((key) => !from.has(key)).map((key) => ({ zh: `增加 ${key}`, en: `adds ${key}` })),
    ...[...from].filter((key) => !to.has(key)).map((key) => ({ zh: `去掉 ${key}`, en: `removes ${key}` })),
  ];
}

function send(
  action: 'CreateCustomDomain' | 'UpdateCustomDomain',
  name: string,
  { protocol, certificateId, endpoints }: CurrentDomain,
  reason: Text,
): CallStep {
  const parameters = {
    Domain: name,
    Protocol: protocol,
    ...(certificateId === '' ? {} : { CertConfig: { CertificateId: certificateId } }),
    EndpointsConfig: endpoints.map(({ namespace, functionName, qualifier, path }) => ({
      Namespace: namespace,
      FunctionName: functionName,
      Qualifier: qualifier,
      PathMatch: path,
    })),
  };
  return { kind: 'call', target: name, action, parameters, reason };
}
