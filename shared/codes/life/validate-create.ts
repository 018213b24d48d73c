import type { Problem } from '../../errors.ts';
import { type CreateRequest, effectiveLimits } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import type { Text } from '../../text.ts';
import {
  applyPolicy,
  mostContracts,
  policyProblems,
  type RenewalPolicyInput,
} from '../renewal/renewal-policy.ts';

/** What the register keeps of a code for its users, and upstream never hears of. */
export interface CodeMembers {
  readonly externalId?: string | null;
  readonly labels?: readonly string[];
  readonly note?: string | null;
}

/** Unicode code points; labels are counted. */
const memberLimits = { externalId: 128, note: 1000, label: 64, labels: 32 } as const;

/**
 * Everything that is wrong with a create beyond its shape: what upstream would refuse or, worse, take for something
 * else. The schema checks the shape itself.
 */
export function validateCreate(
  {
    request,
    policy = {},
    members = {},
  }: { request: CreateRequest; policy?: RenewalPolicyInput; members?: CodeMembers },
  nowS: number,
): Problem[] {
  const problems: Problem[] = [];
  const { maxFlowNum, farthestExpiryS } = effectiveLimits(request, nowS);
  const endS = request.QrCodeExpiredOn ?? 0;
  if (maxFlowNum > mostContracts)
    problems.push({
      path: 'MaxFlowNum',
      message: { zh: `超过 ${mostContracts}`, en: `is more than ${mostContracts}` },
    });
  // Zero means "not set".
  if (endS !== 0 && endS <= nowS) problems.push({ path: 'QrCodeExpiredOn', message: texts.past });
  if (endS > farthestExpiryS) {
    problems.push({ path: 'QrCodeExpiredOn', message: texts.far });
  }
  if (request.CallbackUrl !== undefined && request.CallbackUrl !== '' && !isHttpUrl(request.CallbackUrl)) {
    problems.push({ path: 'CallbackUrl', message: texts.webAddress });
  }
  return [
    ...problems,
    ...policyProblems(policy, applyPolicy(policy), maxFlowNum, nowS),
    ...memberProblems(members),
  ];
}

/** What is wrong with external id, labels and note. */
export function memberProblems({ externalId, labels, note }: CodeMembers): Problem[] {
  const problems: Problem[] = [];
  const tooLong = (text: string | null | undefined, path: string, most: number) => {
    if ([...(text ?? '')].length > most)
      problems.push({
        path,
        message: { zh: `超过 ${most} 个字符`, en: `is longer than ${most} characters` },
      });
  };
  tooLong(externalId, 'ExternalId', memberLimits.externalId);
  tooLong(note, 'Note', memberLimits.note);
  if (externalId === '') problems.push({ path: 'ExternalId', message: texts.emptyId });
  const given = labels ?? [];
  if (given.length > memberLimits.labels) {
    problems.push({ path: 'Labels', message: texts.manyLabels });
  }
  given.forEach((label, index) => {
    tooLong(label, `Labels.${index}`, memberLimits.label);
    if (label.trim() === '') problems.push({ path: `Labels.${index}`, message: texts.empty });
    if (given.indexOf(label) < index) problems.push({ path: `Labels.${index}`, message: texts.twice });
  });
  return problems;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

const texts = {
  past: { zh: '已过去', en: 'is in the past' },
  far: { zh: '距今超过 365 天', en: 'is more than 365 days away' },
  emptyId: { zh: '为空：请不填，或填 null', en: 'is empty: leave it out, or send null' },
  manyLabels: { zh: `超过 ${memberLimits.labels} 个`, en: `are more than ${memberLimits.labels}` },
  empty: { zh: '为空', en: 'is empty' },
  twice: { zh: '重复', en: 'is listed twice' },
  /** Upstream takes any text, and finds out when the first scan fails. */
  webAddress: { zh: '应为 http 或 https 网址', en: 'must be an http or https URL' },
} as const satisfies Record<string, Text>;
