import * as fc from 'fast-check';
import jsqr from 'jsqr';
import { describe, expect, it } from 'vitest';
import { terminalQrCode } from './terminal-qr-code.ts';

type Shade = 0 | 255;

const start = '\u001b[38;5;16;48;5;231m';
const end = '\u001b[0m';

/** The characters of a line that sets its colours. */
const inColour = (line: string) =>
  line.startsWith(start) && line.endsWith(end) ? line.slice(start.length, -end.length) : undefined;

/** Paints what a terminal shows: each character two modules high, in the colours that stand before it. */
function paint(printed: string, theme: { text: Shade; background: Shade }) {
  const lines = printed.split('\n');
  const width = Math.max(...lines.map((line) => (inColour(line) ?? line).length));
  const margin = 6;
  const scale = 4;
  const columns = (width + 2 * margin) * scale;
  const rows = (lines.length * 2 + 2 * margin) * scale;
  const pixels = new Uint8ClampedArray(columns * rows * 4).fill(theme.background);
  const set = (x: number, y: number, shade: Shade) => {
    for (let dy = 0; dy < scale; dy += 1) {
      for (let dx = 0; dx < scale; dx += 1) {
        const at = (((y + margin) * scale + dy) * columns + (x + margin) * scale + dx) * 4;
        pixels.fill(shade, at, at + 3);
      }
    }
  };
  for (const [y, line] of lines.entries()) {
    const painted = inColour(line);
    const text: Shade = painted === undefined ? theme.text : 0;
    const background: Shade = painted === undefined ? theme.background : 255;
    for (const [x, character] of [...(painted ?? line)].entries()) {
      set(x, y * 2, '█▀'.includes(character) ? text : background);
      set(x, y * 2 + 1, '█▄'.includes(character) ? text : background);
    }
  }
  for (let at = 3; at < pixels.length; at += 4) pixels[at] = 255;
  return { pixels, columns, rows };
}

const dark = { text: 255, background: 0 } as const;
const light = { text: 0, background: 255 } as const;

/** Not every scanner tries the inverse. */
const read = (printed: string, theme: { text: Shade; background: Shade }) => {
  const { pixels, columns, rows } = paint(printed, theme);
  return jsqr.default(pixels, columns, rows, { inversionAttempts: 'dontInvert' })?.data;
};

const url =
  'https://res.ess.tencent.cn/cdn/h5-activity/demo.html?id=yDCHWUUckpvzvr6cUEXSSe0PTSPSWX5L&use_scan=1';

describe('terminalQrCode', () => {
  it.each([
    ['dark', dark],
    ['light', light],
  ])('with colours, is read back from a %s terminal', (_, theme) => {
    expect(read(terminalQrCode(url, { colour: true }), theme)).toBe(url);
  });

  it('without colours, is read back from paper', () => {
    const printed = terminalQrCode(url, { colour: false });
    expect(printed).toMatch(/^[ █▀▄\n]+$/);
    expect(read(printed, light)).toBe(url);
  });

  it('is read back whatever its length', async () => {
    await fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (any) => {
        expect(read(terminalQrCode(any, { colour: true }), dark)).toBe(any);
      }),
      { numRuns: 25 },
    );
  });

  it('keeps a quiet zone of four modules on every side', () => {
    const lines = terminalQrCode(url, { colour: false }).split('\n');
    expect(lines.slice(0, 2).join('').trim()).toBe('');
    expect(lines.slice(-2).join('').replaceAll(' ', '')).toBe('');
    expect(lines.every((line) => line.startsWith('    ') && line.endsWith('    '))).toBe(true);
  });
});
