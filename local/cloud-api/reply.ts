import type { Text } from '../../shared/text.ts';
import type { Outcome } from './outcome.ts';

/** What goes back over the wire. */
export interface HttpAnswer {
  status: number;
  /** A list where a header is sent several times. */
  headers: Readonly<Record<string, string | string[]>>;
  body: string | Buffer;
}

/** `drop` closes the connection instead. */
export type Reply = 'drop' | HttpAnswer;

/**
 * Upstream answers with status 200 whatever it has to say, and without a charset: its SDK for Python looks for an
 * error only where the type is exactly this.
 */
export function answer(outcome: Outcome, requestId: string, language: string): HttpAnswer {
  const content = outcome.ok
    ? { ...outcome.response, RequestId: requestId }
    : { Error: { Code: outcome.code, Message: messageOf(outcome.message, language) }, RequestId: requestId };
  const body = JSON.stringify({ Response: content });
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body };
}

/** `X-TC-Language` is `zh-CN` or `en-US`; without it Chinese is assumed. */
function messageOf({ zh, en }: Text, language: string): string {
  return language.toLowerCase() === 'en-us' ? en : zh;
}

/** The first half of an answer: no JSON, however it is cut. */
export function cutShort(reply: HttpAnswer): HttpAnswer {
  const text = reply.body.toString();
  return { ...reply, body: text.slice(0, Math.floor(text.length / 2)) };
}

/** What a gateway before the service says when it has trouble of its own. */
export function gatewayError(status: number): HttpAnswer {
  const body = `<html><head><title>${status}</title></head><body>${status}</body></html>\n`;
  return { status, headers: { 'Content-Type': 'text/html' }, body };
}
