import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { casesOf } from '../../testing/cases.ts';
import type { Language } from '../../text.ts';
import { type Told, told } from '../testing/told.ts';
import { maxDepth, maxFindings } from './json-scanner.ts';
import { parseJsonObject } from './strict-json.ts';

const bytes = (text: string) => Buffer.from(text, 'utf8');

function refusalOf(body: Uint8Array | string, language: Language = 'en'): Told {
  try {
    parseJsonObject(typeof body === 'string' ? bytes(body) : body);
  } catch (error) {
    if (error instanceof Failure) return told(error, language);
    throw error;
  }
  throw new Error('it was accepted');
}

describe('a body that is a JSON object', () => {
  it.each([
    '{}',
    ' \t\r\n{"a" : [1, -0.5e+3, true, false, null, "\\u00e9\\n", {}, []] } ',
    '{"a":{"b":1},"c":{"b":1}}',
    '{"a":[{"b":1},{"b":2}]}',
    '{"":0}',
    '{"constructor":1,"toString":2}',
    '{"a":9007199254740991,"b":-9007199254740991}',
    '{"a":"\\\\u0000, \\\\ufffd and \\\\ud800 are no escapes"}',
    '{"\\ud83d\\ude00":"😀 \\ud83d\\ude00"}',
  ])('is read as JSON.parse reads it: %s', (text) => {
    expect(parseJsonObject(bytes(text))).toEqual(JSON.parse(text));
  });

  it('may stand in the middle of a larger buffer', () => {
    expect(parseJsonObject(bytes('xx{"a":1}yy').subarray(2, 9))).toEqual({ a: 1 });
  });

  it('may hold long strings and many names', () => {
    const value = {
      a: '\\"字'.repeat(300_000),
      ...Object.fromEntries([...Array(20_000).keys()].map((i) => [`k${i}`, i])),
    };
    expect(parseJsonObject(bytes(JSON.stringify(value)))).toEqual(value);
    const escapes = `{"a":"${'\\u0041'.repeat(500_000)}"}`;
    expect(parseJsonObject(bytes(escapes))).toEqual({ a: 'A'.repeat(500_000) });
  });

  it('may nest to the limit, and no deeper', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(parseJsonObject(bytes(nested(maxDepth)))).toEqual(JSON.parse(nested(maxDepth)));
    expect(refusalOf(nested(maxDepth + 1)).detail).toContain(`nests deeper than ${maxDepth} levels`);
    expect(refusalOf('['.repeat(3_000_000)).detail).toContain('nests deeper');
    expect(refusalOf('{"a":'.repeat(1_000_000)).problems[0]?.path).toBe(Array(maxDepth).fill('a').join('.'));
  });
});

describe('a text in a body', () => {
  it.each([
    ['{"Note":"a\\u0000b"}', 'Note', 'U+0000'],
    ['{"Labels":["a","\\u0000"]}', 'Labels[1]', 'U+0000'],
    ['{"Note":"\\ud800"}', 'Note', 'half a character'],
    ['{"Note":"\\uDFFF\\uD800"}', 'Note', 'half a character'],
    ['{"FlowName":"\ufffd\ufffdͬ"}', 'FlowName', 'was not UTF-8'],
    ['{"FlowName":"\\ufffd"}', 'FlowName', 'was not UTF-8'],
    ['{"a":{"\\ufFfD":1}}', 'a["\ufffd"]', 'was not UTF-8'],
  ])('that cannot be kept, or was lost on the way, is refused by its place: %s', (text, path, message) => {
    const failure = refusalOf(text);
    expect(failure).toMatchObject({ code: 'MalformedBody', status: 400 });
    expect(failure.problems).toEqual([{ path, message: expect.stringContaining(message) }]);
    expect(refusalOf(text, 'zh').problems[0]?.message).toMatch(/^含有/);
  });

  it('in GBK that a gateway has read as UTF-8 is refused', () => {
    const gbk = Buffer.from('c0cdb6afbacfcdac', 'hex');
    const read = Buffer.concat([Buffer.from('{"FlowName":"'), gbk, Buffer.from('"}')]).toString('utf8');
    expect(refusalOf(read).problems.map(({ path }) => path)).toEqual(['FlowName']);
  });
});

