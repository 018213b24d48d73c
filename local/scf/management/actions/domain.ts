/** Custom domains. The lists of codes of these actions have not been found anywhere. */
import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { DomainName, domainMembers, Endpoint, Protocol, Tags } from '../schemas/domain-members.ts';
import { pageMembers } from '../schemas/names.ts';
import { domainView, refusalOfDomain } from '../state/domain-rules.ts';
import { pageOf } from '../state/page.ts';

export const createCustomDomain = manage({
  name: 'CreateCustomDomain',
  request: z.strictObject({
    Domain: DomainName,
    Protocol,
    EndpointsConfig: z.array(Endpoint),
    Tags: z.optional(Tags),
    ...domainMembers,
  }),
  publishedCodes: [],
  assumedCodes: [
    'ResourceInUse',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'ResourceNotFound.Trigger',
  ],
  handle(asked, services) {
    const { account } = services;
    const name = asked.Domain.toLowerCase();
    if (account.domains.has(name)) return refuse('ResourceInUse', name);
    const domain = {
      domain: name,
      protocol: asked.Protocol,
      endpoints: asked.EndpointsConfig,
      certificateId: asked.CertConfig?.CertificateId ?? '',
      waf: asked.WafConfig ?? {},
      tags: asked.Tags ?? [],
    };
    const refused = refusalOfDomain(services, domain);
    if (refused !== undefined) return refused;
    account.domains.set(name, domain);
    return done;
  },
});

export const listCustomDomains = manage({
  name: 'ListCustomDomains',
  request: z.strictObject(pageMembers),
  publishedCodes: [],
  assumedCodes: [],
  handle(asked, { account }) {
    const domains = [...account.domains.values()];
    return { ok: true, response: { Total: domains.length, Domains: pageOf(domains, asked).map(domainView) } };
  },
});

export const updateCustomDomain = manage({
  name: 'UpdateCustomDomain',
  request: z.strictObject({
    Domain: z.string(),
    Protocol: z.optional(Protocol),
    EndpointsConfig: z.optional(z.array(Endpoint)),
    ...domainMembers,
  }),
  publishedCodes: [],
  assumedCodes: [
    'ResourceNotFound',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'ResourceNotFound.Trigger',
  ],
  handle(asked, services) {
    const { domains } = services.account;
    const name = asked.Domain.toLowerCase();
    const before = domains.get(name);
    if (before === undefined) return refuse('ResourceNotFound', name);
    const domain = {
      ...before,
      protocol: asked.Protocol ?? before.protocol,
      endpoints: asked.EndpointsConfig ?? before.endpoints,
      certificateId: asked.CertConfig?.CertificateId ?? before.certificateId,
      waf: asked.WafConfig ?? before.waf,
    };
    const refused = refusalOfDomain(services, domain);
    if (refused !== undefined) return refused;
    domains.set(name, domain);
    return done;
  },
});

export const deleteCustomDomain = manage({
  name: 'DeleteCustomDomain',
  request: z.strictObject({ Domain: z.optional(z.string()) }),
  publishedCodes: [],
  assumedCodes: ['ResourceNotFound'],
  handle({ Domain = '' }, { account }) {
    return account.domains.delete(Domain.toLowerCase()) ? done : refuse('ResourceNotFound', Domain);
  },
});
