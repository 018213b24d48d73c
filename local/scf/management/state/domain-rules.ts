import type { Refusal } from '../../../cloud-api/outcome.ts';
import { refuse } from '../gateway/refuse.ts';
import type { Services } from '../services.ts';
import type { DomainRecord } from './account.ts';
import { findFunction } from './find.ts';
import type { HttpTriggerRecord } from './function-record.ts';

/**
 * What is wrong with a domain, as it is to be. An endpoint has to have a Function URL: since that may not be deleted
 * while a domain points at it, it is taken to be needed. The codes are assumed, none has been found.
 */
export function refusalOfDomain(services: Services, domain: DomainRecord): Refusal | undefined {
  if (domain.protocol !== 'HTTP' && domain.certificateId === '') {
    return refuse('InvalidParameterValue', { zh: 'HTTPS 需要证书', en: 'HTTPS needs a certificate' });
  }
  if (domain.endpoints.length === 0) {
    return refuse('InvalidParameterValue', { zh: '没有路由', en: 'there are no endpoints' });
  }
  const rules = domain.endpoints.map(({ PathMatch }) => PathMatch);
  const twice = rules.find((rule, index) => rules.indexOf(rule) !== index);
  if (twice !== undefined) {
    return refuse('InvalidParameterValue', { zh: `${twice} 重复`, en: `${twice} is there twice` });
  }
  for (const endpoint of domain.endpoints) {
    const fn = findFunction(services, endpoint);
    if (!fn.ok) return fn;
    if (urlTriggerOf(fn.value.triggers, endpoint.Qualifier) === undefined) {
      return refuse('ResourceNotFound.Trigger', `${endpoint.FunctionName}:${endpoint.Qualifier}`);
    }
  }
  return undefined;
}

export function urlTriggerOf(
  triggers: readonly { type: string; qualifier: string }[],
  qualifier: string,
): HttpTriggerRecord | undefined {
  return triggers.find(
    (trigger): trigger is HttpTriggerRecord => trigger.type === 'http' && trigger.qualifier === qualifier,
  );
}

export function domainView(domain: DomainRecord) {
  return {
    Domain: domain.domain,
    Protocol: domain.protocol,
    EndpointsConfig: domain.endpoints.map((endpoint) => ({
      ...endpoint,
      PathRewrite: endpoint.PathRewrite ?? null,
    })),
    CertConfig: { CertificateId: domain.certificateId },
    WafConfig: { WafOpen: 'CLOSE', WafInstanceId: '', ...domain.waf },
    Tags: domain.tags,
  };
}
