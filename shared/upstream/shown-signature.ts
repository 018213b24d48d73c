import {
  authorization,
  canonicalHeaders,
  canonicalRequest,
  credentialDate,
  credentialScope,
  hashedCanonicalRequest,
  hashedRequestPayload,
  secretDate,
  secretService,
  secretSigning,
  signature,
  signedHeaders,
  stringToSign,
} from '../tc3/stages.ts';

/** Each stage of a signature that can be shown: nothing of it signs anything. */
export interface ShownSignature {
  /** Its last line is the hash of the body. */
  canonicalRequest: string;
  hashedCanonicalRequest: string;
  credentialScope: string;
  stringToSign: string;
  /** Of the key and the signature it has the places. */
  authorization: string;
}

/** What stands in the place of something that nobody is shown. */
export const places = { secretId: '<SecretId>', signature: '<Signature>', token: '<Token>' } as const;

export interface RequestToShow {
  /** As in the header `Host`. */
  host: string;
  contentType: string;
  action: string;
  /** The very bytes that are sent. */
  body: Uint8Array;
  timestampS: number;
  service: string;
}

/**
 * Signs a request, and shows how. What is shown ends before the key comes in: neither a derived key nor the signature is
 * in it, since a signed request can be sent again for five minutes.
 */
export function signAndShow(
  { host, contentType, action, body, timestampS, service }: RequestToShow,
  { secretId, secretKey }: { secretId: string; secretKey: string },
): { authorization: string; shown: ShownSignature } {
  const headers = { 'content-type': contentType, host, 'x-tc-action': action };
  const names = signedHeaders(headers);
  const canonical = canonicalRequest({
    httpRequestMethod: 'POST',
    canonicalUri: '/',
    canonicalQueryString: '',
    canonicalHeaders: canonicalHeaders(headers),
    signedHeaders: names,
    hashedRequestPayload: hashedRequestPayload(body),
  });
  const date = credentialDate(timestampS);
  const scope = credentialScope(date, service);
  const hashed = hashedCanonicalRequest(canonical);
  const toSign = stringToSign(timestampS, scope, hashed);
  const key = secretSigning(secretService(secretDate(secretKey, date), service));
  const parts = { scope, signedHeaders: names };
  return {
    authorization: authorization({ ...parts, secretId, signature: signature(key, toSign) }),
    shown: {
      canonicalRequest: canonical,
      hashedCanonicalRequest: hashed,
      credentialScope: scope,
      stringToSign: toSign,
      authorization: authorization({ ...parts, ...places }),
    },
  };
}
