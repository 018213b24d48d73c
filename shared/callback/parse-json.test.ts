import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { casesOf } from '../testing/cases.ts';
import { endsEarly, parseJson } from './parse-json.ts';

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

describe('parseJson', () => {
  it('reads whatever JSON is', async () => {
    await fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('never throws, and gives nothing for what is none', async () => {
    await fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ':', ',', '1') }),
        (text) => {
          let expected: unknown;
          try {
            expected = JSON.parse(text);
          } catch {
            expected = undefined;
          }
          expect(parseJson(text)).toEqual(expected);
        },
      ),
      casesOf(1000),
    );
  });

  it('reads a hundred levels and no more', () => {
    expect(parseJson(nested(100, '[', ']'))).toBeDefined();
    expect(parseJson(nested(101, '[', ']'))).toBeUndefined();
    expect(parseJson(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`)).toBeUndefined();
  });

  it('counts no brackets inside strings, whatever is escaped there', () => {
    const value = ['['.repeat(500), `\\"${'{'.repeat(500)}`, '\\', '"', '['.repeat(500)];
    expect(parseJson(JSON.stringify(value))).toEqual(value);
  });
});

describe('a text that ends early', () => {
  it.each(['{"a":', '[1,[2]', '"abc', '{"a":"b', '{"a":"b\\"', '["\\\\\\"]', '{"a":"]}"', '[1}{'])(
    'is %j',
    (text) => {
      expect(endsEarly(text)).toBe(true);
    },
  );

  it.each(['{"a":1}', '[]', '"a"', '["\\\\"]', '{"a":"[{"}', 'abc[', '', ' {', '[1]]'])(
    'is not %j',
    (text) => {
      expect(endsEarly(text)).toBe(false);
    },
  );
});
