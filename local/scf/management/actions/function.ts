/** Looks at a function, and deletes it or one of its versions. */
import * as z from 'zod/mini';
import type { Outcome } from '../../../cloud-api/outcome.ts';
import { done, manageFunction } from '../gateway/managed-action.ts';
import { refuse } from '../gateway/refuse.ts';
import { TrueOrFalse } from '../schemas/structs.ts';
import type { Services } from '../services.ts';
import { domainsOn } from '../state/account.ts';
import { refuseBusy } from '../state/find.ts';
import { type FunctionRecord, latestVersion } from '../state/function-record.ts';
import { functionView } from '../state/function-view.ts';
import { canBegin } from '../state/life.ts';
import { beginAct, settle } from '../state/settle.ts';
import { countLook } from '../state/trigger-view.ts';
import { resolve } from '../state/versions.ts';

export const getFunction = manageFunction({
  name: 'GetFunction',
  members: {
    Qualifier: z.optional(z.string()),
    ShowCode: z.optional(TrueOrFalse),
    // In no document; Tencent's own deployment tools send it.
    ShowTriggers: z.optional(TrueOrFalse),
  },
  publishedCodes: ['ResourceNotFound.Function', 'ResourceNotFound.Namespace', 'ResourceNotFound.Version'],
  handle(asked, fn, services) {
    const { Qualifier = latestVersion, ShowCode } = asked;
    const version = resolve(fn, Qualifier, 0);
    if (version === undefined) return refuse('ResourceNotFound.Version', Qualifier);
    settle(services, fn, version, true);
    if (version.life.status === 'Gone') {
      return version === fn.latest
        ? refuse('ResourceNotFound.Function', asked.FunctionName)
        : refuse('ResourceNotFound.Version', Qualifier);
    }
    const response = functionView(services, fn, version, ShowCode === 'TRUE');
    for (const trigger of fn.triggers) countLook(trigger);
    return { ok: true, response };
  },
});

export const deleteFunction = manageFunction({
  name: 'DeleteFunction',
  members: { Qualifier: z.optional(z.string()) },
  publishedCodes: [
    'FailedOperation.FunctionStatusError',
    'InvalidParameterValue.Qualifier',
    'ResourceNotFound.Function',
    'ResourceNotFound.Namespace',
    'ResourceNotFound.Qualifier',
    'UnsupportedOperation.AliasBind',
  ],
  assumedCodes: ['FailedOperation.DeleteTrigger.UrlUsed'],
  handle(asked, fn, services) {
    return asked.Qualifier === undefined
      ? deleteWhole(services, fn)
      : deleteVersion(services, fn, asked.Qualifier);
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
