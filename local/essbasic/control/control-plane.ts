import { Failure } from '../../../shared/errors.ts';
import { inLanguage, type Language, languageOf } from '../../../shared/text.ts';
import type { Emulator } from '../emulator.ts';
import { contentSecurityPolicy } from '../pages/html.ts';
import { controlPrefix } from './control-route.ts';
import { controlRoutes } from './control-routes.ts';
import { indexPage } from './index-page.ts';

/** Those of a request that matter here. */
interface ControlHeaders {
  host?: string | undefined;
  origin?: string | undefined;
  'accept-language'?: string | undefined;
}

export interface ControlRequest {
  method: string;
  /** As in the URL: `/_emulator/clock`. */
  path: string;
  query: URLSearchParams;
  headers: ControlHeaders;
  /** Undefined where it was too large to be kept. */
  body: Uint8Array | undefined;
}

export interface ControlReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

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
    const failure = error instanceof Failure ? error : new Failure('InternalFailure', { cause: error });
    return problem(failure, languageOf(request.headers['accept-language']));
  }
}

/** A page on the web can make a browser on this machine send requests here. It cannot hide where it is from. */
function refuseStrangers({ headers: { host, origin } }: ControlRequest): void {
  if (origin === undefined || origin === `http://${host}`) return;
  throw new Failure('Forbidden', {
    detail: { zh: '控制接口不应答其他来源的页面', en: 'The control plane answers no page of another origin' },
  });
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
    throw new Failure('NotFound', {
      detail: { zh: `没有此路径；现有 ${names}`, en: `There is no such route; there are ${names}` },
    });
  }
  const found = routes.find(({ method }) => method === request.method);
  if (found === undefined) throw notAllowed(routes.map(({ method }) => method));
  return await found.handle(emulator, { query: Object.fromEntries(request.query), body: bodyOf(request) });
}

const notAllowed = (methods: readonly string[]) =>
  new Failure('MethodNotAllowed', {
    detail: { zh: `此处的方法为 ${methods.join('、')}`, en: `The methods here are ${methods.join(', ')}` },
  });

function bodyOf({ body }: ControlRequest): unknown {
  if (body === undefined) throw new Failure('BodyTooLarge');
  if (body.byteLength === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw new Failure('MalformedBody', {
      detail: { zh: '请求体不是 UTF-8 编码的 JSON', en: 'The body is not JSON in UTF-8' },
      cause,
    });
  }
}

function json(status: number, value: unknown): ControlReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}

function problem({ status, code, title, detail, problems }: Failure, language: Language): ControlReply {
  const errors = problems.map(({ path, message }) => ({ path, message: inLanguage(message, language) }));
  const answered = detail === undefined ? undefined : inLanguage(detail, language);
  const document = { title: title[language], status, code, detail: answered, errors };
  return { ...json(status, document), headers: { 'content-type': 'application/problem+json' } };
}
