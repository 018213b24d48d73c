import { Failure, mayHaveHadEffect, QianmaError } from '../../shared/errors.ts';
import type { IdempotencyRecords, StoredAnswer } from '../../shared/runtime/http/idempotency-record.ts';
import { answerOnce } from '../../shared/runtime/http/idempotent-answer.ts';
import type { Text } from '../../shared/text.ts';
import type { RememberedWork } from '../../shared/world.ts';
import type { Call } from './call.ts';

export interface OnceOnly {
  /** Whose work it is: whoever asks for the same work for the same owner asks for it again. */
  owner: string;
  /** Which work of theirs. */
  key: string;
  /** What is asked for: the same work with another payload is refused. */
  payload: object;
  /** Says that, and what to do instead. */
  reused: Text;
}

const running: Text = {
  zh: '相同的调用仍在处理，稍后用相同的参数再调用一次即可得到其结果',
  en: 'The same call is still at work: make it again later, with the same arguments, for its result',
};

/**
 * Does work on a code once, by the records of `Idempotency-Key`s: agents repeat calls whose answer they have lost. What
 * is remembered is which code it was; how that is now is read anew each time. A refusal is not remembered: it had no
 * effect, and whoever corrects it calls again. An unknown outcome is.
 *
 * @returns the id of the code
 * @throws Failure `StateConflict` where the key was used for something else, `IdempotencyKeyInUse`; what the work throws
 */
export async function once(
  { resources: { idempotency }, event }: Call,
  { owner, key, payload, reused }: OnceOnly,
  work: (work: RememberedWork) => Promise<{ CodeId: string }>,
): Promise<string> {
  let isRefused = false;
  const answers = {
    of: (members: object) => ({ status: 200, headers: {}, body: JSON.stringify(members) }),
    ofFailure(thrown: unknown) {
      isRefused = !mayHaveHadEffect(thrown);
      return { status: 504, headers: {}, body: JSON.stringify(codeOf(thrown)) };
    },
  };
  const records: IdempotencyRecords = {
    ...idempotency,
    complete: (token, answer) =>
      isRefused ? idempotency.release(token) : idempotency.complete(token, answer),
  };
  const request = {
    keyId: owner,
    idempotencyKey: key,
    functionName: 'mcp',
    payload,
    remainingMs: event.deadlineMs - event.now(),
  };
  const answer = await answerOnce(records, request, work, answers, (error) =>
    event.log.warn('the answer to a call of a tool was not noted', {}, error),
  ).catch((error: unknown) => {
    throw translated(error, reused);
  });
  return codeIdIn(answer);
}

/** The code of which a remembered answer tells. @throws Failure `UnknownOutcome` where it is that */
function codeIdIn({ status, body }: Pick<StoredAnswer, 'status' | 'body'>): string {
  const { CodeId } = JSON.parse(body) as { CodeId: string }; // as `once` has written it
  if (status === 200) return CodeId;
  throw new Failure('UnknownOutcome', { detail: unknown, ...(CodeId !== '' && { members: { CodeId } }) });
}

const unknown: Text = {
  zh: '上次相同的调用已发出，但未收到应答；请用 explain 查看其 CodeId',
  en: 'The same call was sent before and never answered: let `explain` tell you of its CodeId',
};

/** Of a failure alone the code whose fate is unknown. */
function codeOf(thrown: unknown): { CodeId: string } {
  const CodeId = thrown instanceof QianmaError ? thrown.members['CodeId'] : undefined;
  return { CodeId: typeof CodeId === 'string' ? CodeId : '' };
}

/** Agents know nothing of keys: what is said of one is said of their call. */
function translated(error: unknown, reused: Text): unknown {
  if (!(error instanceof QianmaError)) return error;
  const { code, retryAfterS } = error;
  if (code === 'IdempotencyKeyReused') return new Failure('StateConflict', { detail: reused, cause: error });
  if (code !== 'IdempotencyKeyInUse') return error;
  return new Failure('IdempotencyKeyInUse', {
    detail: running,
    cause: error,
    ...(retryAfterS !== undefined && { retryAfterS }),
  });
}
