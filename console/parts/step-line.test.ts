import { describe, expect, it } from 'vitest';
import { lineThrough, niceTop } from './step-line.ts';

describe('niceTop', () => {
  it.each([
    [0, 2],
    [1, 2],
    [3, 4],
    [10, 20],
    [19, 20],
    [20, 20],
    [85, 100],
    [101, 200],
    [9_999, 10_000],
  ])('of %i is %i', (most, top) => {
    expect(niceTop(most)).toBe(top);
  });
});

describe('lineThrough', () => {
  it('keeps each height until the next point, from edge to edge', () => {
    const points = [
      { x: 100, y: 0 },
      { x: 150, y: 5 },
      { x: 200, y: 10 },
    ];
    expect(lineThrough(points, 10)).toBe('M0 160H300V80H600V0');
  });

  it('of one point is that point', () => {
    expect(lineThrough([{ x: 5, y: 1 }], 2)).toBe('M0 80');
  });
});