describe('a body that is something else', () => {
  it.each([
    ['', 'The body is empty: send a JSON object'],
    ['[]', 'The body must be a JSON object'],
    ['"text"', 'The body must be a JSON object'],
    ['1', 'The body must be a JSON object'],
    ['null', 'The body must be a JSON object'],
    ['\ufeff{}', 'The body begins with a byte order mark: leave it out'],
    ['{"a":1', 'a is JSON that ends too early'],
    ['{"a":"b', 'a is JSON that ends too early'],
    ['   ', 'The body is JSON that ends too early'],
    ['{"a":1}x', 'The body is not JSON at line 1, column 8'],
    ['{\n  "a": 01\n}', 'a is not JSON at line 2, column 9'],
    ['{"a":tru}', 'a is not JSON at line 1, column 6'],
    ['{"a":1,}', 'a is not JSON at line 1, column 8'],
    ["{'a':1}", 'The body is not JSON at line 1, column 2'],
    ['{"a":"\u0001"}', 'a is not JSON at line 1, column 7'],
    ['{"a":"\\x"}', 'a is not JSON at line 1, column 7'],
    ['{"a" 1}', 'a is not JSON at line 1, column 6'],
    ['[1 2]', 'is not JSON at line 1, column 4'],
    ['{"a":NaN}', 'a is not JSON'],
    ['a=1&b=2', 'The body is not JSON at line 1, column 1'],
  ])('is refused: %j', (text, detail) => {
    const failure = refusalOf(text);
    expect(failure.code).toBe('MalformedBody');
    expect(failure.detail).toContain(detail);
  });

  it.each([
    ['a lone continuation byte', [0x7b, 0x80, 0x7d]],
    ['an overlong slash', [0x22, 0xc0, 0xaf, 0x22]],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a character that is cut', [0x22, 0xe5, 0xad]],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]],
  ])('is refused: %s', (_name, octets) => {
    expect(refusalOf(Uint8Array.from(octets)).detail).toBe('The body is not UTF-8');
  });

  it('is refused in Chinese where that is asked for', () => {
    expect(refusalOf('', 'zh').detail).toBe('请求体为空，应为 JSON 对象');
    expect(refusalOf('{"a":1,"a":2}', 'zh').problems).toEqual([{ path: 'a', message: '键重复' }]);
  });

  it('is never quoted', () => {
    expect(JSON.stringify(refusalOf('{"a": 13812345678x}'))).not.toContain('1381');
  });
});

describe('what JSON.parse lets pass', () => {
  it.each([
    ['{"a":1,"a":1}', 'a', 'is given twice'],
    ['{"a":{"b":[0,{"c":1,"c":2}]}}', 'a.b[1].c', 'is given twice'],
    ['{"a":1,"\\u0061":2}', 'a', 'is given twice'],
    ['{"__proto__":{}}', '__proto__', 'is a name that is not allowed'],
    ['{"a":{"\\u005f_proto__":1}}', 'a.__proto__', 'is a name that is not allowed'],
    ['{"a":9007199254740993}', 'a', 'is a number beyond'],
    ['{"a":[1,-9007199254740992]}', 'a[1]', 'is a number beyond'],
    ['{"a":1e400}', 'a', 'is a number beyond'],
  ])('is refused with its path: %s', (text, path, message) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(refusalOf(text).problems).toEqual([{ path, message: expect.stringContaining(message) }]);
  });

  it('is named all at once, up to a number that people still read', () => {
    const failure = refusalOf('{"a":1,"a":2,"__proto__":3,"b":1e99}');
    expect(failure.problems.map(({ path }) => path)).toEqual(['a', '__proto__', 'b']);
    expect(failure.detail).toMatch(/^a .*; __proto__ .*; b /);
    const many = `{"a":[${Array(1000).fill('1e99').join()}]}`;
    expect(refusalOf(many).problems).toHaveLength(maxFindings);
  });
});

