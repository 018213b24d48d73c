import type { Text } from '../../shared/text.ts';
import type { EmulatedName } from './good-requests.ts';

/** What the emulator checks and does, beside the signature and the contract of the request. */
export const emulatedChecks: Readonly<Record<EmulatedName, readonly Text[]>> = {
  ChannelCreateMultiFlowSignQRCode: [
    {
      zh: '应用、企业、经办人：存在、实名、授权、版本',
      en: 'application, organisation, operator: they exist, are verified, authorised, licensed',
    },
    {
      zh: '模板存在且属于企业；满足生成签署码的条件',
      en: 'the template exists, is of the organisation, and can carry a code',
    },
    { zh: '签名方式的参与方、截止时间、额度', en: 'the parties of the ways to sign, the end, the quota' },
    {
      zh: '默认值：5 份、7 天、7 天；重复请求生成第二个签署码',
      en: 'defaults: 5 contracts, 7 days, 7 days; a repeated request makes a second code',
    },
    { zh: '二维码图片与说明页真实可用', en: 'the picture and the page behind the links are really there' },
  ],
  ChannelCancelMultiFlowSignQRCode: [
    { zh: '应用、企业、经办人', en: 'application, organisation, operator' },
    { zh: '签署码存在、属于企业、仍然有效', en: 'the code exists, is of the organisation, and is alive' },
  ],
  DescribeTemplates: [
    { zh: '应用、企业、经办人', en: 'application, organisation, operator' },
    {
      zh: '分页、全部筛选条件、TemplateId 优先于 TemplateIds',
      en: 'pages, every filter, TemplateId before TemplateIds',
    },
    {
      zh: '字段 ContentType、QueryAllComponents、WithPreviewUrl、WithPdfUrl',
      en: 'the members ContentType, QueryAllComponents, WithPreviewUrl, WithPdfUrl',
    },
  ],
};
