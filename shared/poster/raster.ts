/**
 * Paths as pixels. Of each pixel the exact share that a path covers is reckoned from the signed areas to the right of its
 * edges, which costs one pass over the edges and one over the pixels that they enclose.
 */
import type { Colour, Path } from './drawing.ts';

/** Three bytes to a pixel, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
}

/** A white one. */
export function blankRaster(width: number, height: number): Raster {
  return { width, height, pixels: Buffer.alloc(width * height * 3, 255) };
}

/** From the units of a path to pixels. */
export interface Placed {
  x: number;
  y: number;
  scaleX: number;
  scaleY: number;
}

/** Pixels that a curve may be off: far less than what can be seen. */
const flatness = 0.02;

export function fillPath(raster: Raster, path: Path, placed: Placed, colour: Colour): void {
  const edges = flatten(path, placed);
  const box = boxOf(edges, raster);
  if (box === undefined) return;
  const { left, top, width, height } = box;
  const areas = new Float32Array(width * height + 2);
  for (let at = 0; at < edges.length; at += 4) {
    const number = (index: 0 | 1 | 2 | 3) => edges[at + index] ?? 0;
    accumulate(areas, box, number(0) - left, number(1) - top, number(2) - left, number(3) - top);
  }
  for (let row = 0; row < height; row += 1) {
    const rowAreas = areas.subarray(row * width, (row + 1) * width);
    paintRow(rowAreas, raster.pixels, ((row + top) * raster.width + left) * 3, colour);
  }
}

/** A function of its own, which is compiled after a few rows. */
function paintRow(areas: Float32Array, pixels: Buffer, start: number, [red, green, blue]: Colour): void {
  let sum = 0;
  let at = start;
  for (let column = 0; column < areas.length; column += 1) {
    sum += areas[column] ?? 0;
    const share = Math.abs(sum);
    // Most pixels are wholly inside or wholly outside.
    if (share > 511 / 512) {
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
    } else if (share > 1 / 512) {
      pixels[at] = mixed(pixels[at], red, share);
      pixels[at + 1] = mixed(pixels[at + 1], green, share);
      pixels[at + 2] = mixed(pixels[at + 2], blue, share);
    }
    at += 3;
  }
}

const mixed = (before = 0, colour: number, share: number) =>
  Math.round(before + (colour - before) * Math.min(share, 1));

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The pixels that a path can touch; undefined: none. What lies beyond the paper is left out by {@link accumulate}. */
function boxOf(edges: readonly number[], raster: Raster): Box | undefined {
  let [left, top, right, bottom] = [raster.width, raster.height, 0, 0];
  for (let at = 0; at < edges.length; at += 2) {
    const [x = 0, y = 0] = [edges[at], edges[at + 1]];
    left = Math.min(left, Math.floor(x));
    right = Math.max(right, Math.ceil(x));
    top = Math.min(top, Math.floor(y));
    bottom = Math.max(bottom, Math.ceil(y));
  }
  left = Math.max(left, 0);
  top = Math.max(top, 0);
  const [width, height] = [Math.min(right + 1, raster.width) - left, Math.min(bottom, raster.height) - top];
  return width > 0 && height > 0 ? { left, top, width, height } : undefined;
}

/** Adds an edge: of each row the area to the right of it, with the sign of its direction. */
function accumulate(
  areas: Float32Array,
  { width, height }: Box,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  if (y0 === y1) return;
  const direction = y0 < y1 ? 1 : -1;
  const [upperX, upperY, lowerX, lowerY] = y0 < y1 ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
  const slope = (lowerX - upperX) / (lowerY - upperY);
  const lastRow = Math.min(height, Math.ceil(lowerY));
  for (let row = Math.max(0, Math.floor(upperY)); row < lastRow; row += 1) {
    const [from, to] = [Math.max(row, upperY), Math.min(row + 1, lowerY)];
    if (from >= to) continue;
    const [xFrom, xTo] = [upperX + (from - upperY) * slope, upperX + (to - upperY) * slope];
    spread(areas, row * width, width, Math.min(xFrom, xTo), Math.max(xFrom, xTo), direction * (to - from));
  }
}

/** Of one row: an edge that falls by `fall` between two places, spread over the pixels that it crosses. */
function spread(
  areas: Float32Array,
  row: number,
  width: number,
  left: number,
  right: number,
  fall: number,
): void {
  const first = Math.min(Math.max(Math.floor(left), 0), width - 1);
  const last = Math.min(Math.max(Math.ceil(right), first + 1), width);
  const add = (column: number, area: number) => {
    if (column < width) areas[row + column] = (areas[row + column] ?? 0) + area;
  };
  if (last <= first + 1) {
    // Within one pixel: what is right of the middle of the edge.
    const covered = first + 1 - Math.min(Math.max((left + right) / 2, first), first + 1);
    add(first, fall * covered);
    add(first + 1, fall * (1 - covered));
    return;
  }
  const perPixel = fall / (right - left);
  let before = 0;
  for (let column = first; column < last; column += 1) {
    const [from, to] = [Math.max(left, column), Math.min(right, column + 1)];
    const part = perPixel * (to - from);
    const covered = column + 1 - (from + to) / 2;
    add(column, before + part * covered);
    before = part * (1 - covered);
  }
  add(last, before);
}

/** Edges of a path, four numbers each: from, to. */
function flatten(path: Path, { x, y, scaleX, scaleY }: Placed): number[] {
  const edges: number[] = [];
  let [startX, startY, nowX, nowY] = [0, 0, 0, 0];
  const lineTo = (toX: number, toY: number) => {
    edges.push(nowX, nowY, toX, toY);
    [nowX, nowY] = [toX, toY];
  };
  for (const [name, ...numbers] of path) {
    const points = numbers.map((number, index) =>
      index % 2 === 0 ? x + number * scaleX : y + number * scaleY,
    );
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = points;
    switch (name) {
      case 'M':
        lineTo(startX, startY);
        [startX, startY, nowX, nowY] = [a, b, a, b];
        break;
      case 'L':
        lineTo(a, b);
        break;
      case 'Q':
        curveTo(
          [nowX, nowY],
          [nowX + (2 / 3) * (a - nowX), nowY + (2 / 3) * (b - nowY)],
          [c + (2 / 3) * (a - c), d + (2 / 3) * (b - d)],
          [c, d],
          lineTo,
        );
        break;
      case 'C':
        curveTo([nowX, nowY], [a, b], [c, d], [e, f], lineTo);
        break;
      case 'Z':
        lineTo(startX, startY);
    }
  }
  lineTo(startX, startY);
  return edges;
}

type Point = readonly [number, number];

function curveTo(
  from: Point,
  one: Point,
  other: Point,
  to: Point,
  lineTo: (x: number, y: number) => void,
): void {
  const bend =
    Math.hypot(from[0] - 2 * one[0] + other[0], from[1] - 2 * one[1] + other[1]) +
    Math.hypot(one[0] - 2 * other[0] + to[0], one[1] - 2 * other[1] + to[1]);
  const steps = Math.max(1, Math.ceil(Math.sqrt(bend / flatness)));
  for (let step = 1; step <= steps; step += 1) {
    const t = step / steps;
    const u = 1 - t;
    const at = (axis: 0 | 1) =>
      u ** 3 * from[axis] + 3 * u * u * t * one[axis] + 3 * u * t * t * other[axis] + t ** 3 * to[axis];
    lineTo(at(0), at(1));
  }
}
