/** PNG (W3C, third edition): pixels as they are, and how large they are meant to be printed. */
import { crc32, deflateSync } from 'node:zlib';

export interface Picture {
  width: number;
  height: number;
  /** Bits of one sample, and what a pixel is made of: one sample of grey, or three of colour. */
  depth: 1 | 8;
  kind: 'grey' | 'colour';
  /** Rows without their filter bytes, each padded to whole bytes. */
  pixels: Uint8Array;
  pixelsPerMm: number;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function encodePng({ width, height, depth, kind, pixels, pixelsPerMm }: Picture): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = kind === 'grey' ? 0 : 2;
  const density = Buffer.alloc(9);
  density.writeUInt32BE(Math.round(pixelsPerMm * 1000), 0);
  density.writeUInt32BE(Math.round(pixelsPerMm * 1000), 4);
  density[8] = 1; // per metre
  const rowBytes = pixels.length / height;
  // A byte before each row names its filter: none, which suits areas of one colour.
  const rows = Buffer.alloc((rowBytes + 1) * height);
  for (let row = 0; row < height; row += 1) {
    rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('pHYs', density),
    chunk('IDAT', deflateSync(rows)),
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
