import { expect } from 'vitest';
import { catalogue } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/text.ts';

const contentLanguages = { zh: 'zh-CN', en: 'en' } as const;

/** A problem document names its kind and request, and speaks the language of its reader, each of its errors too. */
export function examineProblem(
  problem: Record<string, unknown>,
  told: { status: number; language: Language; headers: Readonly<Record<string, unknown>> },
): void {
  const { status, language, headers } = told;
  const { code, title, errors = [] } = problem;
  expect(problem).toMatchObject({ status, requestId: headers['X-Request-Id'], code: expect.any(String) });
  expect(headers['Content-Language']).toBe(contentLanguages[language]);
  const own = Object.entries(catalogue).find(([name]) => name === code)?.[1];
  if (own) expect(title).toBe(own[language]);
  // The form is that of every problem document.
  for (const { message } of errors as { message: string }[]) {
    expect(message).not.toBe('');
    expect([message, /\p{Script=Han}/u.test(message)]).toEqual([message, language === 'zh']);
  }
}
