import type { Text } from '../../shared/text.ts';

export interface Assumption extends Text {
  about: 'gateway' | 'create' | 'cancel' | 'templates' | 'scan' | 'contract' | 'notification';
}

/** What no document says, and what the emulator does in its place. */
export const assumptions: readonly Assumption[] = [
  {
    about: 'gateway',
    zh: '检查顺序：请求方法、Content-Type、大小、接口名、版本、签名、频率、JSON、参数、应用、企业、经办人、业务；GET 与表单的参数无法解码时，在接口名之前',
    en: 'Checks come in this order: method, content type, size, action, version, signature, rate, JSON, members, application, organisation, operator, and then what the action itself demands; parameters of version 1 that cannot be decoded are refused before the action',
  },
  {
    about: 'gateway',
    zh: '签名各检查的顺序：形式、SecretId、时间、签名；SignedHeaders 未排序、重复或含大写即拒绝',
    en: 'Of a signature its form is checked first, then SecretId, time and signature; SignedHeaders that are unsorted, repeated or in upper case are refused',
  },
  {
    about: 'gateway',
    zh: '签名方法 v1（HmacSHA1、HmacSHA256）：缺少 Timestamp、Nonce、SecretId 或 Signature 为 MissingParameter，Timestamp 或 Nonce 不是整数为 InvalidParameter；时间容差与 TC3 相同，为 300 秒；不防重放：同一 Nonce 可再次使用',
    en: 'Version 1 of the signature (HmacSHA1, HmacSHA256): a missing Timestamp, Nonce, SecretId or Signature is MissingParameter, a Timestamp or Nonce that is no whole number InvalidParameter; clocks may differ by 300 s as with TC3; nothing is kept against replays: a Nonce may come again',
  },
  {
    about: 'gateway',
    zh: 'GET 与表单的参数：URL 编码的 UTF-8，名称以点分层、以数字为列表下标；整数与 true、false（不分大小写）按字段类型转换；同名参数、无法解码、既是值又是结构，为 InvalidParameter',
    en: 'Parameters of a query or a form are URL-encoded UTF-8, dots in a name lead into structures and numbers into lists; whole numbers and true or false, in any case, become what the member wants; a name that comes twice, that cannot be decoded, or that is a value and a structure at once is InvalidParameter',
  },
  {
    about: 'gateway',
    zh: '凭证范围中的服务须为 essbasic，或官方 SDK 按自定义域名生成的值',
    en: 'A credential scope of the service essbasic is right, and so is what the official SDKs make of another endpoint',
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
  {
    about: 'scan',
    zh: '模板已删除或停用的签署码不能发起合同，也不发通知；因额度不足而失败时每次扫码各发一条 CreateFlowByQrCode，其他拒绝不发',
    en: 'A code whose template was deleted or disabled starts no contract, and nothing is sent of it; each scan that fails for lack of quota sends one CreateFlowByQrCode, and no other refusal sends anything',
  },
  {
    about: 'contract',
    zh: '扫码即视为已填写：合同一经发起就待签署（INIT），没有待填写（8）；先个人后企业依次签署，前一方签后为 PART，末方签后为 ALL',
    en: 'A person who scans has filled everything in: a contract waits for signatures (INIT) from its start and never for filling in (8); the person signs before the enterprise, PART after the one and ALL after the other',
  },
  {
    about: 'contract',
    zh: '到 DeadLine 那一秒仍未签完即为 DEADLINE；拒签后其余各方为 STOP；RELIEVED 只在 ALL 之后；失效与解除的 Operate 为 invalid 与 relieve',
    en: 'A contract that is not signed in the second of its DeadLine becomes DEADLINE; after a rejection the other parties are STOP; RELIEVED comes after ALL alone; Operate is invalid and relieve for those two states',
  },
  {
    about: 'notification',
    zh: 'MultiFlowSignQrCodeCost 与 CreateFlowByQrCode 的 MsgData 未公布：取自模板文件 callbacks/shapes/，有 flat（缺省）、nested、minimal 三种，也可用自定模板；MsgVersion 同样取自模板',
    en: 'The MsgData of MultiFlowSignQrCodeCost and CreateFlowByQrCode is published nowhere: it comes from a template file of callbacks/shapes/, which are flat (unless chosen otherwise), nested and minimal, or from one of your own; so does MsgVersion',
  },
  {
    about: 'notification',
    zh: 'FlowStatusChange 沿用自建应用文档与样例的字段，另加 ProxyOrganizationOpenId；第三方应用的字段未公布，模板文件可用 JSON Merge Patch 修改',
    en: 'FlowStatusChange has the members that are documented for self-built applications, and ProxyOrganizationOpenId; those for third-party applications are published nowhere, and a template file may change them by a JSON Merge Patch',
  },
  {
    about: 'notification',
    zh: '合同发起时发送 MultiFlowSignQrCodeCost 与 Operate 为 start 的 FlowStatusChange；最后一方签署后同一秒发送 sign 与 finish 两条，状态均为 4（与样例一致）',
    en: 'The start of a contract sends MultiFlowSignQrCodeCost and a FlowStatusChange with the Operate start; the last signature sends two within the second, sign and finish, both with the state 4 (as samples show)',
  },
  {
    about: 'notification',
    zh: '控制面添加、修改、停用、启用、删除模板时发送 TemplateAdd、TemplateUpdate、TemplateAvailable、TemplateDelete，企业开始注销时发送 CloseOrganization；除 TemplateAdd 的样例外字段为自拟',
    en: 'Changes of templates by the control plane send TemplateAdd, TemplateUpdate, TemplateAvailable and TemplateDelete, and an organisation that begins to close sends CloseOrganization; but for the sample of a TemplateAdd their members are our own',
  },
  {
    about: 'notification',
    zh: '签署码的 CallbackUrl 为 http(s) 地址时只发往该地址，否则发往应用配置的全部地址；可改为两者都发（both）或只发应用地址（application）。模板与企业的通知只发往应用地址',
    en: 'Notifications of a code go to its CallbackUrl where that is an http(s) address, and otherwise to every address of the application; to both, or to the application alone, where so set. Those of templates and organisations go to the application',
  },
  {
    about: 'notification',
    zh: '只有 HTTP 200 为成功，5 秒内无应答为失败，不跟随重定向；失败后隔 15 秒、30 秒、1、5、15、30 分钟、1、2、4、8、12、12 小时再发，此后放弃；每次重发按当时的密钥重新加密签名',
    en: 'HTTP 200 alone is a success, no answer within 5 s a failure, redirects are not followed; after a failure it is posted again in 15 s, 30 s, 1, 5, 15 and 30 min, 1, 2, 4, 8, 12 and 12 h, and then given up; each post is encrypted and signed anew with the keys of the day',
  },
  {
    about: 'notification',
    zh: '多个密钥或 TOKEN 时以第一个（最新）加密与签名；未配置密钥发明文，未配置 TOKEN 不签名（文档如此）',
    en: 'Of several keys and tokens the first, which is the newest, encrypts and signs; without a key messages go in plain text and without a token unsigned (as documented)',
  },
];

/** What upstream has, and the emulator does not. */
export const omissions: readonly Text[] = [
  {
    zh: '其余各类通知：印章、员工、费用、审核等；可用 send 发送自拟消息',
    en: 'Notifications of every other kind: seals, staff, billing, reviews and more; a message made by hand can be sent',
  },
  {
    zh: '合同的填写、实名、审核、转交、合同组；合同文件',
    en: 'Filling in, verifying, reviewing and forwarding a contract, groups of contracts; the document itself',
  },
  {
    zh: 'multipart 与 octet-stream 请求（上游仅个别接口支持）、跳过签名的请求：为 InvalidParameter 或 AuthFailure.InvalidAuthorization',
    en: 'Multipart and octet-stream requests, which upstream takes for a few actions only, and requests that skip the signature: InvalidParameter or AuthFailure.InvalidAuthorization',
  },
  {
    zh: 'CreateRequestWithEncryption：以 AES 或 SM4 加密的信封调用其他接口',
    en: 'CreateRequestWithEncryption: calls of another action in an envelope of AES or SM4',
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
    zh: '二维码图片上的名称：图片只有二维码本身，QrCodeName 显示在说明页上',
    en: 'The name on the picture of a code: the picture is the QR code alone, QrCodeName is shown on the page',
  },
];
