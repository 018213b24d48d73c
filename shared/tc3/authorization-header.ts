/** What the header `Authorization` says. */
export interface Authorization {
  secretId: string;
  /** `YYYY-MM-DD`. */
  date: string;
  service: string;
  signedHeaders: readonly string[];
  /** 64 digits of lower-case hex. */
  signature: string;
}

const compulsory = ['content-type', 'host'] as const;

/** Far above any honest header: a key of 36 characters and the three usual headers make 230 bytes. */
const maxLength = 4096;

/** The SDK for Node.js takes `localhost:9300` for the service of that endpoint, so a colon and dots must pass. */
const form =
  /^TC3-HMAC-SHA256 Credential=([^\s,/]+)\/(\d{4}-\d{2}-\d{2})\/([^\s,/]+)\/tc3_request, ?SignedHeaders=([^\s,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Reads the header `Authorization`, or says in a sentence what is wrong with it.
 *
 * How the real service reacts to SignedHeaders that are unsorted, repeated or in upper case is not documented.
 * They are refused here: a client that passes here must not fail there.
 */
export function parseAuthorization(header: string | undefined): Authorization | string {
  if (header === undefined || header === '') return 'The header Authorization is missing';
  const [, secretId, date, service, names, signature] =
    header.length > maxLength ? [] : (form.exec(header) ?? []);
  if (!secretId || !date || !service || !names || !signature) {
    return 'Authorization must have the form "TC3-HMAC-SHA256 Credential=<SecretId>/<YYYY-MM-DD>/<service>/tc3_request, SignedHeaders=<names>, Signature=<64 hex digits in lower case>"';
  }
  const signedHeaders = names.split(';');
  const problem = problemOfSignedHeaders(signedHeaders);
  return problem ?? { secretId, date, service, signedHeaders, signature };
}

function problemOfSignedHeaders(names: readonly string[]): string | undefined {
  const missing = compulsory.filter((name) => !names.includes(name));
  if (missing.length > 0) return `SignedHeaders must contain ${missing.join(' and ')}`;
  if (names.some((name) => name !== name.toLowerCase())) return 'SignedHeaders must be in lower case';
  const ascending = names.every((name, index) => (names[index - 1] ?? '') < name);
  return ascending ? undefined : 'SignedHeaders must be in ascending ASCII order, each name once';
}
