import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApiCall } from '../../essbasic/gateway/api-call.ts';
import type { Reply } from '../../essbasic/gateway/reply.ts';
import type { HttpResponse } from '../function-url-response.ts';
import { send } from '../http-exchange.ts';
import { maxBodyBytes } from './gateway/check-call.ts';
import type { DomainRecord } from './state/account.ts';

export interface ManagementServerParts {
  api: (call: ApiCall) => Promise<Reply>;
  domainOf: (message: IncomingMessage) => DomainRecord | undefined;
  answerDomain: (domain: DomainRecord, message: IncomingMessage) => Promise<HttpResponse>;
  onDefect: (error: unknown) => void;
}

/** Custom domains by their `Host`; the API for every other. */
export function createManagementServer(parts: ManagementServerParts): Server {
  return createServer((message, response) => {
    handle(message, response, parts).catch((error: unknown) => {
      // A client that went away is no defect.
      if (!message.destroyed) parts.onDefect(error);
      response.destroy();
    });
  });
}

async function handle(
  message: IncomingMessage,
  response: ServerResponse,
  parts: ManagementServerParts,
): Promise<void> {
  const domain = parts.domainOf(message);
  if (domain !== undefined) return send(message, response, await parts.answerDomain(domain, message));
  const [path = '', query = ''] = (message.url ?? '/').split(/\?(.*)/s);
  if (path !== '/') {
    message.resume();
    const body = Buffer.from('Nothing here: the API is at /, custom domains go by Host\n');
    return send(message, response, { status: 404, headers: { 'content-type': 'text/plain' }, body });
  }
  const body = await readBody(message);
  const reply = await parts.api({
    method: message.method ?? '',
    query,
    headers: message.headersDistinct,
    body,
  });
  if (reply === 'drop') {
    message.socket.destroy();
    return;
  }
  const { status, contentType, body: content } = reply;
  send(message, response, { status, headers: { 'content-type': contentType }, body: content });
}

/** The whole body, or undefined where it is larger; what is too much is read and forgotten, so that one can answer. */
async function readBody(message: IncomingMessage): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBodyBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  return bytes > maxBodyBytes ? undefined : Buffer.concat(chunks, bytes);
}
