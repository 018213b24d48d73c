import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codeStates } from '../../shared/codes/code.ts';
import { endedPage, type Page, troublePage, unknownPage, waitingPage, withPhones } from './page.ts';

const gate = { name: '三号门 <北>' };
const pages = (language: 'zh' | 'en'): [string, Page][] => [
  ...codeStates.flatMap((state): [string, Page][] => [
    [`${state}, passing`, waitingPage(state, gate, language)],
    [`${state}, ended`, endedPage(state, gate, language)],
  ]),
  ['unknown', unknownPage(language)],
  ['trouble', troublePage(language)],
];

const sectionsOf = (html: string) =>
  [...html.matchAll(/<section lang="([\w-]+)">(.*?)<\/section>/gs)].map(([, lang, text]) => [lang, text]);

describe('the page at the gate', () => {
  it.each(pages('zh'))('says in Chinese first and then in English what the case is: %s', (_, { body }) => {
    expect(body).toContain('<html lang="zh-CN"');
    expect(sectionsOf(body)).toEqual([
      ['zh-CN', expect.stringMatching(/^<h1>\p{Script=Han}[^<]*<\/h1><p>.*请联系/su)],
      ['en', expect.stringMatching(/^<h2>[\x20-\x7e]+<\/h2>[\x20-\x7e]+ Ask [\x20-\x7e]+$/)],
    ]);
  });

  it.each(pages('en'))('says it in English first to who reads that: %s', (_, { body }) => {
    expect(body).toContain('<html lang="en"');
    expect(sectionsOf(body)).toEqual([
      ['en', expect.stringContaining('<h1>')],
      ['zh-CN', expect.stringContaining('<h2>')],
    ]);
  });

  it('says in which state a code is that has ended, each in its own words', () => {
    const titles = codeStates.map((state) => /<h1>(.*?)<\/h1>/.exec(endedPage(state, gate, 'en').body)?.[1]);
    expect(new Set(titles).size).toBe(5);
    expect(endedPage('Cancelled', gate, 'en').body).toContain('This code has been ended');
  });

  it('names the gate, whatever characters its name has', () => {
    expect(waitingPage('Paused', gate, 'zh').body).toContain('<header><p>三号门 &#60;北&#62;</p></header>');
    expect(waitingPage('Paused', { name: null }, 'zh').body).not.toContain('<header>');
    expect(unknownPage('zh').body).not.toContain('<header>');
    const { body } = waitingPage('Paused', { name: null, organization: 'A & B' }, 'zh');
    expect(body).toContain('<header><p><small>A &#38; B</small></p></header>');
  });

  it('says whom to ask: the contact of the organisation, else the people on site', () => {
    const contact = { zh: '门卫室 <王>', en: 'Gatehouse & Wang' };
    const { body } = waitingPage('QuotaBlocked', { ...gate, contact }, 'zh');
    expect(body).toContain('请联系：<b>门卫室 &#60;王&#62;</b>');
    expect(body).toContain('Ask <b>Gatehouse &#38; Wang</b>');
    expect(waitingPage('QuotaBlocked', gate, 'zh').body).toContain('请联系：现场工作人员');
  });

  it('waits where that may help, and for who has no script as well', () => {
    const { body, headers } = waitingPage('QuotaBlocked', gate, 'zh');
    expect(headers).toMatchObject({ 'Retry-After': '30', 'X-Code-State': 'QuotaBlocked' });
    expect(body).toContain('data-wait="30" data-state="QuotaBlocked"');
    expect(body).toContain('<noscript><meta http-equiv="refresh" content="30"></noscript>');
    expect(body).toContain('再试一次');
    expect(waitingPage('Exhausted', gate, 'zh').headers).toMatchObject({ 'Retry-After': '3' });
    expect(waitingPage('Exhausted', gate, 'zh').body).toContain('content="20"');
    expect(troublePage('zh').headers).not.toHaveProperty('X-Code-State');
  });

  it.each([
    ['Expired', endedPage('Expired', gate, 'zh')],
    ['Unknown', unknownPage('zh')],
  ])('does not wait where nothing will come: %s', (state, { body, headers }) => {
    expect(body).not.toMatch(/refresh|<script|data-wait|再试一次/);
    expect(headers).not.toHaveProperty('Retry-After');
    expect(headers).toMatchObject({ 'X-Code-State': state });
  });

  it.each(pages('zh'))(
    'carries nothing but what the policy allows by its hash: %s',
    (_, { body, headers }) => {
      const policy = headers['Content-Security-Policy'] ?? '';
      const parts = [...body.matchAll(/<(style|script)>(.*?)<\/\1>/gs)];
      for (const [, kind, text = ''] of parts) {
        const hash = createHash('sha256').update(text).digest('base64');
        expect(policy).toContain(`${kind}-src 'sha256-${hash}'`);
      }
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain('unsafe');
      expect(body).not.toMatch(/ (style|on\w+|src)=|https?:/);
    },
  );
});

describe('a phone number in a contact', () => {
  it.each([
    ['王工 13800000000', '13800000000', '13800000000'],
    ['call +86 21-5555 0000 now', '+86 21-5555 0000', '+862155550000'],
    ['分机 80012', '80012', '80012'],
  ])('of "%s" can be tapped', (text, shown, dialled) => {
    expect(withPhones(text)).toContain(`<a href="tel:${dialled}">${shown}</a>`);
  });

  it.each(['三号门 2 楼 501 室', 'A&B', '"9" <7>'])('is not seen in "%s"', (text) => {
    expect(withPhones(text)).not.toContain('<a');
  });
});
