import encodeQR from 'qr';

/** The standard's quiet zone. Without it scanners lose the code in what surrounds it. */
const quietZoneModules = 4;

/** Black on white from the fixed part of the 256 colours: themes change the first sixteen. */
const blackOnWhite = '\u001b[38;5;16;48;5;231m';
const reset = '\u001b[0m';

export interface TerminalQrOptions {
  /**
   * Sets the colours, which makes the code readable on a dark and on a light terminal alike. Without them, as in
   * a file, a block is dark: right as ink on paper.
   */
  colour: boolean;
}

/** Draws a QR code with half blocks: one character for two modules, one above the other. */
export function terminalQrCode(text: string, { colour }: TerminalQrOptions): string {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: quietZoneModules });
  const lines: string[] = [];
  for (let y = 0; y < rows.length; y += 2) {
    const upper = rows[y] ?? [];
    const lower = rows[y + 1] ?? [];
    const line = upper.map((isDark, x) => block(isDark, lower[x] ?? false)).join('');
    lines.push(colour ? `${blackOnWhite}${line}${reset}` : line);
  }
  return lines.join('\n');
}

function block(upper: boolean, lower: boolean): string {
  if (upper) return lower ? '█' : '▀';
  return lower ? '▄' : ' ';
}
