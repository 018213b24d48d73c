import type { OutgoingHttpHeaders } from 'node:http';
import type { Action, RequestOf } from '../contract/action.ts';
import { api } from '../contract/api.ts';
import { Failure, TransportError } from '../errors.ts';
import { createSigner } from '../tc3/sign.ts';
import { type Credentials, checkOptions } from './check-options.ts';
import { createConnections } from './connections.ts';
import { type Broken, exchange } from './exchange.ts';
import { createWindowLimiter, type Limiter } from './limiter.ts';
import { type Result, readAnswer } from './read-answer.ts';
import { createRedactor, networkCause } from './redact.ts';
import { retryPauseMs } from './retry.ts';

export interface UpstreamOptions {
  credentials: Credentials;
  /** `https://essbasic.tencentcloudapi.com`. With `http://` only for hosts of one's own machine or network. */
  endpoint: string;
  /** Who shares upstream's rate limit with us. Left out: nobody, and each action's own limit is kept in process. */
  limiter?: Limiter;
  /** Epoch milliseconds. */
  now?: () => number;
  /** From 0 to below 1. */
  random?: () => number;
  sleep?: (ms: number) => Promise<void>;
  /** For one connection, TLS included. Milliseconds. */
  connectTimeoutMs?: number;
  /** From sending to the end of the answer. Milliseconds. */
  responseTimeoutMs?: number;
  /** A request is not sent with less time than this until the deadline. Milliseconds. */
  leastTimeMs?: number;
  /** A longer answer is not read. Bytes. */
  maxAnswerBytes?: number;
  maxAttempts?: number;
}

export interface CallOptions {
  /** Epoch milliseconds. The call ends before, one way or the other. */
  deadlineMs: number;
  /** Of upstream's messages. */
  language?: 'zh-CN' | 'en-US';
  /**
   * Called once, when a connection stands and immediately before the first byte may leave: the moment to note down
   * that the request is sent. When it throws, nothing is sent and the call throws the same. A `Failure` or a
   * `before-send` error that comes after it says that, all the same, nothing has left.
   */
  onSend?: () => Promise<void> | void;
}

export interface Upstream {
  /**
   * Calls one action.
   *
   * @throws {UpstreamError} Upstream answered and refused.
   * @throws {TransportError} Stage `before-send`: `UpstreamUnreachable`. Stage `after-send`: `UnknownOutcome` where
   * the action may not be repeated, else `UpstreamTimeout`, `UpstreamMalformedAnswer` or `UpstreamHttpStatus`.
   * @throws {Failure} `DeadlineExceeded` or `RateLimited`: nothing was sent.
   */
  call<A extends Action>(action: A, request: RequestOf<A>, options: CallOptions): Promise<Result<A>>;
}

const defaults = {
  now: Date.now,
  random: Math.random,
  sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  connectTimeoutMs: 3000,
  responseTimeoutMs: 10_000,
  leastTimeMs: 500,
  // What a function can answer with at most.
  maxAnswerBytes: 6 * 1024 * 1024,
  maxAttempts: 3,
};

const contentType = 'application/json';

/**
 * For how long an idle connection may be used again, by the wall clock, which goes on while an instance is frozen.
 *
 * When the other side closes an idle connection just as a request goes out, the request is lost, or it was carried
 * out and only its answer is lost: nobody can tell (RFC 9112 §9.3.1, §9.5). What may be repeated is then repeated.
 * What may not would end as an unknown outcome, so it only travels on a connection that has just been in use.
 */
const reusableForMs = { repeatable: 30_000, unrepeatable: 1000 };

