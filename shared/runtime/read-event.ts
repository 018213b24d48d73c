import { Failure } from '../errors.ts';
import type { Text } from '../text.ts';

/** What SCF takes in one synchronous request. Bytes. */
export const maxBodyBytes = 6 * 1024 * 1024;

export interface HttpRequest {
  kind: 'http';
  /** Upper case. */
  method: string;
  /** Without the query; `/` where the event has none. */
  path: string;
  /** A parameter that was repeated: its values joined by commas. */
  query: Readonly<Record<string, string>>;
  headers: HeaderFields;
  body: Uint8Array;
  /** As the platform saw it, without port and brackets. */
  sourceIp?: string;
  /** Of a gateway that gave one in the event. */
  requestId?: string;
}

/** Names in lower case; a header that was repeated has its values joined as RFC 9110 §5.3 says. */
export type HeaderFields = Readonly<Record<string, string>>;

export interface TimerTick {
  kind: 'timer';
}

/** A direct Invoke, for example by a deployer. */
export interface Invocation {
  kind: 'invoke';
}

const noObject = { zh: '事件应为对象', en: 'The event is no object' };

const texts = {
  noMethod: { zh: '事件未指明 HTTP 方法', en: 'The event names no HTTP method' },
  noText: { zh: '事件中的请求体不是文本', en: 'The body of the event is no text' },
  noBase64: {
    zh: '事件中的请求体标明为 base64，实际并非',
    en: 'The body of the event is marked as base64 and is not',
  },
  halfCharacter: { zh: '事件中的请求体含有不完整的字符', en: 'The body of the event has half a character' },
  tooLarge: { zh: `请求体最多 ${maxBodyBytes} 字节`, en: `The body may have ${maxBodyBytes} bytes` },
} as const satisfies Record<string, Text>;

type Members = Readonly<Record<string, unknown>>;

/**
 * Whatever the platform passed, as one of three kinds. The shapes are those of `event-shapes.ts`; a member that is
 * missing or of another type than documented counts as not given, unless that would change what was asked for.
 *
 * @throws Failure `InvalidRequest` for what is no object or lacks a method, `MalformedBody` for a body that is not
 * text or not the base64 that it claims to be, `BodyTooLarge` beyond {@link maxBodyBytes}.
 */
export function readEvent(event: unknown): HttpRequest | TimerTick | Invocation {
  const kind = kindOf(event);
  if (kind !== 'http') return { kind };
  return readHttp(isObject(event) ? event : {});
}

/** @throws Failure `InvalidRequest` for what is no object */
export function kindOf(event: unknown): 'http' | 'timer' | 'invoke' {
  if (!isObject(event)) throw new Failure('InvalidRequest', { detail: noObject });
  if ('httpMethod' in event || isObject(event['requestContext'])) return 'http';
  return event['Type'] === 'Timer' ? 'timer' : 'invoke';
}

/** The headers of an event of any shape. Never throws, so that a refusal can be written in the caller's language. */
export function headersOf(event: unknown): HeaderFields {
  const headers = blank();
  const given = isObject(event) && isObject(event['headers']) ? event['headers'] : {};
  for (const [key, value] of Object.entries(given)) {
    const name = key.trim().toLowerCase();
    const text = textOf(value, ', ');
    if (text === undefined) continue;
    const before = headers[name];
    headers[name] = before === undefined ? text : `${before}${name === 'cookie' ? '; ' : ', '}${text}`;
  }
  return headers;
}

/** The request id that a gateway put in an event of any shape. Never throws. */
export function gatewayRequestIdOf(event: unknown): string | undefined {
  const context = isObject(event) ? event['requestContext'] : undefined;
  const requestId = isObject(context) ? context['requestId'] : undefined;
  return typeof requestId === 'string' && requestId !== '' ? requestId : undefined;
}

function readHttp(event: Members): HttpRequest {
  const context = isObject(event['requestContext']) ? event['requestContext'] : {};
  const headers = headersOf(event);
  const sourceIp = addressOf(headers['x-scf-remote-addr']) ?? addressOf(context['sourceIp']);
  const requestId = gatewayRequestIdOf(event);
  return {
    kind: 'http',
    method: methodOf(event['httpMethod'] ?? context['httpMethod']),
    path: typeof event['path'] === 'string' && event['path'] !== '' ? event['path'] : '/',
    query: queryOf(event),
    headers,
    body: bodyOf(event['body'], event['isBase64Encoded']),
    ...(sourceIp === undefined ? {} : { sourceIp }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function methodOf(method: unknown): string {
  // RFC 9110 §5.6.2: a method is a token. Anything else is not guessed at.
  if (typeof method === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}$/.test(method))
    return method.toUpperCase();
  throw new Failure('InvalidRequest', { detail: texts.noMethod });
}

/** `queryString` is the full query; `queryStringParameters` holds what a gateway was configured for. */
function queryOf(event: Members): Readonly<Record<string, string>> {
  const query = blank();
  for (const given of [event['queryStringParameters'], event['queryString']]) {
    for (const [name, value] of isObject(given) ? Object.entries(given) : []) {
      const text = textOf(value, ',');
      if (text !== undefined) query[name] = text;
    }
  }
  return query;
}

function bodyOf(body: unknown, isBase64Encoded: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array(0);
  if (typeof body !== 'string') {
    throw new Failure('MalformedBody', { detail: texts.noText });
  }
  // A string that travelled through another tool is still a yes.
  const encoded = isBase64Encoded === true || isBase64Encoded === 'true';
  const bytes = encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body);
  // Padding makes up to two bytes of the estimate.
  if (bytes - (encoded ? 2 : 0) > maxBodyBytes) throw tooLarge();
  const decoded = encoded ? decodeBase64(body) : encodeUtf8(body);
  if (decoded.length > maxBodyBytes) throw tooLarge();
  return decoded;
}

function tooLarge(): Failure {
  return new Failure('BodyTooLarge', { detail: texts.tooLarge });
}

function decodeBase64(text: string): Uint8Array {
  // `Buffer.from` passes over what is no base64, and would read another body than the sender's.
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new Failure('MalformedBody', { detail: texts.noBase64 });
  }
  return Buffer.from(text, 'base64');
}

/** Made once: for Node 20 the bundler makes a call of `RegExp` of it. */
const halfCharacter = /\p{Surrogate}/u;

function encodeUtf8(text: string): Uint8Array {
  // Half of a surrogate pair has no bytes in UTF-8; `Buffer.from` would put a replacement character in its place.
  if (halfCharacter.test(text)) {
    throw new Failure('MalformedBody', { detail: texts.halfCharacter });
  }
  return Buffer.from(text, 'utf8');
}

/** `203.0.113.9`, `203.0.113.9:4711`, `[2001:db8::1]:4711`, `2001:db8::1`. */
const address =
  /^(?:(\d{1,3}(?:\.\d{1,3}){3})(?::\d+)?|\[([\da-f.:]{2,45})\](?::\d+)?|([\da-f.:]*:[\da-f.:]*))$/i;

function addressOf(value: unknown): string | undefined {
  const parts = typeof value === 'string' && value.length <= 64 ? address.exec(value.trim()) : null;
  return parts?.[1] ?? parts?.[2] ?? parts?.[3];
}

/** A scalar or a list of scalars as text; undefined for anything else. */
function textOf(value: unknown, separator: string): string | undefined {
  if (!Array.isArray(value)) return scalarText(value);
  const texts = value.map(scalarText).filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : texts.join(separator);
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** Without a prototype: the name of a header is the caller's, and `constructor` must not be found. */
function blank(): Record<string, string> {
  return Object.create(null);
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
