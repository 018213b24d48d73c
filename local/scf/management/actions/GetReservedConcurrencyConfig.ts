import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction } from '../state/find.ts';

export const getReservedConcurrencyConfig = manage({
  name: 'GetReservedConcurrencyConfig',
  request: z.strictObject({ ...functionMembers }),
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    // Where nothing is reserved the member is null: an assumption.
    return { ok: true, response: { ReservedMem: fn.value.reservedMb ?? null } };
  },
});
