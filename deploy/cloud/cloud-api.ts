import { Failure, TransportError, UpstreamError } from '../../shared/errors.ts';
import { requestsPerSecond } from '../../shared/scf/limits.ts';
import { createSigner } from '../../shared/tc3/sign.ts';
import { createConnections } from '../../shared/upstream/connections.ts';
import { type Broken, openLine } from '../../shared/upstream/exchange.ts';
import type { Clock } from './clock.ts';

/** Calls an action of the SCF API, once. Returns the members of `Response`. */
export type CloudApi = (action: string, parameters: Readonly<Record<string, unknown>>) => Promise<unknown>;

export interface CloudApiOptions {
  /** `https://…`; `http://` only for an address of this machine. */
  endpoint: string;
  region: string;
  credentials: CloudCredentials;
  clock: Clock;
}

export interface CloudCredentials {
  secretId: string;
  secretKey: string;
  /** Of temporary credentials. */
  token?: string | undefined;
}

export const defaultEndpoint = 'https://scf.tencentcloudapi.com';
const version = '2018-04-16';
const service = 'scf';
const connectTimeoutMs = 10_000;
/** An upload of 50 MB takes its time, and the API itself gives an invocation 300 s. */
const responseTimeoutMs = 330_000;
/** No answer of the API is nearly as long. */
const maxAnswerBytes = 2 ** 24;
/** What has been idle for longer may have been closed by the other side. */
const idleForMs = 1000;

/** A refusal is for a person to read; whether to ask again is decided by its code, see `error-meaning.ts`. */
const refusal = {
  status: 502,
  retryable: false,
  expose: true,
  zh: '云函数接口拒绝',
  en: 'The SCF API refused',
};

/**
 * The API, within its rate limit. The call returns what was answered.
 *
 * Throws `Misconfigured` for an endpoint that would send the signature in clear; the calls throw `UpstreamError`
 * with the API's own code, or `TransportError`: `before-send` where no connection came about, else `after-send`.
 */
export function createCloudApi({ endpoint, region, credentials, clock }: CloudApiOptions): CloudApi {
  const url = endpointOf(endpoint);
  const sign = createSigner(credentials, service);
  const takeTurn = createTurns(clock);
  const connections = createConnections(url, clock.nowMs);

  return async (action, parameters) => {
    await takeTurn(action);
    connections.closeIdle(idleForMs);
    const line = await openLine(connections, connectTimeoutMs);
    const body = Buffer.from(JSON.stringify(parameters));
    const timestampS = Math.floor(clock.nowMs() / 1000);
    const contentType = 'application/json; charset=utf-8';
    const { host } = url;
    const headers = {
      Host: host,
      'Content-Type': contentType,
      'Content-Length': body.byteLength,
      'X-TC-Action': action,
      'X-TC-Version': version,
      'X-TC-Region': region,
      'X-TC-Timestamp': timestampS,
      'X-TC-Token': credentials.token,
      Authorization: sign({ host, contentType, action: action.toLowerCase(), body, timestampS }),
    };
    const outcome = await line.send(headers, body, { responseTimeoutMs, maxAnswerBytes, idleForMs });
    if (outcome.kind === 'broken') throw transportError(host, outcome);
    return readAnswer(action, outcome.body.toString());
  };
}

function endpointOf(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const isLocal =
    url?.hostname === 'localhost' ||
    url?.hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(url?.hostname ?? '');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)) return url;
  throw new Failure('Misconfigured', {
    detail: {
      zh: 'QIANMA_SCF_ENDPOINT 应以 https:// 开头；http:// 仅限本机地址',
      en: 'QIANMA_SCF_ENDPOINT must begin with https://; http:// is for an address of this machine',
    },
  });
}

function transportError(host: string, { reason, sent, cause }: Broken): TransportError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : reason;
  if (sent) {
    const detail = { zh: `${host} 没有应答（${why}）`, en: `${host} has not answered (${why})` };
    return new TransportError('UnknownOutcome', 'after-send', { detail, cause });
  }
  const detail = { zh: `无法连接 ${host}（${why}）`, en: `${host} cannot be reached (${why})` };
  return new TransportError('UpstreamUnreachable', 'before-send', { detail, cause });
}

function readAnswer(action: string, text: string): unknown {
  const response = responseOf(text);
  if (response === undefined) {
    const detail = {
      zh: `${action}：应答不符合 SCF API`,
      en: `${action}: the answer is not one of the SCF API`,
    };
    throw new TransportError('UpstreamMalformedAnswer', 'after-send', { detail });
  }
  const { Error: error, RequestId: requestId } = response;
  if (error === undefined) return response;
  throw new UpstreamError(error.Code, refusal, {
    detail: error.Message,
    upstreamRequestId: requestId ?? '',
  });
}

interface Response {
  Error?: { Code: string; Message: string };
  RequestId?: string;
}

function responseOf(text: string): Response | undefined {
  try {
    const { Response: response } = JSON.parse(text) as { Response?: Response }; // the envelope of every answer
    return typeof response === 'object' && response !== null ? response : undefined;
  } catch {
    return undefined;
  }
}

/** Calls of one action keep their distance, somewhat more than the limit demands. */
function createTurns(clock: Clock): (action: string) => Promise<void> {
  const spacingMs = 1000 / (requestsPerSecond * 0.9);
  const nextMs = new Map<string, number>();
  return async (action) => {
    const nowMs = clock.nowMs();
    const turnMs = Math.max(nowMs, nextMs.get(action) ?? 0);
    nextMs.set(action, turnMs + spacingMs);
    if (turnMs > nowMs) await clock.sleep(turnMs - nowMs);
  };
}
