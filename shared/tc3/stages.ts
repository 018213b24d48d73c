/**
 * TC3-HMAC-SHA256, one function per stage, each named as the specification names it. Bytes and a time go in,
 * strings come out; only the three derived keys are bytes, as the next HMAC needs them.
 *
 * Source: signature version 3 of Tencent Cloud API 3.0, https://cloud.tencent.com/document/api/362/4208.
 */
import { createHmac, hash } from 'node:crypto';

const algorithm = 'TC3-HMAC-SHA256';
const terminator = 'tc3_request';

/** Value of the header `X-TC-Content-SHA256` that takes the body out of the signature. */
export const unsignedPayload = 'UNSIGNED-PAYLOAD';

/** The six lines of a CanonicalRequest. */
export interface CanonicalRequestParts {
  /** `POST` or `GET`. */
  httpRequestMethod: string;
  /** Always `/` in API 3.0. */
  canonicalUri: string;
  canonicalQueryString: string;
  canonicalHeaders: string;
  signedHeaders: string;
  hashedRequestPayload: string;
}

/** Headers that are to be signed, by name. */
export type SignableHeaders = Readonly<Record<string, string>>;

/**
 * Empty for POST; for GET what stands behind the `?` of the URL, to the byte. Encoding it (RFC 3986, upper-case
 * hex) is the job of the code that builds the URL: a signature over anything but what is sent would not verify.
 */
export function canonicalQueryString(httpRequestMethod: string, query: string): string {
  if (httpRequestMethod !== 'GET') return '';
  return query.startsWith('?') ? query.slice(1) : query;
}

/** One header of the canonical request: its name, which is in lower case, and its value, in lower case and trimmed. */
export const headerLine = (name: string, value: string) => `${name}:${value.trim().toLowerCase()}\n`;

/** The line of every header, in ASCII order of the names. */
export function canonicalHeaders(headers: SignableHeaders): string {
  return Object.entries(headers)
    .map(([name, value]) => [name.trim().toLowerCase(), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => headerLine(name, value))
    .join('');
}

/** The names of the signed headers: lower case, ASCII order, joined by `;`. */
export function signedHeaders(headers: SignableHeaders): string {
  return Object.keys(headers)
    .map((name) => name.trim().toLowerCase())
    .sort()
    .join(';');
}

/** Lower-case hex SHA-256 of the body's bytes (for GET: of none), or of the word that stands for an unsigned one. */
export function hashedRequestPayload(body: Uint8Array, unsigned = false): string {
  return hash('sha256', unsigned ? unsignedPayload : body, 'hex');
}

export function canonicalRequest(parts: CanonicalRequestParts): string {
  return [
    parts.httpRequestMethod,
    parts.canonicalUri,
    parts.canonicalQueryString,
    // Ends with a line feed of its own, which makes the blank line of the specification.
    parts.canonicalHeaders,
    parts.signedHeaders,
    parts.hashedRequestPayload,
  ].join('\n');
}

export function hashedCanonicalRequest(canonical: string): string {
  return hash('sha256', canonical, 'hex');
}

/** The date of the credential, `YYYY-MM-DD`. It is the UTC date, whatever the time zone of the caller. */
export function credentialDate(timestampS: number): string {
  return new Date(timestampS * 1000).toISOString().slice(0, 10);
}

export function credentialScope(date: string, service: string): string {
  return `${date}/${service}/${terminator}`;
}

export function stringToSign(timestampS: number, scope: string, hashedCanonical: string): string {
  return `${algorithm}\n${timestampS}\n${scope}\n${hashedCanonical}`;
}

export function secretDate(secretKey: string, date: string): Buffer {
  return createHmac('sha256', `TC3${secretKey}`).update(date).digest();
}

export function secretService(dateKey: Uint8Array, service: string): Buffer {
  return createHmac('sha256', dateKey).update(service).digest();
}

export function secretSigning(serviceKey: Uint8Array): Buffer {
  return createHmac('sha256', serviceKey).update(terminator).digest();
}

export function signature(signingKey: Uint8Array, toSign: string): string {
  return createHmac('sha256', signingKey).update(toSign).digest('hex');
}

/** The value of the header `Authorization`. */
export function authorization(parts: {
  secretId: string;
  scope: string;
  signedHeaders: string;
  signature: string;
}): string {
  return `${algorithm} Credential=${parts.secretId}/${parts.scope}, SignedHeaders=${parts.signedHeaders}, Signature=${parts.signature}`;
}
