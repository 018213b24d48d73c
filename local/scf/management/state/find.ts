import { type Found, found, type Refusal } from '../../../cloud-api/outcome.ts';
import type { ScfErrorCode } from '../error-codes.ts';
import { refuse } from '../gateway/refuse.ts';
import type { Services } from '../services.ts';
import { defaultNamespace } from './account.ts';
import type { FunctionRecord, Version } from './function-record.ts';
import { settle, settleAll } from './settle.ts';

/** How a request names a function. */
export interface FunctionNamed {
  FunctionName: string;
  Namespace?: string | undefined;
}

export function findFunction(services: Services, named: FunctionNamed): Found<FunctionRecord> {
  const { Namespace = defaultNamespace, FunctionName } = named;
  const { functions } = services.account;
  if (Namespace !== defaultNamespace) return refuse('ResourceNotFound.Namespace', Namespace);
  const known = functions.get(FunctionName);
  if (known !== undefined) settleAll(services, known);
  const fn = functions.get(FunctionName);
  return fn === undefined ? refuse('ResourceNotFound.Function', FunctionName) : found(fn);
}

/** Refuses because of the status, which the caller thereby has seen. */
export function refuseBusy(
  services: Services,
  fn: FunctionRecord,
  version: Version,
  code: ScfErrorCode,
): Refusal {
  const { status } = version.life;
  settle(services, fn, version, true);
  return refuse(code, {
    zh: `函数 ${fn.name} 处于 ${status} 状态，请稍后重试`,
    en: `${fn.name} is ${status}, try again later`,
  });
}
