import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';

export const deleteCustomDomain = manage({
  name: 'DeleteCustomDomain',
  request: z.strictObject({ Domain: z.optional(z.string()) }),
  publishedCodes: [],
  assumedCodes: ['ResourceNotFound'],
  handle({ Domain = '' }, { account }) {
    return account.domains.delete(Domain.toLowerCase()) ? done : refuse('ResourceNotFound', Domain);
  },
});
