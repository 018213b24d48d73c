import { readFile } from 'node:fs/promises';
import { Failure } from '../../../shared/errors.ts';
import { parseInput } from '../parse-input.ts';
import { MessageShape, type ShippedShape, shippedShapeNames } from './message-shape.ts';

/**
 * The shape with this name, or that of the template file at this path.
 *
 * @throws {Failure} `Misconfigured` in one line.
 */
export async function readShape(nameOrPath: string): Promise<ShippedShape | MessageShape> {
  const shipped = shippedShapeNames.find((name) => name === nameOrPath);
  if (shipped !== undefined) return shipped;
  try {
    return parseInput(MessageShape, JSON.parse(await readFile(nameOrPath, 'utf8')));
  } catch (cause) {
    throw new Failure('Misconfigured', { detail: `ESSBASIC_CALLBACK_SHAPE ${whyNot(cause)}`, cause });
  }
}

function whyNot(cause: unknown): string {
  if (!(cause instanceof Failure)) {
    return `must be ${shippedShapeNames.join(', ')}, or the path of a JSON file that can be read`;
  }
  const problems = cause.problems.map(({ path, message }) => `${path} ${message}`.trim());
  return `is no template: ${problems.join('; ')}`;
}
