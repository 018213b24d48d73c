import { encodeQR } from 'qr';
import { encodePng } from '../../../shared/poster/png.ts';

/** Pixels to a side of one module. At one bit each they fill one byte of a row. */
const modulePixels = 8;
/** The quiet zone that the standard demands. Modules. */
const quietModules = 4;
/** Of a module. */
const printedMm = 0.5;

/** A QR code as PNG, with one bit of grey per pixel. */
export function qrPicture(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules });
  const side = modules.length * modulePixels;
  return encodePng({
    width: side,
    height: side,
    depth: 1,
    kind: 'grey',
    pixels: pixelsOf(modules),
    pixelsPerMm: modulePixels / printedMm,
  });
}

/** White is 1. */
function pixelsOf(modules: readonly (readonly boolean[])[]): Buffer {
  const rows = modules.map((cells) => Buffer.from(cells.map((isBlack) => (isBlack ? 0 : 0xff))));
  return Buffer.concat(rows.flatMap((row) => Array<Buffer>(modulePixels).fill(row)));
}
