import { type CreateRequest, effectiveLimits } from '../contract/ChannelCreateMultiFlowSignQRCode.ts';
import type { Problem } from '../errors.ts';
import { applyPolicy, mostContracts, policyProblems, type RenewalPolicyInput } from './renewal-policy.ts';

/** What the register keeps of a code for its users, and upstream never hears of. */
export interface CodeMembers {
  readonly externalId?: string | null;
  readonly labels?: readonly string[];
  readonly note?: string | null;
}

/** Unicode code points; labels are counted. */
export const memberLimits = { externalId: 128, note: 1000, label: 64, labels: 32 } as const;

/**
 * Everything that is wrong with a create beyond its shape: what upstream would refuse or, worse, take for something
 * else. The shape itself is the contract's affair.
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
    problems.push({ path: 'MaxFlowNum', message: `is more than ${mostContracts}` });
  // Zero means "not set".
  if (endS !== 0 && endS <= nowS) problems.push({ path: 'QrCodeExpiredOn', message: 'is in the past' });
  if (endS > farthestExpiryS) {
    problems.push({ path: 'QrCodeExpiredOn', message: 'is more than 365 days away' });
  }
  if (request.CallbackUrl !== undefined && request.CallbackUrl !== '' && !isHttpUrl(request.CallbackUrl)) {
    problems.push({ path: 'CallbackUrl', message: 'must be an http:// or https:// URL' });
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
      problems.push({ path, message: `is longer than ${most} characters` });
  };
  tooLong(externalId, 'ExternalId', memberLimits.externalId);
  tooLong(note, 'Note', memberLimits.note);
  if (externalId === '')
    problems.push({ path: 'ExternalId', message: 'is empty: leave it out, or send null' });
  const given = labels ?? [];
  if (given.length > memberLimits.labels) {
    problems.push({ path: 'Labels', message: `are more than ${memberLimits.labels}` });
  }
  given.forEach((label, index) => {
    tooLong(label, `Labels.${index}`, memberLimits.label);
    if (label.trim() === '') problems.push({ path: `Labels.${index}`, message: 'is empty' });
    if (given.indexOf(label) < index) problems.push({ path: `Labels.${index}`, message: 'is there already' });
  });
  return problems;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
