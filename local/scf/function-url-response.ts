import type { IncomingMessage } from 'node:http';
import { languageOf, type Text } from '../../shared/text.ts';
import type { HttpAnswer } from '../cloud-api/reply.ts';
import { functionStatus, type Invocation } from './invocation.ts';

/** Set by the server that sends the answer; a function cannot. */
const hopByHop = new Set(['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade']);
const isHeaderName = (name: string) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name);
const isHeaderValue = (value: string) => /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/**
 * What the caller of a Function URL gets to see of one invocation.
 *
 * Documented: an object with `statusCode` is an HTTP answer; any other JSON is a body of status 200, text where
 * it is a string. Assumed: the HTTP status of a failed invocation is its function status code, its body the
 * error object; `X-Scf-Request-Id` is set, as documented for web functions; `isBase64Encoded` and lists of
 * header values are understood as they were on API Gateway; an answer that cannot be sent is a 500 with the
 * words that the gateway used.
 */
export function toHttpResponse(invocation: Invocation): HttpAnswer {
  const response =
    invocation.error === undefined
      ? translate(invocation.result)
      : json(invocation.error.statusCode, invocation.error);
  return { ...response, headers: { ...response.headers, 'x-scf-request-id': invocation.requestId } };
}

export function json(status: number, value: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  };
}

/** What is answered without a function, in the language of the caller. */
export function refusal(
  status: number,
  why: Text,
  { headers }: Pick<IncomingMessage, 'headers'>,
  members: object = {},
): HttpAnswer {
  return json(status, { error: why[languageOf(headers['accept-language'])], ...members });
}

/** For a body that is longer than an event may be; the function is not asked. */
export function requestTooLarge(): HttpAnswer {
  const { statusCode } = functionStatus.RequestTooLarge;
  return json(statusCode, { errorCode: -1, errorMessage: 'RequestTooLarge', statusCode });
}

function translate(result: unknown): HttpAnswer {
  if (typeof result === 'string') {
    return {
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: result,
    };
  }
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return json(200, result);
  return integrated(result as Record<string, unknown>) ?? invalid();
}

const invalid = () =>
  json(500, { errno: 403, error: 'Invalid scf response format. please check your scf response format.' });

function integrated(result: Readonly<Record<string, unknown>>): HttpAnswer | undefined {
  const { statusCode, headers = {}, body = '', isBase64Encoded = false } = result;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode)) return undefined;
  if (statusCode < 200 || statusCode > 599 || typeof isBase64Encoded !== 'boolean') return undefined;
  const sent = translateHeaders(headers);
  if (sent === undefined) return undefined;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status: statusCode, headers: sent, body: isBase64Encoded ? Buffer.from(text, 'base64') : text };
}

function translateHeaders(headers: unknown): HttpAnswer['headers'] | undefined {
  if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
  const sent: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    if (!isHeaderName(name) || !values.every(isHeaderValue)) return undefined;
    if (!hopByHop.has(name.toLowerCase()))
      sent[name.toLowerCase()] = Array.isArray(value) ? values : String(value);
  }
  return sent;
}
