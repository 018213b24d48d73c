import { execFileSync, spawnSync } from 'node:child_process';

/** Why the command line of OpenSSL cannot be asked, or undefined where it can. Said loudly, not swallowed. */
export const opensslMissing: string | undefined = (() => {
  const { status, stdout } = spawnSync('openssl', ['version']);
  if (status === 0) return undefined;
  const reason = `openssl does not run (${String(stdout ?? 'not found')}): nothing independent checks the encryption`;
  console.warn(`SKIPPED: ${reason}`);
  return reason;
})();

/** The ciphertext as an implementation that is not ours makes it: key and IV in hex, PKCS#7 by default, base64 out. */
export function opensslEncrypt(key: string, plaintext: string): string {
  const hex = (text: string) => Buffer.from(text, 'ascii').toString('hex');
  const options = ['enc', '-aes-256-cbc', '-K', hex(key), '-iv', hex(key.slice(0, 16)), '-base64', '-A'];
  return execFileSync('openssl', options, { input: plaintext }).toString().trim();
}

/** The header as OpenSSL's own HMAC makes it. */
export function opensslSignature(token: string, body: Uint8Array): string {
  const options = [
    'dgst',
    '-sha256',
    '-mac',
    'HMAC',
    '-macopt',
    `hexkey:${Buffer.from(token).toString('hex')}`,
    '-r',
  ];
  const digest = execFileSync('openssl', options, { input: body }).toString().split(' ')[0] ?? '';
  return `sha256=${digest}`;
}
