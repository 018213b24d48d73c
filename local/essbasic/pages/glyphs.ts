import { type Bitmap, fill } from './bitmap.ts';

/** The printable ASCII characters from the space on: five columns of seven dots each, the lowest bit on top. */
const ascii =
  '0000000000' +
  '00005f0000' +
  '0007000700' +
  '147f147f14' +
  '242a7f2a12' +
  '2313086462' +
  '3649552250' +
  '0004030000' +
  '001c224100' +
  '0041221c00' +
  '14083e0814' +
  '08083e0808' +
  '0050300000' +
  '0808080808' +
  '0060600000' +
  '2010080402' +
  '3e5149453e' +
  '00427f4000' +
  '4261514946' +
  '2141454b31' +
  '1814127f10' +
  '2745454539' +
  '3c4a494930' +
  '0171090503' +
  '3649494936' +
  '064949291e' +
  '0036360000' +
  '0056360000' +
  '0814224100' +
  '1414141414' +
  '0041221408' +
  '0201510906' +
  '324979413e' +
  '7e1111117e' +
  '7f49494936' +
  '3e41414122' +
  '7f4141221c' +
  '7f49494941' +
  '7f09090901' +
  '3e4149497a' +
  '7f0808087f' +
  '00417f4100' +
  '2040413f01' +
  '7f08142241' +
  '7f40404040' +
  '7f020c027f' +
  '7f0408107f' +
  '3e4141413e' +
  '7f09090906' +
  '3e4151215e' +
  '7f09192946' +
  '4649494931' +
  '01017f0101' +
  '3f4040403f' +
  '1f2040201f' +
  '3f4038403f' +
  '6314081463' +
  '0708700807' +
  '6151494543' +
  '007f414100' +
  '0204081020' +
  '0041417f00' +
  '0402010204' +
  '4040404040' +
  '0001020400' +
  '2054545478' +
  '7f48444438' +
  '3844444420' +
  '384444487f' +
  '3854545418' +
  '087e090102' +
  '0c5252523e' +
  '7f08040478' +
  '00447d4000' +
  '2040443d00' +
  '7f10284400' +
  '00417f4000' +
  '7c04180478' +
  '7c08040478' +
  '3844444438' +
  '7c14141408' +
  '081414187c' +
  '7c08040408' +
  '4854545420' +
  '043f444020' +
  '3c4040207c' +
  '1c2040201c' +
  '3c4030403c' +
  '4428102844' +
  '0c5050503c' +
  '4464544c44' +
  '0008364100' +
  '00007f0000' +
  '0041360800' +
  '0804081008';

/** The hexadecimal digits, smaller: three columns of five dots each. */
const hexDigits =
  '1f111f' +
  '121f10' +
  '1d1517' +
  '15151f' +
  '07041f' +
  '17151d' +
  '1f151d' +
  '01011f' +
  '1f151f' +
  '17151f' +
  '1e051e' +
  '1f150a' +
  '1f1111' +
  '1f110e' +
  '1f1511' +
  '1f0501';

/** Height of a line of {@link drawCharacter}. Pixels. */
export const glyphHeight = 30;
const asciiDot = 3;
const boxDot = 2;

const isAscii = (codePoint: number) => codePoint >= 0x20 && codePoint <= 0x7e;
/** Digits in each of the two rows of a box: four digits for most characters, six beyond the first 65,536. */
const boxColumns = (codePoint: number) => (codePoint > 0xffff ? 3 : 2);

/** Width that a character takes, with the gap after it. Pixels. */
export function glyphWidth(character: string): number {
  const codePoint = character.codePointAt(0) ?? 0;
  return isAscii(codePoint) ? 6 * asciiDot : (4 * boxColumns(codePoint) + 4) * boxDot;
}

/**
 * Draws a character. There is no Chinese font in here: what is not ASCII is drawn as a box with its Unicode number in
 * it, as systems do that lack a font. Names stay apart and can be looked up.
 */
export function drawCharacter(bitmap: Bitmap, character: string, x: number, y: number): void {
  const codePoint = character.codePointAt(0) ?? 0;
  if (isAscii(codePoint)) {
    const columns = ascii.slice((codePoint - 0x20) * 10, (codePoint - 0x1f) * 10);
    drawColumns(bitmap, columns, x, y + 6, asciiDot);
  } else {
    drawBox(bitmap, codePoint, x, y);
  }
}

function drawColumns(bitmap: Bitmap, columns: string, x: number, y: number, dot: number): void {
  for (const [index, pair] of (columns.match(/../g) ?? []).entries()) {
    const bits = Number.parseInt(pair, 16);
    for (let row = 0; row < 7; row += 1) {
      if ((bits >> row) & 1) fill(bitmap, x + index * dot, y + row * dot, dot, dot);
    }
  }
}

function drawBox(bitmap: Bitmap, codePoint: number, x: number, y: number): void {
  const columns = boxColumns(codePoint);
  const [width, height] = [(4 * columns + 3) * boxDot, 15 * boxDot];
  fill(bitmap, x, y, width, boxDot);
  fill(bitmap, x, y + height - boxDot, width, boxDot);
  fill(bitmap, x, y, boxDot, height);
  fill(bitmap, x + width - boxDot, y, boxDot, height);
  for (const [index, digit] of [...codePoint.toString(16).padStart(2 * columns, '0')].entries()) {
    const value = Number.parseInt(digit, 16);
    const [column, row] = [index % columns, Math.floor(index / columns)];
    const [left, top] = [x + (2 + 4 * column) * boxDot, y + (2 + 6 * row) * boxDot];
    drawColumns(bitmap, hexDigits.slice(value * 6, value * 6 + 6), left, top, boxDot);
  }
}
