import type { CreateRequest } from '../essbasic/ChannelCreateMultiFlowSignQRCode.ts';

/** Longer texts of upstream are cut: they help no reader, and a log line costs money. Characters. */
const maxLength = 1000;

/**
 * Takes secrets and names out of a foreign text: a misbehaving server or gateway may quote the request
 * that it got, with its signature and token.
 */
export function createRedactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets
    .flatMap((secret) => secret || [])
    // A name that begins another one must not leave the rest of it behind.
    .sort((one, other) => other.length - one.length);
  return (text) => {
    const withoutSecrets = known.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
    return withoutSecrets
      .replace(/(TC3-HMAC-SHA256\s[^"]*?)?Signature=[0-9a-f]*/gi, '***')
      .slice(0, maxLength);
  };
}

/** Names and numbers of those who may sign, of a request that has some: what upstream says of it is kept and shown. */
export function signersIn({ Restrictions = [], ApproverRestrictions = {} }: Partial<CreateRequest>) {
  return [...Restrictions, ApproverRestrictions].flatMap(({ Name, Mobile, IdCardNumber }) => [
    Name,
    Mobile,
    IdCardNumber,
  ]);
}

/** What is worth keeping of an error of the network. */
export interface NetworkCause {
  /** As Node names it: `ECONNREFUSED`, `ENOTFOUND`, `CERT_HAS_EXPIRED` … */
  code: string;
  message: string;
}

/**
 * An error of `node:http`, `node:tls` or the resolver, without what hangs on it: those carry raw bytes of the
 * answer, certificates and sockets, which end in logs when the chain of causes is printed.
 */
export function networkCause(error: unknown, redact: (text: string) => string): NetworkCause {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', message: redact(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { code, message: redact(error.message) };
}
