import type { Component } from '../../../shared/essbasic/structs/Component.ts';
import type { Recipient } from '../../../shared/essbasic/structs/Recipient.ts';
import type { TemplateInfo } from '../../../shared/essbasic/structs/TemplateInfo.ts';
import type { OwnedTemplate } from '../state/entities.ts';
import type { Owner } from '../state/world.ts';
import { exampleAgent, testAgent } from './organisations.ts';
import { seedId } from './seed-id.ts';

/** The template that shows a rule of `sign-code-fitness.ts`: `yDzooEnterpriseFirst000…`. */
export const zooTemplateId = (rule: string) => seedId(`zoo${rule}`);

export const exampleTemplateId = 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV';
export const foreignTemplateId = seedId('foreignTemplate');
const testTemplateId = 'test';
export const noQuotaTemplateId = seedId('noQuotaTemplate');

const initiator: Recipient = party('initiator', 'PROMOTER', '发起方', -1);
const enterprise: Recipient = { ...party('enterprise', 'ENTERPRISE', '用人单位', -1), IsPromoter: true };
const person: Recipient = party('person', 'INDIVIDUAL', '员工', -1);

function party(id: string, RecipientType: string, RoleName: string, RoutingOrder: number): Recipient {
  return {
    RecipientId: seedId(id),
    RecipientType,
    RoleName,
    Description: '',
    RequireValidation: true,
    RequireSign: true,
    RoutingOrder,
    IsPromoter: false,
    NoTransfer: false,
  };
}

function component(type: string, name: string, owner: Recipient): Component {
  return {
    ComponentId: `ComponentId_${name}`,
    ComponentType: type,
    ComponentName: name,
    ComponentRequired: true,
    ComponentRecipientId: owner.RecipientId,
    FileIndex: 0,
    GenerateMode: 'NORMAL',
    ComponentWidth: 120,
    ComponentHeight: 24,
    ComponentPage: 1,
    ComponentPosX: 72,
    ComponentPosY: 72,
  };
}

const signatures = (parties: readonly Recipient[]) =>
  parties
    .filter(({ RecipientType }) => RecipientType !== 'PROMOTER')
    .map((owner) =>
      component(owner.RecipientType === 'ENTERPRISE' ? 'SIGN_SEAL' : 'SIGN_SIGNATURE', '签署区', owner),
    );

/** A template that these parties sign, fit but for what `changes` spoil. */
function template(
  TemplateId: string,
  TemplateName: string,
  parties: readonly Recipient[],
  changes: Partial<TemplateInfo> = {},
): OwnedTemplate['template'] {
  return {
    TemplateId,
    TemplateName,
    Description: '',
    Components: parties.includes(person) ? [component('TEXT', '姓名', person)] : [],
    Recipients: [...parties],
    SignComponents: signatures(parties),
    TemplateType: 3,
    IsPromoter: false,
    Creator: '',
    CreatedOn: Date.parse('2026-01-01T00:00:00Z') / 1000,
    ChannelTemplateId: '',
    ChannelTemplateName: '',
    ChannelAutoSave: 0,
    TemplateVersion: '20260101001',
    Available: 1,
    UserFlowType: null,
    ...changes,
  };
}

const ordered = (one: Recipient, RoutingOrder: number): Recipient => ({ ...one, RoutingOrder });
const another = (one: Recipient, id: string): Recipient => ({
  ...one,
  RecipientId: seedId(id),
  IsPromoter: false,
});
const { RoutingOrder: _, ...unordered } = person;

type Exhibit = [rule: string, name: string, parties: Recipient[], changes: Partial<TemplateInfo>];

/** One template for each rule, named after it. */
const zoo = (
  [
    ['TemplateDisabled', '已停用', [enterprise, person], { Available: 2 }],
    ['AvailabilityUnknown', '可用状态未知', [enterprise, person], { Available: 3 }],
    ['DetailsMissing', '缺少签署控件列表', [enterprise, person], { SignComponents: null }],
    [
      'InitiatorFills',
      '发起方须填写',
      [initiator, enterprise, person],
      { Components: [component('TEXT', '工号', initiator)] },
    ],
    [
      'InitiatorSigns',
      '发起方须签署',
      [initiator, enterprise, person],
      { SignComponents: [component('SIGN_SEAL', '签署区', initiator), ...signatures([person])] },
    ],
    ['NoSigner', '没有签署人', [initiator], {}],
    [
      'SignerKindUnknown',
      '签署方类型未知',
      [person, { ...another(enterprise, 'unknown'), RecipientType: 'OTHER' }],
      {},
    ],
    ['NoPerson', '仅有企业', [enterprise], {}],
    ['SeveralPeople', '两名个人', [person, another(person, 'person2')], {}],
    ['SeveralEnterprises', '他方企业', [enterprise, another(enterprise, 'enterprise2'), person], {}],
    ['OrderUnknown', '缺少签署顺序', [enterprise, unordered], {}],
    ['EnterpriseFirst', '企业首位', [ordered(enterprise, 0), ordered(person, 1)], {}],
    [
      'EnterpriseFirstAutoSign',
      '企业首位且自动签',
      [ordered(enterprise, 0), ordered(person, 1)],
      { TemplateType: 1 },
    ],
  ] satisfies Exhibit[]
).map(([rule, name, parties, changes]) => template(zooTemplateId(rule), name, parties, changes));

const own = (owner: Owner, one: OwnedTemplate['template']): OwnedTemplate => ({
  AppId: owner.AppId,
  ProxyOrganizationOpenId: owner.ProxyOrganizationOpenId,
  template: one,
});

const elsewhere = { AppId: exampleAgent.AppId, ProxyOrganizationOpenId: 'org-elsewhere' };
const withoutQuota = { AppId: exampleAgent.AppId, ProxyOrganizationOpenId: 'org-no-quota' };

/** The templates of both examples, fit ones of every kind, and the zoo. */
export const templates: readonly OwnedTemplate[] = [
  own(exampleAgent, template(exampleTemplateId, '入职合同', [enterprise, person])),
  own(testAgent, template(testTemplateId, 'test', [enterprise, person])),
  own(exampleAgent, template(seedId('fitPersonOnly'), '个人承诺书', [person])),
  own(
    exampleAgent,
    template(seedId('fitPersonFirst'), '劳务合同', [ordered(person, 0), ordered(enterprise, 1)]),
  ),
  ...zoo.map((one) => own(exampleAgent, one)),
  own(elsewhere, template(foreignTemplateId, '他企业模板', [person])),
  own(withoutQuota, template(noQuotaTemplateId, '入职合同', [enterprise, person])),
];
