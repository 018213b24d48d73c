import * as z from 'zod/mini';
import type { Outcome } from '../../../essbasic/gateway/outcome.ts';
import { done, manage } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { functionMembers } from '../schemas/names.ts';
import type { Services } from '../services.ts';
import { domainsOn } from '../state/account.ts';
import { findFunction, refuseBusy } from '../state/find.ts';
import { type FunctionRecord, latestVersion } from '../state/function-record.ts';
import { canBegin } from '../state/life.ts';
import { beginAct } from '../state/settle.ts';

export const deleteFunction = manage({
  name: 'DeleteFunction',
  request: z.strictObject({ ...functionMembers, Qualifier: z.optional(z.string()) }),
  publishedCodes: [
    'FailedOperation.FunctionStatusError',
    'InvalidParameterValue.Qualifier',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'ResourceNotFound.Qualifier',
    'UnsupportedOperation.AliasBind',
  ],
  assumedCodes: ['FailedOperation.DeleteTrigger.UrlUsed'],
  handle(asked, services) {
    const fn = findFunction(services, asked);
    if (!fn.ok) return fn;
    return asked.Qualifier === undefined
      ? deleteWhole(services, fn.value)
      : deleteVersion(services, fn.value, asked.Qualifier);
  },
});

function deleteWhole(services: Services, fn: FunctionRecord): Outcome {
  const [domain] = domainsOn(services.account, fn);
  if (domain !== undefined) return refuse('FailedOperation.DeleteTrigger.UrlUsed', domain.domain);
  const busy = [fn.latest, ...fn.published.values()].find(({ life }) => !canBegin(life, 'delete'));
  if (busy !== undefined) return refuseBusy(services, fn, busy, 'FailedOperation.FunctionStatusError');
  beginAct(services, fn, fn.latest, 'delete');
  return done;
}

function deleteVersion(services: Services, fn: FunctionRecord, qualifier: string): Outcome {
  if (qualifier === latestVersion) return refuse('InvalidParameterValue.Qualifier', qualifier);
  const version = fn.published.get(qualifier);
  if (version === undefined) return refuse('ResourceNotFound.Qualifier', qualifier);
  const bound = [...fn.aliases.values()].find(
    (alias) => alias.version === qualifier || alias.weights.some(({ Version: name }) => name === qualifier),
  );
  if (bound !== undefined) return refuse('UnsupportedOperation.AliasBind', bound.name);
  if (!canBegin(version.life, 'delete')) {
    return refuseBusy(services, fn, version, 'FailedOperation.FunctionStatusError');
  }
  beginAct(services, fn, version, 'delete');
  return done;
}
