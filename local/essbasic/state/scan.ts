import { createHash } from 'node:crypto';
import type { ApproverRestriction } from '../../../shared/contract/structs/ApproverRestriction.ts';
import { codeStatus, deaths } from './code-status.ts';
import type { SignCode } from './entities.ts';
import { upstreamId } from './ids.ts';
import type { SeededRandom } from './seeded-random.ts';
import { organisationKey, type World } from './world.ts';

/** The person who scans, as the real-name check would find them. */
export type Scanner = ApproverRestriction;

export interface StartedContract {
  FlowId: string;
  FlowName: string;
  /** Unix seconds. */
  CreatedOn: number;
  DeadLine: number;
}

export const scanRefusals = {
  'no-such-code': { zh: '没有此签署码', en: 'there is no such code' },
  ...deaths,
  'not-permitted': { zh: '扫码人不在指定签署人之列', en: 'the person is not among those who may sign' },
  'person-needed': {
    zh: '该签署码限制扫码人，请求须给出 person',
    en: 'the code restricts who may scan: the request must say who does, in person',
  },
  'scanned-before': { zh: '此人已扫码签署过一份', en: 'the person has scanned before, and may once only' },
  'no-quota': { zh: '企业合同额度不足', en: 'the organisation has no contracts left' },
} as const;

export type ScanResult =
  | { ok: true; contract: StartedContract }
  | { ok: false; reason: keyof typeof scanRefusals };

const secondsPerDay = 86_400;

/** One person scans a code and thereby starts a contract, or is told why not. */
export function scan(
  QrCodeId: string,
  person: Scanner | undefined,
  { world, nowS, random }: { world: World; nowS: number; random: SeededRandom },
): ScanResult {
  const code = world.codes.get(QrCodeId);
  if (code === undefined) return { ok: false, reason: 'no-such-code' };
  const status = codeStatus(code, nowS);
  if (status !== 'alive') return { ok: false, reason: status };
  const refused = refusalOfPerson(code, person);
  if (refused) return { ok: false, reason: refused };

  const organisation = world.organisations.get(organisationKey(code));
  if (organisation === undefined || organisation.quota === 0) return { ok: false, reason: 'no-quota' };
  organisation.quota -= 1;
  code.used += 1;
  if (code.forbidPersonalMultipleSign && person) code.scannedBy.push(digestOf(person));
  return {
    ok: true,
    contract: {
      FlowId: upstreamId(random),
      FlowName: nameOf(code, person),
      CreatedOn: nowS,
      DeadLine: nowS + code.flowEffectiveDays * secondsPerDay,
    },
  };
}

function refusalOfPerson(code: SignCode, person: Scanner | undefined): keyof typeof scanRefusals | undefined {
  const restricted = code.restrictions.length > 0 || code.forbidPersonalMultipleSign;
  if (person === undefined) return restricted ? 'person-needed' : undefined;
  const permitted =
    code.restrictions.length === 0 || code.restrictions.some((restriction) => matches(restriction, person));
  if (!permitted) return 'not-permitted';
  const again = code.forbidPersonalMultipleSign && code.scannedBy.includes(digestOf(person));
  return again ? 'scanned-before' : undefined;
}

/** Does the person have every trait that the restriction names? Empty ones name none. */
function matches(restriction: ApproverRestriction, person: Scanner): boolean {
  const traits = ['Name', 'Mobile', 'IdCardType', 'IdCardNumber'] as const;
  return traits.every((trait) => !restriction[trait] || restriction[trait] === person[trait]);
}

/** Tells people apart without keeping who they are. */
function digestOf({ Name = '', Mobile = '', IdCardType = '', IdCardNumber = '' }: Scanner): string {
  return createHash('sha256')
    .update(JSON.stringify([Name, Mobile, IdCardType, IdCardNumber]))
    .digest('hex');
}

/** `员工入职合同-张三-9527`, where the code was made to name its contracts so. */
function nameOf({ FlowName, flowNameAppendScannerInfo }: SignCode, person: Scanner | undefined): string {
  if (!flowNameAppendScannerInfo || person === undefined) return FlowName;
  return [FlowName, person.Name, person.Mobile?.slice(-4)].filter(Boolean).join('-');
}
