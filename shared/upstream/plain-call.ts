import type { IncomingHttpHeaders } from 'node:http';
import { Failure } from '../errors.ts';
import type { Action } from '../essbasic/action.ts';
import { api } from '../essbasic/api.ts';
import { type Limiter, seconds, turnOfEventLoop } from '../world.ts';
import { createConnections } from './connections.ts';
import { brokenError, type Credentials } from './create-upstream.ts';
import { openLine } from './exchange.ts';
import { createRedactor } from './redact.ts';
import { places, type ShownSignature, signAndShow } from './shown-signature.ts';

/** A request as somebody has written it, whether or not it is as the documents want it. */
export interface PlainCall {
  action: Action;
  body: string;
  /** Of upstream's messages. */
  language: 'zh-CN' | 'en-US';
}

/** A request as it goes out, but for what is secret. */
export interface ShownRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  signature: ShownSignature;
}

/** What came back, but for what is secret. */
export interface ShownAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** From the first byte of the request to the last of the answer. Milliseconds. */
  durationMs: number;
}

export interface PlainUpstreamOptions {
  credentials: Credentials;
  endpoint: string;
  /** Keeps the rate limit that all processes share. */
  limiter: Limiter;
  /** Epoch milliseconds. */
  now?: () => number;
  /** Resolves when it is known which connections were closed while the instance was frozen. */
  thawed?: () => Promise<void>;
}

/** The way of a person who looks at a call: sent once and never again, and shown as it went and came. */
export interface PlainUpstream {
  /** How a call would go out now. Nothing is sent. */
  show(call: PlainCall): ShownRequest;
  /**
   * Sends it, and answers with whatever came, a refusal too.
   *
   * @throws {TransportError} `UpstreamUnreachable`: nothing was sent. `UnknownOutcome`, `UpstreamTimeout`,
   * `UpstreamMalformedAnswer`: no whole answer came.
   * @throws {Failure} `DeadlineExceeded` or `RateLimited`: nothing was sent.
   */
  send(
    call: PlainCall,
    options: { deadlineMs: number },
  ): Promise<{ sent: ShownRequest; received: ShownAnswer }>;
}

const contentType = 'application/json';
const connectTimeoutMs = 3000;
/** A request is not sent with less time than this until the deadline. Milliseconds. */
const leastTimeMs = 500;
/** A function answers with 6 MB at most, and with this and the request in one. Bytes. */
const maxAnswerBytes = 2 * 1024 * 1024;

export function createPlainUpstream(options: PlainUpstreamOptions): PlainUpstream {
  const { credentials, limiter, now = Date.now, thawed = turnOfEventLoop } = options;
  const endpoint = new URL(options.endpoint);
  const { secretId, secretKey, token } = credentials;
  const redact = createRedactor([secretKey, token, secretId]);

  function signed({ action, body, language }: PlainCall) {
    const bytes = Buffer.from(body);
    const timestampS = seconds(now());
    const { host } = endpoint;
    const { authorization, shown } = signAndShow(
      { host, contentType, action: action.name, body: bytes, timestampS, service: api.service },
      credentials,
    );
    const open = {
      Host: host,
      'Content-Type': contentType,
      'Content-Length': String(bytes.byteLength),
      'X-TC-Action': action.name,
      'X-TC-Version': api.version,
      'X-TC-Timestamp': String(timestampS),
      'X-TC-RequestClient': 'qianma',
      'X-TC-Language': language,
    };
    const secret = { Authorization: authorization, ...(token !== undefined && { 'X-TC-Token': token }) };
    const placed = {
      Authorization: shown.authorization,
      ...(token !== undefined && { 'X-TC-Token': places.token }),
    };
    const request: ShownRequest = {
      url: `${endpoint.origin}/`,
      headers: { ...open, ...placed },
      body,
      signature: shown,
    };
    return {
      bytes,
      headers: { ...open, ...secret },
      request,
      hide: hiding({ ...credentials, authorization }),
    };
  }

  return {
    show: (call) => signed(call).request,
    async send(call, { deadlineMs }) {
      await thawed();
      await limiter.acquire(call.action.name, deadlineMs - leastTimeMs);
      const connections = createConnections(endpoint, now);
      let answerHeaders: IncomingHttpHeaders = {};
      const noting = {
        ...connections,
        open: () =>
          connections.open().once('response', ({ headers }) => {
            answerHeaders = headers;
          }),
      };
      const line = await openLine(noting, Math.min(connectTimeoutMs, deadlineMs - now()));
      if (deadlineMs - now() < leastTimeMs) {
        line.close();
        throw new Failure('DeadlineExceeded');
      }
      const { bytes, headers, request, hide } = signed(call);
      const startedMs = now();
      const outcome = await line.send(headers, bytes, {
        responseTimeoutMs: deadlineMs - startedMs,
        maxAnswerBytes,
        idleForMs: connectTimeoutMs,
      });
      const durationMs = now() - startedMs;
      // No second call comes soon enough to find it alive.
      connections.closeIdle(-1);
      if (outcome.kind === 'broken') throw brokenError(outcome, call.action, redact);
      return {
        sent: request,
        received: {
          status: outcome.status,
          headers: Object.fromEntries(
            Object.entries(answerHeaders).map(([name, value]) => [name, hide([value].flat().join(', '))]),
          ),
          body: hide(outcome.body.toString('utf8')),
          durationMs,
        },
      };
    },
  };
}

/** Takes out of an answer what a server or a gateway may quote of the request, also where it is written as JSON. */
function hiding({ secretId, secretKey, token, authorization }: Credentials & { authorization: string }) {
  const signature = authorization.slice(authorization.lastIndexOf('=') + 1);
  const known = [
    [secretKey, '***'],
    [token, places.token],
    [signature, places.signature],
    [secretId, places.secretId],
  ] as const;
  return (text: string) =>
    known.reduce(
      (rest, [secret, place]) =>
        secret === undefined || secret === ''
          ? rest
          : rest.replaceAll(secret, place).replaceAll(JSON.stringify(secret).slice(1, -1), place),
      text,
    );
}
