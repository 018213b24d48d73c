/** What of a subscription only the sender may read. */
import type { Seal } from '../../world.ts';
import type { Endpoint, SigningSecret } from './subscription.ts';

/** How long a replaced secret goes on signing beside the new one. Seconds. */
export const rotationGraceS = { default: 86_400, max: 7 * 86_400 } as const;

export function sealEndpoint(seal: Seal, endpoint: Endpoint): string {
  return seal.seal(JSON.stringify(endpoint));
}

/** @throws what the seal throws */
export function openEndpoint(seal: Seal, sealed: string): Endpoint {
  // A sealed text cannot be changed unnoticed: this is what `sealEndpoint` wrote.
  return JSON.parse(seal.open(sealed)) as Endpoint;
}

/** The new secret first; those before it sign for the grace, and those whose time is over go. */
export function rotated(
  secrets: readonly SigningSecret[],
  secret: string,
  { nowMs, graceS }: { nowMs: number; graceS: number },
): SigningSecret[] {
  const endsMs = nowMs + graceS * 1000;
  const before = secrets
    .map(({ secret, untilMs }) => ({ secret, untilMs: Math.min(untilMs ?? endsMs, endsMs) }))
    .filter(({ untilMs }) => untilMs > nowMs);
  return [{ secret, untilMs: null }, ...before];
}
