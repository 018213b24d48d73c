import { type ParseArgsConfig, parseArgs } from 'node:util';
import { Failure, listed } from '../errors.ts';
import type { Text } from '../text.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What `parseArgs` makes of options that are declared like these. */
type Read<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true }>
>;

/**
 * Reads the arguments of a command.
 *
 * @throws Failure `InvalidRequest` naming everything that is wrong. Values, which may be secret, are not repeated;
 * an argument that is no option and not expected is.
 */
export function readArguments<O extends Options>(
  argv: readonly string[],
  options: O,
  { positionals = false }: { positionals?: boolean } = {},
): Read<O> {
  const args = [...argv];
  const { tokens } = parseArgs({ args, options, strict: false, tokens: true });
  const problems = tokens.flatMap((token): Text[] => {
    if (token.kind === 'positional') return positionals ? [] : [unexpected(token.value)];
    if (token.kind === 'option-terminator') return [];
    const { rawName, value, inlineValue } = token;
    const type = Object.hasOwn(options, token.name) ? options[token.name]?.type : undefined;
    if (type === undefined) return [unknown(rawName)];
    if (type === 'boolean') return value === undefined ? [] : [valueless(rawName)];
    // The next option is no value; what begins with - is given as --name=-value.
    const isThere = value !== undefined && (inlineValue || !/^-./.test(value));
    return isThere ? [] : [valueNeeded(rawName)];
  });
  if (problems.length > 0) throw wrong(problems);
  return parseArgs({ args, options, allowPositionals: true });
}

const unexpected = (argument: string): Text => ({
  zh: `多余的参数 ${argument}`,
  en: `unexpected argument ${argument}`,
});
const unknown = (option: string): Text => ({ zh: `没有选项 ${option}`, en: `there is no option ${option}` });
const valueless = (option: string): Text => ({ zh: `${option} 不带取值`, en: `${option} takes no value` });
const valueNeeded = (option: string): Text => ({ zh: `${option} 缺少取值`, en: `${option} needs a value` });

/** A command that was called in a wrong way, with all that is wrong. */
export function wrong(problems: readonly Text[]): Failure {
  const all = problems.map((message) => ({ path: '', message }));
  return new Failure('InvalidRequest', { detail: listed(all), problems: all });
}
