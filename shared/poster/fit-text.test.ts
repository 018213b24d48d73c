import { describe, expect, it } from 'vitest';
import { fitText } from './fit-text.ts';

/** Each character as wide as the size, those of one byte half of it. */
const font = {
  bytes: Buffer.alloc(0),
  unitsPerEm: 1000,
  missingIn: () => [],
  outlineOf: () => [],
  widthOf: (text: string, size: number) =>
    [...text].reduce((width, character) => width + (character > '\u00ff' ? size : size / 2), 0),
};

const fitted = (text: string, width: number, maxLines = 2) =>
  fitText(text, { width, size: 10, maxLines }, font);

describe('a text', () => {
  it('stays on one line at its largest size where it fits', () => {
    expect(fitted('三号门', 30)).toEqual({ lines: ['三号门'], size: 10 });
    expect(fitted('', 30)).toEqual({ lines: [''], size: 10 });
  });

  it('is broken between Chinese characters, into lines of about one length', () => {
    expect(fitted('三号门北劳务入口', 70).lines).toEqual(['三号门北', '劳务入口']);
  });

  it('is broken between words and not within one', () => {
    expect(fitted('Gate three north', 60).lines).toEqual(['Gate three', 'north']);
  });

  it('does not begin a line with a mark that closes, nor end one with a mark that opens', () => {
    expect(fitted('三号门北（劳务）', 50).lines).toEqual(['三号门北', '（劳务）']);
    expect(fitted('打开微信，扫描', 40).lines).toEqual(['打开微', '信，扫描']);
  });

  it('shrinks until it fits, a long word too', () => {
    expect(fitted('三号门北劳务入口', 30).size).toBeLessThan(10);
    const { lines, size } = fitted('Donaudampfschiffahrt', 50);
    expect(lines).toEqual(['Donaudampfschiffahrt']);
    expect(size).toBeCloseTo(5, 0);
  });

  it('loses nothing but blanks', () => {
    const text = '“北”门 (Gate 3)，请 — 扫码！A/B:  ok';
    for (const width of [200, 100, 60, 40]) {
      expect(fitted(text, width, 9).lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  });
});
