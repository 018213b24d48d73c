import { createRequire } from 'node:module';
import type jsQRModule from 'jsqr';
import { describe, expect, it } from 'vitest';
import { qrPicture } from './qr-picture.ts';
import { readPng } from './read-png.test.kit.ts';

// By `require`, since Node and vitest disagree about what the default import of this CommonJS module is.
const jsQR: typeof jsQRModule.default = createRequire(import.meta.url)('jsqr');

const url = 'http://127.0.0.1:9300/h5/jump-mp.html?qrCodeId=yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR';

describe('a QR picture', () => {
  it.each([url, 'x', `https://example.com/s/${'long-'.repeat(40)}`])(
    'is square and decodes to %s',
    (text) => {
      const { rgba, width, height } = readPng(qrPicture(text));
      expect(height).toBe(width);
      expect(jsQR(rgba, width, height)?.data).toBe(text);
    },
  );

  it('has the quiet zone that the standard demands, of four modules', () => {
    const { rgba, width } = readPng(qrPicture(url));
    const isBlack = (x: number, y: number) => rgba[(y * width + x) * 4] === 0;
    const black = Array.from(
      { length: width * width },
      (_, at) => [at % width, Math.floor(at / width)] as const,
    )
      .filter(([x, y]) => isBlack(x, y))
      .flat();
    expect([Math.min(...black), Math.max(...black)]).toEqual([4 * 8, width - 4 * 8 - 1]);
  });
});
