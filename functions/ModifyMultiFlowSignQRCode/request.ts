import * as z from 'zod/mini';
import { RenewalPolicyInput } from '../../shared/codes/renewal-policy.ts';

const id = z.string().check(z.minLength(1), z.maxLength(64));
const oneOf = {
  zh: 'CodeId、QrCodeId、Slug 三者必须且只能填写一个',
  en: 'exactly one of CodeId, QrCodeId and Slug must be given',
};

/** What people may change of a code. What is left out stays; null takes a member away, or back to its default. */
export const request = z
  .strictObject({
    CodeId: z.optional(id),
    QrCodeId: z.optional(id),
    Slug: z.optional(id),
    /** The version that the caller has seen: a change that somebody made since is not overwritten. */
    Version: z.int().check(z.minimum(1)),
    RenewalPolicy: z.optional(RenewalPolicyInput),
    ExternalId: z.optional(z.nullable(z.string())),
    Labels: z.optional(z.array(z.string())),
    Note: z.optional(z.nullable(z.string())),
    Operation: z.optional(z.enum(['Pause', 'Resume', 'RenewNow'])),
  })
  .check(
    z.refine(
      ({ CodeId, QrCodeId, Slug }) =>
        [CodeId, QrCodeId, Slug].filter((one) => one !== undefined).length === 1,
      { params: oneOf },
    ),
  );
