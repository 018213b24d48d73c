import { crc32, deflateSync } from 'node:zlib';
import { encodeQR } from 'qr';

/** Pixels to a side of one module. At one bit each they fill one byte of a row. */
const modulePixels = 8;
/** The quiet zone that the standard demands. Modules. */
const quietModules = 4;

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A QR code as PNG, with one bit of grey per pixel. */
export function qrPicture(text: string): Buffer {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules });
  return Buffer.concat([
    signature,
    chunk('IHDR', header(modules.length * modulePixels)),
    chunk('IDAT', deflateSync(scanlines(modules))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  typed.copy(framed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}

function header(side: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(side, 0);
  data.writeUInt32BE(side, 4);
  // One bit, grey; then deflate, adaptive filters and no interlacing, which are all zero.
  data[8] = 1;
  return data;
}

/** Each row after a byte that names its filter: none. White is 1. */
function scanlines(modules: readonly (readonly boolean[])[]): Buffer {
  const rows = modules.map((cells) => Buffer.from([0, ...cells.map((isBlack) => (isBlack ? 0 : 0xff))]));
  return Buffer.concat(rows.flatMap((row) => Array<Buffer>(modulePixels).fill(row)));
}
