/**
 * Standard Webhooks 1.0 (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 *
 * The `standardwebhooks` package verifies in the tests what is signed here. In a function it would hash in JavaScript
 * what Node hashes natively, and nothing else of it is needed.
 */
import { createHmac } from 'node:crypto';
import type { SigningSecret } from '../subscriptions/subscription.ts';

const prefix = 'whsec_';
const secretBytes = 32;

/** A new secret, as its receiver configures it: `whsec_` and 32 random bytes in base64. */
export function mintSecret(randomBytes: (size: number) => Buffer): string {
  return `${prefix}${randomBytes(secretBytes).toString('base64')}`;
}

/** `v1,` and the HMAC-SHA256 of `<id>.<timestamp>.<body>` in base64. */
export function signature(secret: string, id: string, timestampS: number, body: string): string {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestampS}.${body}`).digest('base64')}`;
}

/** The secrets that sign at this moment, the newest first. */
export function aliveSecrets(secrets: readonly SigningSecret[], nowMs: number): string[] {
  return secrets.filter(({ untilMs }) => untilMs === null || untilMs > nowMs).map(({ secret }) => secret);
}

/** The headers of one try. With several secrets alive there are several signatures, and a receiver needs one of them. */
export function signedHeaders(
  secrets: readonly string[],
  message: { id: string; timestampS: number; body: string },
): Record<string, string> {
  const { id, timestampS, body } = message;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampS),
    ...(secrets.length > 0 && {
      'webhook-signature': secrets.map((secret) => signature(secret, id, timestampS, body)).join(' '),
    }),
  };
}
