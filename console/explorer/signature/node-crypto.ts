/**
 * What `shared/tc3/` takes of `node:crypto`, for pages: the build puts this in its place. So a signature is computed by
 * the very code that signs and verifies, where the secret is, and no request carries it. The browser's own
 * `crypto.subtle` will not do: it is not there on a page that came over plain HTTP, as on a test machine. SHA-256 and
 * HMAC are written here, since packages for them take 2 KB of the 30 that pages for those who build may have.
 *
 * Source: FIPS 180-4 and RFC 2104.
 */
type Bytes = string | Uint8Array;

const blockBytes = 64;

const bytesOf = (data: Bytes) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);
const hexOf = (data: Uint8Array) => [...data].map((byte) => byte.toString(16).padStart(2, '0')).join('');

const isPrime = (number: number) => {
  for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) return false;
  return true;
};
const primes = Array.from({ length: 310 }, (_, index) => index + 2).filter(isPrime);

/** The first 32 bits of what stands behind the point of a root. */
const fraction = (root: number) => ((root % 1) * 2 ** 32) | 0;
const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

const rotated = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function sha256(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((data.length + 9) / blockBytes) * blockBytes);
  padded.set(data);
  padded[data.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(data.length) * 8n);

  const state = Int32Array.from(start);
  const words = new Int32Array(blockBytes);
  for (let at = 0; at < padded.length; at += blockBytes) {
    for (let index = 0; index < 16; index += 1) words[index] = view.getInt32(at + index * 4);
    mix(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  for (const [index, word] of state.entries()) digest.setInt32(index * 4, word);
  return new Uint8Array(digest.buffer);
}

function mix(state: Int32Array, words: Int32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < blockBytes; index += 1) {
    const word = index < 16 ? at(words, index) : expanded(words, index);
    words[index] = word;
    const choice = (e & f) ^ (~e & g);
    const high = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + high + choice + (constants[index] ?? 0) + word) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries())
    state[index] = (at(state, index) + word) | 0;
}

const at = (words: Int32Array, index: number) => words[index] ?? 0;

function expanded(words: Int32Array, index: number): number {
  const [early, late] = [at(words, index - 15), at(words, index - 2)];
  const low = rotated(early, 7) ^ rotated(early, 18) ^ (early >>> 3);
  const high = rotated(late, 17) ^ rotated(late, 19) ^ (late >>> 10);
  return (at(words, index - 16) + low + at(words, index - 7) + high) | 0;
}

function hmac(key: Uint8Array, data: Uint8Array): Uint8Array {
  const block = new Uint8Array(blockBytes);
  block.set(key.length > blockBytes ? sha256(key) : key);
  const keyed = (pad: number, text: Uint8Array) =>
    sha256(Uint8Array.from([...block.map((byte) => byte ^ pad), ...text]));
  return keyed(0x5c, keyed(0x36, data));
}

/** Lower-case hex, which is all that is asked for. */
export const hash = (_algorithm: 'sha256', data: Bytes, _encoding: 'hex') => hexOf(sha256(bytesOf(data)));

export const createHmac = (_algorithm: 'sha256', key: Bytes) => ({
  update: (data: Bytes) => ({
    digest(encoding?: 'hex') {
      const code = hmac(bytesOf(key), bytesOf(data));
      return encoding === 'hex' ? hexOf(code) : code;
    },
  }),
});
