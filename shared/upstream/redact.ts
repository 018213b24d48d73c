/** Longer texts of upstream are cut: they help no reader, and a log line costs money. Characters. */
const maxLength = 1000;

/**
 * Takes our secrets out of a foreign text: a misbehaving server or gateway may quote the request
 * that it got, with its signature and token.
 */
export function createRedactor(secrets: readonly (string | undefined)[]): (text: string) => string {
  const known = secrets.filter((secret) => secret !== undefined).filter((secret) => secret !== '');
  return (text) => {
    const withoutSecrets = known.reduce<string>((rest, secret) => rest.replaceAll(secret, '***'), text);
    return withoutSecrets
      .replace(/TC3-HMAC-SHA256\s[^"]*?Signature=[0-9a-f]*/gi, '***')
      .replace(/Signature=[0-9a-f]+/gi, '***')
      .slice(0, maxLength);
  };
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
