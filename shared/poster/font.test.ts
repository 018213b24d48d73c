import { describe, expect, it } from 'vitest';
import { posterFont } from './font/font-file.ts';
import { words } from './words.ts';

const font = posterFont();

describe('the font of posters', () => {
  it.each([
    ' !"#$%&\'()*+,-./0123456789:;<=>?@ABCXYZ[\\]^_`abcxyz{|}~',
    '，。：；？！“”‘’（）、·—…《》【】–',
    '门卫室鑫淼垚喆祎翀龘囍',
    '門衛室請聯繫電話',
    JSON.stringify(words),
  ])('has %s', (text) => {
    expect(font.missingIn(text)).toEqual([]);
  });

  it('names each character that it lacks, once, also those of two halves', () => {
    expect(font.missingIn('𠮷野家①🙂①门')).toEqual(['𠮷', '①', '🙂']);
  });

  it('measures a text and draws it as wide', () => {
    expect(font.widthOf('门卫', 10)).toBeCloseTo(20);
    expect(font.widthOf('', 10)).toBe(0);
    const right = Math.max(...font.outlineOf('门卫').map(([, x]) => Number(x ?? 0)));
    expect(right).toBeGreaterThan(font.unitsPerEm * 1.8);
    expect(right).toBeLessThanOrEqual(font.unitsPerEm * 2);
  });
});
