import { encodeQR } from 'qr';
import { createBitmap, fill } from './bitmap.ts';
import { drawCharacter, glyphHeight, glyphWidth } from './glyphs.ts';
import { encodePng } from './png.ts';

/** Pixels to a side of one module; the caption is drawn in smaller dots. */
const modulePixels = 8;
/** The quiet zone that the standard demands. Modules. */
const quietModules = 4;
const lineHeight = glyphHeight + 6;
const maxLines = 3;

/** A QR code as PNG with its name below it; the whole name also goes along as the picture's title. */
export function qrPicture(text: string, name: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules });
  const side = modules.length * modulePixels;
  const margin = quietModules * modulePixels;
  const lines = captionLines(name, side - 2 * margin);

  const bitmap = createBitmap(side, side + lines.length * lineHeight + (lines.length > 0 ? margin / 2 : 0));
  for (const [row, cells] of modules.entries()) {
    for (const [column, black] of cells.entries()) {
      if (black) fill(bitmap, column * modulePixels, row * modulePixels, modulePixels, modulePixels);
    }
  }
  for (const [index, line] of lines.entries()) {
    let x = Math.floor((side - widthOf(line)) / 2);
    for (const character of line) {
      drawCharacter(bitmap, character, x, side + index * lineHeight);
      x += glyphWidth(character);
    }
  }
  return encodePng(bitmap, {
    Title: name,
    Description:
      'Made by an emulator; it leads to no contract. In the caption a character that is not ASCII is a box with its Unicode number.',
  });
}

const widthOf = (line: readonly string[]) => line.reduce((sum, character) => sum + glyphWidth(character), 0);

/** The name in lines that fit; three dots say that it goes on. */
function captionLines(name: string, width: number): string[][] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const character of name) {
    if (line.length > 0 && widthOf([...line, character]) > width) {
      lines.push(line);
      line = [];
    }
    line.push(character);
  }
  if (line.length > 0) lines.push(line);
  if (lines.length <= maxLines) return lines;

  const last = lines[maxLines - 1] ?? [];
  while (widthOf([...last, '.', '.', '.']) > width) last.pop();
  return [...lines.slice(0, maxLines - 1), [...last, '.', '.', '.']];
}
