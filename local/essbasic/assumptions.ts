import type { Text } from './gateway/outcome.ts';

export interface Assumption extends Text {
  about: 'gateway' | 'create' | 'cancel' | 'templates' | 'scan';
}

/** What no document says, and what the emulator does in its place. */
export const assumptions: readonly Assumption[] = [
  {
    about: 'gateway',
    zh: '检查顺序：请求方法、Content-Type、大小、接口名、版本、签名、频率、JSON、参数、应用、企业、经办人、业务',
    en: 'Checks come in this order: method, content type, size, action, version, signature, rate, JSON, members, application, organisation, operator, and then what the action itself demands',
  },
  {
    about: 'gateway',
    zh: '签名各检查的顺序：形式、SecretId、时间、签名；SignedHeaders 未排序、重复或含大写即拒绝',
    en: 'Of a signature its form is checked first, then SecretId, time and signature; SignedHeaders that are unsorted, repeated or in upper case are refused',
  },
  {
    about: 'gateway',
    zh: 'X-TC-Timestamp、X-TC-Action 或 X-TC-Version 缺失为 MissingParameter；时间戳不是整数秒为 InvalidParameter',
    en: 'A missing X-TC-Timestamp, X-TC-Action or X-TC-Version is MissingParameter; a timestamp that is no whole number of seconds is InvalidParameter',
  },
  {
    about: 'gateway',
    zh: '请求体不是 UTF-8 编码的 JSON，或 Content-Type 不是 application/json，为 InvalidParameter',
    en: 'A body that is not JSON in UTF-8, and a content type that is not application/json, are InvalidParameter',
  },
  {
    about: 'gateway',
    zh: '缺少字段为 MissingParameter，多余字段为 UnknownParameter，类型不符为 InvalidParameter，取值不符为 InvalidParameter.ParamError 或更细的错误码；null 视为类型不符；一次只报一处，缺失最先',
    en: 'A missing member is MissingParameter, an unknown one UnknownParameter, a wrong type InvalidParameter, and a wrong value InvalidParameter.ParamError or a finer code; null is a wrong type; one thing is named at a time, missing ones first',
  },
  {
    about: 'gateway',
    zh: '字符数按 Unicode 码位计；名称只受长度限制，不限字符（官方示例自身含连字符）',
    en: 'Characters are counted as Unicode code points; names are limited in length and not in characters (a published example has a hyphen)',
  },
  {
    about: 'gateway',
    zh: '频率按密钥与接口计数，任意一秒内不超过上限；被拒绝的请求不计',
    en: 'Requests are counted per SecretId and action, and no second may have more than the limit, wherever it begins; refused ones do not count',
  },
  {
    about: 'gateway',
    zh: '永久密钥带 X-TC-Token，或临时密钥缺少它，为 AuthFailure.TokenFailure',
    en: 'A permanent key with X-TC-Token, and a temporary one without it, are AuthFailure.TokenFailure',
  },
  {
    about: 'gateway',
    zh: '没有 X-TC-Language 时 Message 为中文；除官方示例中的四条外，Message 的文字均为模拟器自拟',
    en: 'Without X-TC-Language a Message is Chinese; but for the four that are known from published answers, every Message is in words of our own',
  },
  {
    about: 'gateway',
    zh: '创建的 RequestId 为 s 加 19 位数字，其余为 UUID，与官方示例一致',
    en: 'The RequestId of a create is s and 19 digits, that of anything else a UUID, as in the published examples',
  },
  {
    about: 'gateway',
    zh: '应用、企业、经办人有问题时，在接口公布的错误码中取最贴切的一个；没有公布的，用同类产品 ess 的错误码',
    en: 'For trouble with the application, the organisation or its operator, the best fitting code that the action publishes is used; where it publishes none, one of the sibling product ess',
  },
  {
    about: 'create',
    zh: 'MaxFlowNum、FlowEffectiveDay、QrEffectiveDay、QrCodeExpiredOn 为 0 即取默认值；负数拒绝；MaxFlowNum 没有上限；QrCodeExpiredOn 优先于 QrEffectiveDay',
    en: 'Zero in MaxFlowNum, FlowEffectiveDay, QrEffectiveDay and QrCodeExpiredOn means the default; negative numbers are refused; MaxFlowNum has no upper bound; QrCodeExpiredOn wins over QrEffectiveDay',
  },
  {
    about: 'create',
    zh: '有效期超界为 InvalidParameter.QrEffectDay 或 InvalidParameter.QrFlowEffectDay（ess 公布，essbasic 未公布）；QrCodeExpiredOn 不晚于当前时间同样拒绝',
    en: 'A life time out of bounds is InvalidParameter.QrEffectDay or InvalidParameter.QrFlowEffectDay (published by ess, not by essbasic); so is a QrCodeExpiredOn that is not in the future',
  },
  {
    about: 'create',
    zh: '文档相互矛盾或无法判断的模板（fitness 为 uncertain）予以接受',
    en: 'A template about which the documents disagree, or which does not say enough (fitness "uncertain"), is accepted',
  },
  {
    about: 'create',
    zh: '创建时检查额度：额度为 0 即 OperationDenied.NoQuota；不按 MaxFlowNum 预占',
    en: 'The quota is looked at when a code is made: zero is OperationDenied.NoQuota; nothing is set aside for MaxFlowNum',
  },
  {
    about: 'create',
    zh: 'ApproverComponentLimitTypes 中的 RecipientId 不属于模板为 InvalidParameter.ParamError；ApproverRestrictions 并入 Restrictions；Restrictions 数量不限',
    en: 'A RecipientId in ApproverComponentLimitTypes that is not of the template is InvalidParameter.ParamError; ApproverRestrictions adds to Restrictions; there may be any number of them',
  },
  {
    about: 'create',
    zh: 'CallbackUrl 不检查格式（旧示例为 "test"）',
    en: 'CallbackUrl may be any text (an old example sends "test")',
  },
  {
    about: 'create',
    zh: 'EffectiveTime 为空字符串，与官方示例一致',
    en: 'EffectiveTime is the empty string, as in the published example',
  },
  {
    about: 'cancel',
    zh: '签署码不存在，或属于其他企业、其他应用，为 InvalidParameter.DataNotFound；已取消、已过期、已用尽一律为 OperationDenied.QrInvalid',
    en: 'A code that does not exist, or is of another organisation or application, is InvalidParameter.DataNotFound; one that is cancelled, expired or used up is OperationDenied.QrInvalid',
  },
  {
    about: 'cancel',
    zh: '取消不影响已发起的合同',
    en: 'A cancel leaves the contracts that were started as they are',
  },
  {
    about: 'templates',
    zh: 'TemplateIds 中有模板不存在为 ResourceNotFound.Template（字段说明）；TemplateId 不存在则返回空列表（官方示例）',
    en: 'A missing template in TemplateIds is ResourceNotFound.Template (as the field says); a missing TemplateId is an empty list (as the published example has it)',
  },
  {
    about: 'templates',
    zh: '按创建先后排序；Limit 为 0 即默认；空字符串与空数组视为未填；停用的模板也列出',
    en: 'The order is that of creation; a Limit of zero means the default; empty texts and lists mean "not set"; disabled templates are listed too',
  },
  {
    about: 'templates',
    zh: 'QueryAllComponents 只影响 Components；ContentType 为 1 时 Components、SignComponents、Recipients 为 null；未索取的链接为空字符串',
    en: 'QueryAllComponents concerns Components alone; with a ContentType of 1 Components, SignComponents and Recipients are null; links that were not asked for are empty',
  },
  {
    about: 'templates',
    zh: 'WithPdfUrl 不检查功能白名单；ShowPreviewComponents 不影响应答',
    en: 'WithPdfUrl needs no permission; ShowPreviewComponents changes nothing in the answer',
  },
  {
    about: 'scan',
    zh: '签署码在 ExpiredTime 那一秒失效，并随达到 MaxFlowNum 的那份合同失效',
    en: 'A code dies in the second that ExpiredTime names, and with the contract that reaches MaxFlowNum',
  },
  {
    about: 'scan',
    zh: '每份合同在发起时扣一份额度；额度不足时签署码不失效',
    en: 'A contract costs one of the quota when it is started; a code does not die of a lack of quota',
  },
  {
    about: 'scan',
    zh: '扫码人须满足某一条限制的全部非空字段；ForbidPersonalMultipleSign 按姓名、手机号与证件认人',
    en: 'A person has to fit every member of a restriction that is not empty; ForbidPersonalMultipleSign knows people by name, mobile number and document',
  },
];

