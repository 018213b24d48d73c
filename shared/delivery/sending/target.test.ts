/** Which addresses may be sent to, in every notation that an attacker may think of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, isPublicAddress } from './public-addresses.ts';
import { resolveTarget } from './resolve-target.ts';
import { maskedUrl, mostUrlLength, readTargetUrl } from './target-url.ts';

const strict = { allowLoopback: false };
const lax = { allowLoopback: true };
const problemOf = (url: string, rules = strict) => {
  const read = readTargetUrl(url, rules);
  return 'problem' in read ? read.problem : undefined;
};

describe('an address', () => {
  it.each([
    ['private', 'https://10.0.0.1/'],
    ['private', 'https://172.16.0.1/'],
    ['private', 'https://172.31.255.255/'],
    ['private', 'https://192.168.1.1/'],
    ['loopback', 'https://127.0.0.1/'],
    ['loopback', 'https://127.255.255.254/'],
    ['loopback by name', 'https://localhost/'],
    ['loopback by name', 'https://LOCALHOST./'],
    ['loopback by name', 'https://a.localhost/'],
    ['unspecified', 'https://0.0.0.0/'],
    ['unspecified', 'https://0/'],
    ['link-local', 'https://169.254.1.1/'],
    ['metadata of clouds', 'https://169.254.169.254/latest/meta-data'],
    ['metadata of Tencent Cloud', 'https://169.254.0.23/'],
    ['metadata of Alibaba Cloud', 'https://100.100.100.200/'],
    ['platform service of Azure', 'https://168.63.129.16/'],
    ['carrier-grade NAT', 'https://100.64.0.1/'],
    ['benchmarking', 'https://198.18.0.1/'],
    ['documentation', 'https://203.0.113.7/'],
    ['multicast', 'https://224.0.0.1/'],
    ['reserved', 'https://240.0.0.1/'],
    ['broadcast', 'https://255.255.255.255/'],
    ['hexadecimal', 'https://0x7f.1/'],
    ['hexadecimal', 'https://0x7f000001/'],
    ['octal', 'https://0177.0.0.1/'],
    ['octal', 'https://012.0.0.1/'],
    ['one number', 'https://2130706433/'],
    ['two parts', 'https://127.1/'],
    ['three parts', 'https://10.0.1/'],
    ['a dot at the end', 'https://127.0.0.1./'],
    ['full-width digits', 'https://１２７.０.０.１/'],
    ['percent-encoded', 'https://%31%32%37.0.0.1/'],
    ['IPv6 loopback', 'https://[::1]/'],
    ['IPv6 loopback in full', 'https://[0:0:0:0:0:0:0:1]/'],
    ['IPv6 unspecified', 'https://[::]/'],
    ['IPv4-mapped', 'https://[::ffff:127.0.0.1]/'],
    ['IPv4-mapped in hexadecimal', 'https://[::ffff:a00:1]/'],
    ['IPv4-mapped of a public address', 'https://[::ffff:8.8.8.8]/'],
    ['IPv4-compatible', 'https://[::10.0.0.1]/'],
    ['NAT64', 'https://[64:ff9b::10.0.0.1]/'],
    ['NAT64 of a public address', 'https://[64:ff9b::8.8.8.8]/'],
    ['local NAT64', 'https://[64:ff9b:1::a00:1]/'],
    ['6to4', 'https://[2002:a00:1::]/'],
    ['Teredo', 'https://[2001:0:1::]/'],
    ['unique local', 'https://[fd00::1]/'],
    ['IPv6 link-local', 'https://[fe80::1]/'],
    ['IPv6 multicast', 'https://[ff02::1]/'],
    ['IPv6 documentation', 'https://[2001:db8::1]/'],
    ['IPv6 metadata of AWS', 'https://[fd00:ec2::254]/'],
  ])('that is %s is refused: %s', (_, url) => {
    expect(problemOf(url)).toBe('NotPublic');
    const isLocal =
      /127|7f0|0x7f|0177|2130706433|\[::1\]|0:1\]|LOCAL|local|%31|１/.test(url) && !/ffff|64:/.test(url);
    if (!isLocal) expect(problemOf(url, lax)).toBe('NotPublic');
  });

  it.each([
    ['NotHttps', 'http://example.com/'],
    ['NotHttps', 'http://127.0.0.1/'],
    ['NotHttps', 'ftp://example.com/'],
    ['NotHttps', 'file:///etc/passwd'],
    ['NotHttps', 'gopher://example.com/'],
    ['Credentials', 'https://user@example.com/'],
    ['Credentials', 'https://:secret@example.com/'],
    ['NotAUrl', 'example.com'],
    ['NotAUrl', ''],
    ['NotAUrl', 'https://[fe80::1%25eth0]/'],
    ['NotAUrl', 'https://1.2.3.4.5.6:99999/'],
    ['TooLong', `https://example.com/${'a'.repeat(mostUrlLength)}`],
  ])('is %s: %s', (problem, url) => {
    expect(problemOf(url)).toBe(problem);
  });

  it.each([
    'https://example.com/a?b=c',
    'https://8.8.8.8/',
    'https://[2400:3200::1]:8443/',
    'https://例子.中国/',
  ])('of the open internet is taken: %s', (url) => {
    expect(problemOf(url)).toBeUndefined();
  });

  it('of this machine is taken where that is configured, and nothing else that is private', () => {
    for (const url of ['http://127.0.0.1:9/', 'http://localhost/', 'https://[::1]/', 'http://0x7f.1/'])
      expect(problemOf(url, lax)).toBeUndefined();
    expect(problemOf('http://10.0.0.1/', lax)).toBe('NotHttps');
    expect(problemOf('https://10.0.0.1/', lax)).toBe('NotPublic');
    expect(problemOf('http://example.com/', lax)).toBe('NotHttps');
  });

  it('of IPv4 that is dressed as IPv6 is never public, nor this machine', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        for (const dressed of [`::ffff:${address}`, `::${address}`, `64:ff9b::${address}`])
          expect([isPublicAddress(dressed), isLoopbackAddress(dressed)]).toEqual([false, false]);
      }),
    );
  });

  it('that is no address is neither', () => {
    for (const text of ['', 'example.com', '1.2.3', '::ffff:', '127.0.0.1 '])
      expect([isPublicAddress(text), isLoopbackAddress(text)]).toEqual([false, false]);
  });
});

describe('a name', () => {
  const resolved = (addresses: readonly string[], url = 'https://hooks.example/', rules = strict) =>
    resolveTarget(new URL(url), rules, async () => addresses);

  it('leads to its public addresses', async () => {
    expect(await resolved(['8.8.8.8', '2400:3200::1'])).toEqual({ addresses: ['8.8.8.8', '2400:3200::1'] });
  });

  it.each([
    [['10.0.0.1']],
    [['127.0.0.1']],
    [['8.8.8.8', '169.254.169.254']],
    [['8.8.8.8', '::1']],
    [['::ffff:10.0.0.1']],
    [['64:ff9b::a00:1']],
    [['no address']],
  ])('that leads to %j is refused', async (addresses) => {
    expect(await resolved(addresses)).toEqual({ error: 'AddressRefused' });
  });

  it('of this machine is let through where that is configured, and without TLS only such a one', async () => {
    expect(await resolved(['127.0.0.1'], 'https://hooks.example/', lax)).toEqual({
      addresses: ['127.0.0.1'],
    });
    expect(await resolved(['10.0.0.1'], 'https://hooks.example/', lax)).toEqual({ error: 'AddressRefused' });
    expect(await resolved([], 'http://localhost/', lax)).toEqual({ addresses: ['127.0.0.1'] });
    expect(await resolved(['8.8.8.8'], 'http://hooks.example/', lax)).toEqual({ error: 'AddressRefused' });
  });

  it('that nobody knows, or that no server answers for, cannot be sent to', async () => {
    expect(await resolved([])).toEqual({ error: 'NameNotFound' });
    const broken = () => Promise.reject(new Error('SERVFAIL'));
    expect(await resolveTarget(new URL('https://hooks.example/'), strict, broken)).toEqual({
      error: 'NameNotFound',
    });
  });
});

describe('a masked address', () => {
  it('shows where it is and the end of what may be secret', () => {
    expect(maskedUrl('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=73febdcb-1b38')).toBe(
      'https://qyapi.weixin.qq.com/…1b38',
    );
    expect(maskedUrl('https://hooks.example/secret')).toBe('https://hooks.example/…');
    expect(maskedUrl('https://hooks.example/')).toBe('https://hooks.example');
  });

  it('holds no more than four characters of the path', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,80}$/), (path) => {
        const shown = maskedUrl(`https://hooks.example/${path}`).slice('https://hooks.example/…'.length);
        expect(shown.length).toBeLessThanOrEqual(4);
        expect(path.endsWith(shown)).toBe(true);
      }),
    );
  });
});
