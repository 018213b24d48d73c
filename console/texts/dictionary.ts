import type { Text } from '../../shared/text.ts';
import { auditTexts } from './audit.ts';
import { batchTexts } from './batches.ts';
import { codeTexts } from './code.ts';
import { codesTexts } from './codes.ts';
import { contractTexts } from './contracts.ts';
import { createTexts } from './create.ts';
import { happeningTexts } from './happenings.ts';
import { keyTexts } from './keys.ts';
import { messageTexts } from './messages.ts';
import { organizationTexts } from './organization.ts';
import { shellTexts } from './shell.ts';
import { stepTexts } from './steps.ts';
import { wordTexts } from './words.ts';

/** Every text of the pages, in both languages. */
export const dictionary = {
  ...auditTexts,
  ...batchTexts,
  ...codeTexts,
  ...codesTexts,
  ...contractTexts,
  ...createTexts,
  ...happeningTexts,
  ...keyTexts,
  ...messageTexts,
  ...organizationTexts,
  ...shellTexts,
  ...stepTexts,
  ...wordTexts,
} as const satisfies Record<string, Text>;

export type TextKey = keyof typeof dictionary;
