/** What is wrong with a subscription beyond the shape of the request: every problem at once. */

import { Failure } from '../../errors.ts';
import type { Language, Text } from '../../text.ts';
import { isAlarmType } from '../event-types.ts';
import { readTargetUrl, type TargetRules, urlProblems } from '../sending/target-url.ts';
import type { SubscriptionKind } from './subscription.ts';

export interface Wanted {
  kind: SubscriptionKind;
  url?: string;
  eventTypes?: readonly string[] | null;
  languages?: readonly Language[];
  /** Given by the caller. */
  secret?: string | null;
  rotate?: boolean;
}

const texts = {
  noText: {
    en: 'is no alarm: robots and plain webhooks have texts for alarms alone',
    zh: '不属于告警：机器人与普通 webhook 仅支持告警类事件',
  },
  twice: { en: 'is listed twice', zh: '重复' },
  ownSecret: {
    en: 'is not given but made here, and shown once: leave it out',
    zh: '由系统生成并仅展示一次，请勿填写',
  },
  blanks: {
    en: 'has blanks or line breaks at an end: copy it without them',
    zh: '首尾包含空格或换行，请勿连同空白一起复制',
  },
  otherRobot: {
    en: 'is the address of a robot of another kind',
    zh: '是其他类型机器人的地址',
  },
  noSecret: { en: 'is not used by this kind: leave it out', zh: '此类型不使用密钥，请勿填写' },
  noRotation: {
    en: 'is for standard-webhooks: give a robot the new Secret that its chat shows',
    zh: '仅适用于 standard-webhooks：机器人请直接填写新的 Secret',
  },
  noLanguages: {
    en: 'are those of texts, and standard-webhooks has none: leave them out',
    zh: '仅用于文本消息，standard-webhooks 无文本，请勿填写',
  },
} as const satisfies Record<string, Text>;

/** Where the robots of each kind listen. Other hosts pass: somebody may put a gateway in between. */
const robotHosts: Readonly<Record<string, SubscriptionKind>> = {
  'qyapi.weixin.qq.com': 'wecom',
  'open.feishu.cn': 'feishu',
  'open.larksuite.com': 'feishu',
  'oapi.dingtalk.com': 'dingtalk',
};

/** Is it the address of a robot that speaks otherwise? */
function isOfOtherKind({ hostname }: URL, kind: SubscriptionKind): boolean {
  const robot = Object.hasOwn(robotHosts, hostname) ? robotHosts[hostname] : undefined;
  return robot !== undefined && robot !== kind;
}

const takesSecret: readonly SubscriptionKind[] = ['feishu', 'dingtalk'];

/** @throws Failure `InvalidRequest` */
export function assertSubscription(wanted: Wanted, rules: TargetRules): void {
  const problems = problemsOf(wanted, rules).map(([path, message]) => ({ path, message }));
  if (problems.length > 0) throw new Failure('InvalidRequest', { problems });
}

function problemsOf(
  { kind, url, eventTypes, languages, secret, rotate }: Wanted,
  rules: TargetRules,
): [string, Text][] {
  const problems: [string, Text][] = [];
  const target = url === undefined ? undefined : readTargetUrl(url, rules);
  if (target && 'problem' in target) problems.push(['Url', urlProblems[target.problem]]);
  else if (target && isOfOtherKind(target.url, kind)) problems.push(['Url', texts.otherRobot]);
  (eventTypes ?? []).forEach((type, index, all) => {
    const path = `EventTypes.${index}`;
    if (all.indexOf(type) < index) problems.push([path, texts.twice]);
    else if (kind !== 'standard-webhooks' && !isAlarmType(type)) problems.push([path, texts.noText]);
  });
  if (languages !== undefined && kind === 'standard-webhooks')
    problems.push(['Languages', texts.noLanguages]);
  if (secret !== undefined && kind === 'standard-webhooks') problems.push(['Secret', texts.ownSecret]);
  else if (secret !== undefined && !takesSecret.includes(kind)) problems.push(['Secret', texts.noSecret]);
  else if (secret && secret !== secret.trim()) problems.push(['Secret', texts.blanks]);
  if (rotate === true && kind !== 'standard-webhooks') problems.push(['RotateSecret', texts.noRotation]);
  return problems;
}
