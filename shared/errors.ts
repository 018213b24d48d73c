import { inBoth, inLanguage, type Language, type Text } from './text.ts';

export interface FailureKind extends Text {
  /** HTTP status of the problem document. */
  status: number;
  /** May the very same request succeed later? */
  retryable: boolean;
  /** May the detail text leave the house? If not, only the title does. */
  expose: boolean;
}

/** The same request fails again. */
const final = (status: number, zh: string, en: string) => ({ status, retryable: false, expose: true, zh, en }) as const;

/** The same request may succeed later. */
const passing = (status: number, zh: string, en: string) => ({ status, retryable: true, expose: true, zh, en }) as const;

/** What it is in detail stays in the house. */
const hidden = (status: number, retryable: boolean, zh: string, en: string) => ({ status, retryable, expose: false, zh, en }) as const;

/**
 * The one catalogue of failures.
 *
 * `status` is the HTTP status of the problem document, `retryable` says whether the same request may succeed
 * later without being changed, `expose` whether the detail text may leave the house. Upstream's own codes are
 * data of `shared/essbasic/error-codes.ts` and arrive here as {@link UpstreamError}.
 */
export const catalogue = {
  // What the caller sent.
  MalformedBody: final(400, '请求体无法解析', 'The body cannot be read'),
  InvalidRequest: final(400, '请求参数有误', 'The request is not valid'),
  Unauthenticated: final(401, '未通过身份验证', 'No valid API key'),
  NotificationUnproven: final(401, '回调消息未通过验签', 'The signature of the notification does not prove who sent it'),
  NotificationUnreadable: final(400, '回调消息无法读取', 'The notification cannot be read'),
  Forbidden: final(403, '无权执行此操作', 'The API key does not allow this'),
  NotFound: final(404, '资源不存在', 'There is no such thing'),
  MethodNotAllowed: final(405, '请求方法不支持', 'The method is not supported'),
  StateConflict: final(409, '当前状态不允许此操作', 'The state does not allow this'),
  VersionConflict: final(409, '版本已变化', 'The version has changed'),
  IdempotencyKeyInUse: passing(409, '相同幂等键的请求仍在处理', 'A request with this Idempotency-Key is still running'),
  PreconditionFailed: final(412, '版本已不是 If-Match 所指', 'If-Match names another version'),
  BodyTooLarge: final(413, '请求体过大', 'The body is too large'),
  UnsupportedMediaType: final(415, '请求体类型不支持', 'The body must be application/json'),
  IdempotencyKeyReused: final(422, '幂等键已用于其他请求', 'This Idempotency-Key belongs to another payload'),
  TemplateUnfit: final(422, '模板不能生成签署码', 'The template cannot carry a sign code'),
  RateLimited: passing(429, '请求过于频繁', 'The rate limit is used up'),
  KeyRateLimited: passing(429, '此 API 密钥请求过于频繁', 'The API key calls too often'),
  // What is wrong on our side.
  InternalFailure: hidden(500, false, '内部错误', 'Something went wrong inside'),
  Misconfigured: final(503, '部署配置不完整', 'The deployment is not configured'),
  DatabaseUnavailable: hidden(503, true, '数据库暂不可用', 'The database cannot be reached'),
  DeadlineExceeded: passing(504, '剩余时间不足，未执行', 'Too little time was left, nothing was done'),
  // What happened on the way to upstream.
  UpstreamUnreachable: passing(503, '无法连接上游，请求未发出', 'Upstream cannot be reached, nothing was sent'),
  UpstreamTimeout: passing(504, '上游未在时限内应答', 'Upstream did not answer in time'),
  UpstreamMalformedAnswer: final(502, '上游应答无法解析', 'The answer of upstream cannot be read'),
  UpstreamHttpStatus: passing(502, '上游返回异常的 HTTP 状态', 'Upstream answered with an HTTP error'),
  UnknownOutcome: final(504, '结果未知：请求已发出，未收到应答', 'The outcome is unknown: sent, but no answer came'),
} satisfies Record<string, FailureKind>;

export type FailureCode = keyof typeof catalogue;

/** All problems in one text, each with its place. */
export function listed(problems: readonly Problem[]): Text {
  return inBoth((language) => problems.map(({ path, message }) => `${path} ${inLanguage(message, language)}`.trim()).join('; '));
}

/** One thing wrong with the input: where (dotted path, empty for the whole) and what. */
export interface Problem {
  path: string;
  message: Text;
}

