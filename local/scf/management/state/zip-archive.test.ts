import { describe, expect, it } from 'vitest';
import { isText } from '../../../../shared/text.ts';
import { zipOf } from '../zip.test.kit.ts';
import { readZip } from './zip-archive.ts';

const limit = 1000;
const paths = (zip: Uint8Array) => {
  const files = readZip(zip, limit);
  return isText(files) ? files : files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString()]);
};

describe('an archive', () => {
  it.each(['stored', 'deflated'] as const)('with %s files is read', (method) => {
    const zip = zipOf({ 'index.js': 'a'.repeat(100), 'lib/b.js': '二' }, { method });
    expect(paths(zip)).toEqual([
      ['index.js', 'a'.repeat(100)],
      ['lib/b.js', '二'],
    ]);
  });

  it('may be empty, have a comment, and folders of their own', () => {
    expect(paths(zipOf({}))).toEqual([]);
    expect(paths(zipOf({ 'a/': '', 'a/b': 'c' }, { comment: 'PK\x05\x06 inside' }))).toEqual([['a/b', 'c']]);
  });

  it('keeps who may run a file', () => {
    const files = readZip(zipOf({ run: '#!' }, { mode: 0o755 }), limit);
    expect(files).toMatchObject([{ path: 'run', executable: true }]);
  });
});

describe('what is no archive is refused in a sentence:', () => {
  const good = Buffer.from(zipOf({ 'index.js': 'exports.main_handler = 1;' }));
  const spoilt = (at: number, value: number) => {
    const copy = Buffer.from(good);
    copy[at] = value;
    return copy;
  };
  const directoryAt = good.indexOf(Buffer.from('504b0102', 'hex'));

  it.each([
    ['text', Buffer.from('exports.main_handler'), 'it has no end of central directory'],
    ['nothing', Buffer.alloc(0), 'it has no end of central directory'],
    ['one that is cut short', good.subarray(0, -1), 'it has no end of central directory'],
    ['a byte too many', Buffer.concat([good, Buffer.from('x')]), 'it has no end of central directory'],
    ['a wrong byte in a file', spoilt(40, 0x5a), /checksum|decompressed/],
    ['a broken directory', spoilt(directoryAt, 0), 'its central directory is broken'],
    ['an encrypted file', spoilt(directoryAt + 8, 1), 'it is encrypted'],
    ['an unknown method', spoilt(directoryAt + 10, 99), 'a file cannot be decompressed'],
    ['a header elsewhere', spoilt(directoryAt + 42, 3), 'a header is missing'],
    ['a file that is too long', spoilt(directoryAt + 21, 0x7f), 'it is cut short'],
  ])('%s', (_what, zip, sentence) => {
    expect(readZip(zip, limit)).toEqual({
      en: expect.stringMatching(sentence),
      zh: expect.stringMatching(/\p{Script=Han}/u),
    });
  });

  it.each(['../evil', '/etc/passwd', 'a/../../b', 'a\\b'])('a name such as %s', (name) => {
    expect(readZip(zipOf({ [name]: 'x' }), limit)).toMatchObject({ en: 'a name leaves the folder' });
  });

  it('more than the limit, unpacked', () => {
    expect(readZip(zipOf({ a: 'x'.repeat(600), b: 'x'.repeat(401) }), limit)).toMatchObject({
      en: expect.stringContaining('more than 1000 bytes'),
    });
    expect(readZip(zipOf({ a: 'x'.repeat(600), b: 'x'.repeat(400) }), limit)).toHaveLength(2);
  });
});
