import { Failure } from '../../../shared/errors.ts';
import type { Emulator } from '../emulator.ts';
import { contentSecurityPolicy } from '../pages/html.ts';
import { controlRoutes } from './control-routes.ts';
import { indexPage } from './index-page.ts';

export interface ControlRequest {
  method: string;
  /** As in the URL: `/_emulator/clock`. */
  path: string;
  query: URLSearchParams;
  headers: { host?: string | undefined; origin?: string | undefined };
  /** Undefined where it was too large to be kept. */
  body: Uint8Array | undefined;
}

export interface ControlReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export const controlPrefix = '/_emulator';

/** Answers a request to the control plane. What goes wrong is a problem document, with every problem of the input. */
export async function answerControl(
  emulator: Emulator,
  request: ControlRequest,
  onDefect: (error: unknown) => void,
): Promise<ControlReply> {
  try {
    refuseStrangers(request);
    const name = request.path.slice(controlPrefix.length + 1);
    if (name === '') return index(request);
    return json(200, await route(emulator, name, request));
  } catch (error) {
    if (!(error instanceof Failure)) onDefect(error);
    return problem(error instanceof Failure ? error : new Failure('InternalFailure', { cause: error }));
  }
}

/** A page on the web can make a browser on this machine send requests here. It cannot hide where it is from. */
function refuseStrangers({ headers: { host, origin } }: ControlRequest): void {
  if (origin === undefined || origin === `http://${host}`) return;
  throw new Failure('Forbidden', { detail: 'The control plane answers no page of another origin' });
}

function index({ method }: ControlRequest): ControlReply {
  if (method !== 'GET') throw notAllowed(['GET']);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy,
  };
  return { status: 200, headers, body: indexPage() };
}

async function route(emulator: Emulator, name: string, request: ControlRequest): Promise<unknown> {
  const routes = controlRoutes.filter(({ path }) => path === name);
  if (routes.length === 0) {
    const names = [...new Set(controlRoutes.map(({ path }) => path))].join(', ');
    throw new Failure('NotFound', { detail: `There is no such route; there are ${names}` });
  }
  const found = routes.find(({ method }) => method === request.method);
  if (found === undefined) throw notAllowed(routes.map(({ method }) => method));
  return await found.handle(emulator, { query: Object.fromEntries(request.query), body: bodyOf(request) });
}

const notAllowed = (methods: readonly string[]) =>
  new Failure('MethodNotAllowed', { detail: `The methods here are ${methods.join(', ')}` });

function bodyOf({ body }: ControlRequest): unknown {
  if (body === undefined) throw new Failure('BodyTooLarge');
  if (body.byteLength === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new Failure('MalformedBody', { detail: 'The body is not JSON in UTF-8', cause });
  }
}

function json(status: number, value: unknown): ControlReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}

function problem({ status, code, title, detail, problems }: Failure): ControlReply {
  const document = { title: title.en, status, code, detail, errors: problems };
  return { ...json(status, document), headers: { 'content-type': 'application/problem+json' } };
}
