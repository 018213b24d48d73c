import type { Refusal, Text } from '../../../essbasic/gateway/outcome.ts';
import { type ScfErrorCode, scfErrorCodes } from '../error-codes.ts';

/** A refusal in the words of the code, with what exactly is wrong behind a colon. */
export function refuse(
  code: ScfErrorCode,
  detail: string | Text,
  facts: Pick<Refusal, 'reason'> = {},
): Refusal {
  const { zh, en } = scfErrorCodes[code];
  const text = typeof detail === 'string' ? { zh: detail, en: detail } : detail;
  return { ok: false, code, message: { zh: `${zh}：${text.zh}`, en: `${en}: ${text.en}` }, ...facts };
}

/** What is looked up, or the refusal that says that it is not there. */
export type Found<T> = { ok: true; value: T } | Refusal;

export const found = <T>(value: T): Found<T> => ({ ok: true, value });
