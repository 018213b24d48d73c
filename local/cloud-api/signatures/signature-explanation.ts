import type { Explanation } from '../../../shared/tc3/explain-mismatch.ts';

/** Why a signature may not fit, as it may be kept and shown: no signature is needed to understand it. */
export interface SignatureExplanation
  extends Partial<Pick<Explanation, 'canonicalRequest' | 'canonicalRequestReceived' | 'firstDifference'>>,
    Pick<Explanation, 'stringToSign' | 'mistake' | 'hint'> {}

const shownHeaders = new Set([
  'content-type',
  'host',
  'x-tc-action',
  'x-tc-content-sha256',
  'x-tc-language',
  'x-tc-region',
  'x-tc-requestclient',
  'x-tc-timestamp',
  'x-tc-version',
]);

/** Hides the values of signed headers that the signature does not need to be explained, tokens among them. */
const maskHeaders = (text: string) =>
  text.replace(/^([a-z0-9-]+):.*$/gm, (line, name: string) =>
    shownHeaders.has(name) ? line : `${name}:***`,
  );

/** Hides the values of a query, which name people. */
const maskQuery = (query: string) => query.replace(/=[^&]*/g, '=***');

/** The line of a canonical request that holds the query; empty by POST. */
const queryLine = 3;

const maskCanonical = (canonicalRequest: string) =>
  maskHeaders(
    canonicalRequest
      .split('\n')
      .map((line, index) => (index === queryLine - 1 ? maskQuery(line) : line))
      .join('\n'),
  );

/** What may be kept of an explanation: neither signature is needed to understand it. */
export function explanationShown(explanation: Explanation): SignatureExplanation {
  const { canonicalRequest, stringToSign, mistake, hint, canonicalRequestReceived, firstDifference } =
    explanation;
  const maskLine = firstDifference?.line === queryLine ? maskQuery : maskHeaders;
  return {
    canonicalRequest: maskCanonical(canonicalRequest),
    stringToSign,
    hint,
    ...(mistake !== undefined && { mistake }),
    ...(canonicalRequestReceived !== undefined && {
      canonicalRequestReceived: maskCanonical(canonicalRequestReceived),
    }),
    ...(firstDifference !== undefined && {
      firstDifference: {
        line: firstDifference.line,
        expected: maskLine(firstDifference.expected),
        received: maskLine(firstDifference.received),
      },
    }),
  };
}
