import type { QianmaError } from '../../errors.ts';
import { inLanguage, type Language } from '../../text.ts';

/** A failure as a person reads it in one language. */
export interface Told {
  code: string;
  status: number;
  detail: string;
  problems: { path: string; message: string }[];
}

export function told(failure: QianmaError, language: Language = 'en'): Told {
  const { code, status, detail = '', problems } = failure;
  return {
    code,
    status,
    detail: inLanguage(detail, language),
    problems: problems.map(({ path, message }) => ({ path, message: inLanguage(message, language) })),
  };
}
