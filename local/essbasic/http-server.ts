import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { languageOf } from '../../shared/text.ts';
import { answerApi, createGuardedServer, readBody, send } from '../cloud-api/http-exchange.ts';
import type { ApiCall } from '../cloud-api/read-call.ts';
import type { Reply } from '../cloud-api/reply.ts';
import { controlPrefix } from './control/control-route.ts';
import type { Emulator } from './emulator.ts';
import { essbasicService } from './gateway/essbasic-service.ts';
import type { PageContext } from './pages/page.ts';

export interface HttpServerParts {
  emulator: Emulator;
  api: (call: ApiCall) => Promise<Reply>;
  /** What pages are made of, as it is now. */
  pageContext: () => PageContext;
  onDefect: (error: unknown) => void;
}

/** A snapshot with a hundred thousand codes in it has to fit. Bytes. */
const maxControlBytes = 100 * 1024 * 1024;

/** The API at `/`, the control plane under `/_emulator/`, and the pages that answers link to. */
export function createHttpServer(parts: HttpServerParts): Server {
  const { maxBodyBytes } = essbasicService;
  return createGuardedServer(async (message, response) => {
    const [path = '', query = ''] = splitOnce(message.url ?? '/', '?');
    if (path === '/') return await answerApi(message, response, query, { maxBodyBytes, api: parts.api });
    if (path === controlPrefix || path.startsWith(`${controlPrefix}/`)) {
      return await handleControl(message, response, path, query, parts);
    }
    return await handlePage(message, response, path, query, parts);
  }, parts.onDefect);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

async function handleControl(
  message: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
  { emulator, onDefect }: HttpServerParts,
): Promise<void> {
  // Loaded when it is first asked for: who calls the API alone starts sooner.
  const { answerControl } = await import('./control/control-plane.ts');
  const body = await readBody(message, maxControlBytes);
  const reply = await answerControl(
    emulator,
    {
      method: message.method ?? '',
      path,
      query: new URLSearchParams(query),
      headers: message.headers,
      body,
    },
    onDefect,
  );
  send(message, response, reply);
}

const nothing = {
  zh: '此处无内容：API 位于 /，其余见 /_emulator/',
  en: 'Nothing here: the API is at /, what else there is at /_emulator/',
};

async function handlePage(
  message: IncomingMessage,
  response: ServerResponse,
  path: string,
  query: string,
  { pageContext }: HttpServerParts,
): Promise<void> {
  const { pageAt, pageHeaders } = await import('./pages/pages.ts');
  message.resume();
  const readable = message.method === 'GET' || message.method === 'HEAD';
  const page = readable ? pageAt(path, new URLSearchParams(query), pageContext()) : undefined;
  if (page === undefined) {
    const body = `${nothing[languageOf(message.headers['accept-language'])]}\n`;
    send(message, response, { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body });
    return;
  }
  const headers = { 'content-type': page.contentType, ...pageHeaders };
  send(message, response, { status: page.status, headers, body: page.body });
}
