/**
 * The one catalogue of failures.
 *
 * `status` is the HTTP status of the problem document, `retryable` says whether the same request may succeed
 * later without being changed, `expose` whether the detail text may leave the house. Upstream's own codes are
 * data of `shared/contract/error-codes.ts` and arrive here as {@link UpstreamError}.
 */
export const catalogue = {
  // What the caller sent.
  MalformedBody: {
    status: 400,
    retryable: false,
    expose: true,
    zh: '请求体无法解析',
    en: 'The body cannot be read',
  },
  InvalidRequest: {
    status: 400,
    retryable: false,
    expose: true,
    zh: '请求参数有误',
    en: 'The request is not valid',
  },
  Unauthenticated: {
    status: 401,
    retryable: false,
    expose: true,
    zh: '未通过身份验证',
    en: 'No valid API key',
  },
  NotificationUnproven: {
    status: 401,
    retryable: false,
    expose: true,
    zh: '回调消息未通过验签',
    en: 'The signature of the notification does not prove who sent it',
  },
  NotificationUnreadable: {
    status: 400,
    retryable: false,
    expose: true,
    zh: '回调消息无法读取',
    en: 'The notification cannot be read',
  },
  Forbidden: {
    status: 403,
    retryable: false,
    expose: true,
    zh: '无权执行此操作',
    en: 'The API key does not allow this',
  },
  NotFound: { status: 404, retryable: false, expose: true, zh: '资源不存在', en: 'There is no such thing' },
  MethodNotAllowed: {
    status: 405,
    retryable: false,
    expose: true,
    zh: '请求方法不支持',
    en: 'The method is not supported',
  },
  StateConflict: {
    status: 409,
    retryable: false,
    expose: true,
    zh: '当前状态不允许此操作',
    en: 'The state does not allow this',
  },
  VersionConflict: {
    status: 409,
    retryable: false,
    expose: true,
    zh: '版本已变化',
    en: 'The version has changed',
  },
  IdempotencyKeyInUse: {
    status: 409,
    retryable: true,
    expose: true,
    zh: '相同幂等键的请求仍在处理',
    en: 'A request with this Idempotency-Key is still running',
  },
  BodyTooLarge: {
    status: 413,
    retryable: false,
    expose: true,
    zh: '请求体过大',
    en: 'The body is too large',
  },
  UnsupportedMediaType: {
    status: 415,
    retryable: false,
    expose: true,
    zh: '请求体类型不支持',
    en: 'The body must be application/json',
  },
  IdempotencyKeyReused: {
    status: 422,
    retryable: false,
    expose: true,
    zh: '幂等键已用于其他请求',
    en: 'This Idempotency-Key belongs to another payload',
  },
  TemplateUnfit: {
    status: 422,
    retryable: false,
    expose: true,
    zh: '模板不能生成签署码',
    en: 'The template cannot carry a sign code',
  },
  RateLimited: {
    status: 429,
    retryable: true,
    expose: true,
    zh: '请求过于频繁',
    en: 'The rate limit of the upstream action is used up',
  },
  // What is wrong on our side.
  InternalFailure: {
    status: 500,
    retryable: false,
    expose: false,
    zh: '内部错误',
    en: 'Something went wrong inside',
  },
  Misconfigured: {
    status: 503,
    retryable: false,
    expose: true,
    zh: '部署配置不完整',
    en: 'The deployment is not configured',
  },
  DatabaseUnavailable: {
    status: 503,
    retryable: true,
    expose: false,
    zh: '数据库暂不可用',
    en: 'The database cannot be reached',
  },
  DeadlineExceeded: {
    status: 504,
    retryable: true,
    expose: true,
    zh: '剩余时间不足，未执行',
    en: 'Too little time was left, nothing was done',
  },
  // What happened on the way to upstream.
  UpstreamUnreachable: {
    status: 503,
    retryable: true,
    expose: true,
    zh: '无法连接上游，请求未发出',
    en: 'Upstream cannot be reached, nothing was sent',
  },
  UpstreamTimeout: {
    status: 504,
    retryable: true,
    expose: true,
    zh: '上游未在时限内应答',
    en: 'Upstream did not answer in time',
  },
  UpstreamMalformedAnswer: {
    status: 502,
    retryable: false,
    expose: true,
    zh: '上游应答无法解析',
    en: 'The answer of upstream cannot be read',
  },
  UpstreamHttpStatus: {
    status: 502,
    retryable: true,
    expose: true,
    zh: '上游返回异常的 HTTP 状态',
    en: 'Upstream answered with an HTTP error',
  },
  UnknownOutcome: {
    status: 504,
    retryable: false,
    expose: true,
    zh: '结果未知：请求已发出，未收到应答',
    en: 'The outcome is unknown: sent, but no answer came',
  },
} as const satisfies Record<string, FailureKind>;

export interface FailureKind {
  /** HTTP status of the problem document. */
  status: number;
  /** May the very same request succeed later? */
  retryable: boolean;
  /** May the detail text leave the house? If not, only the title does. */
  expose: boolean;
  zh: string;
  en: string;
}

export type FailureCode = keyof typeof catalogue;

/** One thing wrong with the input: where (dotted path, empty for the whole) and what. */
export interface Problem {
  path: string;
  message: string;
}

export interface FailureFacts {
  /** One sentence for the person who reads it. Never a secret, never personal data. */
  detail?: string;
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
  readonly title: { readonly zh: string; readonly en: string };
  readonly detail: string | undefined;
  readonly problems: readonly Problem[];
  readonly retryAfterS: number | undefined;
  readonly upstreamRequestId: string | undefined;
  readonly members: Readonly<Record<string, string | number | boolean | null>>;

  protected constructor(code: string, kind: FailureKind, facts: FailureFacts) {
    super(`${code}: ${facts.detail ?? kind.en}`, facts.cause === undefined ? undefined : { cause: facts.cause });
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
}

/** A failure of our own, before or without upstream: the input, the caller's rights, the state, our machinery. */
export class Failure extends QianmaError {
  override readonly name = 'Failure';
  declare readonly code: FailureCode;

  constructor(code: FailureCode, facts: FailureFacts = {}) {
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

/** Upstream answered, and refused. `code` is upstream's own. */
export class UpstreamError extends QianmaError {
  override readonly name = 'UpstreamError';
  /** Upstream's `Message`, which its documents say not to rely on; undefined where it may not be shown. */
  readonly upstreamMessage: string;

  constructor(code: string, kind: FailureKind, facts: FailureFacts & { upstreamMessage: string; upstreamRequestId: string }) {
    super(code, kind, { ...facts, detail: facts.upstreamMessage });
    this.upstreamMessage = facts.upstreamMessage;
  }
}
