/** A command line as a shell reads it. */
export interface ShellWords {
  words: readonly string[];
  /** What `<<'JSON'` hands to its standard input. */
  input?: string;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' };

/** What one piece of a word stands for, and how the pieces look: quoted in three ways, escaped, or plain. */
const piece =
  /\$'((?:[^'\\]|\\[\s\S])*)'|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\(\r?\n)|\\([\s\S])|([^\s'"\\]+)|(\s+)/gy;

/**
 * The words of one command. Variables stay as they are written, since what was in them is not known. What is not a
 * command line, because a quotation mark is never closed, is undefined.
 */
export function shellWords(text: string): ShellWords | undefined {
  const { command, input } = apartFromInput(text.trim());
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const match of command.matchAll(piece)) {
    end = match.index + match[0].length;
    const [, ansi, single, double, continued, escaped, plain] = match;
    const read =
      single ?? plain ?? escaped ?? (ansi === undefined ? undefined : ansiText(ansi)) ?? doubleText(double);
    if (read !== undefined) word = (word ?? '') + read;
    else if (continued === undefined && word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < command.length) return undefined;
  return { words: word === undefined ? words : [...words, word], ...(input !== undefined && { input }) };
}

function apartFromInput(text: string): { command: string; input?: string } {
  const [, command = text, , mark = '', rest = '', lines] =
    /^([\s\S]*?)<<-?\s*(["']?)(\w+)\2([^\n]*)\n([\s\S]*)$/.exec(text) ?? [];
  if (lines === undefined) return { command };
  const at = `\n${lines}\n`.indexOf(`\n${mark}\n`);
  return { command: command + rest, input: at === -1 ? lines : lines.slice(0, at) };
}

/** `$'…'`, in which browsers write what their commands copy. */
const ansiText = (text: string) =>
  text.replace(/\\(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2})|([\s\S]))/g, (_, code, byte, letter: string) =>
    letter === undefined
      ? String.fromCharCode(Number.parseInt(code ?? byte, 16))
      : (escapes[letter] ?? letter),
  );

const doubleText = (text: string | undefined) => text?.replace(/\\([$`"\\\n])/g, '$1').replace(/\\\n/g, '');
