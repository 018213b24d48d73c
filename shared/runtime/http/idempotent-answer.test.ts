import { describe, expect, it } from 'vitest';
import { Failure, TransportError, UpstreamError } from '../../errors.ts';
import type { RememberedWork } from '../../world.ts';
import type { Answer } from './http-handler.ts';
import type { IdempotencyClaim, IdempotencyRecords } from './idempotency-record.ts';
import { answerOnce } from './idempotent-answer.ts';

const claimed: IdempotencyClaim = { outcome: 'claimed', token: 't', workId: 'w', takenOver: false };
const done: Answer = { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"a":1}' };
const problem: Answer = { status: 418, headers: {}, body: '{"code":"told"}' };

/** Records that answer a claim as the test says, and note what is asked of them. */
function recordsWith(claim: IdempotencyClaim, broken = false) {
  const asked: unknown[] = [];
  const written = () => (broken ? Promise.reject(new Failure('DatabaseUnavailable')) : Promise.resolve(true));
  const records: IdempotencyRecords = {
    claim: async (request, leaseS) => {
      asked.push(['claim', request.payloadHash.length, leaseS]);
      return claim;
    },
    complete: async (token, answer) => {
      asked.push(['complete', token, answer.status]);
      return written();
    },
    textOf: ({ body }) => `stored ${body}`,
    release: async (token) => {
      asked.push(['release', token]);
      return written();
    },
  };
  return { records, asked };
}

async function answer(
  claim: IdempotencyClaim,
  work: (work: RememberedWork) => Promise<object>,
  broken = false,
) {
  const { records, asked } = recordsWith(claim, broken);
  const warned: unknown[] = [];
  const request = {
    keyId: 'k',
    idempotencyKey: 'i',
    functionName: 'f',
    payload: { a: 1 },
    remainingMs: 9300,
  } as const;
  const outcome = await answerOnce(
    records,
    request,
    work,
    { of: () => done, ofFailure: () => problem },
    (error) => warned.push(error),
  ).catch((error: unknown) => error);
  return { outcome, asked, warned };
}

const fail = (error: unknown) => () => Promise.reject(error);
const claim = ['claim', 64, 15];
const refusal = (code: string, retryable: boolean) =>
  new UpstreamError(
    code,
    { status: retryable ? 502 : 402, retryable, expose: true },
    { detail: 'no', upstreamRequestId: 'r' },
  );

describe('a claimed request', () => {
  it('is done, and its answer stored', async () => {
    expect(await answer(claimed, async () => ({ a: 1 }))).toMatchObject({
      outcome: done,
      asked: [claim, ['complete', 't', 200]],
    });
  });

  it.each([
    ['nothing was sent', new TransportError('UpstreamUnreachable', 'before-send')],
    ['something in front of upstream refused', new TransportError('UpstreamHttpStatus', 'after-send')],
    ['the limit is used up', new Failure('RateLimited')],
    ['too little time was left', new Failure('DeadlineExceeded')],
    ['upstream refused for now', refusal('FailedOperation.RequestLimitExceeded', true)],
    ['quota is to be bought', refusal('OperationDenied.NoQuota', false)],
    ['credentials are to be mended', refusal('AuthFailure.SecretIdNotFound', false)],
  ])('may come again when %s', async (_, error) => {
    expect(await answer(claimed, fail(error))).toMatchObject({
      outcome: error,
      asked: [claim, ['release', 't']],
    });
  });

  it.each([
    ['upstream refused for good', refusal('ResourceNotFound.Template', false)],
    ['the outcome is unknown', new Failure('UnknownOutcome')],
    ['the request is wrong', new Failure('InvalidRequest')],
    // Upstream may have done it before it failed: a second try would make a second code.
    ['upstream failed inside', refusal('InternalError', true)],
    ['upstream failed inside in a finer way', refusal('InternalError.System', true)],
  ])('has its failure stored when %s', async (_, error) => {
    expect(await answer(claimed, fail(error))).toMatchObject({
      outcome: error,
      asked: [claim, ['complete', 't', 418]],
    });
  });

  it.each([
    ['the database is gone', new Failure('DatabaseUnavailable')],
    ['something went wrong inside', new Failure('InternalFailure')],
    ['nobody knows what', new TypeError('x')],
    ['an earlier call is not settled', new Failure('IdempotencyKeyInUse')],
  ])('stays open for whoever looks into the journal when %s', async (_, error) => {
    expect(await answer(claimed, fail(error))).toMatchObject({ outcome: error, asked: [claim] });
  });
});

describe('an answer that is stored with what it tells', () => {
  it('is given as it was stored, and not stored again', async () => {
    let remembered: unknown;
    const { outcome, asked } = await answer(claimed, async (work) => {
      remembered = work.rememberedAs({ a: 1 });
      return { a: 2 };
    });
    expect(remembered).toEqual({ token: 't', text: `stored ${done.body}` });
    expect(outcome).toBe(done);
    expect(asked).toEqual([claim]);
  });

  it('is forgotten where the work fails after all', async () => {
    const error = new Failure('UnknownOutcome');
    const { outcome, asked } = await answer(claimed, (work) => {
      work.rememberedAs({ a: 1 });
      return Promise.reject(error);
    });
    expect(outcome).toBe(error);
    expect(asked).toEqual([claim, ['complete', 't', 418]]);
  });
});

describe('a request that came before', () => {
  const never = fail(new Error('must not be done again'));

  it('gets the stored answer, marked as replayed', async () => {
    const { outcome, asked } = await answer(
      { outcome: 'replay', answer: { status: 200, body: '{}' } },
      never,
    );
    expect(outcome).toEqual({ status: 200, headers: { 'Idempotent-Replayed': 'true' }, body: '{}' });
    expect(asked).toEqual([claim]);
  });

  it('is told to wait while it is still running', async () => {
    const { outcome } = await answer({ outcome: 'in-progress', retryAfterS: 4 }, never);
    expect(outcome).toMatchObject({ code: 'IdempotencyKeyInUse', status: 409, retryAfterS: 4 });
  });

  it('is refused when its payload is another', async () => {
    const { outcome } = await answer({ outcome: 'payload-differs' }, never);
    expect(outcome).toMatchObject({ code: 'IdempotencyKeyReused', status: 422 });
  });
});

describe('a record that cannot be written', () => {
  it('keeps no answer back', async () => {
    const { outcome, warned } = await answer(claimed, async () => ({ a: 1 }), true);
    expect(outcome).toBe(done);
    expect(warned).toEqual([expect.objectContaining({ code: 'DatabaseUnavailable' })]);
  });

  it.each([new Failure('UnknownOutcome'), new Failure('RateLimited')])(
    'hides no failure: %s',
    async (error) => {
      const { outcome, warned } = await answer(claimed, fail(error), true);
      expect(outcome).toBe(error);
      expect(warned).toHaveLength(1);
    },
  );
});
