/** The handler of notifications with an inbox that remembers, and a message that it takes. */
import { expect } from 'vitest';
import { Failure } from '../../../shared/errors.ts';
import type { ReceivedNotification, Rejection } from '../../../shared/notifications/notification.ts';
import type { Environment } from '../../../shared/runtime/config.ts';
import { defined } from '../../../shared/world.ts';
import { callbackHandler, type Desk } from '../callback-handler.ts';
import { unusedEnvironment } from './desk.ts';

export const key = 'A'.repeat(16) + 'B'.repeat(16);
export const token = 'token-of-the-test';
const env: Environment = {
  ...unusedEnvironment,
  ESS_CALLBACK_KEYS: `${'N'.repeat(32)},${key}`,
  ESS_CALLBACK_TOKENS: `${token},older-token`,
};
export const message = { MsgId: 'm1', MsgType: 'Unheard', MsgVersion: 'ThirdPartyApp', MsgData: { a: 1 } };
export const nowMs = 1_790_000_000_000;

/** A handler with an inbox that remembers, and what it was asked. */
export function handler(
  options: {
    env?: Environment;
    fails?: 'receive' | 'reject';
    openFails?: boolean;
    timeLimitMs?: number;
    /** The code that the message makes due. */
    madeDue?: string;
    renew?: Desk['renew'];
  } = {},
) {
  const received: ReceivedNotification[] = [];
  const rejections: Rejection[] = [];
  const lines: string[] = [];
  const deadline = { atMs: 0 };
  const unavailable = new Failure('DatabaseUnavailable', { detail: 'secret detail', retryAfterS: 2 });
  const inbox = {
    async receive(notification: ReceivedNotification) {
      received.push(notification);
      if (options.fails === 'receive') throw unavailable;
      const { madeDue } = options;
      const reason = { code: 'Created' } as const;
      return { notificationId: 'n1', outcome: 'kept' as const, reason, ...defined({ madeDue }) };
    },
    async reject(rejection: Rejection) {
      rejections.push(rejection);
      if (options.fails === 'reject') throw unavailable;
    },
  };
  const handle = callbackHandler(
    () => {
      if (options.openFails) throw unavailable;
      return {
        inbox(atMs) {
          deadline.atMs = atMs;
          return inbox;
        },
        renew: options.renew ?? (async () => expect.fail('Nothing was due')),
      };
    },
    { env: { ...env, ...options.env }, now: () => nowMs, write: (line) => lines.push(line) },
  );
  async function post(body: Buffer | string, headers: Record<string, string> = {}, more: object = {}) {
    const event = {
      httpMethod: 'POST',
      path: '/callback-handler',
      headers: { 'accept-language': 'en', ...headers },
      body: body.toString(),
      queryString: {},
      ...more,
    };
    const {
      statusCode,
      body: text,
      headers: sent,
    } = await handle(event, { time_limit_in_ms: options.timeLimitMs ?? 10_000 });
    return { status: statusCode, body: JSON.parse(text), headers: sent };
  }
  return { post, received, rejections, lines, deadline };
}
