import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createGuardedServer, send } from '../cloud-api/http-exchange.ts';
import { closeServer, listen } from '../cloud-api/listen.ts';
import { portFailure } from '../cloud-api/port-failure.ts';
import type { HttpAnswer } from '../cloud-api/reply.ts';
import type { FunctionHost } from './function-host.ts';
import { type EventShape, eventShapes, splitUrl } from './function-url-event.ts';
import { json, refusal, requestTooLarge, toHttpResponse } from './function-url-response.ts';
import { readEventBody, toRequest } from './http-exchange.ts';

/** A rule of a custom domain: `/s/*` and everything below `/s/` goes to one function. */
interface Route {
  path: `/${string}/*`;
  functionName: string;
}

export interface FunctionUrlOptions {
  /** Functions with an `http` trigger. Each answers under `/<FunctionName>` and below. */
  functionNames: readonly string[];
  invoke: FunctionHost['invoke'];
  routes?: readonly Route[];
  eventShape?: EventShape;
  /** Ids that only the gateway's events carry. */
  newRequestId?: () => string;
}

/** The HTTP entrance to the functions: one custom domain with a path for each. */
export interface FunctionUrlServer {
  /** Throws `Misconfigured` where the port cannot be had. Port 0 takes any. */
  listen(port: number, host?: string, shownHost?: string): Promise<{ url: string; port: number }>;
  close(): Promise<void>;
}

export function createFunctionUrl(options: FunctionUrlOptions): FunctionUrlServer {
  const server = createGuardedServer(
    async (message, response) => send(message, response, await answer(options, message)),
    // `answer` deals with every failure of the function; what is left is a caller who has gone.
    () => {},
  );

  return {
    async listen(port, host = '127.0.0.1', shownHost = host) {
      return await listen(server, port, host, shownHost).catch((cause: unknown) => {
        throw portFailure(port, 'PORT', cause);
      });
    },
    close: () => closeServer(server),
  };
}

async function answer(options: FunctionUrlOptions, message: IncomingMessage): Promise<HttpAnswer> {
  const { functionNames, invoke, eventShape = 'function-url', newRequestId = randomUUID } = options;
  const url = message.url ?? '/';
  const { path } = splitUrl(url);
  if (path === '/' && message.method === 'GET') return index(options, message);
  const functionName = route(options, path);
  if (functionName === undefined) {
    const why = { zh: `${path} 处没有函数应答`, en: `no function answers at ${path}` };
    return refusal(404, why, message, { functions: functionNames });
  }
  const body = await readEventBody(message);
  if (body === undefined) return requestTooLarge();
  const event = eventShapes[eventShape](toRequest(message, url, body, newRequestId()));
  return toHttpResponse(await invoke(functionName, event));
}

/** The function for a path: by its own name first, then by the longest route that covers it. */
function route({ functionNames, routes = [] }: FunctionUrlOptions, path: string): string | undefined {
  const [, first = ''] = path.split('/');
  if (functionNames.includes(first)) return first;
  return [...routes]
    .sort((a, b) => b.path.length - a.path.length)
    .find((rule) => path.startsWith(rule.path.slice(0, -1)))?.functionName;
}

function index({ functionNames, routes = [] }: FunctionUrlOptions, message: IncomingMessage): HttpAnswer {
  const base = `http://${message.headers.host ?? 'localhost'}`;
  return json(200, {
    functions: Object.fromEntries(functionNames.map((name) => [name, `${base}/${name}`])),
    routes: Object.fromEntries(routes.map((rule) => [rule.path, rule.functionName])),
  });
}
