import type { FieldDocs } from '../field-doc.ts';
import type { TemplateInfo } from './TemplateInfo.ts';

export const templateInfoDocs: FieldDocs<typeof TemplateInfo> = {
  TemplateId: { zh: '模板编号', en: 'Id of the template' },
  TemplateName: { zh: '模板名称', en: 'Name of the template' },
  Description: { zh: '模板说明', en: 'Description of the template' },
  Components: {
    zh: '填写控件；未传 QueryAllComponents 时只含发起方的',
    en: "Fields to fill in; the initiator's alone unless QueryAllComponents was set",
  },
  Recipients: { zh: '需要签署的各方', en: 'The parties that sign' },
  SignComponents: { zh: '签署控件', en: 'Fields to sign' },
  TemplateType: {
    zh: '1 本企业自动签署（亦称静默签、授权签），3 普通模板',
    en: '1: the organisation signs by itself. 3: everyone signs by hand',
  },
  IsPromoter: { zh: '是否发起人', en: 'Is this the initiator?', deprecated: true },
  Creator: { zh: '创建人姓名', en: 'Name of the person who made it' },
  CreatedOn: { zh: '创建时间，Unix 秒', en: 'When it was made, Unix seconds' },
  PreviewUrl: { zh: '预览链接，5 分钟有效', en: 'Preview link, good for five minutes' },
  PdfUrl: { zh: 'PDF 链接，5 分钟有效', en: 'Link to the PDF, good for five minutes' },
  ChannelTemplateId: { zh: '对应的平台模板编号', en: "Id of the platform's template behind it" },
  ChannelTemplateName: { zh: '对应的平台模板名称', en: "Name of the platform's template behind it" },
  ChannelAutoSave: {
    zh: '0 子客企业自行领取平台模板，1 平台自动下发',
    en: '0: the organisation takes the template itself. 1: the platform hands it out',
    default: 0,
  },
  TemplateVersion: {
    zh: '模板版本：日期加三位序号；可为空',
    en: 'Version: the date and a number of three digits; may be empty',
  },
  Available: { zh: '1 启用，2 停用', en: '1: enabled. 2: disabled', default: 1 },
  UserFlowType: { zh: '模板的合同类型', en: 'The contract type of the template' },
};
