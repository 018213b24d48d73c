import {
  canonicalParts,
  hostsOf,
  isUnreadable,
  type ReceivedRequest,
  readSignedRequest,
  type SignedRequest,
} from './received-request.ts';
import {
  canonicalRequest,
  credentialDate,
  credentialScope,
  hashedCanonicalRequest,
  secretDate,
  secretService,
  secretSigning,
  signature,
  stringToSign,
} from './stages.ts';
import { type Attempt, usualMistakes } from './usual-mistakes.ts';

/** Why a signature may not fit. Holds no secret key and no key derived from one. */
export interface Explanation {
  /** The canonical request that the signature should have been made of. */
  canonicalRequest: string;
  stringToSign: string;
  signatureExpected: string;
  signatureReceived: string;
  /** The usual mistake that yields exactly the signature received, if one does. */
  mistake?: string;
  /** One sentence: what to change, or that none of the usual mistakes explains it. */
  hint: string;
  /** What was signed instead: as the caller supplied it, else as the mistake that was found makes it. */
  canonicalRequestReceived?: string;
  /** Where the two part. */
  firstDifference?: LineDifference;
}

export interface LineDifference {
  /** Counted from 1. */
  line: number;
  /** Empty where that side has no such line. */
  expected: string;
  received: string;
}

export interface ExplainOptions {
  secretKey: string;
  /** The canonical request that the client says it has signed. */
  canonicalRequestReceived?: string;
}

/**
 * Explains a signature that does not fit: what was expected, what was received, and which of the usual mistakes
 * leads from one to the other. Undefined where there is nothing to compare, as the request carries no readable
 * signature. For the side of a stand-in server: with the secret key at hand a mistake is proven, not guessed.
 */
export function explainMismatch(request: ReceivedRequest, options: ExplainOptions): Explanation | undefined {
  const signed = readSignedRequest(request);
  if (isUnreadable(signed)) return undefined;

  const expected = expectation(signed, options.secretKey);
  const explained = explainingMistake(signed, options.secretKey);
  const theirs = options.canonicalRequestReceived ?? explained?.canonicalRequest;
  const difference = theirs === undefined ? undefined : firstDifference(expected.canonicalRequest, theirs);
  return {
    ...expected,
    signatureReceived: signed.authorization.signature,
    ...(explained && { mistake: explained.mistake }),
    hint: explained?.hint ?? unexplained,
    ...(theirs !== undefined && { canonicalRequestReceived: theirs }),
    ...(difference && { firstDifference: difference }),
  };
}

const unexplained =
  'None of the usual mistakes yields this signature: most likely another secret key was used, or the body or a signed header was changed on the way.';

function expectation(signed: SignedRequest, secretKey: string) {
  const { authorization, timestampS } = signed;
  const date = credentialDate(timestampS);
  const canonical = canonicalRequest(canonicalParts(signed, signed.headers['host'] ?? ''));
  const scope = credentialScope(date, authorization.service);
  const toSign = stringToSign(timestampS, scope, hashedCanonicalRequest(canonical));
  const key = secretSigning(secretService(secretDate(secretKey, date), authorization.service));
  return { canonicalRequest: canonical, stringToSign: toSign, signatureExpected: signature(key, toSign) };
}

function explainingMistake(signed: SignedRequest, secretKey: string) {
  for (const host of hostsOf(signed)) {
    const attempt = { parts: canonicalParts(signed, host), signed, host, secretKey };
    for (const { mistake, hint, tries } of usualMistakes) {
      for (const tried of tries(attempt)) {
        if (signatureOf(tried, signed) !== signed.authorization.signature) continue;
        return { mistake, hint: tried.hint ?? hint, canonicalRequest: tried.canonicalRequest };
      }
    }
  }
  return undefined;
}

function signatureOf(attempt: Attempt, signed: SignedRequest): string {
  const scope = credentialScope(attempt.scopeDate, signed.authorization.service);
  const hashed = hashedCanonicalRequest(attempt.canonicalRequest);
  return signature(attempt.signingKey, stringToSign(signed.timestampS, scope, hashed));
}

/** The first line in which the two differ. */
export function firstDifference(expected: string, received: string): LineDifference | undefined {
  const ours = expected.split('\n');
  const theirs = received.split('\n');
  for (let index = 0; index < Math.max(ours.length, theirs.length); index++) {
    if (ours[index] === theirs[index]) continue;
    return { line: index + 1, expected: ours[index] ?? '', received: theirs[index] ?? '' };
  }
  return undefined;
}
