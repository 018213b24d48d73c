import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { domainView } from '../state/domain-rules.ts';

export const getCustomDomain = manage({
  name: 'GetCustomDomain',
  request: z.strictObject({ Domain: z.optional(z.string()) }),
  publishedCodes: [],
  assumedCodes: ['ResourceNotFound'],
  handle({ Domain = '' }, { account }) {
    const domain = account.domains.get(Domain.toLowerCase());
    return domain === undefined
      ? refuse('ResourceNotFound', Domain)
      : { ok: true, response: domainView(domain) };
  },
});
