import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Post, PostAnswer } from './post.ts';

/** Posts over a connection of its own. Redirects are not followed: only 200 is a success. */
export function postOverHttp(post: Post): Promise<PostAnswer> {
  return new Promise((resolve) => {
    const { url, headers, body, slowMs, timeoutMs, signal } = post;
    const request = url.startsWith('https:') ? requestHttps : requestHttp;
    const length = { 'Content-Length': String(body.byteLength) };
    const call = request(url, { method: 'POST', headers: { ...headers, ...length }, agent: false, signal });
    const tooLate = Object.assign(new Error('timeout'), { code: 'timeout' });
    // Covers a connection that is never made, which the timeout of a socket does not.
    const timer = setTimeout(() => call.destroy(tooLate), slowMs + timeoutMs);
    const finish = (answer: PostAnswer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const fail = (error: Error & { code?: string }) => finish({ error: error.code ?? error.message });
    call.on('error', fail);
    call.on('response', (response) => {
      finish({ status: response.statusCode ?? 0 });
      // Only the status counts.
      response.on('error', () => undefined);
      response.resume();
    });
    sendBody(call, post).catch(fail);
  });
}

/** In two halves with a pause between them, where it is to be slow. */
async function sendBody(call: ClientRequest, { body, slowMs, signal }: Post): Promise<void> {
  if (slowMs === 0) {
    call.end(body);
    return;
  }
  const half = body.byteLength >> 1;
  call.write(body.subarray(0, half));
  await sleep(slowMs, undefined, { signal });
  call.end(body.subarray(half));
}
