/** The one typeface of posters, with all that is asked of it: which characters it has, how wide a text is, its outlines. */
import { create, type Font as FontkitFont, type Glyph } from 'fontkit';
import type { Command, Path } from './drawing.ts';

export interface Font {
  /** The file itself, for the PDF to take its part of. */
  readonly bytes: Buffer;
  /** Characters of a text for which it has no picture, each once. */
  missingIn(text: string): string[];
  /** In units of the size. */
  widthOf(text: string, size: number): number;
  /** In the font's own units, y upwards. */
  outlineOf(text: string): Path;
  /** The font's own units in one em. */
  readonly unitsPerEm: number;
}

export function openFont(bytes: Buffer): Font {
  const opened = create(bytes);
  // A collection has fonts instead of glyphs.
  if (!('glyphForCodePoint' in opened))
    throw new TypeError('defect: the file of the font holds several fonts');
  const font: FontkitFont = opened;
  const glyphs = new Map<string, Glyph>();
  const glyphOf = (character: string): Glyph => {
    const known = glyphs.get(character);
    if (known) return known;
    const glyph = font.glyphForCodePoint(character.codePointAt(0) ?? 0);
    glyphs.set(character, glyph);
    return glyph;
  };
  return {
    bytes,
    unitsPerEm: font.unitsPerEm,

    missingIn(text) {
      const missing = [...text].filter(
        (character) => !font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0),
      );
      return [...new Set(missing)];
    },

    widthOf(text, size) {
      let width = 0;
      for (const character of text) width += glyphOf(character).advanceWidth;
      return (width * size) / font.unitsPerEm;
    },

    outlineOf(text) {
      const path: Command[] = [];
      let x = 0;
      for (const character of text) {
        const glyph = glyphOf(character);
        for (const { command, args } of glyph.path.commands) path.push(commandOf(command, args, x));
        x += glyph.advanceWidth;
      }
      return path;
    },
  };
}

function commandOf(command: string, args: readonly number[], x: number): Command {
  const [a = 0, b = 0, c = 0, d = 0] = args;
  switch (command) {
    case 'moveTo':
      return ['M', a + x, b];
    case 'lineTo':
      return ['L', a + x, b];
    case 'quadraticCurveTo':
      return ['Q', a + x, b, c + x, d];
    case 'closePath':
      return ['Z'];
    default:
      throw new TypeError(`defect: a TrueType font has no ${command}`);
  }
}
