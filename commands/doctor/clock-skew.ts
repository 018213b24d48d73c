/** Resolution of a `Date` header (RFC 9110 §5.6.7). */
const secondMs = 1000;

/**
 * By how much our clock is certainly off, ahead of the server's if positive: 0 where the answer's `Date` is one that
 * may have been written between sending and receiving. All times in epoch milliseconds.
 */
export function clockSkewMs(dateMs: number, sentAtMs: number, receivedAtMs: number): number {
  // The server wrote the header at some moment of [dateMs, dateMs + 1 s), by its clock.
  if (sentAtMs >= dateMs + secondMs) return sentAtMs - (dateMs + secondMs);
  return receivedAtMs < dateMs ? receivedAtMs - dateMs : 0;
}
