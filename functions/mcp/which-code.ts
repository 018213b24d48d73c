import * as z from 'zod/mini';
import type { CodeKey } from '../../shared/codes/ports.ts';
import { codeIds, findCodeKey } from '../../shared/codes/reading/code-key.ts';
import type { Call } from './call.ts';

/** The arguments that name one code. Exactly one of them is given: `oneCode` checks that. */
export const whichCode = {
  ...codeIds,
  ExternalId: z.optional(z.string().check(z.minLength(1), z.maxLength(128))),
};

export const whichCodeTexts = {
  CodeId: { zh: '签署码编号', en: 'The id of the code' },
  QrCodeId: { zh: '其任一代的上游编号', en: 'The upstream id of one of its generations' },
  Slug: { zh: '其固定链接 /s/ 之后的部分', en: 'What follows /s/ in its stable link' },
  ExternalId: { zh: '您自己的系统对它的编号', en: 'What your own system calls it' },
};

type Which = { [Name in keyof typeof whichCode]?: string | undefined };

/** @throws Failure `NotFound`, `StateConflict` where several codes have the external id */
export function keyOf({ resources, caller }: Call, which: Which): Promise<CodeKey> {
  return findCodeKey(resources.externalIds, which, caller.scope);
}
