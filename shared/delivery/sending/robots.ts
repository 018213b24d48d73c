/**
 * The group robots of three chats: the message each takes, how it is signed, and what its answers mean.
 *
 * WeCom: developer.work.weixin.qq.com/document/path/91770 · Feishu: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot ·
 * DingTalk: open.dingtalk.com/document/orgapp/custom-robot-access. All three answer 200 to what they refuse, with a code
 * in the body. ASSUMPTION: codes beyond those below mean a refusal that may pass, so they are tried again.
 */

import { createHmac } from 'node:crypto';
import { seconds } from '../../world.ts';
import type { SubscriptionKind } from '../subscriptions/subscription.ts';

export type RobotKind = Exclude<SubscriptionKind, 'standard-webhooks' | 'webhook'>;

interface RobotMessage {
  url: string;
  body: object;
}

interface Robot {
  message(url: string, text: string, secret: string | undefined, nowMs: number): RobotMessage;
  /** Member of the answer that is 0 when it took the message. */
  codeMember: 'errcode' | 'code';
  /** Codes that say "too many", with the seconds after which to come again. */
  rateLimits: Readonly<Record<number, number>>;
}

const textMessage = (content: string) => ({ msgtype: 'text', text: { content } });

export const robots: Readonly<Record<RobotKind, Robot>> = {
  // 20 messages a minute.
  wecom: {
    message: (url, text) => ({ url, body: textMessage(text) }),
    codeMember: 'errcode',
    rateLimits: { 45009: 60 },
  },
  // 100 messages a minute, 5 a second. The string to sign is the key, and nothing is hashed under it.
  feishu: {
    message(url, text, secret, nowMs) {
      const body = { msg_type: 'text', content: { text } };
      if (secret === undefined) return { url, body };
      const timestamp = String(seconds(nowMs));
      const sign = hmacBase64(`${timestamp}\n${secret}`, '');
      return { url, body: { timestamp, sign, ...body } };
    },
    codeMember: 'code',
    rateLimits: { 11232: 60 },
  },
  // 20 messages a minute; who sends more is shut out for ten.
  dingtalk: {
    message(url, text, secret, nowMs) {
      const body = textMessage(text);
      if (secret === undefined) return { url, body };
      const signed = new URL(url);
      signed.searchParams.set('timestamp', String(nowMs));
      signed.searchParams.set('sign', hmacBase64(secret, `${nowMs}\n${secret}`));
      return { url: signed.href, body };
    },
    codeMember: 'errcode',
    rateLimits: { 130101: 600 },
  },
};

function hmacBase64(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

export type RobotAnswer =
  | { kind: 'taken' }
  | { kind: 'refused'; code: number; retryAfterS: number | null }
  | { kind: 'unreadable' };

/** What a robot's answer with status 200 means. */
export function readRobotAnswer(kind: RobotKind, body: string): RobotAnswer {
  const { codeMember, rateLimits } = robots[kind];
  const answer = parse(body);
  const code: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, codeMember);
  if (typeof code !== 'number' || !Number.isSafeInteger(code)) return { kind: 'unreadable' };
  return code === 0 ? { kind: 'taken' } : { kind: 'refused', code, retryAfterS: rateLimits[code] ?? null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
