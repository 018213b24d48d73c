import * as z from 'zod/mini';
import { codeStates } from '../../../shared/codes/code.ts';
import { listCodes } from '../../../shared/codes/reading/describe-codes.ts';
import { textFilter, timeFilter } from '../../../shared/list-cursor.ts';
import { defined } from '../../../shared/world.ts';
import { shownCode } from '../shown-code.ts';
import { tool } from '../tool.ts';

/** Answers are read by a model, which pays for each word: pages are shorter than those of the API. */
const mostCodes = 50;
const usualCodes = 10;

export const findCodes = tool({
  name: 'find_codes',
  role: 'viewer',
  title: { zh: '查找签署码', en: 'Find codes' },
  text: {
    zh: '按条件查找签署码，新的在前：状态及原因、已用与上限、到期时间、下次续期、固定链接、Version。条件可任意组合，全部不填则列出所有。不改变任何数据。',
    en: 'Finds codes by any of the filters together, or lists all of them, newest first: state and reason, use and limit, expiry, next renewal, stable link, Version. Changes nothing.',
  },
  request: z.strictObject({
    Text: textFilter,
    State: z.optional(z.enum(codeStates)),
    ExternalId: textFilter,
    Label: textFilter,
    TemplateId: textFilter,
    ProxyOrganizationOpenId: textFilter,
    ExpiringBefore: timeFilter,
    Limit: z.optional(z.int().check(z.minimum(1), z.maximum(mostCodes))),
    Cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(700))),
  }),
  members: {
    Text: {
      zh: '名称、海报文字、备注、ExternalId 或标签中的一段文字，至少两个字符',
      en: 'Part of a name, the words on the poster, the note, the ExternalId or a label; two characters at least',
    },
    State: { zh: '状态', en: 'The state' },
    ExternalId: { zh: '您的编号', en: 'What your own system calls it' },
    Label: { zh: '标签', en: 'A label' },
    TemplateId: { zh: '模板编号', en: 'The template' },
    ProxyOrganizationOpenId: { zh: '企业', en: 'The organisation' },
    ExpiringBefore: { zh: '在此之前到期，Unix 秒', en: 'Expires before this, in Unix seconds' },
    Limit: { zh: `最多条数，默认 ${usualCodes}`, en: `How many at most, ${usualCodes} by default` },
    Cursor: { zh: '上一页的 NextCursor', en: 'NextCursor of the page before' },
  },
  async run({ Limit, Cursor, ...input }, { resources, caller: { scope } }) {
    const filter = defined({
      organization: input.ProxyOrganizationOpenId,
      state: input.State,
      templateId: input.TemplateId,
      label: input.Label,
      externalId: input.ExternalId,
      expiringBeforeS: input.ExpiringBefore,
      text: input.Text,
    });
    const page = { limit: Limit ?? usualCodes, ...defined({ cursor: Cursor }) };
    const { Codes, NextCursor } = await listCodes(resources, { filter, scope, ...page });
    return { Codes: Codes.map(shownCode), NextCursor };
  },
});
