import { createRequire } from 'node:module';
import type jsQRModule from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrPicture } from './qr-picture.ts';
import { type ReadPng, readPng } from './read-png.test.kit.ts';

// By `require`, since Node and vitest disagree about what the default import of this CommonJS module is.
const jsQR: typeof jsQRModule.default = createRequire(import.meta.url)('jsqr');

const url = 'http://127.0.0.1:9300/h5/jump-mp.html?qrCodeId=yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR';
const decode = ({ rgba, width, height }: ReadPng) => jsQR(rgba, width, height)?.data;

/** Black pixels of each row below the QR code. */
function captionRows({ rgba, width, height }: ReadPng): number[] {
  return Array.from({ length: height - width }, (_, row) => {
    let black = 0;
    for (let x = 0; x < width; x += 1) if (rgba[((width + row) * width + x) * 4] === 0) black += 1;
    return black;
  });
}

describe('a QR picture', () => {
  it.each(['', 'Factory gate 1', '厂门口海报', '𠮷野家 😀', 'x'.repeat(200), '长'.repeat(200)])(
    'decodes to its text, and carries its name: %s',
    (name) => {
      const picture = readPng(qrPicture(url, name));
      expect(decode(picture)).toBe(url);
      expect(picture.texts['Title']).toBe(name);
    },
  );

  it('has a caption that names apart, and none without a name', () => {
    const caption = (name: string) => captionRows(readPng(qrPicture(url, name)));
    expect(caption('')).toEqual([]);
    const names = ['A', 'B', 'a', '厂', '长', '𠮷', '~', 'AA'];
    const drawn = names.map((name) => JSON.stringify(caption(name)));
    expect(new Set(drawn).size).toBe(names.length);
    for (const name of names) expect(Math.max(...caption(name))).toBeGreaterThan(0);
  });

  it('draws every printable character but the blank', () => {
    for (let code = 0x21; code <= 0x7e; code += 1) {
      const rows = captionRows(readPng(qrPicture('x', String.fromCharCode(code))));
      expect(rows.some((black) => black > 0)).toBe(true);
    }
  });

  it('breaks a long name into three lines at most, and the caption stays within the picture', () => {
    const lines = (name: string) => {
      const { width, height } = readPng(qrPicture(url, name));
      return Math.floor((height - width) / 36);
    };
    expect(lines('short')).toBe(1);
    expect(lines('x'.repeat(30))).toBe(2);
    expect(lines('x'.repeat(200))).toBe(3);
    expect(lines('长'.repeat(200))).toBe(3);
  });
});
