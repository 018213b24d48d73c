import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { answerControl, controlPrefix } from './control/control-plane.ts';
import type { Emulator } from './emulator.ts';
import type { ApiCall } from './gateway/api-call.ts';
import { maxBodyBytes } from './gateway/check-call.ts';
import type { Reply } from './gateway/reply.ts';
import { contentSecurityPolicy } from './pages/html.ts';
import type { Page } from './pages/page.ts';

export interface HttpServerParts {
  emulator: Emulator;
  api: (call: ApiCall) => Promise<Reply>;
  pageAt: (path: string, query: URLSearchParams) => Page | undefined;
  onDefect: (error: unknown) => void;
}

/** A snapshot with a hundred thousand codes in it has to fit. Bytes. */
const maxControlBytes = 100 * 1024 * 1024;

/** The API at `/`, the control plane under `/_emulator/`, and the pages that answers link to. */
export function createHttpServer(parts: HttpServerParts): Server {
  return createServer((request, response) => {
    handle(request, response, parts).catch((error: unknown) => {
      // A client that went away is no defect.
      if (!request.destroyed) parts.onDefect(error);
      response.destroy();
    });
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  parts: HttpServerParts,
): Promise<void> {
  const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
  if (path === '/') return await handleApi(request, response, query, parts);
  if (path === controlPrefix || path.startsWith(`${controlPrefix}/`)) {
    return await handleControl(request, response, path, query, parts);
  }
  return handlePage(request, response, path, query, parts);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

async function handleApi(
  request: IncomingMessage,
  response: ServerResponse,
  query: string,
  { api }: HttpServerParts,
): Promise<void> {
  const body = await readBody(request, maxBodyBytes);
  const reply = await api({
    method: request.method ?? '',
    query,
    headers: request.headersDistinct,
    body,
  });
  if (reply === 'drop') {
    request.socket.destroy();
    return;
  }
  send(response, reply.status, { 'Content-Type': reply.contentType }, reply.body);
}

async function handleControl(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
  { emulator, onDefect }: HttpServerParts,
): Promise<void> {
  const body = await readBody(request, maxControlBytes);
  const { host, origin } = request.headers;
  const reply = await answerControl(
    emulator,
    {
      method: request.method ?? '',
      path,
      query: new URLSearchParams(query),
      headers: { host, origin },
      body,
    },
    onDefect,
  );
  send(response, reply.status, reply.headers, Buffer.from(reply.body));
}

function handlePage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
  { pageAt }: HttpServerParts,
): void {
  request.resume();
  const readable = request.method === 'GET' || request.method === 'HEAD';
  const page = readable ? pageAt(path, new URLSearchParams(query)) : undefined;
  if (page === undefined) {
    const text = 'Nothing here: the API is at /, what else there is at /_emulator/\n';
    send(response, 404, { 'content-type': 'text/plain; charset=utf-8' }, Buffer.from(text));
    return;
  }
  const headers = {
    'content-type': page.contentType,
    'content-security-policy': contentSecurityPolicy,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  send(response, page.status, headers, Buffer.from(page.body));
}

/** The whole body, or undefined where it is larger; what is too much is read and forgotten, so that one can answer. */
async function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) chunks.length = 0;
    else chunks.push(chunk);
  }
  return bytes > maxBytes ? undefined : Buffer.concat(chunks, bytes);
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  response.writeHead(status, { ...headers, 'content-length': body.byteLength });
  response.end(body);
}
