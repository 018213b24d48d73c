import type { Text } from '../../shared/text.ts';
import { language } from '../state/preferences.ts';
import { type Facts, fill } from '../texts/fill.ts';

/** Every text of the Explorer, in both languages: fetched with it, and with nothing else. */
const texts = {
  title: { zh: 'API Explorer', en: 'API Explorer' },
  intro: {
    zh: '查找接口、字段与错误码，填写并调用，查看请求、应答与签名的每一步，取得各语言代码。',
    en: 'Find actions, members and error codes; fill in a request and call it; see request, answer and signature step by step, and the code for it.',
  },
  search: { zh: '查找接口、字段或错误码', en: 'Find an action, a member or an error code' },
  searchHint: {
    zh: '中文、英文均可，如：有效期、FlowName、NoQuota',
    en: 'In English or Chinese: life time, FlowName, NoQuota …',
  },
  found: { zh: '{count} 条结果', en: '{count} {count|result|results}' },
  foundMost: { zh: '前 {count} 条结果', en: 'The first {count} results' },
  foundNone: { zh: '没有找到。', en: 'Nothing was found.' },
  kind_action: { zh: '接口', en: 'action' },
  kind_member: { zh: '字段', en: 'member' },
  kind_error: { zh: '错误码', en: 'error' },
  api_upstream: { zh: '腾讯电子签', en: 'Tencent e-sign' },
  api_own: { zh: '签码', en: 'qianma' },
  allActions: { zh: '全部接口', en: 'All actions' },
  noAction: { zh: '没有接口 {name}。', en: 'There is no action {name}.' },
  notLoaded: { zh: '接口文档无法加载。', en: 'The contract could not be loaded.' },
  tryAgain: { zh: '重试', en: 'Try again' },
  role: { zh: '需要角色：{role}', en: 'Needs the role {role}' },
  reads: { zh: '只读', en: 'changes nothing' },
  writes: { zh: '会产生改动', en: 'changes something' },

  request: { zh: '请求', en: 'Request' },
  view: { zh: '填写方式', en: 'How to write it' },
  asForm: { zh: '表单', en: 'Form' },
  asJson: { zh: 'JSON', en: 'JSON' },
  requiredOnly: { zh: '只显示必填', en: 'Required members only' },
  fillExample: { zh: '填入示例', en: 'Fill in the example' },
  clear: { zh: '清空', en: 'Clear' },
  json: { zh: '请求体（JSON）', en: 'Body (JSON)' },
  jsonBroken: { zh: '这不是 JSON 对象：{why}', en: 'This is no JSON object: {why}' },
  jsonFree: { zh: 'JSON 对象', en: 'a JSON object' },
  length: { zh: '长度 {bounds}', en: 'length {bounds}' },
  items: { zh: '{bounds} 项', en: 'items {bounds}' },
  required: { zh: '必填', en: 'required' },
  deprecated: { zh: '已弃用', en: 'deprecated' },
  default: { zh: '默认 {value}', en: '{value} unless given' },
  nullable: { zh: '可为 null（填写 null）', en: 'may be null: write null' },
  notSent: { zh: '（不发送）', en: '(not sent)' },
  addItem: { zh: '添加 {name}', en: 'Add to {name}' },
  removeItem: { zh: '移除 {name}', en: 'Remove {name}' },
  item: { zh: '{name} 第 {number} 项', en: '{name} {number}' },
  noMembers: { zh: '此接口没有请求字段。', en: 'This action takes no members.' },
  unknownMembers: { zh: '表单中没有的字段，见 JSON：{names}', en: 'Not in the form, see JSON: {names}' },

  call: { zh: '调用', en: 'Call' },
  calling: { zh: '调用中……', en: 'Calling …' },
  adminOnly: {
    zh: '直接调用腾讯接口需要不限定企业的 admin 密钥；您的密钥不能调用，但可以填写并取得代码。',
    en: 'Calling Tencent directly needs a key with the role admin that is made for all organisations. With yours you can fill in the form and take the code.',
  },
  mayNotCall: {
    zh: '未发出任何请求：上游 {endpoint} 不是本机的仿真器，而部署未允许真实调用（EXPLORER_REAL_CALLS 不是 allow）。设为 allow 后将以真实密钥调用，见 docs/configuration.zh-CN.md。下面是将要发出的请求及其签名。',
    en: 'Nothing was sent: upstream, {endpoint}, is not the emulator on the same machine, and the deployment allows no real calls (EXPLORER_REAL_CALLS is not allow). With allow, calls are made with the real key: see docs/configuration.md. What would have been sent, and how it is signed, is below.',
  },
  problems: { zh: '请求中有 {count} 处问题', en: '{count} {count|problem|problems} in the request' },
  problemsNote: {
    zh: '这是按文档检查的结果；仍可发给上游。',
    en: 'By the documents; it can be sent to Tencent all the same.',
  },

  sureTitle: { zh: '确认调用 {action}', en: 'Call {action}?' },
  sureEmulator: {
    zh: '发往仿真器（{endpoint}），不产生费用。',
    en: 'It goes to the emulator ({endpoint}) and costs nothing.',
  },
  sureReal: {
    zh: '发往真实上游（{endpoint}），使用部署的真实密钥，与所有函数共用频率限制。',
    en: 'It goes to the REAL upstream ({endpoint}), with the key of the deployment and within the rate limit that all functions share.',
  },
  sureCreate: {
    zh: '将在腾讯侧创建一个登记库之外的签署码：没有稳定链接，不会续期，扫码与回调不归入任何签署码；真实环境中每次扫码都会消耗合同额度。需要管理的签署码请改用“签码”的同名接口。请记下应答中的 QrCodeId：作废时要用，腾讯不提供查询。',
    en: 'It makes a QR code at Tencent that the register does not own: no stable link, no renewal, and its scans and notifications belong to no code here; where upstream is real, each scan uses up a contract. For a code that is managed, use the action of the same name under qianma. Keep the QrCodeId of the answer: it is needed to end the code, and Tencent has no way to look it up.',
  },
  sureCancel: {
    zh: '将在腾讯侧作废该签署码，不可恢复。若它属于登记库，登记库不会知道：请改用“签码”的同名接口。',
    en: 'It ends the QR code at Tencent for good. If it is one of the register, the register hears nothing of it: use the action of the same name under qianma instead.',
  },
  sureAudit: { zh: '此次调用会写入审计记录。', en: 'The call is noted in the audit log.' },
  sureOwn: {
    zh: '此接口会产生改动：以您的密钥在此部署中真实执行，不是演示。',
    en: 'This action changes something: it is carried out in this deployment, with your key. It is no demonstration.',
  },
  sureGo: { zh: '确认调用', en: 'Call it' },

  result: { zh: '结果', en: 'Result' },
  tabAnswer: { zh: '应答', en: 'Answer' },
  tabRequest: { zh: '请求', en: 'Request' },
  tabSignature: { zh: '签名', en: 'Signature' },
  tabCode: { zh: '代码', en: 'Code' },
  noCallYet: { zh: '还没有调用。', en: 'Nothing has been called yet.' },
  notSentYet: { zh: '此请求未发出。', en: 'This request was not sent.' },
  took: { zh: '{status}，{ms} 毫秒', en: '{status}, {ms} ms' },
  headers: { zh: '头部', en: 'Headers' },
  body: { zh: '正文', en: 'Body' },
  cause: { zh: '可能原因', en: 'Why' },
  remedy: { zh: '处理办法', en: 'What to do' },
  publishedFor: { zh: '腾讯为这些接口公布', en: 'Published by Tencent for' },

  signatureNone: {
    zh: '签名由调用结果给出：先调用一次。签码自己的接口不签名，只需 API 密钥。',
    en: 'The signature comes with a call: make one. The actions of qianma are not signed; they take an API key.',
  },
  signatureHint: {
    zh: '由服务端给出。密钥、派生密钥与签名值不离开函数：已签名的请求五分钟内可被重放。',
    en: 'As the function tells it. The key, what is derived from it and the signature itself stay there: a signed request can be sent again for five minutes.',
  },
  step1: { zh: '1. 规范请求串', en: '1. Canonical request' },
  step2: { zh: '2. 其 SHA-256', en: '2. Its SHA-256' },
  step3: { zh: '3. 待签名字符串', en: '3. String to sign' },
  step4: { zh: '4. 派生密钥并签名（在函数内）', en: '4. Key and signature (inside the function)' },
  step5: { zh: '5. Authorization 头', en: '5. The Authorization header' },

  codeHost: { zh: '上游地址', en: 'Where upstream is' },
  codeLanguage: { zh: '语言', en: 'Language' },
  codeRun: {
    zh: '密钥取自环境变量，不在代码中。',
    en: 'Keys come from the environment, and are not in the code.',
  },
  codeTried: {
    zh: '测试用它在仿真器上创建签署码。',
    en: 'Tests make a code with it on the emulator.',
  },
  codeCompiled: {
    zh: '测试会编译它，并以 SDK 的替身运行。',
    en: 'Tests compile it and run it on a stand-in for its SDK.',
  },
} as const satisfies Record<string, Text>;

export type ExplorerText = keyof typeof texts;

/** A text in the language that is chosen, with its facts. Follows a change of it. */
export function tell(key: ExplorerText, facts: Facts = {}): string {
  return fill(texts[key][language.value], facts);
}

/** Of a contract's text what is read now. */
export const told = (text: Text): string => text[language.value];

/** What a text begins with; the role, which the contract says next, is shown apart. */
export const firstParagraph = (text: string): string => text.split('\n\n')[0] ?? '';
