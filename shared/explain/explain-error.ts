import { catalogue, type FailureCode } from '../errors.ts';
import { errorCodes } from '../essbasic/error-codes.ts';
import { errorDocs } from '../essbasic/error-docs.ts';
import { inBoth, type Text } from '../text.ts';
import { failureDocs } from './failure-docs.ts';

const words = { cause: { zh: '原因', en: 'Cause' }, remedy: { zh: '办法', en: 'What to do' } };

/** What a code means, why it comes and what to do; undefined: it is no error code. */
export function explainError(code: string): readonly Text[] | undefined {
  const isOurs = (name: string): name is FailureCode => Object.hasOwn(catalogue, name);
  const isUpstreams = (name: string): name is keyof typeof errorDocs => Object.hasOwn(errorDocs, name);
  if (isOurs(code)) return told(code, catalogue[code], failureDocs[code]);
  if (isUpstreams(code)) return told(code, errorCodes[code], errorDocs[code]);
  return undefined;
}

function told(code: string, meaning: Text, { cause, remedy }: { cause: Text; remedy: Text }): Text[] {
  return [
    inBoth((language) => `${code}: ${meaning[language]}`),
    inBoth((language) => `${words.cause[language]}: ${cause[language]}`),
    inBoth((language) => `${words.remedy[language]}: ${remedy[language]}`),
  ];
}
