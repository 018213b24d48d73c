import * as z from 'zod/mini';
import { codeStates } from '../../shared/codes/code.ts';
import { pageLimits } from '../../shared/codes/describe-codes.ts';

const text = z.string().check(z.minLength(1), z.maxLength(200));

const oneOrMany = {
  zh: 'CodeId、QrCodeId、Slug 只能填写一个，且不能与筛选条件同时使用',
  en: 'at most one of CodeId, QrCodeId and Slug may be given, and no filter beside it',
};

/** One code by one of its ids, or a page of those that a filter lets through, newest first. */
export const request = z
  .strictObject({
    CodeId: z.optional(text),
    QrCodeId: z.optional(text),
    Slug: z.optional(text),
    ProxyOrganizationOpenId: z.optional(text),
    State: z.optional(z.enum(codeStates)),
    TemplateId: z.optional(text),
    Label: z.optional(text),
    ExternalId: z.optional(text),
    /** Unix seconds. */
    ExpiringBefore: z.optional(z.int().check(z.minimum(1))),
    Text: z.optional(text),
    Limit: z.optional(z.int().check(z.minimum(1), z.maximum(pageLimits.max))),
    Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  })
  .check(
    z.refine(
      ({ CodeId, QrCodeId, Slug, ...filters }) => {
        const ids = [CodeId, QrCodeId, Slug].filter((id) => id !== undefined).length;
        return ids === 0 || (ids === 1 && Object.values(filters).every((value) => value === undefined));
      },
      { params: oneOrMany },
    ),
  );
