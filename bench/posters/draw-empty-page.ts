/** One empty page of A4, as pdfkit draws it. */
import PDFDocument from 'pdfkit';
import { drawOften } from './draw-often.ts';

await drawOften(
  () =>
    new Promise((done) => {
      const document = new PDFDocument({ size: 'A4' });
      document.on('data', () => undefined);
      document.on('end', done);
      document.end();
    }),
);
