import { type Drawing, unitsAcross } from './drawing.ts';
import type { Font } from './font.ts';
import { encodePng } from './png.ts';
import { blankRaster, fillPath } from './raster.ts';

/** 300 dots to the inch, what printers ask for. */
const pixelsPerMm = 300 / 25.4;

/** PNG with the pixels of a print. */
export function toPng({ paper, items }: Drawing, font: Font): Buffer {
  const [width, height] = [Math.round(paper.widthMm * pixelsPerMm), Math.round(paper.heightMm * pixelsPerMm)];
  const raster = blankRaster(width, height);
  const scale = width / unitsAcross;
  for (const item of items) {
    if (item.kind === 'shape') {
      fillPath(raster, item.path, { x: 0, y: 0, scaleX: scale, scaleY: scale }, item.colour);
    } else {
      const em = (item.size * scale) / font.unitsPerEm;
      const placed = { x: item.x * scale, y: item.baseline * scale, scaleX: em, scaleY: -em };
      fillPath(raster, font.outlineOf(item.text), placed, item.colour);
    }
  }
  return encodePng({ width, height, depth: 8, kind: 'colour', pixels: raster.pixels, pixelsPerMm });
}
