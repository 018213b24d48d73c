/** Every code of a failure with why it arrives and what to do, in both languages: an extension of the documents. */
import { catalogue } from '../../shared/errors.ts';
import { errorCodes } from '../../shared/essbasic/error-codes.ts';
import { errorDocs } from '../../shared/essbasic/error-docs.ts';
import { errorCodeFacts } from '../../shared/essbasic/error-kinds.ts';
import { actions } from '../../shared/essbasic/field-docs.ts';
import { publishedCodesOf } from '../../shared/essbasic/published-codes.ts';
import { failureDocs } from '../../shared/explain/failure-docs.ts';
import type { Text } from '../../shared/text.ts';

interface DocumentedCode {
  /** The HTTP status of our own problem document. */
  status: number;
  title: Text;
  cause: Text;
  remedy: Text;
  /** The actions for which upstream publishes it. */
  actions?: readonly string[];
}

type DocumentedCodes = Readonly<Record<string, DocumentedCode>>;

const textOf = ({ en, zh }: Text): Text => ({ en, zh });

/** Our own. */
export function ownErrorCodes(): DocumentedCodes {
  return codesIn(catalogue, (code, { status, ...title }) => ({
    status,
    title: textOf(title),
    ...failureDocs[code],
  }));
}

/** Those of upstream. */
export function upstreamErrorCodes(): DocumentedCodes {
  return codesIn(errorCodes, (code, title) => ({
    status: errorCodeFacts(code).status,
    title: textOf(title),
    cause: errorDocs[code].cause,
    remedy: errorDocs[code].remedy,
    actions: actions.map(({ action }) => action.name).filter((name) => publishedCodesOf(name).includes(code)),
  }));
}

function codesIn<Code extends string, Known>(
  known: Readonly<Record<Code, Known>>,
  documented: (code: Code, known: Known) => DocumentedCode,
): DocumentedCodes {
  const entries = Object.entries(known) as [Code, Known][]; // Object.entries forgets the names of a table
  return Object.fromEntries(entries.map(([code, one]) => [code, documented(code, one)]));
}