/** Whether a parsed text has a number, by its literal, a name or a character that we exclude; duplicates look like values. */
function isExcluded(text: string): boolean {
  const names: string[] = [];
  const texts: string[] = [];
  let imprecise = false;
  const value: unknown = JSON.parse(text, function (this: unknown, key: string, member: unknown) {
    if (!Array.isArray(this)) names.push(key);
    if (typeof member === 'string') texts.push(member);
    if (typeof member === 'number' && !(Math.abs(member) <= Number.MAX_SAFE_INTEGER)) imprecise = true;
    return member;
  });
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return (
    !isObject ||
    imprecise ||
    names.includes('__proto__') ||
    [...names, ...texts].some((one) => unfit.test(one))
  );
}

const unfit = /[\0\ufffd]|\p{Surrogate}/u;

function accepts(text: string): boolean {
  try {
    parseJsonObject(bytes(text));
    return true;
  } catch (error) {
    if (error instanceof Failure && error.code === 'MalformedBody') return false;
    throw error;
  }
}

describe('the strict reader', () => {
  it('accepts every object that JSON.stringify writes, but for the named exclusions', () => {
    const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 2, '\t'), (object, indent) => {
        const text = JSON.stringify(object, null, indent);
        if (isExcluded(text)) return !accepts(text);
        expect(parseJsonObject(bytes(text))).toEqual(JSON.parse(text));
        return true;
      }),
      casesOf(3000),
    );
  });

  it('refuses whatever JSON.parse refuses, and nothing else of small texts of JSON signs', () => {
    // Short texts of the signs of the grammar reach all its corners; names never repeat in one object by chance
    // of being one of two, which is why a repeated one is looked for by hand.
    const signs = [
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      '"',
      '"a"',
      '"b"',
      '1',
      '-',
      '0',
      '.',
      'e',
      '+',
      ' ',
      '\n',
      '\\',
      'true',
      'null',
      '\t',
      '\u00a0',
    ];
    const text = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((parts) => parts.join(''));
    let valid = 0;
    const check = (candidate: string) => {
      let parsable = true;
      try {
        JSON.parse(candidate);
      } catch {
        parsable = false;
      }
      if (!parsable) return !accepts(candidate);
      valid += 1;
      const repeated = /"(\w)"\s*:[^{}]*[,{]\s*"\1"\s*:/.test(candidate);
      return repeated || accepts(candidate) === !isExcluded(candidate);
    };
    fc.assert(
      fc.property(
        text.map((inner) => `{"x":${inner}}`),
        check,
      ),
      casesOf(60_000),
    );
    fc.assert(fc.property(text, check), casesOf(30_000));
    // Three times as many come of a tenth of the cases, so that no seed falls short.
    expect(valid).toBeGreaterThan(100);
  });

  it('refuses a valid text with one byte changed exactly where JSON.parse does', () => {
    const original = bytes(
      '{"Agent":{"AppId":"字\\u0041"},"Restrictions":[{"Mobile":"1"},{}],"Day":-1.5e2,"Test":true}',
    );
    // Names of different lengths, so that no change makes two of them equal.
    fc.assert(
      fc.property(fc.nat({ max: original.length - 1 }), fc.nat({ max: 255 }), (index, byte) => {
        const changed = Buffer.from(original);
        changed[index] = byte;
        let expected: unknown;
        try {
          expected = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(changed));
        } catch {
          expect(refusalOf(changed).code).toBe('MalformedBody');
          return;
        }
        expect(parseJsonObject(changed)).toEqual(expected);
      }),
      casesOf(20_000),
    );
  });
});
