import { hash } from 'node:crypto';
import { Failure, mayHaveHadEffect, QianmaError, TransportError, UpstreamError } from '../../errors.ts';
import type { Text } from '../../text.ts';
import type { RememberedAnswer, RememberedWork } from '../../world.ts';
import type { Answer } from './http-handler.ts';
import type { IdempotencyRecords, IdempotentRequest, StoredAnswer } from './idempotency-record.ts';

const texts = {
  reused: {
    zh: '此 Idempotency-Key 已用于内容不同的请求',
    en: 'This Idempotency-Key was sent with another payload before',
  },
  running: {
    zh: '相同 Idempotency-Key 的请求仍在处理',
    en: 'The request with this Idempotency-Key has not been answered yet',
  },
} as const satisfies Record<string, Text>;

/** A claim outlives the function that made it by this much, so that no call takes over from one that runs. Seconds. */
const leaseMarginS = 5;

/**
 * Does the work once for each `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the answer is stored and
 * replayed. A failure is an answer too, unless it says that nothing was done and the same request may succeed later:
 * then the key is free again. Where the effect is unknown, the record stays open until its lease is over, and the next
 * call is handed the work, to look for what was done.
 *
 * @throws Failure `IdempotencyKeyReused`, `IdempotencyKeyInUse`; what the work throws
 */
export async function answerOnce(
  records: IdempotencyRecords,
  request: Omit<IdempotentRequest, 'payloadHash'> & {
    payload: unknown;
    remainingMs: number;
  },
  work: (work: RememberedWork) => Promise<object>,
  answers: { of(members: object): Answer; ofFailure(thrown: unknown): Answer },
  warn: (error: unknown) => void,
): Promise<Answer> {
  const { keyId, idempotencyKey, functionName, payload, remainingMs } = request;
  const payloadHash = hash('sha256', JSON.stringify(payload));
  const leaseS = Math.ceil(remainingMs / 1000) + leaseMarginS;
  const claim = await records.claim({ keyId, idempotencyKey, functionName, payloadHash }, leaseS);
  if (claim.outcome === 'payload-differs')
    throw new Failure('IdempotencyKeyReused', { detail: texts.reused });
  if (claim.outcome === 'in-progress')
    throw new Failure('IdempotencyKeyInUse', {
      detail: texts.running,
      retryAfterS: claim.retryAfterS,
    });
  if (claim.outcome === 'replay') {
    const { status, headers, body } = claim.answer;
    return { status, headers: { ...headers, 'Idempotent-Replayed': 'true' }, body };
  }
  const { token } = claim;
  const settle = (answer: Answer) => records.complete(token, storedAs(answer));
  let remembered: Answer | undefined;
  function rememberedAs(members: object): RememberedAnswer {
    remembered = answers.of(members);
    return { token, text: records.textOf(storedAs(remembered)) };
  }
  let members: object;
  try {
    members = await work({ ...claim, rememberedAs });
  } catch (error) {
    // The caller gets the answer in any case: a record that cannot be written stays open, and the next call looks.
    if (didNothing(error)) await quietly(() => records.release(token), warn);
    else if (isFinal(error)) await quietly(() => settle(answers.ofFailure(error)), warn);
    throw error;
  }
  if (remembered !== undefined) return remembered;
  const answer = answers.of(members);
  await quietly(() => settle(answer), warn);
  return answer;
}

function storedAs(answer: Answer): StoredAnswer {
  return { ...answer, headers: { ...answer.headers } };
}

async function quietly(write: () => Promise<boolean>, warn: (error: unknown) => void): Promise<void> {
  try {
    await write();
  } catch (error) {
    warn(error);
  }
}

/** Refusals that a person mends elsewhere, while the request stays as it is: quota, credentials, rights. */
const mendable =
  /^(OperationDenied\.NoQuota|(AuthFailure|UnauthorizedOperation|IpNotInWhitelist|IpInBlacklist)(\..*)?)$/;

/** Nothing has had an effect, and the same request may succeed later. */
function didNothing(error: unknown): boolean {
  if (mayHaveHadEffect(error)) return false;
  if (error instanceof TransportError) return true;
  if (error instanceof UpstreamError) return error.retryable || mendable.test(error.code);
  return error instanceof Failure && (error.code === 'RateLimited' || error.code === 'DeadlineExceeded');
}

/** Asked again, it would be refused again; or it must not be done again, since its outcome is unknown. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof QianmaError &&
    (!error.retryable || (error instanceof UpstreamError && mayHaveHadEffect(error))) &&
    (error.status < 500 || error.code === 'UnknownOutcome' || error instanceof UpstreamError)
  );
}
