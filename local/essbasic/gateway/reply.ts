import type { Outcome } from './outcome.ts';

/** What goes back over the wire; `drop` closes the connection instead. */
export type Reply = 'drop' | { status: number; contentType: string; body: Buffer };

/**
 * Upstream answers with status 200 whatever it has to say, and without a charset: its SDK for Python looks for an
 * error only where the type is exactly this.
 */
export function answer(outcome: Outcome, requestId: string, language: string): Reply {
  const content = outcome.ok
    ? { ...outcome.response, RequestId: requestId }
    : { Error: { Code: outcome.code, Message: messageOf(outcome.message, language) }, RequestId: requestId };
  const body = Buffer.from(JSON.stringify({ Response: content }));
  return { status: 200, contentType: 'application/json', body };
}

/** `X-TC-Language` is `zh-CN` or `en-US`; without it Chinese is assumed. */
function messageOf({ zh, en }: { zh: string; en: string }, language: string): string {
  return language.toLowerCase() === 'en-us' ? en : zh;
}

/** The first half of an answer: no JSON, however it is cut. */
export function cutShort(reply: Reply): Reply {
  if (reply === 'drop') return reply;
  return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
}

/** What a gateway before the service says when it has trouble of its own. */
export function gatewayError(status: number): Reply {
  const body = Buffer.from(`<html><head><title>${status}</title></head><body>${status}</body></html>\n`);
  return { status, contentType: 'text/html', body };
}
