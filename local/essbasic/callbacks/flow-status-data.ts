import type { Json } from '../../cloud-api/merge-patch.ts';
import { type Contract, contractStates, type Party, partyStates } from '../state/contract.ts';
import type { SignCode } from '../state/entities.ts';
import { derivedId } from '../state/ids.ts';
import type { FlowNews } from '../state/sign.ts';
import { organisationKey } from '../state/world.ts';

/** The organisation as upstream itself calls it: not the id that the platform gave it. */
export const organizationIdOf = (owner: Parameters<typeof organisationKey>[0]) =>
  derivedId('organisation', organisationKey(owner));

/** The words for a kind of document; the others are in no sample. */
const cardTypeDescriptions: Readonly<Record<string, string>> = { ID_CARD: '居民身份证' };

/**
 * `MsgData` of `FlowStatusChange`, with the members that the page for self-built applications lists and samples show.
 * What third-party applications get was never published: `ProxyOrganizationOpenId` is added by assumption.
 */
export function flowStatusData(
  contract: Contract,
  code: SignCode | undefined,
  { operate, RecipientId }: FlowNews,
  atS: number,
): { readonly [name: string]: Json } {
  const OrganizationId = organizationIdOf(contract);
  return {
    Approvers: contract.parties.map((party) => approver(party, contract, OrganizationId)),
    CallbackType: 'sign',
    CallbackUrl: code?.callbackUrl ?? '',
    CcInfos: [],
    CreateOn: contract.createdAtS,
    DeadLine: contract.deadlineS,
    DocumentId: contract.DocumentId,
    FlowCallbackShowStatus: contract.state,
    FlowCallbackStatus: contractStates[contract.state],
    FlowDescription: '',
    FlowId: contract.FlowId,
    FlowMessage: operate === 'reject' ? '模拟器：签署人拒签' : '',
    FlowName: contract.FlowName,
    FlowType: 'create_flow_by_template',
    OccurTime: atS,
    Operate: operate,
    OrganizationId,
    ProxyOrganizationOpenId: contract.ProxyOrganizationOpenId,
    RecipientId,
    ReleaseFlowId: contract.state === 'RELIEVED' ? derivedId('release', contract.FlowId) : '',
    TemplateId: contract.TemplateId,
    Unordered: true,
    UpdatedOn: contract.updatedAtS,
    UserData: '',
    UserFlowType: { name: '未分类' },
    UserId: derivedId('user', contract.FlowId, RecipientId),
  };
}

function approver(party: Party, { FlowId, deadlineS, person, ...owner }: Contract, OrganizationId: string) {
  const isPerson = party.kind === 'person';
  const type = (isPerson && person?.IdCardType) || '';
  return {
    ApproveCallbackShowStatus: party.state,
    ApproveCallbackStatus: partyStates[party.state],
    ApproveMessage: '',
    ApproveTime: party.state === 'ACCEPT' ? party.decidedAtS : 0,
    ApproverDeadline: deadlineS,
    ApproverIdCardNumber: (isPerson && person?.IdCardNumber) || '',
    ApproverIdCardType: type,
    ApproverIdCardTypeDesc: cardTypeDescriptions[type] ?? '',
    ApproverMobile: (isPerson && person?.Mobile) || '',
    ApproverName: (isPerson && person?.Name) || '',
    ApproverSource: '',
    // 0: an organisation, 1: a person.
    ApproverType: isPerson ? 1 : 0,
    CaSign: '',
    CustomApproverTag: '',
    CustomUserId: '',
    OrganizationId: isPerson ? '' : OrganizationId,
    OrganizationName: isPerson ? '' : owner.ProxyOrganizationOpenId,
    RecipientId: party.RecipientId,
    Required: true,
    UserId: derivedId('user', FlowId, party.RecipientId),
    VerifyChannel: '',
  };
}
