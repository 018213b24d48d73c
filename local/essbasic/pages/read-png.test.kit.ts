import { crc32, inflateSync } from 'node:zlib';

export interface ReadPng {
  width: number;
  height: number;
  /** Four bytes per pixel, as a canvas has them. */
  rgba: Uint8ClampedArray;
}

/** Reads a PNG of one bit of grey, strictly: every checksum, every length, and nothing after the end. */
export function readPng(file: Buffer): ReadPng {
  if (file.subarray(0, 8).toString('latin1') !== '\x89PNG\r\n\x1a\n') throw new Error('no PNG');
  const chunks = chunksOf(file);
  const header = chunks[0]?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (chunks[0]?.type !== 'IHDR' || header.subarray(8).toString('hex') !== '0100000000') {
    throw new Error('not one bit of grey');
  }
  const pixels = inflateSync(
    Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
  );
  const stride = 1 + Math.ceil(width / 8);
  if (pixels.length !== stride * height) throw new Error('too few or too many rows');
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    if (pixels[y * stride] !== 0) throw new Error('a filter');
    for (let x = 0; x < width; x += 1) {
      const white = ((pixels[y * stride + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
      rgba.fill(white * 255, (y * width + x) * 4, (y * width + x) * 4 + 3);
    }
  }
  return { width, height, rgba };
}

interface Chunk {
  type: string;
  data: Buffer;
}

function chunksOf(file: Buffer): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length; ) {
    const end = at + 8 + file.readUInt32BE(at);
    if (file.readUInt32BE(end) !== crc32(file.subarray(at + 4, end))) throw new Error('a wrong checksum');
    chunks.push({ type: file.subarray(at + 4, at + 8).toString('latin1'), data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  if (chunks.at(-1)?.type !== 'IEND') throw new Error('no end');
  return chunks;
}
