import * as text from '../text.ts';

/**
 * Why a code, a call or an organisation is as it is: one line that a person can read, in English and in Chinese.
 * The register keeps the code and the facts; the sentence is made when it is read.
 */
const sentences = {
  Creating: {
    en: 'The first create is on its way to upstream',
    zh: '首次创建请求正在提交上游',
  },
  Created: { en: 'Created', zh: '已创建' },
  CreateOutcomeUnknown: {
    en: 'The create was sent and no answer came: an unknown QR code may live upstream until {until}. Use RenewNow to make another, or cancel',
    zh: '创建请求已发出但未收到应答：上游可能存在无人知晓的签署码，最迟于 {until} 失效。可立即续期（RenewNow）重新生成，或取消',
  },
  RenewedBeforeExpiry: {
    en: 'Renewed as generation {number} before the previous one expired',
    zh: '前一代到期前已续期为第 {number} 代',
  },
  RenewedBeforeExhaustion: {
    en: 'Renewed as generation {number}: {used} of {max} contracts of the previous one were used',
    zh: '前一代已使用 {used}/{max} 份合同，已续期为第 {number} 代',
  },
  RenewedAfterEnd: {
    en: 'Renewed as generation {number}: the previous one could no longer be scanned',
    zh: '前一代已失效，已续期为第 {number} 代',
  },
  RenewedOnRequest: {
    en: 'Renewed as generation {number} because a person asked for it',
    zh: '应人工请求续期为第 {number} 代',
  },
  RenewalRequested: {
    en: 'A person asked for a successor; the renewal timer makes it at its next run',
    zh: '已人工请求续期，将由续期定时任务在下次运行时生成',
  },
  RenewalTransient: {
    en: 'The last renewal failed ({error}) and will be tried again; {failures} in a row',
    zh: '上次续期失败（{error}），将自动重试；已连续失败 {failures} 次',
  },
  RenewalOutcomeUnknown: {
    en: 'The last renewal was sent and no answer came: an unknown QR code may live upstream. It will be tried again',
    zh: '上次续期请求已发出但未收到应答：上游可能存在无人知晓的签署码。将自动重试',
  },
  AnswerUnusable: {
    en: 'Upstream answered the renewal and did not name the QR code: an unknown one may live there, and another try would make another. Nothing more is tried before a person asks for it',
    zh: '上游应答了续期请求却未给出签署码编号：可能存在无人知晓的签署码，再试只会再造一个。在有人要求之前不再重试',
  },
  RefusedForGood: {
    en: 'Upstream refuses the renewal for good ({error}); the current generation can be used while it lives',
    zh: '上游永久拒绝续期（{error}）；当前一代在失效前仍可使用',
  },
  RefusedForGoodAndDead: {
    en: 'Upstream refuses the renewal for good ({error}), and no generation can be scanned any more',
    zh: '上游永久拒绝续期（{error}），且已无可用的签署码',
  },
  QuotaBlocked: {
    en: 'The organisation has no contracts left to spend; upstream is asked again from time to time',
    zh: '企业合同额度不足；系统将定期重试',
  },
  QuotaBlockedByScan: {
    en: 'A scan failed because the organisation has no contracts left to spend. Upstream says: {said}',
    zh: '企业合同额度不足，扫码发起合同失败。上游说明：{said}',
  },
  QuotaBlockedByScanSilently: {
    en: 'A scan failed because the organisation has no contracts left to spend',
    zh: '企业合同额度不足，扫码发起合同失败',
  },
  QuotaRestored: {
    en: 'Upstream accepts new codes of the organisation again',
    zh: '上游已重新接受该企业的签署码',
  },
  Paused: {
    en: 'Paused by a person: no renewals, the stable link leads nowhere; what was printed of the QR code itself can be scanned while it lives',
    zh: '已人工暂停：不再续期，稳定链接停用；已印出的原始签署码在失效前仍可扫描',
  },
  Resumed: { en: 'Resumed by a person', zh: '已人工恢复' },
  Exhausted: { en: 'All contracts of the newest generation are used up', zh: '当前一代的合同份数已用完' },
  ExhaustedSuccessorDue: {
    en: 'All contracts of the newest generation are used up; its successor is due',
    zh: '当前一代的合同份数已用完，等待续期',
  },
  Expired: { en: 'The newest generation has expired', zh: '当前一代已过期' },
  ExpiredSuccessorDue: {
    en: 'The newest generation has expired; its successor is due',
    zh: '当前一代已过期，等待续期',
  },
  Cancelled: { en: 'Cancelled by a person', zh: '已人工取消' },
  CancelRequested: { en: 'A person asked to cancel it', zh: '人工请求取消' },
  AlreadyInvalid: { en: 'Upstream says that it was no longer valid', zh: '上游表示其已失效' },
  Replaced: { en: 'A successor has replaced it', zh: '已被新一代替换' },
  Orphaned: {
    en: 'Its answer came after another run had taken over: the QR code is an orphan and is cancelled',
    zh: '应答到达时已由其他任务接手：该签署码无归属，将被取消',
  },
  Accepted: { en: 'Upstream accepted it', zh: '上游已受理' },
  Planned: { en: 'About to be sent', zh: '即将发送' },
  NeverSent: { en: 'It was never sent', zh: '未曾发送' },
  Refused: { en: 'Upstream refused it ({error})', zh: '上游拒绝（{error}）' },
  WillRetry: { en: 'It failed ({error}) and will be tried again', zh: '失败（{error}），将自动重试' },
  Unanswered: {
    en: 'It was sent and no answer came: its effect is not known',
    zh: '已发出但未收到应答，结果未知',
  },
  // What became of notifications.
  CostCounted: { en: 'A contract was charged for: it is counted', zh: '合同已扣费，已计数' },
  CostRestoredQuota: {
    en: 'A contract was charged for: it is counted, and the organisation has quota again',
    zh: '合同已扣费，已计数；企业额度已恢复',
  },
  CostCountedBefore: {
    en: 'The contract that it was charged for is counted already',
    zh: '该合同的扣费此前已计数',
  },
  CodeUnknown: { en: 'It names no code that the register knows', zh: '未指向登记库中的签署码' },
  GenerationAwaited: {
    en: 'The generation that it is about is not written down yet',
    zh: '所涉及的签署码尚未写入登记库',
  },
  QuotaLackNoted: { en: 'The organisation is without quota', zh: '已记录企业额度不足' },
  QuotaLackSaid: {
    en: 'The organisation is without quota. Upstream says: {said}',
    zh: '已记录企业额度不足。上游说明：{said}',
  },
  QuotaLackOutdated: {
    en: 'The failure is older than the last sign of quota, or does not say that it is not',
    zh: '该失败早于最近一次额度可用的迹象，或未注明时间而无从判断',
  },
  OrganizationUnknown: {
    en: 'It names no organisation that the register knows',
    zh: '未指向登记库中的企业',
  },
  ContractFollowed: {
    en: 'The contract was started with a code of ours: its state is noted',
    zh: '合同由本系统的签署码发起，已记录其状态',
  },
  ContractRestoredQuota: {
    en: 'The contract was started with a code of ours: its state is noted, and the organisation has quota again',
    zh: '合同由本系统的签署码发起，已记录其状态；企业额度已恢复',
  },
  ContractInferred: {
    en: 'Upstream does not say which code the contract came from; what it says fits one code alone',
    zh: '上游未说明合同来自哪个签署码，但其信息仅与一个签署码相符',
  },
  ContractNotOurs: {
    en: 'The contract cannot be linked to a code of ours',
    zh: '合同无法与本系统的签署码对应',
  },
  ContractAmbiguous: {
    en: 'The contract fits {count} codes: it is linked to none',
    zh: '合同与 {count} 个签署码相符，未作关联',
  },
  MembersMissing: { en: 'It lacks members that are needed: {names}', zh: '缺少所需字段：{names}' },
  TypeWithoutEffect: { en: 'Nothing follows from a message of this type', zh: '此类消息无需处理' },
  OlderNews: { en: 'A later message was applied already', zh: '已有更晚的消息' },
  NoticeNoted: { en: 'Noted for the codes that it concerns', zh: '已在相关签署码上注明' },
  AlreadyHere: { en: 'It was here before', zh: '此前已收到' },
  EffectFailed: {
    en: 'It is stored; its effect failed ({error}) and will be tried again',
    zh: '已存储，处理失败（{error}），将自动重试',
  },
  EffectGivenUp: {
    en: 'Its effect failed {failures} times, the last time with {error}: ReplayNotification tries again',
    zh: '处理已失败 {failures} 次，最近一次为 {error}；可用 ReplayNotification 重试',
  },
  BodyGone: { en: 'Its content is no longer kept', zh: '其内容已不再保存' },
  BodyUnreadable: {
    en: 'None of the configured keys opens what is stored',
    zh: '已配置的密钥均无法解开所存内容',
  },
  // What makes codes useless without being their fault.
  TemplateDeleted: {
    en: 'The template was deleted: scans and renewals will be refused',
    zh: '模板已删除，扫码与续期将被拒绝',
  },
  TemplateDisabled: {
    en: 'The template was disabled: scans and renewals may be refused',
    zh: '模板已停用，扫码与续期可能被拒绝',
  },
  TemplateChanged: {
    en: 'The template was changed: renewals may be refused',
    zh: '模板已变更，续期可能被拒绝',
  },
  TemplateUsable: { en: 'The template can be used', zh: '模板可用' },
  OrganizationClosed: {
    en: 'The organisation has closed its account: scans and renewals will be refused',
    zh: '企业已注销，扫码与续期将被拒绝',
  },
  // How sure a count is.
  UseUnheard: {
    en: 'No notification has come yet: what was used is not known',
    zh: '尚未收到任何通知，已用份数未知',
  },
  UseElsewhere: {
    en: 'The code was created with a CallbackUrl of its own: what is posted there is not counted here',
    zh: '该签署码使用自有 CallbackUrl，发往该地址的通知不在此计数',
  },
  UseByCost: {
    en: 'Counted by the messages that a contract was charged for, each once',
    zh: '按合同扣费通知逐条计数',
  },
  UseConfirmed: {
    en: 'As many contracts are known by their ids as were charged for',
    zh: '扣费通知数与已知合同数一致',
  },
  UseByContracts: {
    en: 'More contracts are known by their ids than were charged for: messages are missing',
    zh: '已知合同多于扣费通知，部分通知缺失',
  },
  UseMayBeMore: {
    en: 'At least this many: {count} contracts seem to come from it, by what upstream posts',
    zh: '至少为此数：据上游信息推断，约有 {count} 份合同来自该签署码',
  },
  RenewalOff: { en: 'Renewal is switched off', zh: '未启用续期' },
  NoSuccessor: {
    en: 'The renewal policy makes no further successor',
    zh: '续期策略不再生成下一代',
  },
  EndReached: { en: 'The policy ends on {until}', zh: '续期策略于 {until} 截止' },
  MaxGenerationsReached: {
    en: 'The limit of generations in the policy is reached: {max}',
    zh: '续期策略最多允许 {max} 代',
  },
  BudgetSpent: {
    en: 'The total budget of the policy is committed: {max} contracts',
    zh: '合同总预算 {max} 份已全部分配',
  },
} as const satisfies Record<string, text.Text>;

export type ReasonCode = keyof typeof sentences;
export type Reason = text.Reason<ReasonCode>;

export function reasonText(reason: Reason): text.Text {
  return text.reasonIn(sentences, reason);
}

/** A reason in the vocabulary of the API. */
export function shownReason(reason: Reason) {
  return { Code: reason.code, ...text.shownText(reasonText(reason)) };
}
