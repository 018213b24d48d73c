import type { IncomingMessage } from 'node:http';
import { readBody } from '../cloud-api/http-exchange.ts';
import { eventLimitBytes } from './function-host.ts';
import type { HttpRequest } from './function-url-event.ts';

/** The body, or undefined where it is longer than an event may be. */
export const readEventBody = (message: IncomingMessage) => readBody(message, eventLimitBytes.synchronous);

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
