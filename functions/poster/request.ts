import * as z from 'zod/mini';
import { Failure } from '../../shared/errors.ts';
import { formats } from '../../shared/poster/make-posters.ts';
import { type PaperName, paperNames } from '../../shared/poster/paper.ts';
import { validate } from '../../shared/runtime/json/validate.ts';

/** Posters of one answer. */
export const mostPosters = 100;

const text = z.optional(z.string().check(z.minLength(1), z.maxLength(200)));

const oneWay = {
  zh: 'CodeId、Slug、ExternalId、Label 必须且只能填写一个',
  en: 'exactly one of CodeId, Slug, ExternalId and Label must be given',
};
const nameOfOne = {
  zh: 'Name 只用于单张海报，不能与 Label 或多个 CodeId 同时使用',
  en: 'Name is for one poster: neither Label nor several CodeIds may be given beside it',
};

export const posterQuery = z
  .strictObject({
    /** One, or several with commas between them. */
    CodeId: z.optional(z.string().check(z.minLength(1), z.maxLength(mostPosters * 65))),
    Slug: text,
    ExternalId: text,
    Label: text,
    Paper: z._default(z.enum(paperNames), 'A4'),
    Format: z._default(z.enum(formats), 'pdf'),
    /** `true`: a file for each code in one archive, also of PDF. */
    Zip: z._default(z.enum(['true', 'false']), 'false'),
    /** The name of the gate, instead of the code's own. */
    Name: text,
  })
  .check(
    z.refine(
      ({ CodeId, Slug, ExternalId, Label }) =>
        [CodeId, Slug, ExternalId, Label].filter((one) => one !== undefined).length === 1,
      { params: oneWay },
    ),
    z.refine(
      ({ Name, CodeId, Label }) => Name === undefined || !(Label !== undefined || CodeId?.includes(',')),
      {
        params: nameOfOne,
      },
    ),
  );

export interface PosterRequest {
  /** Which codes: by one of these. */
  which: { codeIds: string[] } | { slug: string } | { externalId: string } | { label: string };
  paper: PaperName;
  format: (typeof formats)[number];
  zip: boolean;
  name: string | undefined;
}

/** @throws Failure `InvalidRequest` with all problems at once */
export function readRequest(query: Readonly<Record<string, string>>): PosterRequest {
  // Without the prototype that the schema does not expect.
  const { CodeId, Slug, ExternalId, Label, Paper, Format, Zip, Name } = validate(posterQuery, { ...query });
  const rest = { paper: Paper, format: Format, zip: Zip === 'true', name: Name };
  if (Slug !== undefined) return { which: { slug: Slug }, ...rest };
  if (ExternalId !== undefined) return { which: { externalId: ExternalId }, ...rest };
  if (Label !== undefined) return { which: { label: Label }, ...rest };
  const codeIds = [...new Set((CodeId ?? '').split(',').map((id) => id.trim()))].filter((id) => id !== '');
  if (codeIds.length === 0 || codeIds.length > mostPosters) throw tooMany('CodeId');
  return { which: { codeIds }, ...rest };
}

export function tooMany(path: string): Failure {
  const message = {
    zh: `一次应为 1 到 ${mostPosters} 张签署码`,
    en: `must be of 1 to ${mostPosters} codes`,
  };
  return new Failure('InvalidRequest', { problems: [{ path, message }] });
}
