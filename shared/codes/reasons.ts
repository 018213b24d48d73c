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
    en: 'The create was sent and no answer came: a QR code that nobody knows may live upstream until {until}. Use RenewNow to make another, or cancel',
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
    en: 'The last renewal was sent and no answer came: a QR code that nobody knows may live upstream. It will be tried again',
    zh: '上次续期请求已发出但未收到应答：上游可能存在无人知晓的签署码。将自动重试',
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
  QuotaRestored: {
    en: 'Upstream accepts new codes of the organisation again',
    zh: '上游已重新接受该企业的签署码',
  },
  Paused: {
    en: 'Paused by a person: no renewals, the stable link leads nowhere; what was printed of the QR code itself can be scanned while it lives',
    zh: '已人工暂停：不再续期，固定链接停用；已印出的原始签署码在失效前仍可扫描',
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
    en: 'Its answer came after another had taken over: the QR code belongs to nobody and is cancelled',
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
  RenewalOff: { en: 'Renewal is switched off', zh: '未启用续期' },
  EndReached: { en: 'The policy ends on {until}', zh: '续期策略于 {until} 截止' },
  MaxGenerationsReached: {
    en: 'The limit of generations in the policy is reached: {max}',
    zh: '续期策略最多允许 {max} 代',
  },
  BudgetSpent: {
    en: 'The total budget of the policy is committed: {max} contracts',
    zh: '合同总预算 {max} 份已全部分配',
  },
} as const satisfies Record<string, { en: string; zh: string }>;

export type ReasonCode = keyof typeof sentences;

export interface Reason {
  readonly code: ReasonCode;
  /** Numbers and codes. A member whose name is `until` is a time in Unix seconds. */
  readonly facts?: Readonly<Record<string, string | number>>;
}

/** The sentences of a reason. */
export function reasonText({ code, facts = {} }: Reason): { en: string; zh: string } {
  const { en, zh } = sentences[code];
  return { en: fill(en, facts), zh: fill(zh, facts) };
}

function fill(sentence: string, facts: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => show(name, facts[name]));
}

function show(name: string, fact: string | number | undefined): string {
  if (name !== 'until' || typeof fact !== 'number') return String(fact ?? '?');
  return `${new Date(fact * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
