import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { Order, pageMembers } from '../schemas/names.ts';
import { Filter } from '../schemas/structs.ts';
import { domainView } from '../state/domain-rules.ts';
import { pageOf } from '../state/page.ts';

export const listCustomDomains = manage({
  name: 'ListCustomDomains',
  request: z.strictObject({
    ...pageMembers,
    OrderBy: z.optional(z.string()),
    Order: z.optional(Order),
    Filters: z.optional(z.array(Filter)),
  }),
  publishedCodes: [],
  assumedCodes: ['UnsupportedOperation'],
  handle(asked, { account }) {
    if ((asked.Filters ?? []).length > 0) {
      return refuse('UnsupportedOperation', { zh: '此处没有筛选', en: 'there are no filters here' });
    }
    const domains = [...account.domains.values()];
    return { ok: true, response: { Total: domains.length, Domains: pageOf(domains, asked).map(domainView) } };
  },
});
