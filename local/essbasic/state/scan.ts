import { createHash } from 'node:crypto';
import type { ApproverRestriction } from '../../../shared/essbasic/structs/ApproverRestriction.ts';
import type { SeededRandom } from '../../cloud-api/seeded-random.ts';
import { codeStatus, deaths } from './code-status.ts';
import type { Contract, Party } from './contract.ts';
import type { OwnedTemplate, SignCode } from './entities.ts';
import { derivedId, upstreamId } from './ids.ts';
import { organisationKey, type World } from './world.ts';

/** The person who scans, as the real-name check would find them. */
export type Scanner = ApproverRestriction;

export const scanRefusals = {
  'no-such-code': { zh: '没有此签署码', en: 'there is no such code' },
  ...deaths,
  'not-permitted': { zh: '扫码人不在指定签署人之列', en: 'the person is not among those who may sign' },
  'person-needed': {
    zh: '该签署码限制扫码人，请求须给出 person',
    en: 'the code restricts who may scan: the request must say who does, in person',
  },
  'no-template': { zh: '模板已删除或停用', en: 'the template was deleted or disabled' },
  'scanned-before': { zh: '此人已扫码签署过一份', en: 'the person has scanned before, and may once only' },
  'no-quota': { zh: '企业合同额度不足', en: 'the organisation has no contracts left' },
} as const;

export type ScanRefusal = keyof typeof scanRefusals;

export type ScanResult = { ok: true; contract: Contract } | { ok: false; reason: ScanRefusal };

const secondsPerDay = 86_400;

/** One person scans a code and thereby starts a contract, or is rejected with the reason. */
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
  const owned = world.templates.get(code.TemplateId);
  if (owned === undefined || owned.template.Available === disabled)
    return { ok: false, reason: 'no-template' };

  const organisation = world.organisations.get(organisationKey(code));
  if (organisation === undefined || organisation.quota === 0) return { ok: false, reason: 'no-quota' };
  organisation.quota -= 1;
  code.used += 1;
  if (code.forbidPersonalMultipleSign && person) code.scannedBy.push(digestOf(person));
  const contract = contractOf(code, owned, person, { nowS, random });
  world.contracts.set(contract.FlowId, contract);
  return { ok: true, contract };
}

/** `Available` of a template that may not be used. */
const disabled = 2;

function contractOf(
  code: SignCode,
  { template }: OwnedTemplate,
  person: Scanner | undefined,
  { nowS, random }: { nowS: number; random: SeededRandom },
): Contract {
  const { QrCodeId, AppId, ProxyOrganizationOpenId, TemplateId, flowEffectiveDays } = code;
  const FlowId = upstreamId(random);
  return {
    FlowId,
    DocumentId: derivedId('document', FlowId),
    QrCodeId,
    AppId,
    ProxyOrganizationOpenId,
    TemplateId,
    FlowName: nameOf(code, person),
    createdAtS: nowS,
    deadlineS: nowS + flowEffectiveDays * secondsPerDay,
    updatedAtS: nowS,
    state: 'INIT',
    parties: partiesOf(template),
    ...(person && { person }),
  };
}

/** Those of a template that sign, in the order in which they do: where it names none, the person first. */
function partiesOf({ Recipients }: OwnedTemplate['template']): Party[] {
  const party = (kind: Party['kind'], RecipientId = ''): Party => ({
    RecipientId,
    kind,
    state: 'PENDING',
    decidedAtS: 0,
  });
  const signers = (Recipients ?? []).filter(({ RecipientType = '' }) =>
    ['INDIVIDUAL', 'ENTERPRISE'].includes(RecipientType),
  );
  const place = ({ RoutingOrder = -1, RecipientType }: (typeof signers)[number]) =>
    RoutingOrder >= 0 ? RoutingOrder : RecipientType === 'INDIVIDUAL' ? 0 : 1;
  const parties = signers
    .sort((one, other) => place(one) - place(other))
    .map(({ RecipientId, RecipientType }) =>
      party(RecipientType === 'INDIVIDUAL' ? 'person' : 'enterprise', RecipientId),
    );
  return parties.length === 0 ? [party('person')] : parties;
}

function refusalOfPerson(code: SignCode, person: Scanner | undefined): ScanRefusal | undefined {
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

/** Distinguishes people without keeping who they are. */
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
