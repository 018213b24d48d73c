import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { posterFont } from './font/font-file.ts';
import { makePosters, type Poster, type Wanted } from './make-posters.ts';
import { papers } from './paper.ts';
import { hasPoppler, seePdf } from './testing/decoders.ts';
import { samplePoster } from './testing/sample-poster.ts';

const make = (posters: Poster[], wanted: Partial<Wanted> = {}) =>
  makePosters(
    posters,
    {
      paper: papers.A5,
      format: 'pdf',
      zip: false,
      mostBytes: 4_000_000,
      nowMs: 1_796_000_000_000,
      ...wanted,
    },
    posterFont(),
  );

const many = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    samplePoster({
      codeId: `code-${index}`,
      slug: `AbCdEfGhJkL${index}`,
      link: `https://sign.example.com/s/AbCdEfGhJkL${index}`,
      name: `${index} 号门`,
    }),
  );

const filesIn = (bytes: Buffer) => Object.keys(unzipSync(bytes)).sort();

describe('posters as files', () => {
  it.each([
    ['pdf', 'application/pdf', '%PDF-'],
    ['svg', 'image/svg+xml', '<svg '],
    ['png', 'image/png', '\u0089PNG'],
  ] as const)('of one code are a %s', async (format, contentType, begin) => {
    const file = await make([samplePoster()], { format });
    expect(file).toMatchObject({ contentType, name: `AbCdEfGhJkLm.${format}` });
    expect(file.bytes.toString('latin1').startsWith(begin)).toBe(true);
  });

  it('of many codes are pages of one PDF, each of its size', async () => {
    const { bytes, name } = await make(many(3));
    expect(name).toBe('posters.pdf');
    expect(bytes.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(3);
    expect(bytes.toString('latin1')).toContain('/MediaBox [0 0 419.527559 595.275591]');
    if (hasPoppler) expect(await seePdf(bytes)).toHaveLength(3);
  });

  it.each(['svg', 'png', 'pdf'] as const)(
    'of many codes are an archive of %s with an index',
    async (format) => {
      const { bytes, contentType } = await make(many(2), { format, zip: true, paper: papers.Card });
      expect(contentType).toBe('application/zip');
      expect(filesIn(bytes)).toEqual([`AbCdEfGhJkL0.${format}`, `AbCdEfGhJkL1.${format}`, 'index.csv']);
    },
  );

  it('have an index that a spreadsheet opens, in which no cell is a formula', async () => {
    const [one = samplePoster()] = many(1);
    const { bytes } = await make([{ ...one, name: '=1+1，"北"', externalId: '@a,b' }], {
      format: 'svg',
      zip: true,
    });
    expect(Buffer.from(unzipSync(bytes)['index.csv'] ?? []).toString()).toBe(
      '\ufeffFile,CodeId,QrCodeName,ExternalId,StableUrl\r\n' +
        'AbCdEfGhJkL0.svg,code-0,"\'=1+1，""北""","\'@a,b",https://sign.example.com/s/AbCdEfGhJkL0\r\n',
    );
  });

  it('have outlines in SVG and no text that needs a font', async () => {
    const svg = (await make([samplePoster({ name: '<北> & "门"' })], { format: 'svg' })).bytes.toString();
    expect(svg).not.toMatch(/<text|font/);
    expect(svg).toContain('<title>&#60;北&#62; &#38; &#34;门&#34;');
  });

  it('are the same bytes at the same time', async () => {
    expect((await make(many(2))).bytes.equals((await make(many(2))).bytes)).toBe(true);
  });

  it('are refused with each character that the font lacks, and its place', async () => {
    const poster = samplePoster({ name: '𠮷野门🙂', contact: { zh: '①号', en: 'ok' } });
    await expect(make([poster])).rejects.toMatchObject({
      code: 'InvalidRequest',
      problems: [
        { path: 'QrCodeName', message: { en: expect.stringContaining('𠮷 (U+20BB7), 🙂 (U+1F642)') } },
        { path: 'ContactZh', message: { zh: expect.stringContaining('① (U+2460)') } },
      ],
    });
    const [one = poster, two = poster] = many(2);
    await expect(make([one, { ...two, name: '𠮷' }])).rejects.toMatchObject({
      problems: [{ path: 'code-1.QrCodeName' }],
    });
  });

  it('are refused where they are larger than an answer may be, with how many fit', async () => {
    await expect(make(many(3), { format: 'png', zip: true, mostBytes: 500_000 })).rejects.toMatchObject({
      problems: [{ path: 'Format', message: { en: expect.stringMatching(/\([12] fit\)/) } }],
    });
    await expect(make(many(1), { mostBytes: 100 })).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});
