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
  return text === undefined ? null : masked(withoutNames(text, members));
}

/** Shorter names would be letters of other words. Characters. */
const shortestName = 2;

/** What the message itself calls a name, of a person or of a contract that may be called after one, the longest first. */
function withoutNames(text: string, members: readonly Member[]): string {
  return members
    .flatMap(({ plain, value }) => (plain.endsWith('name') && isText(value) ? [value.trim()] : []))
    .filter((name) => name.length >= shortestName)
    .sort((one, other) => other.length - one.length)
    .reduce((rest, name) => rest.replaceAll(name, '***'), text);
}

/**
 * A text of upstream without what identifies a person: phone numbers, numbers of documents, addresses. A name looks
 * like any other word: {@link saidIn} knows those that the message names, and that upstream writes no other into a reason is
 * an assumption.
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
