import * as z from 'zod/mini';
import { concurrencyMb } from '../account-limits.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import { findFunction, refuseBusy } from '../state/find.ts';

export const putReservedConcurrencyConfig = manage({
  name: 'PutReservedConcurrencyConfig',
  request: z.strictObject({ ...functionMembers, ReservedConcurrencyMem: z.int().check(z.minimum(0)) }),
  publishedCodes: [
    'FailedOperation.FunctionVersionStatusNotActive',
    'LimitExceeded.FunctionReservedConcurrencyMemory',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
  ],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    const { latest } = fn.value;
    if (latest.life.status !== 'Active') {
      return refuseBusy(services, fn.value, latest, 'FailedOperation.FunctionVersionStatusNotActive');
    }
    const others = [...services.account.functions.values()].filter((other) => other !== fn.value);
    const reservedMb = others.reduce(
      (sum, other) => sum + (other.reservedMb ?? 0),
      asked.ReservedConcurrencyMem,
    );
    const mostMb = concurrencyMb.total - concurrencyMb.shared;
    if (reservedMb > mostMb) {
      return refuse('LimitExceeded.FunctionReservedConcurrencyMemory', `${reservedMb} > ${mostMb} MB`);
    }
    fn.value.reservedMb = asked.ReservedConcurrencyMem;
    return done;
  },
});
