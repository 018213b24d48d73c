import { Failure, type QianmaError } from '../../errors.ts';
import { type Language, languageOf } from '../../text.ts';
import type { Config, VariableName } from '../config.ts';
import type { Event, Platform } from '../event.ts';
import type { HttpResponse } from '../event-shapes.ts';
import { createInstance, type Definition, type Instance } from '../instance.ts';
import {
  gatewayRequestIdOf,
  type HeaderFields,
  type HttpRequest,
  headersOf,
  maxBodyBytes,
  readEvent,
} from '../read-event.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { problemOf } from './problem.ts';
import { limitHeaders, type RateLimits } from './rate-limits.ts';
import { traceIdOf } from './trace-context.ts';

/** What SCF calls. It never throws: whatever happens becomes an answer. */
export type MainHandler = (event: unknown, context: unknown) => Promise<HttpResponse>;

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** An answer that is a file and no text. */
export interface Download extends Omit<Answer, 'body'> {
  body: Buffer;
}

/** What is known of a request as soon as it is here, whatever else is wrong with it. */
interface Arrival extends Event {
  readonly headers: HeaderFields;
  /** Of the answer. */
  readonly language: Language;
  /** That let a page of another origin read the answer. */
  cors: Readonly<Record<string, string>>;
  /** What is left to the caller. */
  readonly limits: RateLimits;
}

/** A request over HTTP on its way through a function. */
export interface HttpEvent<Name extends VariableName, Resources> extends Arrival {
  readonly request: HttpRequest;
  readonly config: Config<Name | HttpVariable>;
  /** Opens the resources, or gives those that are open. */
  open(): Promise<Resources>;
}

type HttpVariable = (typeof httpVariables)[number];
const httpVariables = ['CORS_ORIGINS', 'CONSOLE_ORIGIN'] as const satisfies VariableName[];

export interface HttpDefinition<Name extends VariableName, Resources>
  extends Definition<Name | HttpVariable, Resources> {
  /** Methods that it takes, beside `OPTIONS` where CORS is configured. */
  methods: readonly string[];
  handle(event: HttpEvent<Name, Resources>): Promise<Answer | Download>;
  /** What is shown instead of a problem document, to browsers that people sit in front of. */
  pageOf?(failure: QianmaError, language: Language): Pick<Answer, 'headers' | 'body'>;
}

/**
 * On every answer that does not say otherwise, as pages do: nothing may be loaded from it, framed, guessed or
 * kept. `Strict-Transport-Security` is ignored over plain HTTP, that is on a laptop.
 */
const securityHeaders = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** A function that is reached over HTTP: what is the same for each of them, whatever they answer. */
export function httpHandler<Name extends VariableName, Resources>(
  definition: HttpDefinition<Name, Resources>,
  platform?: Partial<Platform>,
): MainHandler {
  const needs = [...definition.needs, ...httpVariables];
  const instance = createInstance({ ...definition, needs }, platform);
  return async (given, context) => {
    const headers = headersOf(given);
    const arrival: Arrival = Object.assign(
      instance.begin(
        context,
        [headers['x-request-id'], gatewayRequestIdOf(given)],
        traceIdOf(headers['traceparent']),
      ),
      { headers, language: languageOf(headers['accept-language']), cors: {}, limits: {} },
    );
    try {
      const answer = await arrival.withinTime(async () => answerTo(given, definition, instance, arrival));
      const response = toResponse(answer, arrival);
      arrival.finish('info', { status: answer.status });
      return response;
    } catch (error) {
      return refuse(error, definition, arrival);
    }
  };
}

async function answerTo<Name extends VariableName, Resources>(
  given: unknown,
  { methods, handle }: HttpDefinition<Name, Resources>,
  instance: Instance<Name | HttpVariable, Resources>,
  arrival: Arrival,
): Promise<Answer | Download> {
  const request = readEvent(given);
  if (request.kind !== 'http') throw new Failure('InvalidRequest', { detail: texts.stranger });
  arrival.facts.method = request.method;
  const config = instance.config();
  const { CORS_ORIGINS, CONSOLE_ORIGIN } = config;
  const origins = CONSOLE_ORIGIN === undefined ? CORS_ORIGINS : [...CORS_ORIGINS, CONSOLE_ORIGIN];
  arrival.cors = corsHeaders(origins, arrival.headers);
  const preflight = preflightHeaders(request.method, origins, arrival.headers, methods);
  if (preflight !== undefined) return { status: 204, headers: preflight, body: '' };
  if (!methods.includes(request.method)) throw new Failure('MethodNotAllowed');
  return handle(Object.assign(arrival, { request, config, open: instance.resources }));
}

function toResponse(
  { status, headers, body }: Answer | Download,
  { cors, limits, requestId, facts: { upstreamRequestId } }: Arrival,
): HttpResponse {
  const isText = typeof body === 'string';
  const sent = isText ? body : body.toString('base64');
  if (Buffer.byteLength(sent) > maxBodyBytes) {
    throw new Failure('InternalFailure', { detail: 'The answer is larger than the platform takes' });
  }
  return {
    isBase64Encoded: !isText,
    statusCode: status,
    headers: Object.assign(
      { ...securityHeaders },
      cors,
      headers,
      limitHeaders(limits),
      { 'X-Request-Id': requestId },
      isHeaderValue(upstreamRequestId) && { 'X-Upstream-Request-Id': upstreamRequestId },
    ),
    body: sent,
  };
}

/** Upstream chose it, and nothing says what it may hold. */
function isHeaderValue(id: string | undefined): id is string {
  return id !== undefined && /^[\w.:-]{1,128}$/.test(id);
}

function refuse(
  thrown: unknown,
  { methods, pageOf }: Pick<HttpDefinition<never, unknown>, 'methods' | 'pageOf'>,
  arrival: Arrival,
): HttpResponse {
  const { requestId, language } = arrival;
  const { document, headers, failure } = problemOf(thrown, { requestId, language, allow: methods });
  const { status, code, upstreamRequestId } = failure;
  if (upstreamRequestId !== undefined) arrival.facts.upstreamRequestId = upstreamRequestId;
  // The code says what the caller did; for what we did, the place is needed.
  const isOurs = status >= 500;
  arrival.finish(isOurs ? 'error' : 'warn', { status, code }, isOurs ? failure : undefined);
  const wantsPage = arrival.headers['accept']?.includes('text/html') === true;
  const page = wantsPage ? pageOf?.(failure, language) : undefined;
  const body = page?.body ?? JSON.stringify(document);
  return toResponse({ status, headers: { ...headers, ...page?.headers }, body }, arrival);
}

const texts = {
  stranger: { zh: '此函数仅通过 HTTP 访问', en: 'This function is reached over HTTP' },
};
