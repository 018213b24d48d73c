import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApiCall } from './read-call.ts';
import type { HttpAnswer, Reply } from './reply.ts';

/** A query of 32 KB, the largest of Cloud API, beside other headers. Bytes. */
const maxHeaderSize = 64 * 1024;

/**
 * Milliseconds: longer than callers keep a connection that nobody uses. Who ends it first must be the caller, whose next
 * call may be under way on it already.
 */
const keepAliveTimeout = 75_000;

/** A server whose handler may reject: which is a defect, unless the client has gone away. */
export function createGuardedServer(
  handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>,
  onDefect: (error: unknown) => void,
): Server {
  return createServer({ maxHeaderSize, keepAliveTimeout }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      if (!message.destroyed) onDefect(error);
      response.destroy();
    });
  });
}

/** The whole body, or undefined where it is larger; what is too much is read and forgotten, so that one can answer. */
export function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((done, fail) => {
    message.on('data', (chunk: Buffer) => {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) chunks.length = 0;
      else chunks.push(chunk);
    });
    message.once('error', fail);
    message.once('end', () => done(bytes > maxBytes ? undefined : Buffer.concat(chunks, bytes)));
  });
}

/** Sends an answer; what has no body by its status or its method gets none. */
export function send(
  { method }: Pick<IncomingMessage, 'method'>,
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
): void {
  const isBodiless = status === 204 || status === 304;
  response.writeHead(
    status,
    isBodiless ? headers : { ...headers, 'content-length': Buffer.byteLength(body) },
  );
  response.end(isBodiless || method === 'HEAD' ? undefined : body);
}

export interface ApiEntrance {
  maxBodyBytes: number;
  api: (call: ApiCall) => Promise<Reply>;
}

/**
 * One call of an API at the root of a server.
 *
 * @param query what stood behind the `?`, undecoded
 */
export async function answerApi(
  message: IncomingMessage,
  response: ServerResponse,
  query: string,
  { maxBodyBytes, api }: ApiEntrance,
): Promise<void> {
  const body = await readBody(message, maxBodyBytes);
  const reply = await api({ method: message.method ?? '', query, headers: message.headersDistinct, body });
  if (reply === 'drop') message.socket.destroy();
  else send(message, response, reply);
}