/** Codes whose detail stays in the house: it is for the log alone. */
type HiddenCode = {
  [Code in FailureCode]: (typeof catalogue)[Code]['expose'] extends false ? Code : never;
}[FailureCode];

export interface FailureFacts<Detail = Text> {
  /** One sentence for the person who reads it. Never a secret, never personal data. */
  detail?: Detail;
  problems?: readonly Problem[];
  /** Seconds after which a retry makes sense. */
  retryAfterS?: number;
  /** `RequestId` of upstream's answer, where one came. */
  upstreamRequestId?: string;
  /** Members of the problem document beside the standard ones, for example the current `version`. */
  members?: Readonly<Record<string, string | number | boolean | null>>;
  cause?: unknown;
}

/** Every failure that qianma throws on purpose. */
export class QianmaError extends Error {
  override readonly name: string = 'QianmaError';
  readonly code: string;
  readonly status: number;
  readonly retryable: boolean;
  readonly expose: boolean;
  /** What kind of failure it is, in a few words. */
  title: Text;
  readonly detail: string | Text | undefined;
  readonly problems: readonly Problem[];
  readonly retryAfterS: number | undefined;
  readonly upstreamRequestId: string | undefined;
  readonly members: Readonly<Record<string, string | number | boolean | null>>;

  protected constructor(code: string, kind: FailureKind, facts: FailureFacts<string | Text>) {
    super(`${code}: ${inLanguage(facts.detail ?? kind.en, 'en')}`, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = code;
    this.status = kind.status;
    this.retryable = kind.retryable;
    this.expose = kind.expose;
    this.title = { zh: kind.zh, en: kind.en };
    this.detail = facts.detail;
    this.problems = facts.problems ?? [];
    this.retryAfterS = facts.retryAfterS;
    this.upstreamRequestId = facts.upstreamRequestId;
    this.members = facts.members ?? {};
  }

  /** What a person reads: the detail, or the title where there is none. */
  sentence(language: Language): string {
    return inLanguage(this.detail ?? this.title, language);
  }
}

/** Anything that was thrown as a failure: what is none of ours is `InternalFailure`, with it as the cause. */
export function failureOf(thrown: unknown): QianmaError {
  return thrown instanceof QianmaError ? thrown : new Failure('InternalFailure', { cause: thrown });
}

/** A failure of our own, before or without upstream: the input, the caller's rights, the state, our machinery. */
export class Failure extends QianmaError {
  override readonly name = 'Failure';
  declare readonly code: FailureCode;

  constructor(code: HiddenCode, facts?: FailureFacts<string | Text>);
  constructor(code: FailureCode, facts?: FailureFacts);
  constructor(code: FailureCode, facts: FailureFacts<string | Text> = {}) {
    super(code, catalogue[code], facts);
  }
}

/** How far a call to upstream came when it failed on the way. */
export type TransportStage =
  /** Nothing can have had an effect: no byte of the request was sent. */
  | 'before-send'
  /** The request may have had its effect: it was sent, and no readable answer came. */
  | 'after-send';

/** The way to upstream failed, or its answer could not be understood. */
export class TransportError extends QianmaError {
  override readonly name = 'TransportError';
  declare readonly code: FailureCode;
  readonly stage: TransportStage;

  constructor(code: FailureCode, stage: TransportStage, facts: FailureFacts = {}) {
    super(code, catalogue[code], facts);
    this.stage = stage;
  }
}

/**
 * May what upstream was asked for have happened all the same? The journal and the records of `Idempotency-Key`s must be
 * of one opinion: where one says "perhaps" and the other "no", a retry makes a second code. An internal error of
 * upstream's says nothing about what was done before it; another HTTP status comes from something in front of upstream
 * that turned the request away (see `read-answer.ts`).
 */
export function mayHaveHadEffect(error: unknown): boolean {
  if (error instanceof UpstreamError) return /^InternalError(\.|$)/.test(error.code);
  if (error instanceof TransportError) return error.stage === 'after-send' && error.code !== 'UpstreamHttpStatus';
  return error instanceof Failure && error.code === 'UnknownOutcome';
}

/** Upstream answered, and refused. `code` is upstream's own. */
export class UpstreamError extends QianmaError {
  override readonly name = 'UpstreamError';
  /**
   * Its title is the code itself, until somebody gives it words: those are data of the API that was called.
   *
   * @param facts `detail`: upstream's `Message`, which its documents say not to rely on
   */
  constructor(code: string, kind: Omit<FailureKind, keyof Text>, facts: FailureFacts<string> & { detail: string; upstreamRequestId: string }) {
    super(code, { ...kind, zh: code, en: code }, facts);
  }
}
