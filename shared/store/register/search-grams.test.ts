import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gramsOf, normalised, searchTextOf } from './search-grams.ts';

describe('gramsOf', () => {
  it('pairs neighbours, each pair once', () => {
    expect(gramsOf('入职合同')).toEqual(['入职', '职合', '合同']);
    expect(gramsOf('aaaa')).toEqual(['aa']);
    expect(gramsOf('a')).toEqual([]);
    expect(gramsOf('😀😁')).toEqual(['😀😁']);
  });

  it('does not reach across lines', () => {
    expect(gramsOf('ab\ncd')).toEqual(['ab', 'cd']);
  });

  it('of any part of a text are among those of the text', () => {
    const parts = fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(parts, ([before, part, after]) => {
        // What is joined may compose into other characters: both sides of the index are normalised as a whole.
        const grams = new Set(gramsOf(before + part + after));
        return gramsOf(part).every((gram) => grams.has(gram));
      }),
    );
  });
});

describe('searchTextOf', () => {
  it('makes letters of either case and width equal, and keeps the parts apart', () => {
    expect(searchTextOf(['Ａbc', null, 'DOOR'])).toBe('abc\ndoor');
    expect(normalised('ＡＢＣ')).toBe(normalised('abc'));
  });
});
