import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { DomainName, domainMembers, Endpoint, Protocol, Tags } from '../schemas/domain-members.ts';
import { refusalOfDomain } from '../state/domain-rules.ts';

/** The lists of codes of the five actions on domains have not been found anywhere. */
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
