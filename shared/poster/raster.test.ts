import { describe, expect, it } from 'vitest';
import { type Path, rectangle, rounded } from './drawing.ts';
import { blankRaster, fillPath } from './raster.ts';

const unscaled = { x: 0, y: 0, scaleX: 1, scaleY: 1 };

/** How dark each pixel is, 0 to 1, row by row. */
function darkness(path: Path, side: number, placed = unscaled): number[][] {
  const raster = blankRaster(side, side);
  fillPath(raster, path, placed, [0, 0, 0]);
  return Array.from({ length: side }, (_, row) =>
    Array.from(
      { length: side },
      (_column, column) => 1 - (raster.pixels[(row * side + column) * 3] ?? 0) / 255,
    ),
  );
}

const total = (rows: number[][]) => rows.flat().reduce((sum, one) => sum + one, 0);

describe('a path as pixels', () => {
  it('fills whole pixels wholly and no others', () => {
    expect(darkness(rectangle(1, 1, 2, 1), 4)).toEqual([
      [0, 0, 0, 0],
      [0, 1, 1, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('fills a pixel by the share that is covered', () => {
    const [[corner = 0, edge = 0] = []] = darkness(rectangle(0.5, 0.5, 2, 2), 3);
    expect(corner).toBeCloseTo(0.25, 2);
    expect(edge).toBeCloseTo(0.5, 2);
  });

  it.each([
    ['a slope', [['M', 0, 0], ['L', 20, 0], ['L', 0, 10], ['Z']] as Path, 100],
    ['a circle', rounded(2, 2, 16, 16, 8), Math.PI * 64],
    [
      'a quadratic curve',
      [['M', 0, 0], ['Q', 20, 0, 20, 20], ['L', 0, 20], ['Z']] as Path,
      400 - 400 / 3 / 2,
    ],
    ['the same in the other direction', [['M', 0, 0], ['L', 0, 10], ['L', 20, 0], ['Z']] as Path, 100],
  ])('of %s has its area', (_, path, area) => {
    expect(total(darkness(path, 20))).toBeCloseTo(area, 0);
  });

  it('leaves a hole that is drawn in the other direction, and fills twice what overlaps once', () => {
    const hole: Path = [...rectangle(0, 0, 6, 6), ['M', 2, 2], ['L', 2, 4], ['L', 4, 4], ['L', 4, 2], ['Z']];
    expect(total(darkness(hole, 6))).toBeCloseTo(32, 1);
    expect(total(darkness([...rectangle(0, 0, 4, 4), ...rectangle(2, 2, 4, 4)], 6))).toBeCloseTo(28, 1);
  });

  it('is moved and turned upside down', () => {
    const rows = darkness(rectangle(0, 0, 2, 1), 4, { x: 1, y: 3, scaleX: 1, scaleY: -2 });
    expect(rows.map((row) => row.join(''))).toEqual(['0000', '0110', '0110', '0000']);
  });

  it('leaves out what lies beyond the paper', () => {
    expect(total(darkness(rectangle(-5, -5, 7, 7), 4))).toBeCloseTo(4, 1);
    expect(total(darkness(rectangle(9, 9, 2, 2), 4))).toBe(0);
    expect(total(darkness([], 4))).toBe(0);
  });
});
