import type { ActionName, Answers } from './answers.ts';
import { functionUrl } from './function-url.ts';
import { membersOf, type SendOptions, send } from './send.ts';

export interface CallOptions extends SendOptions {
  /** With one, a call that is repeated has its effect once. */
  idempotencyKey?: string;
}

/**
 * Calls an action.
 *
 * @throws CallProblem; an `AbortError` where the caller has aborted it
 */
export function call<A extends ActionName>(
  action: A,
  body: object,
  { idempotencyKey, ...options }: CallOptions,
): Promise<Answers[A]> {
  return send(
    {
      action,
      url: functionUrl(action),
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(idempotencyKey !== undefined && { 'Idempotency-Key': idempotencyKey }),
      },
      body: JSON.stringify(body),
      read: async (response) => (await membersOf(response)) as unknown as Answers[A], // the contract of the action, whose types these are
    },
    options,
  );
}

/** A new key for calls that must not have their effect twice. Also where the page is not in a secure context. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `console-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
