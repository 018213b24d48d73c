import { number } from '../texts/say.ts';
import { height, lineThrough, niceTop, type Point, width } from './step-line.ts';

export interface StepCurveProps {
  /** Says in words what the curve shows; a table beside it has the numbers. */
  label: string;
  /** From left to right; `y` stays until the next point. */
  points: readonly Point[];
  nameOf: (x: number) => string;
}

/**
 * A curve that goes in steps. Drawn here: the libraries for it weigh more than all the other pages together, and draw on
 * a canvas, which neither follows the colours of the page nor is sharp on paper.
 */
export function StepCurve({ label, points, nameOf }: StepCurveProps) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const top = niceTop(Math.max(...points.map(({ y }) => y)));
  const line = lineThrough(points, top);
  return (
    <figure class="curve">
      <div class="curve-y" aria-hidden="true">
        <span>{number(top)}</span>
        <span>{number(top / 2)}</span>
        <span>0</span>
      </div>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
        <path class="curve-grid" d={`M0 0H${width}M0 ${height / 2}H${width}M0 ${height}H${width}`} />
        <path class="curve-area" d={`${line}V${height}H0Z`} />
        <path class="curve-line" d={line} />
      </svg>
      <div class="curve-x" aria-hidden="true">
        <span>{nameOf(first.x)}</span>
        <span>{nameOf(last.x)}</span>
      </div>
    </figure>
  );
}
