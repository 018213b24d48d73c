import { type ReasonCode, shownReason } from '../../shared/codes/reasons.ts';
import { catalogue, type QianmaError, UpstreamError } from '../../shared/errors.ts';
import { errorCodeTitle } from '../../shared/essbasic/error-codes.ts';
import { type ShownText, shownText } from '../../shared/text.ts';

/**
 * What upstream says in its own words may name a person: that it does not is an assumption, which holds for those who
 * sign in with a key. What an agent is answered goes on to a model of somebody else's, and has our own words alone.
 */
const withoutQuotation: Readonly<Record<string, ReasonCode>> = {
  QuotaBlockedByScan: 'QuotaBlockedByScanSilently',
  QuotaLackSaid: 'QuotaLackNoted',
};

/** The same answer, in which each reason that quotes upstream is the one that does not. */
export function inOwnWords<Answer>(answer: Answer): Answer {
  // Members keep their places, and a reason stays a reason.
  return rewritten(answer) as Answer;
}

function rewritten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewritten);
  if (typeof value !== 'object' || value === null) return value;
  if ('Code' in value && typeof value.Code === 'string' && Object.hasOwn(withoutQuotation, value.Code)) {
    const code = withoutQuotation[value.Code];
    if (code !== undefined) return { ...value, ...shownReason({ code }) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, rewritten(member)]));
}

/** What has become of a row of a batch: a refusal of upstream by the meaning of its code. */
export function ownError<Failed extends ShownText & { Code: string }>(
  failed: Failed | null,
): ShownText | null {
  if (failed === null || Object.hasOwn(catalogue, failed.Code)) return failed;
  return { ...failed, ...shownText(errorCodeTitle(failed.Code)) };
}

/** Is the detail of a failure upstream's? Its title is ours: the meaning of the code. */
export function quotesUpstream(failure: QianmaError): boolean {
  return failure instanceof UpstreamError || failure.cause instanceof UpstreamError;
}
