import { type Colour, type Drawing, type Path, unitsAcross } from './drawing.ts';
import type { Font } from './font.ts';

/** SVG at its printed size. Texts are outlines: no machine has to have the font, and none can put another in its place. */
export function toSvg({ paper, title, items }: Drawing, font: Font): string {
  const height = (paper.heightMm * unitsAcross) / paper.widthMm;
  const shapes = items.map((item) => {
    if (item.kind === 'shape') return `<path fill="${hex(item.colour)}" d="${pathData(item.path, 3)}"/>`;
    const scale = item.size / font.unitsPerEm;
    const place = `translate(${short(item.x, 3)} ${short(item.baseline, 3)}) scale(${short(scale, 6)} ${short(-scale, 6)})`;
    return `<path fill="${hex(item.colour)}" transform="${place}" d="${pathData(font.outlineOf(item.text), 0)}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${paper.widthMm}mm" height="${paper.heightMm}mm"`,
    ` viewBox="0 0 ${unitsAcross} ${short(height, 3)}" role="img"><title>${escapeXml(title)}</title>`,
    `<path fill="#ffffff" d="M0 0H${unitsAcross}V${short(height, 3)}H0Z"/>${shapes.join('')}</svg>`,
  ].join('');
}

/** As `d` of SVG. */
export function pathData(path: Path, digits: number): string {
  return path
    .map(([name, ...numbers]) => name + numbers.map((number) => short(number, digits)).join(' '))
    .join('');
}

const short = (number: number, digits: number) => String(Number(number.toFixed(digits)));

const hex = (colour: Colour) => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;

const escapeXml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
