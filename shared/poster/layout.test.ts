import { describe, expect, it } from 'vitest';
import { type Drawing, type Path, unitsAcross } from './drawing.ts';
import { posterFont } from './font/font-file.ts';
import { layOut } from './layout.ts';
import { paperNames, papers } from './paper.ts';
import { qrModules, quietModules } from './qr-code.ts';
import { samplePoster } from './testing/sample-poster.ts';

const font = posterFont();

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

function boxOf(path: Path, place = { x: 0, y: 0, scaleX: 1, scaleY: 1 }): Box {
  const numbers = path.map(([, ...rest]) => rest as number[]); // all that follows a name are numbers
  const xs = numbers.flatMap((some) =>
    some.filter((_, index) => index % 2 === 0).map((x) => place.x + x * place.scaleX),
  );
  const ys = numbers.flatMap((some) =>
    some.filter((_, index) => index % 2 === 1).map((y) => place.y + y * place.scaleY),
  );
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/** What is drawn as ink: texts, and the code, which is the shape with the most corners. */
function inkOf({ items }: Drawing): { text: string; box: Box }[] {
  const code = items.reduce((most, item) =>
    item.kind === 'shape' && (most.kind !== 'shape' || item.path.length > most.path.length) ? item : most,
  );
  return items.flatMap((item) => {
    if (item.kind === 'shape') return item === code ? [{ text: 'the code', box: boxOf(item.path) }] : [];
    const scale = item.size / font.unitsPerEm;
    const place = { x: item.x, y: item.baseline, scaleX: scale, scaleY: -scale };
    return [{ text: item.text, box: boxOf(font.outlineOf(item.text), place) }];
  });
}

const overlap = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

const name = (length: number) => '三号门北劳务入口'.repeat(30).slice(0, length);
const contents = [
  samplePoster(),
  samplePoster({ name: null, organization: null, id: '' }),
  ...[1, 12, 30, 200].map((length) => samplePoster({ name: name(length), organization: name(length / 2) })),
  samplePoster({ contact: { zh: name(200), en: 'The people at the gate '.repeat(9) } }),
  samplePoster({ name: 'W'.repeat(200), link: `https://${'a'.repeat(60)}.example.com/s/AbCdEfGhJkLm` }),
];

describe.each(contents)('a poster %#', (content) => {
  const drawing = layOut(content, papers.A4, font);
  const ink = inkOf(drawing);
  const code = ink.find(({ text }) => text === 'the code')?.box ?? { left: 0, top: 0, right: 0, bottom: 0 };

  it('has nothing on top of another', () => {
    const pairs = ink.flatMap((one, index) => ink.slice(index + 1).map((other) => [one, other] as const));
    expect(pairs.filter(([one, other]) => overlap(one.box, other.box))).toEqual([]);
  });

  it('has nothing beyond the margins of any paper', () => {
    const heights = paperNames.map((paper) => (papers[paper].heightMm * unitsAcross) / papers[paper].widthMm);
    for (const { box } of ink) {
      expect(box.left).toBeGreaterThan(8);
      expect(box.right).toBeLessThan(unitsAcross - 8);
      expect(box.bottom).toBeLessThan(Math.min(...heights) - 5);
    }
  });

  it('leaves the code its quiet zone, and a size that is seen from afar', () => {
    const modules = qrModules(content.link).length;
    const zone = ((code.right - code.left) / modules) * quietModules * 0.999;
    const around = {
      left: code.left - zone,
      top: code.top - zone,
      right: code.right + zone,
      bottom: code.bottom + zone,
    };
    expect(ink.filter(({ text, box }) => text !== 'the code' && overlap(box, around))).toEqual([]);
    expect(code.right - code.left).toBeCloseTo(code.bottom - code.top, 3);
    expect(code.right - code.left).toBeGreaterThan(60);
  });
});
