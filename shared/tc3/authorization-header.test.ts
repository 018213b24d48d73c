import { describe, expect, it } from 'vitest';
import { parseAuthorization } from './authorization-header.ts';

const signature = 'a1'.repeat(32);
const header = ({ id = 'AKIDx', names = 'content-type;host', blank = ' ' } = {}) =>
  `TC3-HMAC-SHA256 Credential=${id}/2019-02-25/essbasic/tc3_request,${blank}SignedHeaders=${names},${blank}Signature=${signature}`;

describe('parseAuthorization', () => {
  it.each([' ', ''])('reads its parts, with %j between them', (blank) => {
    expect(parseAuthorization(header({ blank }))).toEqual({
      secretId: 'AKIDx',
      date: '2019-02-25',
      service: 'essbasic',
      signedHeaders: ['content-type', 'host'],
      signature,
    });
  });

  it.each([
    ['is missing', undefined],
    ['is missing', ''],
    ['must have the form', 'Bearer abc'],
    ['contain content-type and host', header({ names: 'x-tc-action' })],
    ['contain host', header({ names: 'content-type' })],
    ['in lower case', header({ names: 'content-type;host;X-TC-Action' })],
    ['ascending ASCII order', header({ names: 'content-type;host;host' })],
  ])('says what is wrong: %s', (words, given) => {
    expect(parseAuthorization(given)).toEqual(expect.stringContaining(words));
  });

  it('reads 4096 characters and no more', () => {
    const room = 4096 - header({ id: '' }).length;
    expect(parseAuthorization(header({ id: 'x'.repeat(room) }))).toMatchObject({ signature });
    expect(parseAuthorization(header({ id: 'x'.repeat(room + 1) }))).toContain('must have the form');
  });
});
