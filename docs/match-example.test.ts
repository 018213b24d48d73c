import { describe, expect, it } from 'vitest';
import { differences, matchText, substituted } from './testing/match-example.ts';

const compare = (example: unknown, real: unknown, part = false) =>
  differences(example, real, new Map(), { part });

describe('an example', () => {
  it('is what came, whatever the ids and times are', () => {
    const example = {
      CodeId: 'Q1rLeb5j4jZ6gekj2hW4dj',
      At: 1796546008,
      State: 'Active',
      Url: 'http://h/Q1rLeb5j4jZ6gekj2hW4dj',
    };
    const real = {
      CodeId: 'AArLeb5j4jZ6gekj2hW4dj',
      At: 1896546008,
      State: 'Active',
      Url: 'http://h/AArLeb5j4jZ6gekj2hW4dj',
    };
    expect(compare(example, real)).toEqual([]);
  });

  it.each([
    ['another value', { State: 'Active' }, { State: 'Paused' }],
    ['another number', { Used: 60 }, { Used: 59 }],
    ['a member that is not shown', { State: 'Active' }, { State: 'Active', Version: 2 }],
    ['a member that is missing', { State: 'Active', Note: null }, { State: 'Active' }],
    ['another kind', { Codes: [] }, { Codes: {} }],
    ['a number in the place of a time', { At: 1796546008 }, { At: 12 }],
    ['an id of another length', { CodeId: 'Q1rLeb5j4jZ6' }, { CodeId: 'Q1rLeb5j4jZ6g' }],
    [
      'two ids in the place of one',
      { A: 'Q1rLeb5j4jZ6', B: 'Q1rLeb5j4jZ6' },
      { A: 'A1rLeb5j4jZ6', B: 'B1rLeb5j4jZ6' },
    ],
  ])('is not %s', (_, example, real) => {
    expect(compare(example, real)).toHaveLength(1);
  });

  it('may show a part', () => {
    const real = { Codes: [{ State: 'Active', Use: { Used: 60, Sure: 'Counted' } }], NextCursor: null };
    expect(compare({ Codes: [{ Use: { Used: 60 } }] }, real, true)).toEqual([]);
    expect(compare({ Codes: [{ Use: { Used: 61 } }] }, real, true)).toEqual([
      'Codes.0.Use.Used is 60, not 61',
    ]);
  });

  it('may end before the text does', () => {
    expect(matchText('a/b?c=…', 'a/b?c=d', new Map())).toBe(true);
    expect(matchText('a/b?c=…', 'a/x?c=d', new Map())).toBe(false);
    expect(matchText('a/b', 'a/b?c=d', new Map())).toBe(false);
  });

  it('teaches what the ids of the document stand for', () => {
    const substitutions = new Map([['http://127.0.0.1:9000', 'http://127.0.0.1:4711']]);
    expect(
      matchText(
        'link http://127.0.0.1:9000/s/Hy1hkPKYi4Ps',
        'link http://127.0.0.1:4711/s/abcdefghijk1',
        substitutions,
      ),
    ).toBe(true);
    expect(substituted('curl http://127.0.0.1:9000/s/Hy1hkPKYi4Ps', substitutions)).toBe(
      'curl http://127.0.0.1:4711/s/abcdefghijk1',
    );
  });
});
