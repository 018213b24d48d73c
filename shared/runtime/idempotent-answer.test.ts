import { describe, expect, it } from 'vitest';
import { errorCodeFacts } from '../contract/error-codes.ts';
import { Failure, TransportError, UpstreamError } from '../errors.ts';
import type { Answer } from './http-handler.ts';
import {
  answerOnce,
  type IdempotencyClaim,
  type IdempotencyRecords,
  type IdempotentRequest,
  type Work,
} from './idempotent-answer.ts';

const answer: Answer = { status: 200, headers: { 'X-One': '1' }, body: '{"CodeId":"c"}' };
const claimed: IdempotencyClaim = { outcome: 'claimed', token: 't', workId: 'w', takenOver: false };

/** Records that answer one claim and remember what is done with it. */
function recording(claim: IdempotencyClaim) {
  const log: unknown[] = [];
  const claims: { request: IdempotentRequest; leaseS: number }[] = [];
  const records: IdempotencyRecords = {
    async claim(request, leaseS) {
      claims.push({ request, leaseS });
      return claim;
    },
    async complete(token, stored) {
      log.push({ completed: token, stored });
      return true;
    },
    async release(token) {
      log.push({ released: token });
      return true;
    },
  };
  return { log, claims, records };
}

const request = {
  keyId: 'k',
  idempotencyKey: 'i',
  functionName: 'f',
  payload: { a: 1 },
  remainingMs: 9_500,
  language: 'en',
} as const;
const answerOf = (thrown: unknown): Answer => ({ status: 400, headers: {}, body: String(thrown) });
const refusal = (code: string) =>
  new UpstreamError(code, errorCodeFacts(code), { upstreamMessage: 'no', upstreamRequestId: 'r' });

function failing(error: Error) {
  const kept = recording(claimed);
  const run = answerOnce(kept.records, request, () => Promise.reject(error), answerOf);
  return { ...kept, run };
}

describe('answerOnce', () => {
  it('does claimed work once and stores its answer', async () => {
    const { log, records } = recording(claimed);
    const works: Work[] = [];
    const work = async (one: Work) => {
      works.push(one);
      return answer;
    };
    expect(await answerOnce(records, request, work, answerOf)).toEqual(answer);
    expect(works).toMatchObject([{ workId: 'w', takenOver: false }]);
    expect(log).toEqual([{ completed: 't', stored: answer }]);
  });

  it('holds the claim longer than the function may run, and tells payloads apart', async () => {
    const { claims, records } = recording(claimed);
    const work = async () => answer;
    await answerOnce(records, request, work, answerOf);
    await answerOnce(records, { ...request, payload: { a: 2 } }, work, answerOf);
    await answerOnce(records, request, work, answerOf);
    const hashes = claims.map((claim) => claim.request.payloadHash);
    expect(claims[0]?.leaseS).toBeGreaterThan(request.remainingMs / 1000);
    expect(hashes[0]).toBe(hashes[2]);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('replays a stored answer, says so, and does nothing', async () => {
    const { log, records } = recording({
      outcome: 'replay',
      answer: { status: 201, headers: { 'X-One': '1' }, body: 'stored' },
    });
    const work = () => Promise.reject(new Error('must not run'));
    expect(await answerOnce(records, request, work, answerOf)).toEqual({
      status: 201,
      headers: { 'X-One': '1', 'Idempotent-Replayed': 'true' },
      body: 'stored',
    });
    expect(log).toEqual([]);
  });

  it.each([
    [{ outcome: 'payload-differs' }, { code: 'IdempotencyKeyReused', status: 422 }],
    [
      { outcome: 'in-progress', retryAfterS: 7 },
      { code: 'IdempotencyKeyInUse', status: 409, retryAfterS: 7 },
    ],
  ] as const)('refuses where the claim is %o', async (claim, expected) => {
    const { log, records } = recording(claim);
    const work = () => Promise.reject(new Error('must not run'));
    await expect(answerOnce(records, request, work, answerOf)).rejects.toMatchObject(expected);
    expect(log).toEqual([]);
  });

  it.each([
    new TransportError('UpstreamUnreachable', 'before-send'),
    new Failure('RateLimited'),
    new Failure('DeadlineExceeded'),
    refusal('RequestLimitExceeded'),
  ])('frees the key after $code, which did nothing', async (error) => {
    const { log, run } = failing(error);
    await expect(run).rejects.toBe(error);
    expect(log).toEqual([{ released: 't' }]);
  });

  it.each([
    new Failure('NotFound'),
    new TransportError('UnknownOutcome', 'after-send'),
    refusal('ResourceNotFound.Template'),
  ])('stores the failure $code, which must not be tried again', async (error) => {
    const { log, run } = failing(error);
    await expect(run).rejects.toBe(error);
    expect(log).toEqual([{ completed: 't', stored: answerOf(error) }]);
  });

  it.each([new Failure('DatabaseUnavailable'), new TypeError('a bug')])(
    'leaves the record open after $name, since nobody knows what was done',
    async (error) => {
      const { log, run } = failing(error);
      await expect(run).rejects.toBe(error);
      expect(log).toEqual([]);
    },
  );
});
