/** Other people's programs that read what posters are made of: renderers, and two decoders of QR codes. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type jsQRModule from 'jsqr';

const require = createRequire(import.meta.url);
const jsQR: typeof jsQRModule.default = require('jsqr');

/** An image as it is printed or seen: RGBA and the same as a file. */
export interface Seen {
  width: number;
  height: number;
  rgba: Uint8ClampedArray;
  png: Buffer;
}

const isThere = (program: string) => spawnSync(program, ['--version']).error === undefined;
const hasZbar = isThere('zbarimg');
export const hasPoppler = isThere('pdftoppm');
if (!hasZbar)
  console.warn('SKIPPED: zbarimg is not there (Debian: zbar-tools); codes are read back by jsQR alone');
if (!hasPoppler) console.warn('SKIPPED: pdftoppm is not there (Debian: poppler-utils); no PDF is read back');

/** Dots to the inch: a print that is seen by a camera from near. */
const dpi = 150;

let ready: Promise<void> | undefined;
function renderer(): Promise<void> {
  ready ??= initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm'))).catch(
    (error: unknown) => {
      // Another test file of the same thread has done it.
      if (!/already/i.test(String(error))) throw error;
    },
  );
  return ready;
}

/** An SVG at its printed size. */
export async function seeSvg(svg: string): Promise<Seen> {
  await renderer();
  const widthMm = Number(/ width="([\d.]+)mm"/.exec(svg)?.[1]);
  return seen(
    new Resvg(svg, {
      fitTo: { mode: 'width', value: Math.round((widthMm / 25.4) * dpi) },
      background: 'white',
    }),
  );
}

/** A PNG, its pixels as they are. */
export async function seePng(png: Buffer): Promise<Seen> {
  await renderer();
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const href = `data:image/png;base64,${png.toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image width="${width}" height="${height}" href="${href}"/></svg>`;
  return seen(new Resvg(svg));
}

/** Pages of a PDF at their printed size. */
export async function seePdf(pdf: Buffer): Promise<Seen[]> {
  const folder = mkdtempSync(join(tmpdir(), 'qianma-poster-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    execFileSync('pdftoppm', ['-r', String(dpi), '-png', join(folder, 'a.pdf'), join(folder, 'page')]);
    const names = execFileSync('ls', [folder], { encoding: 'utf8' })
      .split('\n')
      .filter((name) => name.endsWith('.png'));
    return await Promise.all(names.map((name) => seePng(readFileSync(join(folder, name)))));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The texts of a PDF, page by page, as a search finds them. */
export function wordsIn(pdf: Buffer): string[] {
  const text = execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' });
  return text.split('\f').slice(0, -1);
}

function seen(resvg: InstanceType<typeof Resvg>): Seen {
  const image = resvg.render();
  const { width, height } = image;
  return { width, height, rgba: new Uint8ClampedArray(image.pixels), png: Buffer.from(image.asPng()) };
}

/** What each decoder reads: the name of the decoder and the text. */
export function readCode({ rgba, width, height, png }: Seen): Record<string, string | undefined> {
  return { jsQR: jsQR(rgba, width, height)?.data, ...(hasZbar && { ZBar: zbar(png) }) };
}

function zbar(png: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'qianma-code-'));
  try {
    writeFileSync(join(folder, 'code.png'), png);
    const { stdout } = spawnSync('zbarimg', ['--quiet', '--raw', '--nodbus', join(folder, 'code.png')], {
      encoding: 'utf8',
    });
    return stdout.trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What all decoders that are there say of a code that they read. */
export const agreed = (text: string) => ({ jsQR: text, ...(hasZbar && { ZBar: text }) });
