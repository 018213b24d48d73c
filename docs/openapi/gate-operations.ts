/** The functions that are no actions: links and paper at the gate, and where Tencent posts to. */
import { posterQuery } from '../../functions/poster/request.ts';
import { answerHeaders, failures, parameters } from './http-parts.ts';
import type { functionTexts } from './page-texts.ts';
import { both } from './schema.ts';
import type { MemberDocs, SchemaWriter } from './validated-schema.ts';

const slug = {
  name: 'slug',
  in: 'path',
  required: true,
  description: both({ en: 'the end of the stable link', zh: '稳定链接的末段' }),
  schema: { type: 'string', pattern: '^[1-9A-HJ-NP-Za-km-z]{12}$' },
  example: 'Hy1hkPKYi4Ps',
};

const html = { 'text/html': { schema: { type: 'string' } } };
const page = (en: string, zh: string) => ({ description: both({ en, zh }), content: html });

const said = (en: string, zh: string, schema: object) => ({ description: both({ en, zh }), ...schema });
const text = { type: 'string' };
const inBoth = {
  type: 'object',
  properties: { En: said('in English', '英文', text), Zh: said('in Chinese', '中文', text) },
  required: ['En', 'Zh'],
};
const orNull = { type: ['string', 'null'] };
const atGate = {
  type: 'object',
  properties: {
    Leads: said('it goes on to the signing; nothing else is said then', '直接进入签署；此时没有其他成员', {
      type: 'boolean',
    }),
    State: said(
      'of the code; `Unknown`: nobody has made the link',
      '签署码状态；`Unknown`：没有此链接',
      text,
    ),
    Name: said('of the gate', '现场名称', orNull),
    Organization: said('as signers read it', '签署人看到的企业名称', orNull),
    Sign: said('the picture beside the words', '文字旁的图形', { ...text, enum: ['wait', 'pause', 'stop'] }),
    Title: said('what the case is', '当前情况', inBoth),
    Next: said('what to do, and what happens by itself', '该做什么、什么会自动发生', inBoth),
    Ask: said('whom to ask', '有问题找谁', inBoth),
  },
  required: ['Leads'],
};
const shown = (en: string, zh: string) =>
  said(en, zh, { content: { 'application/json': { schema: atGate } } });

const message = ['a message of JSON-RPC 2.0, as the protocol says', '协议规定的 JSON-RPC 2.0 消息'] as const;
const tooOften = {
  description: both({
    en: 'The address asked for too many links that do not exist; those that do are never limited',
    zh: '该地址请求了过多不存在的链接；存在的链接不受限制',
  }),
  headers: { 'Retry-After': { schema: { type: 'string' } } },
};

const health = (en: string, zh: string) =>
  said(en, zh, {
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: { status: said('yes or no', '是或否', { ...text, enum: ['pass', 'fail'] }) },
          required: ['status'],
        },
      },
    },
  });

const posterDocs: MemberDocs = {
  CodeId: {
    en: 'ids of codes, up to 100, with commas between them',
    zh: '签署码编号，至多 100 个，以逗号分隔',
  },
  Slug: { en: 'or the end of a stable link', zh: '或稳定链接的末段' },
  ExternalId: { en: 'or your own id', zh: '或您自己的编号' },
  Label: { en: 'or a label', zh: '或标签' },
  Paper: { en: 'the size', zh: '尺寸' },
  Format: { en: 'the form of the file', zh: '文件格式' },
  Zip: { en: '`true`: a file for each code in one archive', zh: '`true`：每码一个文件，打包下载' },
  Name: { en: 'the name of the gate, of one poster', zh: '现场名称，仅用于单张海报' },
};

