import { describe, expect, it } from 'vitest';
import { fill, inBoth, inLanguage } from './text.ts';

const text = { zh: '最迟于 {until} 失效，共 {count} 份', en: '{count} contracts, until {until}' };

describe('a text', () => {
  it('is read in either language, and what has none as it is', () => {
    expect([inLanguage(text, 'zh'), inLanguage(text, 'en')]).toEqual([text.zh, text.en]);
    expect(inLanguage('AuthFailure', 'zh')).toBe('AuthFailure');
  });

  it('is written alike in both', () => {
    expect(inBoth((language) => `(${text[language]})`)).toEqual({ zh: `(${text.zh})`, en: `(${text.en})` });
  });

  it('has its facts filled in, times among them', () => {
    expect(fill(text, { count: 3, until: 1_700_000_000 })).toEqual({
      zh: '最迟于 2023-11-14 22:13 UTC 失效，共 3 份',
      en: '3 contracts, until 2023-11-14 22:13 UTC',
    });
  });

  it('shows a fact that nobody knows as a question mark', () => {
    expect(fill(text, { count: 3 }).en).toBe('3 contracts, until ?');
  });
});
