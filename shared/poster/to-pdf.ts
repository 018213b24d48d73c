import PDFDocument from 'pdfkit';
import { type Colour, type Drawing, unitsAcross } from './drawing.ts';
import type { Font } from './font.ts';
import { pathData } from './to-svg.ts';

const pointsPerMm = 72 / 25.4;

/**
 * PDF, a page for each drawing. Texts are texts, which can be searched and read aloud; what they need of the font is in
 * the file, once for all pages.
 *
 * @param nowMs what the file says of when it was made
 */
export async function toPdf(drawings: readonly Drawing[], font: Font, nowMs: number): Promise<Buffer> {
  const title = drawings.length === 1 ? (drawings[0]?.title ?? '') : `${drawings.length} posters`;
  // An empty name keeps pdfkit from opening Helvetica, whose measures it would look for beside the bundle.
  const document = new PDFDocument({
    autoFirstPage: false,
    font: '',
    lang: 'zh-CN',
    displayTitle: true,
    info: { Title: title, Creator: 'qianma', CreationDate: new Date(nowMs) },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((done) => document.on('end', done));
  document.registerFont('poster', font.bytes);
  for (const drawing of drawings) drawPage(document, drawing);
  document.end();
  await ended;
  return Buffer.concat(chunks);
}

function drawPage(document: PDFKit.PDFDocument, { paper, items }: Drawing): void {
  document.addPage({ size: [paper.widthMm * pointsPerMm, paper.heightMm * pointsPerMm], margin: 0 });
  document.scale((paper.widthMm * pointsPerMm) / unitsAcross);
  document.font('poster');
  for (const item of items) {
    document.fillColor(rgb(item.colour));
    if (item.kind === 'shape') {
      document.path(pathData(item.path, 3)).fill();
    } else {
      document
        .fontSize(item.size)
        .text(item.text, item.x, item.baseline, { lineBreak: false, baseline: 'alphabetic' });
    }
  }
}

const rgb = ([red, green, blue]: Colour): [number, number, number] => [red, green, blue];