/** The only caller of Tencent. Makes connections at the first call and keeps them alive. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const settings = { ...defaults, ...options };
  const { credentials, now, random, sleep } = settings;
  const endpoint = checkOptions(credentials, options.endpoint);
  const requestsPerSecond = new Map<string, number>();
  const limiter =
    options.limiter ??
    createWindowLimiter({ requestsPerSecondOf: (action) => requestsPerSecond.get(action) ?? 1, now, sleep });
  const sign = createSigner(credentials, api.service);
  const redact = createRedactor([credentials.secretKey, credentials.token]);
  const connections = createConnections(endpoint, now);

  function assertTimeLeft({ deadlineMs }: CallOptions): void {
    const leftMs = deadlineMs - now();
    if (leftMs >= settings.leastTimeMs) return;
    throw new Failure('DeadlineExceeded', {
      detail: `${Math.max(0, Math.floor(leftMs))} ms are left for the call of upstream, which may need ${settings.leastTimeMs} ms`,
    });
  }

  function headersOf(action: Action, body: Uint8Array, language: string | undefined): OutgoingHttpHeaders {
    const timestampS = Math.floor(now() / 1000);
    const { host } = endpoint;
    return {
      Host: host,
      'Content-Type': contentType,
      'Content-Length': body.byteLength,
      Authorization: sign({ host, contentType, action: action.name, body, timestampS }),
      'X-TC-Action': action.name,
      'X-TC-Version': api.version,
      'X-TC-Timestamp': timestampS,
      'X-TC-RequestClient': 'qianma',
      'X-TC-Token': credentials.token,
      'X-TC-Language': language,
    };
  }

  async function attempt<A extends Action>(
    action: A,
    body: Uint8Array,
    call: CallOptions,
  ): Promise<Result<A>> {
    assertTimeLeft(call);
    await limiter.acquire(action.name, call.deadlineMs - settings.leastTimeMs);
    await turnOfEventLoop();
    connections.closeIdle(action.repeatable ? reusableForMs.repeatable : reusableForMs.unrepeatable);

    const send = () =>
      exchange(connections, body, {
        connectTimeoutMs: Math.min(settings.connectTimeoutMs, call.deadlineMs - now()),
        responseTimeoutMs: () => Math.min(settings.responseTimeoutMs, call.deadlineMs - now()),
        maxAnswerBytes: settings.maxAnswerBytes,
        async beforeSend() {
          assertTimeLeft(call);
          await call.onSend?.();
          assertTimeLeft(call);
          return headersOf(action, body, call.language);
        },
      });

    let outcome = await send();
    if (outcome.kind === 'broken' && wasStale(outcome, action)) {
      // If this one was dead, so are probably the others.
      connections.closeIdle(-1);
      outcome = await send();
    }
    if (outcome.kind === 'answered') return readAnswer(action, outcome, redact);
    throw brokenError(outcome, action, redact);
  }

  return {
    async call(action, request, call) {
      requestsPerSecond.set(action.name, action.requestsPerSecond);
      // Serialised once: these bytes are signed, and these bytes are sent.
      const body = Buffer.from(JSON.stringify(request));
      const { onSend, ...rest } = call;
      const callOnce = { ...rest, ...(onSend && { onSend: once(onSend) }) };

      let uncertain: unknown;
      for (let number = 0; ; number++) {
        try {
          return await attempt(action, body, callOnce);
        } catch (error) {
          if (mayHaveHadEffect(error)) uncertain = error;
          const last = number + 1 >= settings.maxAttempts;
          const pauseMs = last ? undefined : retryPauseMs(error, action, number, random);
          if (pauseMs === undefined || now() + pauseMs + settings.leastTimeMs > call.deadlineMs) {
            throw mostUncertain(error, uncertain);
          }
          await sleep(pauseMs);
        }
      }
    },
  };
}

/**
 * A whole turn of the event loop. An instance that was frozen learns here which of its connections were closed
 * meanwhile: that news is read when the loop polls. One `setImmediate` is not enough, as it runs before the next
 * poll when the code that set it runs in a callback of the last one.
 */
async function turnOfEventLoop(): Promise<void> {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
}

function once(work: () => Promise<void> | void): () => Promise<void> {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    await work();
  };
}

/** Did a connection that had served before die without a byte of an answer, so that sending again is safe? */
function wasStale(broken: Broken, action: Action): boolean {
  const silent = broken.reason === 'network' && broken.reusedConnection && !broken.answerBegun;
  return silent && (action.repeatable || !broken.sent);
}

const reasons = {
  'connect-timeout': 'No connection to upstream came about in time',
  'response-timeout': 'No complete answer came in time',
  'answer-too-large': 'The answer is larger than what is read of one',
  network: 'The connection to upstream failed',
} as const;

function brokenError(broken: Broken, action: Action, redact: (text: string) => string): TransportError {
  const { cause } = broken;
  const facts = {
    detail: reasons[broken.reason],
    ...(cause !== undefined && { cause: networkCause(cause, redact) }),
  };
  if (!broken.sent) return new TransportError('UpstreamUnreachable', 'before-send', facts);
  if (!action.repeatable) return new TransportError('UnknownOutcome', 'after-send', facts);
  const code = broken.reason === 'answer-too-large' ? 'UpstreamMalformedAnswer' : 'UpstreamTimeout';
  return new TransportError(code, 'after-send', facts);
}

function mayHaveHadEffect(error: unknown): boolean {
  return error instanceof TransportError && error.stage === 'after-send';
}

/**
 * "Nothing was sent" would be a lie about a call whose earlier attempt was sent and never answered: then that
 * attempt is what is told.
 */
function mostUncertain(error: unknown, uncertain: unknown): unknown {
  const saysNothingWasSent =
    error instanceof Failure || (error instanceof TransportError && error.stage === 'before-send');
  return saysNothingWasSent && uncertain !== undefined ? uncertain : error;
}
