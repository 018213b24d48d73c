import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { domainMembers, Endpoint, Protocol } from '../schemas/domain-members.ts';
import { refusalOfDomain } from '../state/domain-rules.ts';

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
