import { firstOf, isText, type Member } from './members.ts';

/** Names under which a message may say why something failed; the plainest first. None is published. */
const reasonNames = [
  'Reason',
  'FailReason',
  'FailedReason',
  'FailureReason',
  'ErrorMessage',
  'ErrMessage',
  'ErrorMsg',
  'ErrMsg',
  'Message',
  'Msg',
  'FailMessage',
  'FailMsg',
  'Desc',
  'Description',
  'Remark',
  'Text',
  'ErrorCode',
  'ErrCode',
] as const;

/** Longer texts are cut. Characters. */
const longest = 200;

/** What the message itself gives as the reason, fit to be kept and shown; null where it gives none. */
export function saidIn(members: readonly Member[]): string | null {
  const text = firstOf(members, reasonNames, isText)?.value;
  return text === undefined ? null : masked(text);
}

/**
 * A text of upstream without what identifies a person: phone numbers, numbers of documents, addresses. A name looks
 * like any other word; that upstream writes none into a reason is an assumption.
 */
export function masked(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '***')
    .replace(/\d(?:[\s-]?\d){5,}[\dXx]?/g, '***');
  const characters = [...line];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : line;
}
