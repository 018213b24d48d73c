/** The QR code of a stable link, as modules, as shapes and as a picture of its own. */
import { encodeQR } from 'qr';
import { type Command, type Path, rectangle } from './drawing.ts';

/** The quiet zone that ISO/IEC 18004 demands. Modules. */
export const quietModules = 4;

/** Dark modules row by row, without the quiet zone. */
export type Modules = readonly (readonly boolean[])[];

/**
 * Correction `Q` (25 %): a poster outside is scratched and stained. `H` would have smaller modules on the same paper, and
 * what cheap cameras fail at from afar is the size of modules.
 *
 * @param text ASCII alone: decoders take other bytes for Shift-JIS or Big5
 */
export function qrModules(text: string): Modules {
  if (!/^[\x21-\x7e]+$/.test(text)) throw new TypeError('defect: a QR code holds ASCII alone');
  // The library draws a border of one module at least.
  const bordered = encodeQR(text, 'raw', { ecc: 'quartile', border: 1 });
  return bordered.slice(1, -1).map((cells) => cells.slice(1, -1));
}

/** One path, in which what lies side by side is one area: no renderer leaves seams. */
export function modulesPath(modules: Modules, x: number, y: number, side: number): Path {
  const unit = side / modules.length;
  const path: Command[] = [];
  modules.forEach((cells, row) => {
    for (let from = 0; from < cells.length; from += 1) {
      if (!cells[from]) continue;
      let to = from;
      while (cells[to]) to += 1;
      path.push(...rectangle(x + from * unit, y + row * unit, (to - from) * unit, unit));
      from = to;
    }
  });
  return path;
}
