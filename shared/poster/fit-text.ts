/** How a text is broken into lines, and how large it can be so that they fit. */
import type { Font } from './font.ts';

export interface Fitted {
  readonly lines: readonly string[];
  readonly size: number;
}

export interface Room {
  width: number;
  /** The largest size; it shrinks for as long as the text does not fit. */
  size: number;
  maxLines: number;
}

/** A text in as few lines as fit, as large as it may be, its lines about equally long. */
export function fitText(text: string, { width, size: largest, maxLines }: Room, font: Font): Fitted {
  const tokens = tokensOf(text);
  for (let size = largest; ; size *= 0.96) {
    const lines = linesIn(tokens, width, size, font);
    if (lines === undefined || lines.length > maxLines) continue;
    return { lines: balanced(tokens, lines, width, size, font), size };
  }
}

/** Of as many lines the narrowest: no single character is left for the last one. */
function balanced(
  tokens: readonly string[],
  lines: readonly string[],
  width: number,
  size: number,
  font: Font,
) {
  let best = lines;
  for (let narrower = width * 0.97; lines.length > 1 && narrower > 0; narrower *= 0.97) {
    const tried = linesIn(tokens, narrower, size, font);
    if (tried === undefined || tried.length > lines.length) break;
    best = tried;
  }
  return best;
}

/** Undefined: what must not be broken is wider than a line. */
function linesIn(tokens: readonly string[], width: number, size: number, font: Font): string[] | undefined {
  const lines: string[] = [];
  let line = '';
  for (const token of tokens) {
    if (font.widthOf(token.trimEnd(), size) > width) return undefined;
    if (line !== '' && font.widthOf(line + token.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += token;
  }
  return [...lines, line.trimEnd()];
}

const han = String.raw`[\p{Script=Han}\u3040-\u30ff\uac00-\ud7af]`;
const opening = String.raw`[（《“‘【(\[]`;
const closing = String.raw`[，。、：；！？）》”’】…,.:;!?)\]]`;
/** A Chinese character or a word of others, with the marks that must not be parted from it and the blanks behind it. */
const token = new RegExp(
  String.raw`${opening}*(?:${han}|(?:(?!${han}|${opening}|[，。、：；！？）》”’】…]|\s).)+|$)${closing}*\s*|.`,
  'gsu',
);

function tokensOf(text: string): string[] {
  return (text.trim().replace(/\s+/g, ' ').match(token) ?? []).filter((part) => part !== '');
}
