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
} from './stages.ts';

const secondsPerDay = 86_400;

export interface Credentials {
  secretId: string;
  secretKey: string;
}

/** A POST to `/`, which is all that an action needs. */
export interface RequestToSign {
  /** As in the header `Host`, with its port where that has one. */
  host: string;
  /** As in the header `Content-Type`, to the byte. */
  contentType: string;
  /** Where given, `x-tc-action` is signed too, as the newest form of the specification does. */
  action?: string;
  /** The very bytes that will be sent. */
  body: Uint8Array;
  /** As in the header `X-TC-Timestamp`. Unix seconds. */
  timestampS: number;
  /** Leaves the body out; the header `X-TC-Content-SHA256: UNSIGNED-PAYLOAD` must then be sent. */
  unsignedPayload?: boolean;
}

/**
 * Signs many requests of one service with one pair of keys. Returns the value of the header `Authorization`.
 *
 * This is a hot path. What stays the same from call to call is kept: the derived key of the day, and the
 * canonical request but for its last line. What is left are the two hashes and the HMAC that the algorithm demands.
 */
export function createSigner(credentials: Credentials, service: string): (request: RequestToSign) => string {
  const { secretId, secretKey } = credentials;
  let day = Number.NaN;
  let scope = '';
  let key: Buffer = Buffer.alloc(0);
  let head: Head | undefined;

  function beginDay(timestampS: number): void {
    const date = credentialDate(timestampS);
    scope = credentialScope(date, service);
    key = secretSigning(secretService(secretDate(secretKey, date), service));
    day = Math.floor(timestampS / secondsPerDay);
  }

  return function sign(request) {
    const { timestampS } = request;
    if (Math.floor(timestampS / secondsPerDay) !== day) beginDay(timestampS);
    if (head === undefined || !isHeadOf(request, head)) head = createHead(request);

    const canonical = head.canonical + hashedRequestPayload(request.body, request.unsignedPayload);
    const toSign = stringToSign(timestampS, scope, hashedCanonicalRequest(canonical));
    return authorization({
      secretId,
      scope,
      signedHeaders: head.signedHeaders,
      signature: signature(key, toSign),
    });
  };
}

/** All of a canonical request but its last line; from one call to the next it is nearly always the same. */
interface Head {
  host: string;
  contentType: string;
  action: string | undefined;
  signedHeaders: string;
  canonical: string;
}

function isHeadOf(request: RequestToSign, head: Head): boolean {
  return (
    request.host === head.host && request.contentType === head.contentType && request.action === head.action
  );
}

function createHead({ host, contentType, action }: RequestToSign): Head {
  const headers = {
    'content-type': contentType,
    host,
    ...(action === undefined ? {} : { 'x-tc-action': action }),
  };
  const names = signedHeaders(headers);
  const canonical = canonicalRequest({
    httpRequestMethod: 'POST',
    canonicalUri: '/',
    canonicalQueryString: '',
    canonicalHeaders: canonicalHeaders(headers),
    signedHeaders: names,
    hashedRequestPayload: '',
  });
  return { host, contentType, action, signedHeaders: names, canonical };
}
