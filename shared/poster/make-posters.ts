/** Posters as files: one, several pages of one PDF, or an archive with an index. */
import { zipSync } from 'fflate';
import { Failure, type Problem } from '../errors.ts';
import type { Text } from '../text.ts';
import type { Font } from './font.ts';
import { indexOf } from './index-file.ts';
import { layOut, type PosterContent } from './layout.ts';
import type { Paper } from './paper.ts';
import { toPdf } from './to-pdf.ts';
import { toPng } from './to-png.ts';
import { toSvg } from './to-svg.ts';

export const formats = ['pdf', 'svg', 'png'] as const;
export type Format = (typeof formats)[number];

/** A poster, and what the index and a refusal say of its code. */
export interface Poster extends PosterContent {
  readonly codeId: string;
  readonly externalId: string | null;
  /** The end of the link: files are called by it. */
  readonly slug: string;
}

export interface Wanted {
  paper: Paper;
  format: Format;
  /** A file for each poster, also of PDF. Several of another format always are. */
  zip: boolean;
  /** Of all files together. */
  mostBytes: number;
  nowMs: number;
}

export interface PosterFile {
  contentType: string;
  name: string;
  bytes: Buffer;
}

const contentTypes: Readonly<Record<Format, string>> = {
  pdf: 'application/pdf',
  svg: 'image/svg+xml',
  png: 'image/png',
};

/**
 * @param posters at least one
 * @throws Failure `InvalidRequest` naming each character that the font lacks, or where the files are too many bytes
 */
export async function makePosters(
  posters: readonly Poster[],
  wanted: Wanted,
  font: Font,
): Promise<PosterFile> {
  const problems = posters.flatMap((poster) => missing(poster, posters.length > 1, font));
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
  const { format, zip, paper, nowMs, mostBytes } = wanted;
  const [first] = posters;
  const drawn = posters.map((poster) => layOut(poster, paper, font));
  if (!zip && (posters.length === 1 || format === 'pdf')) {
    const bytes = await fileOf(format, drawn, font, nowMs);
    if (bytes.length > mostBytes) throw tooLarge(0);
    const name = posters.length === 1 ? `${first?.slug}.${format}` : 'posters.pdf';
    return { contentType: contentTypes[format], name, bytes };
  }
  const files: Record<string, Uint8Array> = { 'index.csv': indexOf(posters, format) };
  let bytes = 0;
  for (const [index, poster] of posters.entries()) {
    const file = await fileOf(format, drawn.slice(index, index + 1), font, nowMs);
    // What is text becomes a third of it.
    bytes += format === 'svg' ? file.length / 2.5 : file.length;
    if (bytes > mostBytes) throw tooLarge(index);
    files[`${poster.slug}.${format}`] = file;
  }
  const level = format === 'svg' ? 6 : 0;
  const archive = Buffer.from(zipSync(files, { level, mtime: new Date(nowMs) }));
  if (archive.length > mostBytes) throw tooLarge(posters.length - 1);
  return { contentType: 'application/zip', name: 'posters.zip', bytes: archive };
}

async function fileOf(
  format: Format,
  drawings: ReturnType<typeof layOut>[],
  font: Font,
  nowMs: number,
): Promise<Buffer> {
  const [drawing] = drawings;
  if (drawing === undefined) throw new TypeError('defect: there is nothing to draw');
  switch (format) {
    case 'pdf':
      return toPdf(drawings, font, nowMs);
    case 'svg':
      return Buffer.from(toSvg(drawing, font));
    case 'png':
      return toPng(drawing, font);
  }
}

/** A blank box in the place of a character would be noticed at the gate, by others. */
function missing(
  { codeId, name, organization, contact, id }: Poster,
  isOneOfMany: boolean,
  font: Font,
): Problem[] {
  const texts: [string, string | null][] = [
    ['QrCodeName', name],
    ['DisplayName', organization],
    ['ContactZh', contact.zh],
    ['ContactEn', contact.en],
    ['ExternalId', id],
  ];
  return texts.flatMap(([path, text]) => {
    const characters = font.missingIn((text ?? '').replace(/\s/g, ' '));
    if (characters.length === 0) return [];
    return [{ path: isOneOfMany ? `${codeId}.${path}` : path, message: lacking(characters) }];
  });
}

function lacking(characters: readonly string[]): Text {
  const named = characters.map((one) => `${one} (U+${hexOf(one)})`);
  return {
    zh: `海报字体中没有这些字符：${named.join('、')}`,
    en: `has characters that the font of the posters lacks: ${named.join(', ')}`,
  };
}

const hexOf = (character: string) =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');

function tooLarge(fit: number): Failure {
  const message = {
    zh: `海报总大小超过一次应答的上限，请减少数量（可容纳 ${fit} 张）`,
    en: `The posters are larger together than an answer may be: ask for fewer (${fit} fit)`,
  };
  return new Failure('InvalidRequest', { problems: [{ path: 'Format', message }] });
}
