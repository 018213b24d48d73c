import { createHash } from 'node:crypto';
import type { SeededRandom } from '../../cloud-api/seeded-random.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** An id as upstream makes them: 32 letters and digits, of which the first two are `yD`. */
export function upstreamId(random: SeededRandom): string {
  let id = 'yD';
  while (id.length < 32) id += alphabet[random.integer(alphabet.length)];
  return id;
}

/** An id in the same form that always stands for the same thing and does not reveal it. */
export function derivedId(...of: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify(of)).digest();
  return `yD${[...digest.subarray(0, 30)].map((byte) => alphabet[byte % alphabet.length]).join('')}`;
}

/** A `RequestId` in the form of the published create: `s` and 19 digits, which are nanoseconds since the epoch. */
export function numericRequestId(nowMs: number, random: SeededRandom): string {
  const nanoseconds = BigInt(Math.floor(nowMs)) * 1_000_000n + BigInt(random.integer(1_000_000));
  return `s${String(nanoseconds).padStart(19, '0').slice(-19)}`;
}

/** A `RequestId` in the form of the published cancel: a UUID of version 4. */
export function uuid(random: SeededRandom): string {
  const hex = Array.from({ length: 32 }, () => random.integer(16));
  hex[12] = 4;
  hex[16] = 8 + random.integer(4);
  const text = hex.map((digit) => digit.toString(16)).join('');
  return [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ]
    .map(([from, to]) => text.slice(from, to))
    .join('-');
}
