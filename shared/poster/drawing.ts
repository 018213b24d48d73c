/** A poster as shapes and lines of text, before it is written as SVG, PDF or PNG. */
import type { Paper } from './paper.ts';

/** Lengths are in units of which the paper is {@link unitsAcross} wide, from the upper left corner. */
export interface Drawing {
  readonly paper: Paper;
  /** What it is, for those who cannot see it. */
  readonly title: string;
  readonly items: readonly Item[];
}

/** A4 is 210 mm wide: a unit is a millimetre there, and less on smaller paper. */
export const unitsAcross = 210;

export type Item = Shape | Line;

/** Filled; of paths that overlap all is filled that one of them goes round. */
interface Shape {
  readonly kind: 'shape';
  readonly path: Path;
  readonly colour: Colour;
}

/** One line of text from its left end. */
interface Line {
  readonly kind: 'line';
  readonly text: string;
  readonly x: number;
  readonly baseline: number;
  /** Of the em. */
  readonly size: number;
  readonly colour: Colour;
}

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** As in SVG: move, line, quadratic and cubic curve with their control points first, close. All absolute. */
export type Command =
  | readonly ['M' | 'L', number, number]
  | readonly ['Q', number, number, number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

export type Path = readonly Command[];

export function rectangle(x: number, y: number, width: number, height: number): Path {
  return [['M', x, y], ['L', x + width, y], ['L', x + width, y + height], ['L', x, y + height], ['Z']];
}

/** How far the control points of a cubic curve are from its ends so that four of them make a circle. */
const kappa = 0.5523;

/** A rectangle with round corners; with a radius of half its sides a circle. */
export function rounded(x: number, y: number, width: number, height: number, radius: number): Path {
  const [right, bottom] = [x + width, y + height];
  const cut = radius * (1 - kappa);
  return [
    ['M', x + radius, y],
    ['L', right - radius, y],
    ['C', right - cut, y, right, y + cut, right, y + radius],
    ['L', right, bottom - radius],
    ['C', right, bottom - cut, right - cut, bottom, right - radius, bottom],
    ['L', x + radius, bottom],
    ['C', x + cut, bottom, x, bottom - cut, x, bottom - radius],
    ['L', x, y + radius],
    ['C', x, y + cut, x + cut, y, x + radius, y],
    ['Z'],
  ];
}
