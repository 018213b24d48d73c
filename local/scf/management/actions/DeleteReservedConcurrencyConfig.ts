import * as z from 'zod/mini';
import { done, manage } from '../gateway/managed-action.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction } from '../state/find.ts';

export const deleteReservedConcurrencyConfig = manage({
  name: 'DeleteReservedConcurrencyConfig',
  request: z.strictObject({ ...functionMembers }),
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    fn.value.reservedMb = undefined;
    return done;
  },
});
