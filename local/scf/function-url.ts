import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portFailure } from '../port-failure.ts';
import type { FunctionHost } from './function-host.ts';
import { type EventShape, eventShapes, splitUrl } from './function-url-event.ts';
import { type HttpResponse, json, requestTooLarge, toHttpResponse } from './function-url-response.ts';
import { readBody, send, toRequest } from './http-exchange.ts';

/** A rule of a custom domain: `/s/*` and everything below `/s/` goes to one function. */
export interface Route {
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
  listen(port: number, host?: string): Promise<{ url: string; port: number }>;
  close(): Promise<void>;
}

export function createFunctionUrl(options: FunctionUrlOptions): FunctionUrlServer {
  const server = createServer((request, response) => {
    // `answer` deals with every failure of the function; what is left is a caller who has gone.
    answer(options, request).then(
      (answered) => send(request, response, answered),
      () => response.destroy(),
    );
  });

  return {
    async listen(port, host = '127.0.0.1') {
      await new Promise<void>((resolve, reject) => {
        server.once('error', (cause) => reject(portFailure(port, cause)));
        server.listen(port, host, resolve);
      });
      // A TCP server that listens has an address of this form.
      const address = server.address() as AddressInfo;
      return { url: `http://${host}:${address.port}`, port: address.port };
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(options: FunctionUrlOptions, message: IncomingMessage): Promise<HttpResponse> {
  const { functionNames, invoke, eventShape = 'function-url', newRequestId = randomUUID } = options;
  const url = message.url ?? '/';
  const { path } = splitUrl(url);
  if (path === '/' && message.method === 'GET') return index(options, message);
  const functionName = route(options, path);
  if (functionName === undefined) {
    return json(404, { error: `no function answers at ${path}`, functions: functionNames });
  }
  const body = await readBody(message);
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

function index({ functionNames, routes = [] }: FunctionUrlOptions, message: IncomingMessage): HttpResponse {
  const base = `http://${message.headers.host ?? 'localhost'}`;
  return json(200, {
    functions: Object.fromEntries(functionNames.map((name) => [name, `${base}/${name}`])),
    routes: Object.fromEntries(routes.map((rule) => [rule.path, rule.functionName])),
  });
}
