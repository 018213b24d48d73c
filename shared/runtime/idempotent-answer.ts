import { createHash } from 'node:crypto';
import { Failure, QianmaError, TransportError, UpstreamError } from '../errors.ts';
import type { Answer } from './http-handler.ts';
import type { Language, Text } from './language.ts';

/** What identifies a request with an `Idempotency-Key`. */
export interface IdempotentRequest {
  keyId: string;
  idempotencyKey: string;
  functionName: string;
  payloadHash: string;
}

export type IdempotencyClaim =
  | { outcome: 'claimed'; token: string; workId: string; takenOver: boolean }
  | { outcome: 'replay'; answer: { status: number; headers?: Record<string, string>; body: string } }
  | { outcome: 'in-progress'; retryAfterS: number }
  | { outcome: 'payload-differs' };

/** Where requests with an `Idempotency-Key` and their answers are remembered. */
export interface IdempotencyRecords {
  claim(request: IdempotentRequest, leaseS: number): Promise<IdempotencyClaim>;
  complete(
    token: string,
    answer: { status: number; headers: Record<string, string>; body: string },
  ): Promise<boolean>;
  release(token: string): Promise<boolean>;
}

/** The same work, whoever does it: an earlier call that never finished did it, perhaps in part, under the same id. */
export interface Work {
  workId: string;
  /** Look for what was done under this id before doing anything. */
  takenOver: boolean;
}

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

/** A claim outlives the function that made it by this much, so that nobody takes over from the living. Seconds. */
const leaseMarginS = 5;

/**
 * Does the work once for each `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the answer is stored and
 * replayed. A failure is an answer too, unless it says that nothing was done and the same request may succeed later:
 * then the key is free again. Where nobody can say what was done, the record stays open until its lease is over, and
 * whoever comes next is told to look.
 *
 * @throws Failure `IdempotencyKeyReused`, `IdempotencyKeyInUse`; what the work throws
 */
export async function answerOnce(
  records: IdempotencyRecords,
  request: Omit<IdempotentRequest, 'payloadHash'> & {
    payload: unknown;
    remainingMs: number;
    language: Language;
  },
  work: (work: Work) => Promise<Answer>,
  answerOf: (thrown: unknown) => Answer,
  warn: (error: unknown) => void,
): Promise<Answer> {
  const { keyId, idempotencyKey, functionName, payload, remainingMs, language } = request;
  const payloadHash = createHash('sha256').update(JSON.stringify(payload)).digest('hex');
  const leaseS = Math.ceil(remainingMs / 1000) + leaseMarginS;
  const claim = await records.claim({ keyId, idempotencyKey, functionName, payloadHash }, leaseS);
  if (claim.outcome === 'payload-differs')
    throw new Failure('IdempotencyKeyReused', { detail: texts.reused[language] });
  if (claim.outcome === 'in-progress')
    throw new Failure('IdempotencyKeyInUse', {
      detail: texts.running[language],
      retryAfterS: claim.retryAfterS,
    });
  if (claim.outcome === 'replay') {
    const { status, headers, body } = claim.answer;
    return { status, headers: { ...headers, 'Idempotent-Replayed': 'true' }, body };
  }
  const settle = (answer: Answer) =>
    records.complete(claim.token, { ...answer, headers: { ...answer.headers } });
  let answer: Answer;
  try {
    answer = await work(claim);
  } catch (error) {
    // What happened is told in any case: a record that cannot be written stays open, and whoever comes next looks.
    if (didNothing(error)) await quietly(() => records.release(claim.token), warn);
    else if (isFinal(error)) await quietly(() => settle(answerOf(error)), warn);
    throw error;
  }
  await quietly(() => settle(answer), warn);
  return answer;
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
  if (error instanceof TransportError)
    return error.stage === 'before-send' || error.code === 'UpstreamHttpStatus';
  if (error instanceof UpstreamError) return error.retryable || mendable.test(error.code);
  return error instanceof Failure && (error.code === 'RateLimited' || error.code === 'DeadlineExceeded');
}

/** Asked again, it would be refused again; or it must not be done again, since its outcome is unknown. */
function isFinal(error: unknown): boolean {
  return (
    error instanceof QianmaError &&
    !error.retryable &&
    (error.status < 500 || error.code === 'UnknownOutcome' || error instanceof UpstreamError)
  );
}
