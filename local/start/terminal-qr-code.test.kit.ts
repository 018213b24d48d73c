import jsqr from 'jsqr';

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

export const dark = { text: 255, background: 0 } as const;
export const light = { text: 0, background: 255 } as const;

/** What a scanner reads that does not try the inverse: not every one does. */
export function readTerminalQrCode(printed: string, theme: { text: Shade; background: Shade }) {
  const { pixels, columns, rows } = paint(printed, theme);
  return jsqr.default(pixels, columns, rows, { inversionAttempts: 'dontInvert' })?.data;
}
