import { Failure, TransportError, UpstreamError } from '../shared/errors.ts';
import { requestsPerSecond } from '../shared/scf/limits.ts';
import { createSigner } from '../shared/tc3/sign.ts';
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
/** An upload of 50 MB takes its time, and the API itself gives an invocation 300 s. */
const timeoutMs = 330_000;

/** A refusal is for a person to read; whether to ask again is decided by its code, see `answers.ts`. */
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
 * with the API's own code, or `TransportError`.
 */
export function createCloudApi({ endpoint, region, credentials, clock }: CloudApiOptions): CloudApi {
  const url = endpointOf(endpoint);
  const sign = createSigner(credentials, service);
  const takeTurn = createTurns(clock);

  return async (action, parameters) => {
    await takeTurn(action);
    const body = Buffer.from(JSON.stringify(parameters));
    const timestampS = Math.floor(clock.nowMs() / 1000);
    const contentType = 'application/json; charset=utf-8';
    const headers = {
      'content-type': contentType,
      'x-tc-action': action,
      'x-tc-version': version,
      'x-tc-region': region,
      'x-tc-timestamp': String(timestampS),
      ...(credentials.token === undefined ? {} : { 'x-tc-token': credentials.token }),
      authorization: sign({ host: url.host, contentType, action: action.toLowerCase(), body, timestampS }),
    };
    return readAnswer(action, await send(url, headers, body));
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
    detail: 'QIANMA_SCF_ENDPOINT must begin with https://; http:// is for an address of this machine',
  });
}

async function send(url: URL, headers: Record<string, string>, body: Buffer): Promise<string> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
    return await response.text();
  } catch (cause) {
    const why = cause instanceof Error ? ((cause.cause as Error | undefined)?.message ?? cause.message) : ''; // what fetch wraps
    throw new TransportError('UnknownOutcome', 'after-send', { detail: `${url.host}: ${why}`, cause });
  }
}

function readAnswer(action: string, text: string): unknown {
  const response = responseOf(text);
  if (response === undefined) {
    const detail = `${action}: the answer is not one of the SCF API`;
    throw new TransportError('UpstreamMalformedAnswer', 'after-send', { detail });
  }
  const { Error: error, RequestId: requestId } = response;
  if (error === undefined) return response;
  throw new UpstreamError(error.Code, refusal, {
    upstreamMessage: error.Message,
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
