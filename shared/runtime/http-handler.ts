import { Failure } from '../errors.ts';
import type { Config, VariableName } from './config.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import type { HttpResponse } from './event-shapes.ts';
import {
  gatewayRequestIdOf,
  type HeaderFields,
  type HttpRequest,
  headersOf,
  maxBodyBytes,
  readEvent,
} from './events.ts';
import { createInstance, type Definition, type Instance, type Run, type Surroundings } from './handler.ts';
import { type Language, languageOf } from './language.ts';
import { problemOf } from './problem.ts';
import { securityHeaders } from './security-headers.ts';

/** What SCF calls. It never throws: whatever happens becomes an answer. */
export type MainHandler = (event: unknown, context: unknown) => Promise<HttpResponse>;

export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** One request on its way through a handler. */
export interface Exchange<Name extends VariableName, Resources> extends Run {
  request: HttpRequest;
  language: Language;
  config: Config<Name | HttpVariable>;
  resources: () => Promise<Resources>;
  /** Members for the log line, beside those that every line has. */
  fields: ExchangeFields;
}

/** Facts of a request for its log line; whatever the caller wrote is cleaned there. */
export interface ExchangeFields {
  keyId?: string;
  /** Of a notification. */
  verdict?: string;
  outcome?: string;
  notificationId?: string;
  messageType?: string;
}

export type HttpVariable = 'CORS_ORIGINS';

export interface HttpDefinition<Name extends VariableName, Resources>
  extends Definition<Name | HttpVariable, Resources> {
  /** Methods that it takes, beside `OPTIONS` where CORS is configured. */
  methods: readonly string[];
  handle(exchange: Exchange<Name, Resources>): Promise<Answer>;
}

/** A function that is reached over HTTP: what is the same for each of them, whatever they answer. */
export function httpHandler<Name extends VariableName, Resources>(
  definition: HttpDefinition<Name, Resources>,
  surroundings?: Partial<Surroundings>,
): MainHandler {
  const instance = createInstance(definition, surroundings);
  return async (event, context) => {
    const headers = headersOf(event);
    const run = instance.begin(context, [headers['x-request-id'], gatewayRequestIdOf(event)]);
    const seen: Seen = { headers, language: languageOf(headers['accept-language']), cors: {}, fields: {} };
    try {
      const answer = await run.withinTime(async () => answerTo(event, definition, instance, run, seen));
      const response = toResponse(answer, run, seen);
      run.finish('info', { ...seen.fields, status: answer.status });
      return response;
    } catch (error) {
      return refuse(error, definition.methods, run, seen);
    }
  };
}

/** What is known of a request by the time it fails. */
interface Seen {
  headers: HeaderFields;
  language: Language;
  cors: Readonly<Record<string, string>>;
  fields: ExchangeFields & { method?: string };
}

async function answerTo<Name extends VariableName, Resources>(
  event: unknown,
  definition: HttpDefinition<Name, Resources>,
  instance: Instance<Name | HttpVariable, Resources>,
  run: Run,
  seen: Seen,
): Promise<Answer> {
  const request = readEvent(event);
  if (request.kind !== 'http') {
    throw new Failure('InvalidRequest', { detail: 'This function is reached over HTTP' });
  }
  seen.fields.method = request.method;
  const config = instance.config();
  seen.cors = corsHeaders(config.CORS_ORIGINS, seen.headers);
  const preflight = preflightHeaders(request.method, config.CORS_ORIGINS, seen.headers, definition.methods);
  if (preflight !== undefined) return { status: 204, headers: preflight, body: '' };
  if (!definition.methods.includes(request.method)) throw new Failure('MethodNotAllowed');
  const { language, fields } = seen;
  return definition.handle({ ...run, request, language, config, resources: instance.resources, fields });
}

function toResponse({ status, headers, body }: Answer, run: Run, seen: Seen): HttpResponse {
  if (Buffer.byteLength(body) > maxBodyBytes) {
    throw new Failure('InternalFailure', { detail: 'The answer is larger than the platform takes' });
  }
  return {
    isBase64Encoded: false,
    statusCode: status,
    headers: { ...securityHeaders, ...seen.cors, ...headers, 'X-Request-Id': run.requestId },
    body,
  };
}

function refuse(thrown: unknown, methods: readonly string[], run: Run, seen: Seen): HttpResponse {
  const { requestId } = run;
  const { document, headers, failure } = problemOf(thrown, {
    requestId,
    language: seen.language,
    allow: methods,
  });
  const { status, code, upstreamRequestId } = failure;
  if (upstreamRequestId !== undefined) run.trace.upstreamRequestId = upstreamRequestId;
  // What the caller did is told by the code; what we did needs its place.
  const isOurs = status >= 500;
  run.finish(isOurs ? 'error' : 'warn', { ...seen.fields, status, code }, isOurs ? failure : undefined);
  return toResponse({ status, headers, body: JSON.stringify(document) }, run, seen);
}
