/** What a failure means for the row that it happened to. */
import { failureOf, listed, mayHaveHadEffect, type QianmaError, UpstreamError } from '../../errors.ts';
import { errorCodeTitle } from '../../essbasic/error-codes.ts';
import { inBoth, inLanguage, type Text } from '../../text.ts';
import { grownPauseS } from '../../world.ts';
import type { Attempt } from '../life/attempt.ts';
import type { RowClaim, RowResult } from './batch.ts';

/** `pauseS`: until it is tried again; `isFailure`: that counts. */
export type RowVerdict = { readonly pauseS: number; readonly isFailure: boolean } | RowResult;

/** More failures of a row than this, and it has failed. */
const mostFailures = 6;
const shortestPauseS = 5;
const longestPauseS = 300;

/** Codes that say that a turn or the time was lacking, and nothing of the row. */
const paced = ['RateLimited', 'DeadlineExceeded'];
/** A run that took such a row again at once would do nothing else until its own time is over. */
const pacedPauseS = 1;

/** What is next for a row whose work has thrown. */
export function verdictOf(thrown: unknown, { operation, failures }: RowClaim): RowVerdict {
  const failure = failureOf(thrown);
  if (paced.includes(failure.code)) return { pauseS: pacedPauseS, isFailure: false };
  // A cancel may be sent again whatever became of it.
  const isUnknown = operation === 'Create' && mayHaveHadEffect(failure);
  const mayPass = failure.retryable || mayHaveHadEffect(failure);
  if (mayPass && !isUnknown && failures < mostFailures) {
    return { pauseS: grownPauseS(failures, shortestPauseS, longestPauseS), isFailure: true };
  }
  return {
    state: isUnknown ? 'unknown' : 'failed',
    code: failure.code,
    text: textOf(failure),
    upstreamRequestId: failure.upstreamRequestId ?? null,
  };
}

/** Do the other creates of this organisation meet the same? */
export function isForAll(thrown: unknown): boolean {
  return failureOf(thrown).code === 'OperationDenied.NoQuota';
}

/** Of a create that another has sent: what the journal keeps of the answer. */
export function journaledFailure({
  state,
  errorCode,
  upstreamRequestId,
}: Pick<Attempt, 'state' | 'errorCode' | 'upstreamRequestId'>): RowResult {
  const code = errorCode ?? 'UnknownOutcome';
  const isRefused = state === 'refused';
  return { state: isRefused ? 'failed' : 'unknown', code, text: errorCodeTitle(code), upstreamRequestId };
}

/** What people may read of it, in one sentence. */
function textOf(failure: QianmaError): Text {
  const title = failure instanceof UpstreamError ? errorCodeTitle(failure.code) : failure.title;
  const { detail, problems } = failure;
  if (!failure.expose) return title;
  const said = problems.length > 0 ? listed(problems) : detail;
  return said === undefined
    ? title
    : inBoth((language) => `${title[language]}: ${inLanguage(said, language)}`);
}
