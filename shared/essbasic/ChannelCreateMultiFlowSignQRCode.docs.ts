import { limits, type request, type response } from './ChannelCreateMultiFlowSignQRCode.ts';
import type { FieldDocs } from './field-doc.ts';

export const requestDocs: FieldDocs<typeof request> = {
  Agent: {
    zh: '应用、子客企业及其经办人；企业与经办人须已完成实名认证',
    en: 'The application, the organisation and its operator; both must have been verified',
    since: '2022-06-13',
  },
  TemplateId: {
    zh: '模板编号，官方文档称为 32 位；模板须满足签署码的条件',
    en: 'Id of the template, of 32 characters by the documents; the template must meet the conditions for a sign code',
    since: '2022-06-13',
  },
  FlowName: {
    zh: '合同名称，签署人可见，也是下载文件名。文档限定中文、字母、数字、下划线，但同类产品 ess 的成功示例含连字符，故字符集交由上游判定',
    en: 'Name of the contracts: signers read it, and downloads are named by it. The documents limit the characters to Chinese, letters, digits and the underscore, yet a successful example of the sibling product ess has a hyphen, so that is left to upstream',
    since: '2022-06-13',
  },
  MaxFlowNum: {
    zh: '此码最多可发起的合同份数，用完即失效；0 视为未填。上限未公布',
    en: 'How many contracts the code can start before it dies; zero means not set. No upper bound is published',
    since: '2022-06-13',
    default: limits.MaxFlowNum.default,
  },
  FlowEffectiveDay: {
    zh: '每份合同自发起起的签署天数，逾期作废；0 视为未填',
    en: 'Days that each contract stays open for signing, from its own start; zero means not set',
    since: '2022-06-13',
    default: limits.FlowEffectiveDay.default,
  },
  FlowDisplayType: {
    zh: '签署人看到的称呼：0 合同，1 文件，2 协议，3 文书',
    en: 'The word that signers read: 0 contract (合同), 1 file (文件), 2 agreement (协议), 3 document (文书)',
    since: '2026-05-08',
    default: limits.FlowDisplayType.default,
  },
  QrEffectiveDay: {
    zh: '签署码自创建起的有效天数；0 视为未填。请改用 QrCodeExpiredOn',
    en: 'Days that the code lives, from its creation; zero means not set. Use QrCodeExpiredOn instead',
    since: '2022-06-13',
    default: limits.QrEffectiveDay.default,
    deprecated: '2025-09-11',
  },
  Restrictions: {
    zh: '限定可扫码签署的人；不填则人人可扫。条数上限未公布',
    en: 'The only people who may scan and sign; everyone may when absent. No largest number is published',
    since: '2022-10-20',
  },
  ApproverComponentLimitTypes: {
    zh: '按参与方限定个人签名控件可用的签名方式',
    en: 'Narrows, for each party, the ways to sign a personal signature field',
    since: '2023-09-22',
  },
  CallbackUrl: {
    zh: '因企业额度不足而扫码失败时的通知地址；现统一在第三方应用中配置',
    en: 'Where to notify when a scan fails for lack of quota; to be configured in the application now',
    since: '2022-06-13',
    default: { zh: '应用所配置的地址', en: 'the URL configured in the application' },
    deprecated: '2023-08-29',
  },
  ApproverRestrictions: {
    zh: '限定单个可扫码的人；请改用 Restrictions',
    en: 'The one person who may scan; use Restrictions instead',
    since: '2022-08-02',
    deprecated: '2022-10-20',
  },
  Operator: { zh: '上游未开放', en: 'Not in use upstream', since: '2022-06-13', deprecated: '2023-03-02' },
  ForbidPersonalMultipleSign: {
    zh: '为 true 时，同一个人只能用此码签一份合同',
    en: 'When true, one person can sign only one contract with this code',
    since: '2024-10-14',
    default: false,
  },
  FlowNameAppendScannerInfo: {
    zh: '为 true 时，合同名称后附扫码人姓名与手机号后四位',
    en: "When true, the scanner's name and the last four digits of their phone number are added to the contract's name",
    since: '2024-11-19',
    default: false,
  },
  QrCodeName: {
    zh: '印在二维码图片上的名称',
    en: 'The title printed on the picture of the code',
    since: '2025-09-11',
    default: { zh: '取 FlowName', en: 'the FlowName' },
  },
  QrCodeExpiredOn: {
    zh: `签署码的截止时间，Unix 秒，最远为创建后 ${limits.QrCodeExpiredOn.maxDays} 天。与 QrEffectiveDay 同填时以何为准未公布，本项目假定以此为准；0 视为未填（假定）`,
    en: `When the code ends, Unix seconds, at most ${limits.QrCodeExpiredOn.maxDays} days after its creation. Which one wins over QrEffectiveDay is not published, this one is assumed to; so is that zero means not set`,
    since: '2025-09-11',
    default: {
      zh: `创建后 ${limits.QrEffectiveDay.default} 天`,
      en: `${limits.QrEffectiveDay.default} days after the creation`,
    },
  },
};

export const responseDocs: FieldDocs<typeof response> = {
  QrCode: { zh: '所创建的签署码', en: 'The code that was made', since: '2022-06-13' },
  SignUrls: { zh: '与签署码等效的链接', en: 'Links that do what the code does', since: '2022-08-02' },
};
