import type { Text } from '../../shared/text.ts';
import type { SignatureExplanation } from './signatures/signature-explanation.ts';

/** The service says no. */
export interface Refusal {
  ok: false;
  /** One of the service's codes, but for faults, which may name any. */
  code: string;
  /** What stands in `Message`. */
  message: Text;
  /** One sentence for the journal, where the message alone does not say enough. */
  reason?: string;
  /** With a wrong signature. */
  explanation?: SignatureExplanation;
}

/** What an action comes to: the members of `Response` beside `RequestId`, or a refusal. */
export type Outcome = { ok: true; response: object } | Refusal;

/** What is looked up, or the refusal that says that it is not there. */
export type Found<T> = { ok: true; value: T } | Refusal;

export const found = <T>(value: T): Found<T> => ({ ok: true, value });

/**
 * Makes a refusal in the words that a service has for the code, with what exactly is wrong behind a colon; a detail that
 * is one text is the same in both languages.
 */
export type Refuse<Code extends string> = (
  code: Code,
  detail: string | Text,
  facts?: Pick<Refusal, 'reason'>,
) => Refusal;

export function refusing<Code extends string>(words: Readonly<Record<Code, Text>>): Refuse<Code> {
  return (code, detail, facts = {}) => {
    const { zh, en } = words[code];
    const text = typeof detail === 'string' ? { zh: detail, en: detail } : detail;
    return { ok: false, code, message: { zh: `${zh}：${text.zh}`, en: `${en}: ${text.en}` }, ...facts };
  };
}

/** A refusal whose text is known from upstream's own examples. `reason` says what the text does not. */
export function publishedRefusal(code: string, message: Text, reason: string): Refusal {
  return { ok: false, code, message, reason };
}
