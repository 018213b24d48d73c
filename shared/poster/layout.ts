/** Where everything stands on a poster. One layout for every paper; a unit is a millimetre on A4. */
import type { Text } from '../text.ts';
import { type Colour, type Drawing, type Item, rectangle, rounded, unitsAcross } from './drawing.ts';
import { type Fitted, fitText } from './fit-text.ts';
import type { Font } from './font.ts';
import type { Paper } from './paper.ts';
import { modulesPath, qrModules, quietModules } from './qr-code.ts';
import { words } from './words.ts';

export interface PosterContent {
  /** What the QR code holds: the stable link. */
  readonly link: string;
  /** The name of the gate. */
  readonly name: string | null;
  readonly organization: string | null;
  readonly contact: Text;
  /** Small at the foot: by it the office finds the code. */
  readonly id: string;
}

const ink: Colour = [17, 17, 17];
const quiet: Colour = [77, 77, 77];
const blue: Colour = [0, 60, 171];
const white: Colour = [255, 255, 255];
const line: Colour = [201, 201, 201];

const margin = 15;
const inner = unitsAcross - 2 * margin;
/** Of all papers the one that is least high for its width. */
const height = 295.9;
const headHeight = 41;
/** With its frame. What is wider is no easier to scan, and leaves no air. */
const widestCode = 132;

export function layOut(content: PosterContent, paper: Paper, font: Font): Drawing {
  const { link, name, organization, contact, id } = content;
  const items: Item[] = [];

  /** Lines in the middle of a column. */
  function draw({ lines, size }: Fitted, top: number, colour: Colour, middle = unitsAcross / 2): void {
    lines.forEach((line, index) => {
      // A mark at the end of a line hangs out of it.
      const x = middle - font.widthOf(line.replace(/[，。、；：]$/, ''), size) / 2;
      // The middle of a character of full width is in the middle of its line.
      items.push({ kind: 'line', text: line, x, baseline: top + size * (1 + leading * index), size, colour });
    });
  }
  const sized = (text: string, size: number, maxLines: number, width = inner) =>
    fitText(text, { width, size, maxLines }, font);

  // Downwards from the head.
  items.push({ kind: 'shape', path: rectangle(0, 0, unitsAcross, headHeight), colour: blue });
  draw(sized(words.headline.zh, 16, 1), 6, white);
  draw(sized(words.headline.en, 8, 1), 26, white);
  let top = headHeight + 7;
  if (name !== null) {
    const fitted = sized(name, 17, 2);
    draw(fitted, top, ink);
    top += heightOf(fitted) + 1;
  }
  if (organization !== null) {
    const fitted = sized(organization, 7, 1);
    draw(fitted, top, quiet);
    top += heightOf(fitted) + 1;
  }

  // Upwards from the foot.
  let bottom = height - 12;
  draw(sized([link, id].filter(Boolean).join('  ·  '), 3.6, 1), bottom, quiet);
  const asked = [sized(words.ask.zh + contact.zh, 7.5, 2), sized(words.ask.en + contact.en, 5.2, 2)] as const;
  bottom -= 5 + heightOf(asked[0]) + heightOf(asked[1]);
  draw(asked[0], bottom, ink);
  draw(asked[1], bottom + heightOf(asked[0]), quiet);
  items.push({ kind: 'shape', path: rectangle(margin, bottom - 5, inner, 0.4), colour: line });
  bottom -= 10;
  bottom -= drawSteps(bottom);
  bottom -= 16;
  draw(sized(`${words.app.zh} · ${words.app.en}`, 9, 1), bottom, blue);

  // What is between them is for the code.
  top += 3;
  const space = bottom - 4 - top;
  const side = Math.min(space, widestCode);
  items.push(...framedCode(link, (unitsAcross - side) / 2, top + (space - side) / 2, side));
  return { paper, title: [name, words.headline.zh, words.headline.en].filter(Boolean).join(' · '), items };

  /** Three columns that end at a height; gives how high they are. */
  function drawSteps(end: number): number {
    const width = inner / words.steps.length;
    const fitted = words.steps.map(
      (step) => [sized(step.zh, 6.6, 2, width - 6), sized(step.en, 4.7, 2, width - 6)] as const,
    );
    const [highestZh, highestEn] = [0, 1].map((part) =>
      Math.max(...fitted.map((step) => heightOf(step[part === 0 ? 0 : 1]))),
    );
    const wholly = 14 + (highestZh ?? 0) + 1 + (highestEn ?? 0);
    fitted.forEach(([zh, en], index) => {
      const middle = margin + width * (index + 0.5);
      const start = end - wholly;
      items.push({ kind: 'shape', path: rounded(middle - 5.5, start, 11, 11, 5.5), colour: blue });
      draw(sized(String(index + 1), 7.4, 1), start + 0.9, white, middle);
      draw(zh, start + 13.5, ink, middle);
      draw(en, start + 14.5 + heightOf(zh), quiet, middle);
    });
    return wholly;
  }
}

/** Between the lines of a text, in sizes. */
const leading = 1.25;

const heightOf = ({ lines, size }: Fitted) => size * leading * lines.length;

/** The code with its quiet zone in a frame. */
function framedCode(link: string, x: number, y: number, side: number): Item[] {
  const frame = 1.1;
  const modules = qrModules(link);
  const within = side - 2 * frame;
  const zone = (within * quietModules) / (modules.length + 2 * quietModules);
  return [
    { kind: 'shape', path: rounded(x, y, side, side, 5), colour: blue },
    { kind: 'shape', path: rounded(x + frame, y + frame, within, within, 4), colour: white },
    {
      kind: 'shape',
      path: modulesPath(modules, x + frame + zone, y + frame + zone, within - 2 * zone),
      colour: [0, 0, 0],
    },
  ];
}
