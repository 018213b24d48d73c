import { Failure } from '../../../shared/errors.ts';
import { inBoth, inLanguage, type Text } from '../../../shared/text.ts';
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
    const { readFile } = await import('node:fs/promises');
    return parseInput(MessageShape(), JSON.parse(await readFile(nameOrPath, 'utf8')));
  } catch (cause) {
    const why = whyNot(cause);
    const detail = inBoth((language) => `ESSBASIC_CALLBACK_SHAPE ${why[language]}`);
    throw new Failure('Misconfigured', { detail, cause });
  }
}

function whyNot(cause: unknown): Text {
  if (!(cause instanceof Failure)) {
    const names = shippedShapeNames.join(', ');
    return {
      zh: `须为 ${names} 之一，或可读取的 JSON 文件的路径`,
      en: `must be ${names}, or the path of a JSON file that can be read`,
    };
  }
  const problems = inBoth((language) =>
    cause.problems.map(({ path, message }) => `${path} ${inLanguage(message, language)}`.trim()).join('; '),
  );
  return { zh: `不是模板：${problems.zh}`, en: `is no template: ${problems.en}` };
}