/** What upstream has, and the emulator does not. */
export const omissions: readonly Text[] = [
  { zh: '通知（回调）：不发送', en: 'Notifications: none is sent' },
  {
    zh: '合同发起之后的一切：填写、实名、签署、撤销',
    en: 'What happens to a contract after its start: filling in, verifying, signing, cancelling',
  },
  {
    zh: 'TC3 的 GET 形式、multipart 请求、v1 签名：为 UnsupportedProtocol 或 InvalidParameter',
    en: 'The GET form of TC3, multipart requests and signatures of version 1: UnsupportedProtocol or InvalidParameter',
  },
  {
    zh: 'HTTPS、访问管理（CAM）策略、多因子认证、IP 名单、地域',
    en: 'HTTPS, access policies (CAM), multi-factor authentication, lists of addresses, regions',
  },
  {
    zh: '主账号与来源地址的频率限制：只能以 force: 编号或故障触发',
    en: 'Rate limits of an account as a whole and of an address: only forced, by an id or by a fault',
  },
  {
    zh: '小程序：链接打开说明页；WeixinQrCodeUrl 是普通二维码',
    en: 'The mini-programme: links open a page that explains; WeixinQrCodeUrl is an ordinary QR code',
  },
  {
    zh: '二维码图片上的中文：没有中文字体，非 ASCII 字符画成写有 Unicode 编号的方框；完整名称在图片的 iTXt 块与说明页中',
    en: 'Chinese on the picture of a code: there is no font for it, so what is not ASCII is a box with its Unicode number; the whole name is in the iTXt chunk of the picture and on the page',
  },
];
