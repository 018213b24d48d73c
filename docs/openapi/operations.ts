import { actionMembers } from '../members/actions.ts';
import type { ActionMembers } from '../members/members.ts';
import { answerSchema } from './answer-schema.ts';
import type { Definition } from './definitions.ts';
import { exampleRequests } from './examples.ts';
import { answerHeaders, failures, parameters } from './http-parts.ts';
import type { functionTexts } from './page-texts.ts';
import { both, type JsonSchema } from './schema.ts';
import type { MemberDocs, SchemaWriter } from './validated-schema.ts';

const json = 'application/json';

export interface OperationSources {
  /** What the request's members mean. */
  docs: MemberDocs;
  texts: ReturnType<typeof functionTexts>;
  write: SchemaWriter;
}

/** `POST /<action>`: what it takes and answers. */
export function operation(
  { name, role, request, csv, condition, version }: Definition,
  { docs, texts, write }: OperationSources,
) {
  const text = texts.get(name);
  const members: ActionMembers | undefined = actionMembers[name];
  if (text === undefined || members === undefined) throw new Error(`${name} is not documented`);
  const body = unlessInHeader(write.written(request, docs, name), condition !== undefined);
  const changes = role !== 'viewer';
  return {
    operationId: name,
    summary: text.en,
    description: both({
      en: `${text.en}.\n\nRole: \`${role}\` at least.`,
      zh: `${text.zh}。\n\n所需角色：至少 \`${role}\`。`,
    }),
    tags: [tagOf(name)],
    parameters: [
      parameters.AcceptLanguage,
      ...(changes ? [parameters.IdempotencyKey] : []),
      ...(condition ? [parameters.IfMatch] : []),
      parameters.Traceparent,
    ],
    requestBody: {
      required: true,
      content: { [json]: { schema: body, examples: { example: { value: exampleRequests[name] } } } },
    },
    responses: {
      '200': {
        description: both({ en: 'Done', zh: '成功' }),
        headers: answerHeaders({
          isRepeatable: changes,
          isTable: csv !== undefined,
          isVersioned: version !== undefined || 'Version' in members.answer,
        }),
        content: {
          [json]: { schema: answerSchema(name, members, write) },
          ...(csv && { 'text/csv': { schema: { type: 'string' } } }),
        },
      },
      ...failures,
    },
  };
}

/** A body that may leave `Version` to `If-Match`. */
function unlessInHeader(body: JsonSchema, isConditional: boolean): JsonSchema {
  if (!isConditional) return body;
  return { ...body, required: body.required?.filter((member) => member !== 'Version') ?? [] };
}

const tags = [
  { name: 'Codes', description: both({ en: 'QR codes and contracts', zh: '签署码与合同' }) },
  { name: 'Batches', description: both({ en: 'Many codes at once', zh: '批量操作' }) },
  { name: 'Organizations', description: both({ en: 'Organisations and API keys', zh: '企业与 API 密钥' }) },
  { name: 'Notifications', description: both({ en: 'What Tencent has posted', zh: '腾讯的回调' }) },
  { name: 'Events', description: both({ en: 'What your systems are told', zh: '发给您系统的事件' }) },
  { name: 'Upstream', description: both({ en: 'Tencent, called as it is', zh: '直接调用腾讯' }) },
  { name: 'Agents', description: both({ en: 'Tools for AI agents', zh: '供 AI 智能体调用的工具' }) },
  { name: 'Watching', description: both({ en: 'Health and metrics', zh: '健康状况与指标' }) },
  { name: 'Gate', description: both({ en: 'Links and paper at the gate', zh: '现场的链接与海报' }) },
] as const;
export const documentTags: readonly { name: string; description: string }[] = tags;
type Tag = (typeof tags)[number]['name'];

/** Of the words in a name the first that is here decides. */
const kinds: readonly [RegExp, Tag][] = [
  [/Batch/, 'Batches'],
  [/Notification/, 'Notifications'],
  [/Event/, 'Events'],
  [/Organization|ApiKey|AuditLog|CallerIdentity/, 'Organizations'],
  [/Upstream/, 'Upstream'],
];
const tagOf = (name: string): Tag => kinds.find(([sign]) => sign.test(name))?.[1] ?? 'Codes';
