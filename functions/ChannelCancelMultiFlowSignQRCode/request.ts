import * as z from 'zod/mini';
import { request as upstreamRequest } from '../../shared/contract/ChannelCancelMultiFlowSignQRCode.ts';
import { Agent } from '../../shared/contract/structs/Agent.ts';

const id = z.string().check(z.minLength(1), z.maxLength(64));
const oneOf = {
  zh: 'CodeId、QrCodeId、Slug 三者必须且只能填写一个',
  en: 'exactly one of CodeId, QrCodeId and Slug must be given',
};

/**
 * Upstream's request, whose `QrCodeId` may be any other id that people have of a code. Who acts is known for a code of
 * the register; for a QR code that was made before there was one, `Agent` has to say it.
 */
export const request = z
  .extend(upstreamRequest, { Agent, QrCodeId: z.optional(id), CodeId: z.optional(id), Slug: z.optional(id) })
  .check(
    z.refine(
      ({ QrCodeId, CodeId, Slug }) =>
        [QrCodeId, CodeId, Slug].filter((one) => one !== undefined).length === 1,
      { params: oneOf },
    ),
  );