export function gateOperations(texts: ReturnType<typeof functionTexts>, { written }: SchemaWriter) {
  const about = (name: string) => {
    const text = texts.get(name);
    if (text === undefined) throw new Error(`${name} is not documented`);
    return { summary: text.en, description: both(text) };
  };
  return {
    '/s/{slug}': {
      get: {
        operationId: 'followStableLink',
        ...about('stable-link'),
        tags: ['Gate'],
        security: [],
        parameters: [slug, parameters.AcceptLanguage],
        responses: {
          '302': {
            description: both({ en: 'The current generation is there', zh: '跳转到当前一代' }),
            headers: { Location: { schema: { type: 'string' } } },
          },
          '404': page('There is no such link', '没有此链接'),
          '429': tooOften,
          '410': page('It has ended for good', '已永久失效'),
          '503': page('Nobody can sign now; it goes on by itself', '暂时无法签署，恢复后自动继续'),
        },
      },
    },
    ...Object.fromEntries(
      [
        ['svg', 'image/svg+xml'],
        ['png', 'image/png'],
      ].map(([format = '', type = '']) => [
        `/s/{slug}.${format}`,
        {
          get: {
            operationId: `drawStableLinkAs${format === 'svg' ? 'Svg' : 'Png'}`,
            ...about('stable-link'),
            tags: ['Gate'],
            security: [],
            parameters: [slug],
            responses: {
              '200': {
                description: both({ en: 'The QR code of the link', zh: '该链接的二维码' }),
                content: { [type]: { schema: { type: 'string' } } },
              },
              '404': page('There is no such link', '没有此链接'),
              '429': tooOften,
            },
          },
        },
      ]),
    ),
    '/s/{slug}.json': {
      get: {
        operationId: 'lookAtStableLink',
        ...about('stable-link'),
        tags: ['Gate'],
        security: [],
        parameters: [slug],
        responses: {
          '200': shown('What a phone is shown there now', '手机上现在看到的内容'),
          '404': shown('There is no such link', '没有此链接'),
          '429': tooOften,
        },
      },
    },
    '/poster': {
      get: {
        operationId: 'drawPosters',
        ...about('poster'),
        tags: ['Gate'],
        parameters: queryOf(written),
        responses: {
          '200': {
            description: both({ en: 'The posters', zh: '海报' }),
            headers: answerHeaders({}),
            content: Object.fromEntries(
              ['application/pdf', 'image/svg+xml', 'image/png', 'application/zip'].map((type) => [
                type,
                { schema: { type: 'string' } },
              ]),
            ),
          },
          ...failures,
        },
      },
    },
    '/mcp': {
      post: {
        operationId: 'callTool',
        ...about('mcp'),
        tags: ['Agents'],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: said(...message, { type: 'object' }) } },
        },
        responses: {
          '200': {
            description: both({
              en: 'The answer, as a message or as a stream of events that ends with it',
              zh: '应答：一条消息，或以该消息结束的事件流',
            }),
            content: {
              'application/json': { schema: { type: 'object' } },
              'text/event-stream': { schema: text },
            },
          },
          '202': { description: both({ en: 'A notification was taken', zh: '已收到通知' }) },
          ...failures,
        },
      },
    },
    ...Object.fromEntries(
      [
        ['live', 'askLiveness'],
        ['ready', 'askReadiness'],
      ].map(([question, operationId]) => [
        `/health/${question}`,
        {
          get: {
            operationId,
            ...about('health'),
            tags: ['Watching'],
            security: [],
            responses: {
              '200': health('It is', '是'),
              '503': health('It is not', '否'),
              '4XX': failures['4XX'],
            },
          },
        },
      ]),
    ),
    '/metrics': {
      get: {
        operationId: 'readMetrics',
        ...about('metrics'),
        tags: ['Watching'],
        parameters: [parameters.AcceptLanguage],
        responses: {
          '200': {
            description: both({ en: 'OpenMetrics 1.0', zh: 'OpenMetrics 1.0' }),
            headers: answerHeaders({}),
            content: { 'application/openmetrics-text': { schema: { type: 'string' } } },
          },
          ...failures,
        },
      },
    },
    '/callback-handler': {
      post: {
        operationId: 'receiveNotification',
        ...about('callback-handler'),
        tags: ['Notifications'],
        security: [{ contentSignature: [] }],
        requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
        responses: {
          '200': { description: both({ en: 'It is stored', zh: '已保存' }) },
          ...failures,
        },
      },
    },
  };
}

function queryOf(written: SchemaWriter['written']) {
  const { properties = {}, required = [] } = written(posterQuery, posterDocs, 'poster');
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    description,
    schema,
  }));
}
