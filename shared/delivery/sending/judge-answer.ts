import type { Outcome } from '../delivery.ts';
import type { SubscriptionKind } from '../subscriptions/subscription.ts';
import type { PostResult } from './post.ts';
import { readRobotAnswer } from './robots.ts';

/** What came of a try: 2xx only is success, and of a robot only when its body says so too. */
export function judgeAnswer(kind: SubscriptionKind, result: PostResult, nowMs: number): Outcome {
  if (result.kind === 'failed') return { ...failed, error: result.error };
  const { status, body, isWhole } = result;
  const retryAfterS = readRetryAfter(result.retryAfter, nowMs);
  if (status >= 300 && status < 400) return { ...failed, error: 'Redirected', status };
  if (status < 200 || status >= 300) return { ...failed, error: 'Refused', status, retryAfterS };
  if (kind === 'standard-webhooks' || kind === 'webhook') return { kind: 'delivered', status };
  const answer = isWhole ? readRobotAnswer(kind, body) : ({ kind: 'unreadable' } as const);
  if (answer.kind === 'taken') return { kind: 'delivered', status };
  if (answer.kind === 'unreadable') return { ...failed, error: 'AnswerUnreadable', status };
  return {
    ...failed,
    error: answer.retryAfterS === null ? 'RobotRefused' : 'RobotRateLimited',
    status,
    answerCode: answer.code,
    retryAfterS: answer.retryAfterS,
  };
}

const failed = { kind: 'failed', status: null, answerCode: null, retryAfterS: null } as const;

/** As many as nine digits say: a receiver may name any date. */
const mostSeconds = 999_999_999;

/** Seconds of a `Retry-After`, which is a number or a date (RFC 9110 §10.2.3); null for anything else. */
export function readRetryAfter(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  // Only the forms of HTTP dates: Date.parse alone takes far more.
  const dateMs = /^[A-Z][a-z]{2,8},? /.test(header) ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(dateMs)) return null;
  return Math.min(Math.max(0, Math.ceil((dateMs - nowMs) / 1000)), mostSeconds);
}
