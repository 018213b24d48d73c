import { type ErrorCodeName, errorCodes } from '../../../shared/contract/error-codes.ts';
import type { Explanation } from '../../../shared/tc3/explain-mismatch.ts';

export interface Text {
  zh: string;
  en: string;
}

/** The service says no. */
export interface Refusal {
  ok: false;
  /** One of the contract's codes, but for faults, which may name any. */
  code: string;
  /** What stands in `Message`. */
  message: Text;
  /** One sentence for the journal, where the message alone does not say enough. */
  reason?: string;
  /** With a wrong signature. */
  explanation?: Explanation;
}

/** What an action comes to: the members of `Response` beside `RequestId`, or a refusal. */
export type Outcome = { ok: true; response: object } | Refusal;

/** A refusal in the words that the contract has for the code, with what exactly is wrong behind a colon. */
export function refusal(code: ErrorCodeName, detail: Text, facts: Pick<Refusal, 'reason'> = {}): Refusal {
  const { zh, en } = errorCodes[code];
  return {
    ok: false,
    code,
    message: { zh: `${zh}：${detail.zh}`, en: `${en}: ${detail.en}` },
    ...facts,
  };
}

/** A refusal whose text is known from upstream's own examples. `reason` says what the text does not. */
export function publishedRefusal(code: ErrorCodeName, message: Text, reason: string): Refusal {
  return { ok: false, code, message, reason };
}
