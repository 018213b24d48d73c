import * as z from 'zod/mini';
import { Failure } from '../../../shared/errors.ts';
import { parseInput } from '../parse-input.ts';
import { exampleAgent } from '../seeds/organisations.ts';
import { OwnedTemplate } from '../state/entities.ts';
import type { ControlRoute } from './control-route.ts';

const Input = z.extend(OwnedTemplate(), {
  AppId: z._default(OwnedTemplate().shape.AppId, exampleAgent.AppId),
  ProxyOrganizationOpenId: z._default(
    OwnedTemplate().shape.ProxyOrganizationOpenId,
    exampleAgent.ProxyOrganizationOpenId,
  ),
});
const Query = z.strictObject({ TemplateId: z.string() });

export const templateRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: 'templates',
    summary: { zh: '全部模板及所属企业', en: 'all templates, each with its organisation' },
    handle: ({ templates }) => templates.list(),
  },
  {
    method: 'POST',
    path: 'templates',
    summary: {
      zh: '添加或替换模板；企业缺省为示例企业',
      en: 'adds a template or replaces it; the organisation is that of the example unless given',
    },
    example:
      '{"template": {"TemplateId": "mine", "TemplateName": "我的模板", "Components": [], "SignComponents": [], "Recipients": [{"RecipientId": "r1", "RecipientType": "INDIVIDUAL", "RoutingOrder": -1}]}}',
    handle({ templates }, { body }) {
      const owned = parseInput(Input, body);
      templates.put(owned);
      return owned;
    },
  },
  {
    method: 'DELETE',
    path: 'templates',
    summary: { zh: '删除模板（?TemplateId=）', en: 'removes one (?TemplateId=)' },
    handle({ templates }, { query }) {
      const { TemplateId } = parseInput(Query, query);
      if (templates.remove(TemplateId)) return {};
      throw new Failure('NotFound', {
        detail: { zh: '没有此 TemplateId 的模板', en: 'There is no template with this TemplateId' },
      });
    },
  },
];
