import { expect, it } from 'vitest';
import { browserLink } from './code.ts';

const page = 'https://example.com/page?a=b';
const picture = 'https://example.com/picture.png';

it.each([
  ['the signing page', { HttpSignUrl: page, QrCodeUrl: picture }, page],
  ['a picture where there is no page', { QrCodeUrl: picture, AppSignUrl: 'pages/guide' }, picture],
  [
    'a picture where the page is none',
    { HttpSignUrl: 'javascript:alert(1)', WeixinQrCodeUrl: picture },
    picture,
  ],
  [
    'nowhere by what would end the header',
    { HttpSignUrl: 'https://example.com/\r\nSet-Cookie: a=b' },
    undefined,
  ],
  ['nowhere where there is no address', { AppSignUrl: 'pages/guide' }, undefined],
])('leads a browser to %s', (_, urls, link) => {
  expect(browserLink(urls)).toBe(link);
});
