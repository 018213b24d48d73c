import * as z from 'zod/mini';
import { manage } from '../gateway/managed-action.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction } from '../state/find.ts';

export const getProvisionedConcurrencyConfig = manage({
  name: 'GetProvisionedConcurrencyConfig',
  request: z.strictObject({ ...functionMembers, Qualifier: z.optional(z.string()) }),
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { Qualifier } = asked;
    const allocated = [...fn.value.provisioned]
      .filter(([version]) => Qualifier === undefined || version === Qualifier)
      .map(([version, instances]) => ({
        Qualifier: version,
        // Instances start with the first event here: what was asked for is said to be there at once.
        AllocatedProvisionedConcurrencyNum: instances,
        AvailableProvisionedConcurrencyNum: instances,
        Status: 'Done',
        StatusReason: '',
        TriggerActions: [],
      }));
    return { ok: true, response: { UnallocatedConcurrencyNum: 0, Allocated: allocated } };
  },
});
