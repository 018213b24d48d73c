import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction } from '../state/find.ts';

export const deleteProvisionedConcurrencyConfig = manage({
  name: 'DeleteProvisionedConcurrencyConfig',
  request: z.strictObject({ ...functionMembers, Qualifier: z.string() }),
  publishedCodes: [
    'ResourceNotFound.Function',
    'ResourceNotFound.FunctionVersion',
    'ResourceNotFound.Namespace',
  ],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Qualifier } = asked;
    if (!fn.value.published.has(Qualifier)) return refuse('ResourceNotFound.FunctionVersion', Qualifier);
    fn.value.provisioned.delete(Qualifier);
    return done;
  },
});
