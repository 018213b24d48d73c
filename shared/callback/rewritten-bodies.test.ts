import { describe, expect, it } from 'vitest';
import { rewrittenBodies } from './rewritten-bodies.ts';

const spellings = (text: string) => [...rewrittenBodies(Buffer.from(text))];

describe('the spellings of a body', () => {
  it.each([
    ['with blanks', '{"encrypt": "a/b"}'],
    ['with indents', '{\n  "encrypt": "a/b"\n}'],
    ['with escaped slashes', '{"encrypt":"a\\/b"}'],
    ['with a line break at its end', '{"encrypt":"a/b"}\n'],
  ])('have the one %s', (_, spelling) => {
    expect(spellings('{"encrypt":"a/b"}')).toContain(spelling);
  });

  it.each([
    ['whose plus signs became blanks', '{"encrypt":"a b/c=="}'],
    ['that came percent-encoded', '%7B%22encrypt%22%3A%22a%2Bb%2Fc%3D%3D%22%7D'],
    ['that came as a form', 'encrypt=a%2Bb%2Fc%3D%3D'],
    ['that came as a form of blanks', 'encrypt=a b/c=='],
    ['that came twice', '{"encrypt":"a+b/c=="}{"encrypt":"a+b/c=="}'],
  ])('have the one that was sent, of a body %s', (_, received) => {
    expect(spellings(received)).toContain('{"encrypt":"a+b/c=="}');
  });

  it('have JSON as its common writers write it, with a line feed and without', () => {
    const written = [
      '{"a": "é/+", "b": [1, 2]}',
      '{\n  "a": "é/+",\n  "b": [\n    1,\n    2\n  ]\n}',
      '{\n    "a": "é/+",\n    "b": [\n        1,\n        2\n    ]\n}',
      '{"a":"é\\/+","b":[1,2]}',
      '{"a":"\\u00e9/+","b":[1,2]}',
      '{"a":"é/\\u002b","b":[1,2]}',
      '{"a": "\\u00e9/+", "b": [1, 2]}',
      '"{\\"a\\":\\"é/+\\",\\"b\\":[1,2]}"',
    ];
    const found = spellings('{"a":"é/+","b":[1,2]}');
    expect(found).toEqual(expect.arrayContaining(written.flatMap((one) => [one, `${one}\n`])));
  });

  it('have the markup escaped that Go escapes', () => {
    expect(spellings('"<a>&b\u2028"')).toContain('"\\u003ca\\u003e\\u0026b\\u2028"');
  });

  it('have the content of a string, and the body without blanks around it', () => {
    expect(spellings('"{\\"a\\":1}"')).toContain('{"a":1}');
    expect(spellings(' no json\n')).toEqual(['no json', 'no json\n', 'no json\r\n', 'no+json']);
  });

  it.each([
    ['percent signs that encode nothing', '%zz'],
    ['a percent sign that encodes half a character', '%e4'],
    ['several members of a form', 'a=1&b=2'],
    ['a name of a form that is no name', `${'a'.repeat(21)}=1`],
    ['text before a form', '?a=1'],
  ])('of a body with %s have nothing but its line breaks', (_, body) => {
    expect(spellings(body)).toEqual([`${body}\n`, `${body}\r\n`]);
  });

  it('have the member of a form with what is not encoded in it', () => {
    expect(spellings('a=b%')).toContain('{"a":"b%"}');
    expect(spellings(`${'a'.repeat(20)}=`)).toContain(`{"${'a'.repeat(20)}":""}`);
  });

  it.each(['{"encrypt":"a"}', '{"encrypt":"a"}\n', '{"encrypt":"a"}\r\n'])(
    'are never the body itself: %j',
    (body) => {
      expect(spellings(body)).not.toContain(body);
    },
  );

  it('of nothing are its line breaks', () => {
    expect(spellings('')).toEqual(['\n', '\r\n']);
  });

  it('of a large encrypted body are all there', () => {
    expect(spellings(`{"encrypt":"${'A'.repeat(60_000)}"}`).length).toBeGreaterThan(10);
  });

  const size = (text: string) => spellings(text).length;
  const deep = (levels: number) => `${'['.repeat(levels)}1${']'.repeat(levels)}`;
  const members = (count: number) =>
    JSON.stringify(
      Object.fromEntries(Array.from({ length: count }, (_, index) => [index, 'x'.repeat(3000)])),
    );

  it.each<[string, string, string]>([
    ['64 KiB', `"${'x'.repeat(65_534)}"`, `"${'x'.repeat(65_535)}"`],
    ['four levels', deep(4), deep(5)],
    ['8 KiB with members inside members', `[["${'x'.repeat(8186)}"]]`, `[["${'x'.repeat(8187)}"]]`],
    ['four members with more than 8 KiB', members(4), members(5)],
  ])('are there up to %s', (_, within, beyond) => {
    expect(size(within)).toBeGreaterThan(3);
    expect(size(beyond)).toBeLessThan(4);
  });

  it.each([
    ['deep', `${'['.repeat(99)}${'1,'.repeat(31_000)}1${']'.repeat(99)}`],
    ['large and nested', `{"a":[${'1,'.repeat(20_000)}1]}`],
    ['large and of many members', `[${'1,'.repeat(20_000)}1]`],
  ])('of a %s body are not work that any stranger may ask for', (_, body) => {
    const written = spellings(body).reduce((sum, { length }) => sum + length, 0);
    expect(written).toBeLessThan(4 * body.length);
  });
});
