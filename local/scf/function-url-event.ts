import { isUtf8 } from 'node:buffer';

/** An HTTP request as it came, its body read. */
export interface HttpRequest {
  method: string;
  /** Path and query as sent. */
  url: string;
  /** Names in lower case, repeated ones joined, as Node hands them over. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  requestId: string;
  remoteAddress: string;
}

/** The documented members, and no others (product document 583/96099). */
export interface FunctionUrlEvent {
  httpMethod: string;
  path: string;
  queryString: Record<string, string>;
  headers: Record<string, string>;
  body: string;
}

/** The members that the Function URL event is documented to lack. */
interface GatewayMembers {
  requestContext: {
    serviceId: string;
    path: string;
    httpMethod: string;
    requestId: string;
    identity: Record<string, string>;
    sourceIp: string;
    stage: string;
  };
  queryStringParameters: Record<string, string>;
  pathParameters: Record<string, string>;
  headerParameters: Record<string, string>;
  isBase64Encoded: boolean;
}

type GatewayCompatibleEvent = FunctionUrlEvent & GatewayMembers;
type LegacyGatewayEvent = GatewayCompatibleEvent & { stageVariables: Record<string, string> };

/**
 * `function-url` is the documented event. `gateway-compatible` has been seen on Function URLs and belongs to the
 * undocumented switch `ApiGwCompatible`. `legacy-gateway` is what API Gateway sent until it was switched off.
 */
export const eventShapes = {
  'function-url': functionUrlEvent,
  'gateway-compatible': gatewayCompatibleEvent,
  'legacy-gateway': legacyGatewayEvent,
} as const satisfies Record<string, (request: HttpRequest) => FunctionUrlEvent>;

export type EventShape = keyof typeof eventShapes;

/**
 * Assumptions, where the documents are silent: the path arrives as sent, percent signs and all, and behind
 * a custom domain it keeps the part that chose the function; of a repeated query key the last value counts;
 * a body that is no UTF-8 arrives with U+FFFD in it, since the event has no `isBase64Encoded`.
 */
function functionUrlEvent(request: HttpRequest): FunctionUrlEvent {
  const { path, query } = splitUrl(request.url);
  return {
    body: request.body.toString('utf8'),
    headers: platformHeaders(request),
    httpMethod: request.method,
    path,
    queryString: Object.fromEntries(query),
  };
}

/** That a body which is no UTF-8 arrives as base64 is an assumption; on the gateway it was a switch. */
function gatewayCompatibleEvent(request: HttpRequest): GatewayCompatibleEvent {
  const event = functionUrlEvent(request);
  const isText = isUtf8(request.body);
  return {
    ...event,
    body: isText ? event.body : request.body.toString('base64'),
    isBase64Encoded: !isText,
    requestContext: {
      serviceId: 'service-local',
      path: event.path,
      httpMethod: event.httpMethod,
      requestId: request.requestId,
      identity: {},
      sourceIp: request.remoteAddress,
      stage: 'release',
    },
    queryStringParameters: {},
    pathParameters: {},
    headerParameters: {},
  };
}

/** The gateway knew nothing of `x-scf-` headers. */
function legacyGatewayEvent(request: HttpRequest): LegacyGatewayEvent {
  const event = gatewayCompatibleEvent(request);
  const headers = Object.fromEntries(
    Object.entries(event.headers).filter(([name]) => !isPlatformHeader(name)),
  );
  return { ...event, headers, stageVariables: { stage: 'release' } };
}

const isPlatformHeader = (name: string) => name.startsWith('x-scf-');

/** Clients cannot set these headers; the address of the caller comes from the platform. */
function platformHeaders({ headers, remoteAddress }: HttpRequest): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(headers).filter(([name]) => !isPlatformHeader(name))),
    'x-scf-remote-addr': remoteAddress,
  };
}

/** Splits without `URL`, which would rewrite `//`, `..` and what it takes for an authority. */
export function splitUrl(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return { path, query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)) };
}
