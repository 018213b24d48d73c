/** Headers, parameters and failures that operations have in common. */
import { both, componentRef } from './schema.ts';

const ref = (kind: 'headers' | 'parameters' | 'responses', name: string) => ({
  $ref: `#/components/${kind}/${name}`,
});

const text = { type: 'string' } as const;

export const headerComponents = {
  RequestId: {
    description: both({ en: 'The id of this call', zh: '本次调用的编号' }),
    schema: text,
  },
  UpstreamRequestId: {
    description: both({
      en: "The RequestId of Tencent's answer, where Tencent was asked",
      zh: '询问过腾讯时，其应答的 RequestId',
    }),
    schema: text,
  },
  IdempotentReplayed: {
    description: both({
      en: '`true`: this is the stored answer of the first call with this `Idempotency-Key`',
      zh: '`true`：此为同一 `Idempotency-Key` 首次调用所存的应答',
    }),
    schema: { type: 'string', enum: ['true'] },
  },
  NextCursor: {
    description: both({
      en: 'Of a table: the `Cursor` of the next page; absent on the last',
      zh: '表格的下一页 `Cursor`；最后一页没有',
    }),
    schema: text,
  },
  ETag: {
    description: both({
      en: 'The version of what was answered, where that is one thing: for `If-Match`',
      zh: '应答内容为单个对象时其版本，可用于 `If-Match`',
    }),
    schema: { type: 'string', pattern: '^"\\d+"$' },
  },
  RateLimitPolicy: {
    description: both({
      en: 'The limits that the call was under (draft-ietf-httpapi-ratelimit-headers-11): `"key"` of the API key, `"upstream"` of the Tencent action, which all callers share; `q` requests in `w` seconds',
      zh: '本次调用所受的限额（draft-ietf-httpapi-ratelimit-headers-11）：`"key"` 为 API 密钥的，`"upstream"` 为腾讯接口的（所有调用方共用）；每 `w` 秒 `q` 次',
    }),
    schema: text,
    example: '"key";q=3000;w=60, "upstream";q=19;w=1',
  },
  RateLimit: {
    description: both({
      en: 'What is left of them: no more than `r` requests in the next `t` seconds',
      zh: '其余量：今后 `t` 秒内至多 `r` 次',
    }),
    schema: text,
    example: '"key";r=2997;t=41, "upstream";r=18;t=1',
  },
  RetryAfter: {
    description: both({ en: 'Seconds after which a retry makes sense', zh: '多少秒后重试才有意义' }),
    schema: { type: 'integer' },
  },
} as const;

export const parameterComponents = {
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    description: both({ en: '`zh`: texts in Chinese; else English', zh: '`zh`：中文；否则英文' }),
    schema: text,
    example: 'zh',
  },
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description: both({
      en: 'The same key with the same body gets the first answer again, for 24 hours',
      zh: '24 小时内，同一个键加同样的请求体得到首次的应答',
    }),
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: 'gate-3-monday',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: both({
      en: 'An `ETag`, instead of the member `Version`: where another version is there, nothing is done, and the answer is 412',
      zh: '一个 `ETag`，代替 `Version` 字段：版本已变化时不做任何修改，应答 412',
    }),
    schema: { type: 'string', pattern: '^"\\d{1,10}"$' },
    example: '"2"',
  },
  Traceparent: {
    name: 'traceparent',
    in: 'header',
    description: both({
      en: 'W3C Trace Context: its trace id is in the lines of the log as `traceId`. What is malformed is ignored',
      zh: 'W3C Trace Context：其 trace id 以 `traceId` 记入日志。格式不符的忽略',
    }),
    schema: text,
    example: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  },
} as const;

const limitHeaders = {
  'RateLimit-Policy': ref('headers', 'RateLimitPolicy'),
  RateLimit: ref('headers', 'RateLimit'),
};

const refusalHeaders = {
  'X-Request-Id': ref('headers', 'RequestId'),
  ...limitHeaders,
  'Retry-After': ref('headers', 'RetryAfter'),
};

const problem = { 'application/problem+json': { schema: { $ref: componentRef('Problem') } } };

export const responseComponents = {
  Refused: {
    description: both({ en: 'The request cannot be carried out as it is', zh: '该请求无法照此执行' }),
    headers: refusalHeaders,
    content: problem,
  },
  Failed: {
    description: both({ en: 'Something is wrong here or at Tencent', zh: '本系统或腾讯侧有问题' }),
    headers: refusalHeaders,
    content: problem,
  },
};

export const parameters = {
  AcceptLanguage: ref('parameters', 'AcceptLanguage'),
  IdempotencyKey: ref('parameters', 'IdempotencyKey'),
  IfMatch: ref('parameters', 'IfMatch'),
  Traceparent: ref('parameters', 'Traceparent'),
};

/** Of every operation that answers with problem documents. */
export const failures = { '4XX': ref('responses', 'Refused'), '5XX': ref('responses', 'Failed') };

export function answerHeaders({
  isRepeatable = false,
  isTable = false,
  isVersioned = false,
}: Partial<Record<'isRepeatable' | 'isTable' | 'isVersioned', boolean>>) {
  return {
    'X-Request-Id': ref('headers', 'RequestId'),
    'X-Upstream-Request-Id': ref('headers', 'UpstreamRequestId'),
    ...limitHeaders,
    ...(isVersioned && { ETag: ref('headers', 'ETag') }),
    ...(isRepeatable && { 'Idempotent-Replayed': ref('headers', 'IdempotentReplayed') }),
    ...(isTable && { 'Next-Cursor': ref('headers', 'NextCursor') }),
  };
}
