import { type Authorization, parseAuthorization } from './authorization-header.ts';
import {
  type CanonicalRequestParts,
  canonicalQueryString,
  hashedRequestPayload,
  headerLine,
  unsignedPayload,
} from './stages.ts';

/** A request as a server received it. */
export interface ReceivedRequest {
  method: string;
  /** `/` where left out. */
  path?: string;
  /** What stood behind the `?`, undecoded. */
  query?: string;
  /** Names in any case; a value may be a list where a header came more than once. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very bytes that arrived. */
  body: Uint8Array;
}

/** Header values by lower-case name. One that came twice is joined, so that it cannot pass for one that came once. */
function headersOf(request: ReceivedRequest): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const name of Object.keys(request.headers)) {
    const value = request.headers[name];
    if (value === undefined) continue;
    const key = name.toLowerCase();
    const earlier = headers.get(key);
    const text = typeof value === 'string' ? value : value.join(', ');
    headers.set(key, earlier === undefined ? text : `${earlier}, ${text}`);
  }
  return headers;
}

/** A request whose signature can be recomputed. */
export interface SignedRequest {
  authorization: Authorization;
  /** `X-TC-Timestamp`, Unix seconds. */
  timestampS: number;
  /** Values of the headers that SignedHeaders names. */
  headers: Readonly<Record<string, string>>;
  request: ReceivedRequest;
  /** Was `X-TC-Content-SHA256: UNSIGNED-PAYLOAD` sent? */
  unsigned: boolean;
}

export interface Unreadable {
  code: 'AuthFailure.InvalidAuthorization' | 'MissingParameter' | 'InvalidParameter';
  message: string;
}

/**
 * Reads what a signature is recomputed from.
 *
 * That a missing or unreadable `X-TC-Timestamp` has the codes `MissingParameter` and `InvalidParameter` follows
 * from the table of common codes; no document shows such an answer.
 */
export function readSignedRequest(request: ReceivedRequest): SignedRequest | Unreadable {
  const received = headersOf(request);
  const authorization = parseAuthorization(received.get('authorization'));
  if (typeof authorization === 'string') {
    return { code: 'AuthFailure.InvalidAuthorization', message: authorization };
  }

  const timestamp = received.get('x-tc-timestamp');
  if (timestamp === undefined) {
    return { code: 'MissingParameter', message: 'The header X-TC-Timestamp is missing' };
  }
  if (!/^\d{1,10}$/.test(timestamp)) {
    return { code: 'InvalidParameter', message: 'X-TC-Timestamp must be Unix time in whole seconds' };
  }

  const headers: Record<string, string> = Object.create(null);
  const absent = authorization.signedHeaders.filter((name) => !received.has(name));
  if (absent.length > 0) {
    const message = `SignedHeaders names headers that the request does not have: ${absent.join(', ')}`;
    return { code: 'AuthFailure.InvalidAuthorization', message };
  }
  for (const name of authorization.signedHeaders) headers[name] = received.get(name) ?? '';

  const unsigned = received.get('x-tc-content-sha256') === unsignedPayload;
  return { authorization, timestampS: Number(timestamp), headers, request, unsigned };
}

export function isUnreadable(read: SignedRequest | Unreadable): read is Unreadable {
  return 'code' in read;
}

/** What the canonical request should consist of, for one spelling of the host. */
export function canonicalParts(signed: SignedRequest, host: string): CanonicalRequestParts {
  const { request } = signed;
  // In ascending order and lower case, or the header Authorization would not have been read.
  const names = signed.authorization.signedHeaders;
  const lineOf = (name: string) => headerLine(name, name === 'host' ? host : (signed.headers[name] ?? ''));
  const bodyless = request.method === 'GET';
  return {
    httpRequestMethod: request.method,
    canonicalUri: request.path ?? '/',
    canonicalQueryString: canonicalQueryString(request.method, request.query ?? ''),
    canonicalHeaders: names.map(lineOf).join(''),
    signedHeaders: names.join(';'),
    hashedRequestPayload: hashedRequestPayload(bodyless ? new Uint8Array() : request.body, signed.unsigned),
  };
}

/**
 * The host as the header says it, and without its port: the SDK for Node.js signs the bare name while its header
 * carries the port.
 */
export function hostsOf(signed: SignedRequest): readonly string[] {
  const host = signed.headers['host'] ?? '';
  const bare = host.replace(/:\d+$/, '');
  return bare === host ? [host] : [host, bare];
}
