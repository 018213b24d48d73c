import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { page, pageHeaders } from './page.ts';

describe('page', () => {
  it.each(['QuotaBlocked', 'Paused', 'Cancelled', 'Expired', undefined] as const)(
    'says what %s means in both languages, the asked one first',
    (state) => {
      const [zh, en] = [page(state, true, 'zh'), page(state, true, 'en')];
      expect(zh).toMatch(
        /<html lang="zh-CN">.*<p>[^<]*\p{Script=Han}[^<]*<\/p><p lang="en">[\x20-\x7e]+<\/p>/u,
      );
      expect(en).toMatch(/<html lang="en">.*<p>[\x20-\x7e]+<\/p><p lang="zh-CN">[^<]*\p{Script=Han}/u);
    },
  );

  it('tells people to come back only while that may help', () => {
    expect(page('Expired', true, 'en')).toContain('scan again');
    expect(page('Expired', false, 'en')).not.toContain('scan again');
  });

  it('carries one style, which the policy allows by its hash, and no script', () => {
    const html = page('Paused', true, 'en');
    const style = /<style>(.*)<\/style>/s.exec(html)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(style).not.toBe('');
    expect(pageHeaders['Content-Security-Policy']).toContain(`style-src 'sha256-${hash}'`);
    expect(pageHeaders['Content-Security-Policy']).toContain("default-src 'none'");
    expect(html).not.toContain('<script');
  });
});
