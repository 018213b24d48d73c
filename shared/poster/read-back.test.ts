/**
 * What hangs on a wall is read by phones: two decoders read every poster, at its printed size, from each format. A tenth
 * of them by `npm test`, and the smallest, whose code is the hardest to read, always.
 */
import { describe, expect, it } from 'vitest';
import { someOf } from '../testing/cases.ts';
import { bareCode } from './bare-code.ts';
import { posterFont } from './font/font-file.ts';
import { type Format, makePosters } from './make-posters.ts';
import { paperNames, papers } from './paper.ts';
import {
  agreed,
  hasPoppler,
  readCode,
  type Seen,
  seePdf,
  seePng,
  seeSvg,
  wordsIn,
} from './testing/decoders.ts';
import { samplePoster } from './testing/sample-poster.ts';

const links = [
  'https://sign.example.com/s/AbCdEfGhJkLm',
  // Without a domain: a Function URL.
  'https://1250000000-abcdefghij-gz.scf.tencentcs.com/s/AbCdEfGhJkLm',
  'http://127.0.0.1:9000/s/AbCdEfGhJkLm',
];
/** With names and contacts that leave the code the least room. */
const crowded = {
  name: 'Gate 3 North — Building site of the new municipal hospital, Chaoyang district, second phase',
  contact: {
    zh: '劳务办公室 010-8888 8888（工作日 8:00–18:00），夜间请联系门卫室王师傅 138 0000 0000',
    en: 'Labour office 010-8888 8888 (8:00–18:00 on workdays), at night Master Wang at the gatehouse',
  },
};

const [domain = '', functionUrl = ''] = links;
const formats: readonly Format[] = hasPoppler ? ['svg', 'png', 'pdf'] : ['svg', 'png'];
const cases = formats.flatMap((format) =>
  paperNames.flatMap((paper) => [
    { format, paper, kind: 'usual', poster: samplePoster({ link: domain }) },
    { format, paper, kind: 'crowded', poster: samplePoster({ link: functionUrl, ...crowded }) },
  ]),
);

async function make(
  poster: ReturnType<typeof samplePoster>,
  paper: (typeof paperNames)[number],
  format: Format,
) {
  const wanted = { paper: papers[paper], format, zip: false, mostBytes: 4_000_000, nowMs: 0 };
  return (await makePosters([poster], wanted, posterFont())).bytes;
}

const see: Readonly<Record<Format, (bytes: Buffer) => Promise<Seen | undefined>>> = {
  svg: (bytes) => seeSvg(bytes.toString()),
  png: seePng,
  pdf: async (bytes) => (await seePdf(bytes))[0],
};

describe('a poster', () => {
  const isSmallest = ({ paper, kind }: (typeof cases)[number]) => paper === 'Card' && kind === 'crowded';
  const some = new Set([...someOf(cases), ...cases.filter(isSmallest)]);
  it.each([...some])('as $format, $paper, $kind, is read', async ({ format, paper, poster }) => {
    const image = await see[format](await make(poster, paper, format));
    expect(image && readCode(image)).toEqual(agreed(poster.link));
  });
});

describe('the code alone', () => {
  it.each(links)('is read as %s', async (link) => {
    expect(readCode(await seeSvg(bareCode(link, 'svg').toString()))).toEqual(agreed(link));
    expect(readCode(await seePng(bareCode(link, 'png')))).toEqual(agreed(link));
  });
});

describe.runIf(hasPoppler)('a PDF', () => {
  it('has its texts as texts, in both languages', async () => {
    const [page = ''] = wordsIn(await make(samplePoster(), 'A4', 'pdf'));
    for (const text of [
      '三号门（北）劳务入口',
      '请用微信扫码',
      'Scan with WeChat',
      '门卫室王工 138 0000 0000',
      'GATE-3',
    ]) {
      expect(page).toContain(text);
    }
  });
});
