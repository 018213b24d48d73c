import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { CallbackPost } from './callback-case.ts';

/** What became of a post: a status, or that none came. */
export type Answered = { status: number; tookMs: number } | { failure: string; tookMs: number };

export interface PostOptions {
  /** The longest that an answer may take. Milliseconds. */
  timeoutMs: number;
  /** Resolves after a time. */
  pause(ms: number): Promise<void>;
}

/** Posts as it is told to, and waits for the answer. It never throws. */
export function post(
  url: URL,
  { body, headers, pauseMs }: CallbackPost,
  { timeoutMs, pause }: PostOptions,
): Promise<Answered> {
  const startedMs = performance.now();
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const end = (what: { status: number } | { failure: string }) =>
      resolve({ ...what, tookMs: Math.round(performance.now() - startedMs) });
    const request = send(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': String(body.byteLength) },
      signal: AbortSignal.timeout(timeoutMs + (pauseMs ?? 0)),
    });
    request.on('response', (response) => {
      response.resume();
      response.on('error', () => undefined);
      end({ status: response.statusCode ?? 0 });
    });
    request.on('error', (error: NodeJS.ErrnoException) => end({ failure: error.code ?? error.name }));
    if (pauseMs === undefined) {
      request.end(body);
      return;
    }
    request.write(body.subarray(0, body.byteLength / 2));
    void pause(pauseMs).then(() => request.end(body.subarray(body.byteLength / 2)));
  });
}
