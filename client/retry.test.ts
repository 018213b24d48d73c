import { describe, expect, it } from 'vitest';
import { QianmaProblem, QianmaUnreachable } from './problem.ts';
import { retried } from './retry.ts';

const problem = (status: number, code: string, retryAfterS?: number) =>
  new QianmaProblem({ type: '', title: code, status, code, requestId: 'r' }, retryAfterS);

/** What becomes of work that fails in these ways, one after another, and the pauses between its tries. */
async function run(failures: readonly Error[], tries = 4) {
  const left = [...failures];
  const pausesMs: number[] = [];
  const outcome = await retried(
    async () => {
      const failure = left.shift();
      if (failure !== undefined) throw failure;
      return 'done';
    },
    { tries, random: () => 0.5, pause: async (ms) => void pausesMs.push(ms) },
  ).catch((error: unknown) => error);
  return { outcome, pausesMs };
}

describe('a call', () => {
  it('is made again after growing pauses while no answer comes', async () => {
    const away = new QianmaUnreachable('away');
    expect(await run([away, away, away])).toEqual({ outcome: 'done', pausesMs: [500, 1000, 2000] });
  });

  it('waits for as long as the answer asks for, a minute at most', async () => {
    const { pausesMs } = await run([
      problem(429, 'RateLimited', 3),
      problem(409, 'IdempotencyKeyInUse', 7),
      problem(503, 'DatabaseUnavailable', 3600),
    ]);
    expect(pausesMs).toEqual([3000, 7000, 60_000]);
  });

  it('is given up after its tries, with the last failure', async () => {
    const last = problem(504, 'UnknownOutcome');
    expect(await run([new QianmaUnreachable('away'), last], 2)).toEqual({ outcome: last, pausesMs: [500] });
  });

  it.each([
    [400, 'InvalidRequest'],
    [401, 'Unauthenticated'],
    [409, 'VersionConflict'],
    [422, 'IdempotencyKeyReused'],
    [500, 'InternalFailure'],
    [503, 'Misconfigured'],
  ])('that is refused with %d %s is not made again', async (status, code) => {
    const refused = problem(status, code);
    expect(await run([refused])).toEqual({ outcome: refused, pausesMs: [] });
  });

  it('that its caller has given up is not made again', async () => {
    const abort = new DOMException('aborted', 'AbortError');
    expect(await run([abort])).toEqual({ outcome: abort, pausesMs: [] });
  });
});
