import { timingSafeEqual } from 'node:crypto';
import { type Explanation, explainMismatch } from './explain-mismatch.ts';
import {
  canonicalParts,
  hostsOf,
  isUnreadable,
  type ReceivedRequest,
  readSignedRequest,
  type SignedRequest,
} from './received-request.ts';
import { createSigningKeyCache, type SigningKeyCache } from './signing-key-cache.ts';
import {
  canonicalRequest,
  credentialDate,
  credentialScope,
  hashedCanonicalRequest,
  signature,
  stringToSign,
} from './stages.ts';

export interface VerifyOptions {
  /** The key of an id, or undefined where there is none. */
  secretKeyOf: (secretId: string) => string | undefined;
  /** Unix seconds. */
  nowS: number;
  /** Largest distance between `X-TC-Timestamp` and `nowS`, either way. Seconds. */
  toleranceS?: number;
  /** Where derived keys are kept between calls. */
  signingKeys?: SigningKeyCache;
}

export interface Verified {
  ok: true;
  secretId: string;
  /** As in the credential scope: of `localhost:9300` the SDK for Node.js makes the service `localhost:9300`. */
  service: string;
  /** Unix seconds. */
  timestampS: number;
  signedHeaders: readonly string[];
}

export interface Refused {
  ok: false;
  code:
    | 'AuthFailure.InvalidAuthorization'
    | 'AuthFailure.SecretIdNotFound'
    | 'AuthFailure.SignatureExpire'
    | 'AuthFailure.SignatureFailure'
    | 'MissingParameter'
    | 'InvalidParameter';
  /** One sentence for the person who debugs. */
  message: string;
  /** With a wrong signature: what was expected, and which usual mistake it may be. */
  explanation?: Explanation;
}

const signingKeysOfProcess = createSigningKeyCache();

/**
 * Is the request signed with the key that its credential names, and now?
 *
 * Recomputes everything from the SignedHeaders that were sent. Never throws. The order of
 * the checks is not documented: form, then id, then time, then signature.
 */
export function verify(request: ReceivedRequest, options: VerifyOptions): Verified | Refused {
  const { secretKeyOf, nowS, toleranceS = 300, signingKeys = signingKeysOfProcess } = options;
  const signed = readSignedRequest(request);
  if (isUnreadable(signed)) return { ok: false, ...signed };

  const { authorization, timestampS } = signed;
  const { secretId, service, signedHeaders } = authorization;
  const secretKey = secretKeyOf(secretId);
  if (secretKey === undefined) {
    return refused('AuthFailure.SecretIdNotFound', 'There is no such SecretId');
  }
  const distanceS = timestampS - nowS;
  if (Math.abs(distanceS) > toleranceS) {
    const side = distanceS < 0 ? 'behind' : 'ahead of';
    const message = `X-TC-Timestamp is ${Math.abs(distanceS)} s ${side} the clock of the server; ${toleranceS} s are allowed`;
    return refused('AuthFailure.SignatureExpire', message);
  }
  if (!isSignatureRight(signed, secretKey, signingKeys)) {
    const explanation = explainMismatch(request, { secretKey });
    const message =
      authorization.date === credentialDate(timestampS)
        ? 'The signature does not fit the request'
        : 'The date of the credential is not the UTC date of X-TC-Timestamp';
    return {
      ...refused('AuthFailure.SignatureFailure', message),
      ...(explanation && { explanation }),
    };
  }
  return { ok: true, secretId, service, timestampS, signedHeaders };
}

function refused(code: Refused['code'], message: string): Refused {
  return { ok: false, code, message };
}

function isSignatureRight(signed: SignedRequest, secretKey: string, keys: SigningKeyCache): boolean {
  const { authorization, timestampS } = signed;
  const { service } = authorization;
  const date = credentialDate(timestampS);
  // The document demands that both dates are equal; only a client in another time zone gets here.
  if (authorization.date !== date) return false;

  const key = keys.signingKey(secretKey, date, service);
  const scope = credentialScope(date, service);
  const received = Buffer.from(authorization.signature);
  return hostsOf(signed).some((host) => {
    const canonical = canonicalRequest(canonicalParts(signed, host));
    const expected = signature(key, stringToSign(timestampS, scope, hashedCanonicalRequest(canonical)));
    return timingSafeEqual(Buffer.from(expected), received);
  });
}
