import { type ErrorCodeName, errorCodes } from '../../../shared/essbasic/error-codes.ts';
import type { Refusal } from '../../cloud-api/outcome.ts';
import { refusal } from './refusal.ts';

const prefix = 'force:';

/** The TemplateId or QrCodeId that makes an action answer with a code: `force:InternalError.DbRead`. */
export const forcingId = (code: ErrorCodeName) => `${prefix}${code}`;

/** Many codes have no cause that a client could bring about. Such an id is one. */
export function forcedRefusal(id: string | undefined): Refusal | undefined {
  if (id === undefined || !id.startsWith(prefix)) return undefined;
  const code = id.slice(prefix.length);
  if (!isErrorCode(code)) return undefined;
  return refusal(code, { zh: '由编号中的 force: 触发', en: 'forced by the id in the request' });
}

export function isErrorCode(code: string): code is ErrorCodeName {
  return Object.hasOwn(errorCodes, code);
}
