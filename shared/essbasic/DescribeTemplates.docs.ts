import { limits, type request, type response } from './DescribeTemplates.ts';
import type { FieldDocs } from './field-doc.ts';

export const requestDocs: FieldDocs<typeof request> = {
  Agent: {
    zh: '应用、子客企业及其经办人；企业与经办人须已完成实名认证',
    en: 'The application, the organisation and its operator; both must have been verified',
  },
  TemplateId: {
    zh: '只查这一个模板；优先于 TemplateIds',
    en: 'Only this template; takes precedence over TemplateIds',
  },
  ContentType: {
    zh: '0 列表及详情；1 仅列表，不含控件与参与方',
    en: '0: list and details. 1: list alone, without fields and parties',
    default: 0,
  },
  TemplateIds: {
    zh: '只查这些模板，此时不分页。文档称任一不存在即报错，其示例却返回空列表',
    en: 'Only these templates, without paging. By the text one that does not exist is an error, by the example the list is empty',
  },
  Limit: {
    zh: '每页条数；0 视为未填（假定）',
    en: 'Templates per page; zero is assumed to mean not set',
    default: limits.Limit.default,
  },
  Offset: { zh: '跳过的条数', en: 'Templates to skip', default: limits.Offset.default },
  TemplateName: { zh: '模板名称中连续的一段', en: 'A part of the name of the template' },
  ChannelTemplateId: {
    zh: '平台模板编号，查由其下发或领取的模板',
    en: 'Id of a template of the platform: those handed out or taken from it',
  },
  QueryAllComponents: {
    zh: '为 true 时返回所有参与方的填写控件，否则只返回发起方的',
    en: "When true the fields of all parties come, otherwise the initiator's alone",
    default: false,
  },
  WithPreviewUrl: { zh: '是否返回预览链接', en: 'Return a preview link', default: false },
  ShowPreviewComponents: {
    zh: '预览页是否显示控件；仅在 WithPreviewUrl 为 true 时有效',
    en: 'Show the fields in the preview; only together with WithPreviewUrl',
    since: '2026-09-10',
    default: false,
  },
  WithPdfUrl: {
    zh: '是否返回 PDF 链接；须由上游开通白名单',
    en: 'Return a link to the PDF; upstream must have enabled this for you',
    default: false,
  },
  Operator: { zh: '无需填写', en: 'Not needed', deprecated: true },
  UserFlowTypeId: { zh: '只查此合同类型的模板', en: 'Only templates of this contract type' },
};

export const responseDocs: FieldDocs<typeof response> = {
  Templates: { zh: '模板', en: 'The templates' },
  TotalCount: { zh: '符合条件的模板总数', en: 'How many templates match in all' },
  Limit: { zh: '本次的每页条数', en: 'Templates per page of this answer' },
  Offset: { zh: '本次跳过的条数', en: 'Templates skipped in this answer' },
};
