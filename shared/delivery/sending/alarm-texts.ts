/** What a robot says of each alarm: what happened, to which code or organisation, and what to do. One line each. */
import type { Language, Text } from '../../text.ts';
import { type AlarmType, isAlarmType, testType } from '../event-types.ts';

/** `{Name}` is a member of the event's data; `{code}` and `{organization}` are what it is about. */
export const alarmTexts: Readonly<Record<AlarmType | typeof testType, Text>> = {
  'code.renewal_failed': {
    zh: '【签码】签署码 {code}（企业 {organization}）续期失败（{Reason}）。当前一代到期前请查看原因，处理后执行 RenewNow。',
    en: '[qianma] Code {code} of organisation {organization} could not be renewed ({Reason}). Read its reason before the current generation ends, then use RenewNow.',
  },
  'code.expiring': {
    zh: '【签码】签署码 {code}（企业 {organization}）将于 {ExpiredTime} 到期，尚无下一代（{Reason}）。如仍需使用，请处理该原因，或执行 RenewNow。',
    en: '[qianma] Code {code} of organisation {organization} ends on {ExpiredTime} and has no successor ({Reason}). If it is still needed, see to that reason, or use RenewNow.',
  },
  'code.usage_threshold': {
    zh: '【签码】签署码 {code}（企业 {organization}）已使用 {Percent}% 的合同份数（{Used}/{MaxFlowNum}）。请确认续期策略或提前更换。',
    en: '[qianma] Code {code} of organisation {organization} has used {Percent} % of its contracts ({Used} of {MaxFlowNum}). Check its renewal policy, or replace it in time.',
  },
  'code.exhausted': {
    zh: '【签码】签署码 {code}（企业 {organization}）的合同份数已用完，无法继续扫码签署。请执行 RenewNow，或等待自动续期。',
    en: '[qianma] Code {code} of organisation {organization} has no contracts left and can no longer be scanned. Use RenewNow, or wait for its renewal.',
  },
  'code.template_unusable': {
    zh: '【签码】签署码 {code}（企业 {organization}）的模板已不可用（{Reason}）。请恢复模板，或用新模板另建签署码。',
    en: '[qianma] The template of code {code} of organisation {organization} can no longer be used ({Reason}). Restore the template, or make a code of another.',
  },
  'quota.exhausted': {
    zh: '【签码】企业 {organization} 的合同额度已用完，扫码签署失败，续期已暂停。请尽快购买额度，额度恢复后系统自动继续。',
    en: '[qianma] Organisation {organization} has no contracts left: scans fail and renewals are held. Buy quota; everything goes on by itself afterwards.',
  },
  'quota.restored': {
    zh: '【签码】企业 {organization} 的合同额度已恢复，续期已继续，无需处理。',
    en: '[qianma] Organisation {organization} has contracts again and renewals go on. Nothing needs to be done.',
  },
  test: {
    zh: '【签码】这是一条测试消息：告警将发送到这里，无需处理。',
    en: '[qianma] This is a test: alarms will be sent here. Nothing needs to be done.',
  },
};

interface AlarmEvent {
  type: string;
  codeId: string | null;
  organization: string;
  data: Readonly<Record<string, unknown>>;
}

/** The lines for an event, one for each language. A type that has no text of its own is named. */
export function alarmLines(event: AlarmEvent, languages: readonly Language[]): string[] {
  const text = event.type === testType || isAlarmType(event.type) ? alarmTexts[event.type] : undefined;
  return languages.map((language) => (text ? fill(text[language], event) : `[qianma] ${event.type}`));
}

function fill(sentence: string, { codeId, organization, data }: AlarmEvent): string {
  const about: Readonly<Record<string, unknown>> = { ...data, code: nameOf(codeId, data), organization };
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => show(name, about[name]));
}

/** What people call a code comes first: the words on its poster, else the id in their own system. */
function nameOf(codeId: string | null, { QrCodeName, ExternalId }: AlarmEvent['data']): string | null {
  const name = [QrCodeName, ExternalId].find((one) => typeof one === 'string' && one.trim() !== '');
  return typeof name === 'string' && codeId !== null
    ? `${[...name].slice(0, longestName).join('')} (${codeId})`
    : codeId;
}

/** Characters. */
const longestName = 60;

/** Values come from the register; what a person wrote must not add lines or mention people. */
function show(name: string, value: unknown): string {
  if (name === 'ExpiredTime' && typeof value === 'number') return beijingTime(value);
  if (typeof value !== 'string' && typeof value !== 'number') return '?';
  return String(value).replace(/[\r\n@<>]+/g, ' ');
}

/** Minutes are enough; the time zone is that of the platform and its users. */
function beijingTime(unixS: number): string {
  const local = new Date((unixS + 8 * 3600) * 1000);
  return Number.isNaN(local.getTime())
    ? '?'
    : `${local.toISOString().slice(0, 16).replace('T', ' ')} (UTC+8)`;
}
