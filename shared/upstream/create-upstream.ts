import type { OutgoingHttpHeaders } from 'node:http';
import { Failure, TransportError } from '../errors.ts';
import type { Action, RequestOf } from '../essbasic/action.ts';
import { api } from '../essbasic/api.ts';
import { createSigner } from '../tc3/sign.ts';
import {
  type HearOfTurn,
  type Limiter,
  type SlotRequest,
  seconds,
  type TakeSlot,
  turnOfEventLoop,
} from '../world.ts';
import { createConnections } from './connections.ts';
import { type Broken, type Exchange, type Line, openLine } from './exchange.ts';
import { factsOf, type Result, readAnswer, toldOf } from './read-answer.ts';
import { createRedactor, networkCause, signersIn } from './redact.ts';
import { retryPauseMs } from './retry.ts';

/** The configuration has checked them: they are visible ASCII, and the id breaks no header. */
export interface Credentials {
  secretId: string;
  secretKey: string;
  /** With temporary credentials: sent as `X-TC-Token`. */
  token?: string | undefined;
}

export interface UpstreamOptions {
  credentials: Credentials;
  /** `https://essbasic.tencentcloudapi.com`. With `http://` only for hosts of one's own machine or network. */
  endpoint: string;
  /** Keeps the rate limit that all processes share. Left out: calls go out as they come. */
  limiter?: Limiter;
  /** Epoch milliseconds. */
  now?: () => number;
  /** From 0 to below 1. */
  random?: () => number;
  sleep?: (ms: number) => Promise<void>;
  /** Resolves when it is known which connections were closed while the instance was frozen. */
  thawed?: () => Promise<void>;
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
   * Takes the turn under the rate limit and notes with it that the request is sent. Called when a connection stands,
   * before the first byte may leave, until it has taken a turn. When it throws, nothing is sent and the call throws the
   * same. A `Failure` or a `before-send` error that comes after it says that, all the same, nothing has left.
   */
  onSend?: TakeSlot;
  /** Hears of the turns under the rate limit. */
  onTurn?: HearOfTurn;
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
  thawed: turnOfEventLoop,
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
 * out and only its answer is lost: the caller cannot know which (RFC 9112 §9.3.1, §9.5). What may be repeated is then repeated.
 * What may not would end as an unknown outcome, so it only travels on a connection that has just been in use.
 */
const reusableForMs = { repeatable: 30_000, unrepeatable: 1000 };

/** The only caller of Tencent. Makes connections at the first call and keeps them alive. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const settings = { ...defaults, ...options };
  const { credentials, now, random, sleep } = settings;
  const endpoint = new URL(options.endpoint);
  const limiter = options.limiter ?? unlimited(now);
  const sign = createSigner(credentials, api.service);
  const connections = createConnections(endpoint, now);

  function assertTimeLeft({ deadlineMs }: CallOptions): void {
    const leftMs = deadlineMs - now();
    if (leftMs >= settings.leastTimeMs) return;
    throw new Failure('DeadlineExceeded', {
      detail: {
        zh: `调用上游仅剩 ${Math.max(0, Math.floor(leftMs))} 毫秒，至少需要 ${settings.leastTimeMs} 毫秒`,
        en: `${Math.max(0, Math.floor(leftMs))} ms are left for the call of upstream, which may need ${settings.leastTimeMs} ms`,
      },
    });
  }

  function headersOf(action: Action, body: Uint8Array, language: string | undefined): OutgoingHttpHeaders {
    const timestampS = seconds(now());
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
    redact: (text: string) => string,
    call: CallOptions,
  ): Promise<Result<A>> {
    assertTimeLeft(call);
    await settings.thawed();
    const reusableMs = action.repeatable ? reusableForMs.repeatable : reusableForMs.unrepeatable;
    connections.closeIdle(reusableMs);

    let standing: Line | undefined;
    const connect = async () => {
      standing ??= await openLine(connections, Math.min(settings.connectTimeoutMs, call.deadlineMs - now()));
      return standing;
    };
    const { onSend } = call;
    let hasTurn = onSend === undefined;
    const take: TakeSlot | undefined =
      onSend &&
      (async (slot) => {
        const { broken } = await connect();
        if (broken) throw brokenError(broken, action, redact);
        const answer = await onSend(slot);
        hasTurn = answer.taken;
        return answer;
      });

    async function send(): Promise<Exchange> {
      const line = await connect();
      assertTimeLeft(call);
      return line.send(headersOf(action, body, call.language), body, {
        responseTimeoutMs: Math.min(settings.responseTimeoutMs, call.deadlineMs - now()),
        maxAnswerBytes: settings.maxAnswerBytes,
        idleForMs: reusableMs,
      });
    }

    try {
      await limiter.acquire(action.name, call.deadlineMs - settings.leastTimeMs, take, call.onTurn);
      // What is not noted must not leave, whatever a limiter thinks of it.
      if (!hasTurn) throw new Failure('InternalFailure', { detail: 'A limiter has given no turn' });
      let outcome = await send();
      if (outcome.kind === 'broken' && wasStale(outcome, action)) {
        // If this one was dead, so are probably the others.
        connections.closeIdle(-1);
        standing = undefined;
        outcome = await send();
      }
      if (outcome.kind === 'answered') return readAnswer(action, outcome, redact);
      throw brokenError(outcome, action, redact);
    } finally {
      standing?.close();
    }
  }

  return {
    async call(action, request, call) {
      // Serialised once: these bytes are signed, and these bytes are sent.
      const body = Buffer.from(JSON.stringify(request));
      const redact = createRedactor([
        credentials.secretKey,
        credentials.token,
        ...signersIn(request as object),
      ]);
      const { onSend, ...rest } = call;
      let noted = false;
      const note = async (slot: SlotRequest, take: TakeSlot) => {
        const answer = await take(slot);
        noted = answer.taken;
        return answer;
      };

      let uncertain: unknown;
      for (let number = 0; ; number++) {
        try {
          // Noted is noted: when the request goes out again, it only takes another turn.
          const take =
            noted || onSend === undefined ? {} : { onSend: (slot: SlotRequest) => note(slot, onSend) };
          return await attempt(action, body, redact, { ...rest, ...take });
        } catch (error) {
          if (wasSent(error)) uncertain = error;
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

/** Without a shared limit every call has its turn at once. */
function unlimited(now: () => number): Limiter {
  return {
    async acquire(action, deadlineMs, take) {
      await take?.({ action, intervalUs: 0, horizonUs: (deadlineMs - now()) * 1000 });
    },
  };
}

/**
 * Did a connection die that had served before, or while it waited for the request, so that sending on another is safe?
 */
function wasStale(
  { reason, sent, reusedConnection, answerBegun, hadStood }: Broken,
  action: Action,
): boolean {
  if (reason !== 'network' || !hadStood || answerBegun) return false;
  return !sent || (action.repeatable && reusedConnection);
}

const reasons = {
  'connect-timeout': { zh: '未能在时限内连接上游', en: 'No connection to upstream came about in time' },
  'response-timeout': { zh: '时限内未收到完整应答', en: 'No complete answer came in time' },
  'answer-too-large': { zh: '应答过大，未读取', en: 'The answer is larger than what is read of one' },
  network: { zh: '与上游的连接中断', en: 'The connection to upstream failed' },
} as const;

/** Why no whole answer came. */
export function brokenError(
  broken: Broken,
  action: Action,
  redact: (text: string) => string,
): TransportError {
  const { cause } = broken;
  const facts = {
    ...toldOf(reasons[broken.reason], factsOf(action, broken.partialBody)),
    ...(cause !== undefined && { cause: networkCause(cause, redact) }),
  };
  if (!broken.sent) return new TransportError('UpstreamUnreachable', 'before-send', facts);
  if (!action.repeatable) return new TransportError('UnknownOutcome', 'after-send', facts);
  const code = broken.reason === 'answer-too-large' ? 'UpstreamMalformedAnswer' : 'UpstreamTimeout';
  return new TransportError(code, 'after-send', facts);
}

function wasSent(error: unknown): boolean {
  return error instanceof TransportError && error.stage === 'after-send';
}

/**
 * "Nothing was sent" would be a lie about a call whose earlier attempt was sent and never answered: then
 * that attempt is thrown.
 */
function mostUncertain(error: unknown, uncertain: unknown): unknown {
  const saysNothingWasSent =
    error instanceof Failure || (error instanceof TransportError && error.stage === 'before-send');
  return saysNothingWasSent && uncertain !== undefined ? uncertain : error;
}
