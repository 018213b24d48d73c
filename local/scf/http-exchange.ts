import type { IncomingMessage, ServerResponse } from 'node:http';
import { eventLimitBytes } from './function-host.ts';
import type { HttpRequest } from './function-url-event.ts';
import type { HttpResponse } from './function-url-response.ts';

/** The body, or undefined where it is longer than an event may be. */
export async function readBody(message: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    // Without an encoding the stream yields buffers.
    const bytes = chunk as Buffer;
    length += bytes.length;
    // What follows is read and dropped: a client that is still writing would not see the answer.
    if (length <= eventLimitBytes.synchronous) chunks.push(bytes);
  }
  return length <= eventLimitBytes.synchronous ? Buffer.concat(chunks) : undefined;
}

/** The request as the shapes of events take it. */
export function toRequest(
  message: IncomingMessage,
  url: string,
  body: Buffer,
  requestId: string,
): HttpRequest {
  const headers = Object.entries(message.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
  return {
    method: message.method ?? 'GET',
    url,
    headers: Object.fromEntries(headers),
    body,
    requestId,
    // An IPv4 caller of a dual-stack server appears as ::ffff:127.0.0.1.
    remoteAddress: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
}

/** Sends an answer; what has no body by its status gets none. */
export function send(request: IncomingMessage, response: ServerResponse, answered: HttpResponse): void {
  const isBodiless = answered.status === 204 || answered.status === 304;
  const length = isBodiless ? {} : { 'content-length': answered.body.length };
  response.writeHead(answered.status, { ...answered.headers, ...length });
  response.end(isBodiless || request.method === 'HEAD' ? undefined : answered.body);
}
