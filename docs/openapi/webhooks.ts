import { type EventPage, type eventMemberTexts, eventPages } from './page-texts.ts';
import { both, type JsonSchema } from './schema.ts';

const signed = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];

/** Members that are numbers in some events and null in others, and those of texts that may be null. */
const nullable = new Set(['ExternalId', 'QrCodeName', 'Generation', 'QrCodeId', 'ExpiredTime']);

/** Each type of event, as it is posted to a subscription of the kind `standard-webhooks`. */
export function webhooks(texts: ReturnType<typeof eventMemberTexts>) {
  return Object.fromEntries(
    eventPages().map((page) => [
      page.type,
      {
        post: {
          operationId: `event.${page.type}`,
          summary: page.text.en,
          description: both(page.text),
          tags: ['Events'],
          security: [],
          parameters: signed.map((name) => ({
            name,
            in: 'header',
            required: true,
            schema: { type: 'string' },
          })),
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: eventSchema(page, texts),
                examples: { example: { value: page.example } },
              },
            },
          },
          responses: {
            '2XX': { description: both({ en: 'It has arrived', zh: '已收到' }) },
            '410': {
              description: both({ en: 'Nothing more is to be sent here', zh: '不再向此地址发送' }),
            },
          },
        },
      },
    ]),
  );
}

function eventSchema({ type, example }: EventPage, texts: ReturnType<typeof eventMemberTexts>): JsonSchema {
  const entries = Object.entries(example.data).map(([name, value]): [string, JsonSchema] => {
    const text = name === 'OrganizationOpenId' ? organization : texts.get(name);
    if (text === undefined) throw new Error(`docs/events.md does not explain ${name}`);
    return [name, { ...typeOf(name, value), description: both(text) }];
  });
  return {
    type: 'object',
    properties: {
      type: { type: 'string', const: type },
      timestamp: {
        type: 'string',
        format: 'date-time',
        description: both({ en: 'When it happened', zh: '发生时间' }),
      },
      data: {
        type: 'object',
        properties: Object.fromEntries(entries),
        required: entries.map(([name]) => name),
      },
    },
    required: ['type', 'timestamp', 'data'],
  };
}

const organization = { en: 'the organisation', zh: '企业' };
const numbers = new Set(['Generation', 'ExpiredTime']);

function typeOf(name: string, value: unknown): JsonSchema {
  const type = typeof value === 'number' || numbers.has(name) ? 'integer' : 'string';
  return { type: nullable.has(name) ? [type, 'null'] : type };
}
