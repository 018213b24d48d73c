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
} as const;

const problem = { 'application/problem+json': { schema: { $ref: componentRef('Problem') } } };

export const responseComponents = {
  Refused: {
    description: both({ en: 'The request cannot be carried out as it is', zh: '该请求无法照此执行' }),
    headers: { 'X-Request-Id': ref('headers', 'RequestId'), 'Retry-After': ref('headers', 'RetryAfter') },
    content: problem,
  },
  Failed: {
    description: both({ en: 'Something is wrong here or at Tencent', zh: '本系统或腾讯侧有问题' }),
    headers: { 'X-Request-Id': ref('headers', 'RequestId'), 'Retry-After': ref('headers', 'RetryAfter') },
    content: problem,
  },
};

export const parameters = {
  AcceptLanguage: ref('parameters', 'AcceptLanguage'),
  IdempotencyKey: ref('parameters', 'IdempotencyKey'),
};

/** Of every operation that answers with problem documents. */
export const failures = { '4XX': ref('responses', 'Refused'), '5XX': ref('responses', 'Failed') };

export function answerHeaders({ isRepeatable, isTable }: { isRepeatable: boolean; isTable: boolean }) {
  return {
    'X-Request-Id': ref('headers', 'RequestId'),
    'X-Upstream-Request-Id': ref('headers', 'UpstreamRequestId'),
    ...(isRepeatable && { 'Idempotent-Replayed': ref('headers', 'IdempotentReplayed') }),
    ...(isTable && { 'Next-Cursor': ref('headers', 'NextCursor') }),
  };
}
