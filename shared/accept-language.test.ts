import { describe, expect, it } from 'vitest';
import { languageOf } from './text.ts';

describe('the language of an answer', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['ZH', 'zh'],
    ['zh-Hant-TW', 'zh'],
    ['zh_CN', 'zh'],
    ['zh_Hans_CN;q=0.9, en_US;q=0.8', 'zh'],
    ['en;q=0.8, zh-CN;q=0.9', 'zh'],
    ['fr, zh;q=0.1', 'zh'],
    ['zh, en', 'zh'],
    ['zh ; q=0.5 , en;q=0.4', 'zh'],
  ])('is Chinese for %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });

  it.each([
    [undefined],
    [''],
    ['*'],
    ['en-GB,en;q=0.9,zh;q=0.8'],
    ['en, zh'],
    ['fr-FR'],
    ['zh;q=0'],
    ['zh;q=0.0, fr'],
    ['zh;q=2'],
    ['zh;q=-1'],
    ['zh;q=abc'],
    ['zhx'],
    ['zh.UTF-8'],
    ['en_US, zh_CN;q=0.5'],
    [',,;;q=1'],
    [`${'fr,'.repeat(100)}zh`],
  ])('is English for %s', (header) => {
    expect(languageOf(header)).toBe('en');
  });
});
