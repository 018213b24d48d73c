export interface Point {
  x: number;
  y: number;
}

/** Of the drawing, in units of its own. */
export const width = 600;
export const height = 160;

/** The path of an SVG, over its whole width. */
export function lineThrough(points: readonly Point[], top: number): string {
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  const across = (x: number) => round(last === first ? width : ((x - first) / (last - first)) * width);
  const up = (y: number) => round(height - (y / top) * height);
  return points.map(({ x, y }, at) => (at === 0 ? `M0 ${up(y)}` : `H${across(x)}V${up(y)}`)).join('');
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The next even number of one figure above a number, so that its half is whole too. */
export function niceTop(most: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))));
  const steps = [2, 4, 6, 8, 10, 20];
  return (steps.find((step) => step * unit >= most) ?? 20) * unit;
}
