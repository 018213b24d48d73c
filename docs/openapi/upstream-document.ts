import * as z from 'zod/mini';
import { api } from '../../shared/essbasic/api.ts';
import { type ActionDocs, actions, structs } from '../../shared/essbasic/field-docs.ts';
import type { Text } from '../../shared/text.ts';
import { upstreamErrorCodes } from './error-codes.ts';
import { both, componentRef, type JsonSchema } from './schema.ts';
import { upstreamExamples } from './upstream-examples.ts';
import { type SchemaWriter, schemaWriter } from './validated-schema.ts';

const about: Text = {
  en: 'The actions of Tencent e-sign (essbasic) that qianma calls, as far as its documents say what they take. It is signed with TC3-HMAC-SHA256; the action stands in the header `X-TC-Action`, and its path here is a name alone: all of them are `POST /`.',
  zh: '签码所调用的腾讯电子签（essbasic）接口，以其文档所述为准。请求以 TC3-HMAC-SHA256 签名；接口名在 `X-TC-Action` 头中，此处的路径只是名称：实际均为 `POST /`。',
};

const texts = {
  requestId: { en: 'The id of the call, for whoever helps', zh: '本次调用的编号，求助时请提供' },
  response: { en: 'What came of it', zh: '结果' },
  error: {
    en: 'Where it was refused; the HTTP status is 200 all the same',
    zh: '被拒绝时的错误；HTTP 状态仍为 200',
  },
  code: { en: 'The code of the error', zh: '错误码' },
  message: { en: 'A sentence, on which no program may rely', zh: '说明，程序不可依赖' },
  done: { en: 'Done, or refused', zh: '成功，或被拒绝' },
  gateway: { en: 'Something in front of the API turned it away', zh: '被接口前的网关拒绝' },
} as const satisfies Record<string, Text>;

/** What is known of upstream's API, in OpenAPI 3.1.1: each action under its name, with what validates and documents it. */
export function upstreamDocument() {
  // Nothing is filled in on the way to upstream.
  const write = schemaWriter(
    structs.map(({ name, schema, fields }) => ({ name, schema, docs: fields })),
    (_, members) => members,
  );
  return {
    openapi: '3.1.1',
    info: {
      title: 'Tencent e-sign essbasic 电子签',
      version: api.version,
      description: both(about),
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [
      { url: `https://${api.host}`, description: both({ en: 'Tencent e-sign', zh: '腾讯电子签' }) },
      {
        url: `https://${api.testHost}`,
        description: both({ en: 'its joint-test environment', zh: '联调环境' }),
      },
    ],
    security: [{ tc3: [] }],
    tags: [{ name: 'essbasic', description: both({ en: 'Tencent e-sign', zh: '腾讯电子签' }) }],
    paths: Object.fromEntries(
      actions.map((docs) => [`/${docs.action.name}`, { post: operation(docs, write) }]),
    ),
    components: {
      securitySchemes: {
        tc3: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: both({ en: 'TC3-HMAC-SHA256', zh: 'TC3-HMAC-SHA256 签名' }),
        },
      },
      schemas: { ...write.components(), Error: errorSchema },
    },
    'x-error-codes': upstreamErrorCodes(),
  };
}

function operation({ action, purpose, request, response }: ActionDocs, { written }: SchemaWriter) {
  const { name } = action;
  return {
    operationId: name,
    summary: purpose.en,
    description: both(purpose),
    tags: ['essbasic'],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: written(objectOf(action.request), request, name),
          examples: { example: { value: upstreamExamples[name] } },
        },
      },
    },
    responses: {
      '200': {
        description: both(texts.done),
        content: {
          'application/json': { schema: envelope(written(objectOf(action.response), response, name)) },
        },
      },
      '4XX': { description: both(texts.gateway) },
    },
  };
}

/** Every answer of upstream has one member, with the action's own in it. */
function envelope({ properties, ...schema }: JsonSchema): JsonSchema {
  const own = {
    Error: { $ref: componentRef('Error'), description: both(texts.error) },
    RequestId: { type: 'string', description: both(texts.requestId) },
  };
  return {
    type: 'object',
    properties: {
      Response: {
        // What it demands is there where it succeeded.
        type: schema.type ?? 'object',
        description: both(texts.response),
        properties: { ...properties, ...own },
      },
    },
    required: ['Response'],
  };
}

const errorSchema: JsonSchema = {
  type: 'object',
  description: both(texts.error),
  properties: {
    Code: { type: 'string', description: both(texts.code) },
    Message: { type: 'string', description: both(texts.message) },
  },
  required: ['Code', 'Message'],
};

function objectOf(schema: z.ZodMiniType): z.ZodMiniObject {
  if (schema instanceof z.ZodMiniObject) return schema;
  throw new Error('an action takes and answers an object');
}
