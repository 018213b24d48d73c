import type { ErrorCodeName } from './error-codes.ts';
import type { Component } from './structs/Component.ts';
import type { Recipient } from './structs/Recipient.ts';
import type { TemplateInfo } from './structs/TemplateInfo.ts';

/** One reason why a template cannot carry a sign code, or why that cannot be said. */
interface SignCodeReason {
  /** Stable name of the rule. */
  rule: string;
  /** What upstream answers to a create when the reason holds. */
  code: ErrorCodeName;
  /** `false` where documents disagree or the template came without the data that would decide. */
  certain: boolean;
  zh: string;
  en: string;
}

export interface SignCodeFitness {
  /** `unfit` as soon as one reason is certain, `uncertain` where none is. */
  fitness: 'fit' | 'unfit' | 'uncertain';
  /** Every reason, in the order of {@link signCodeRules}. Empty for a fit template. */
  reasons: readonly SignCodeReason[];
}

/** A template seen by its parties. */
interface Parties {
  template: TemplateInfo;
  /** Did the parties come, each with its id? A `ContentType` of 1 leaves all lists out. */
  identified: boolean;
  promoters: readonly Recipient[];
  /** Everyone but the promoter, whose part is to send. */
  signers: readonly Recipient[];
  people: readonly Recipient[];
  enterprises: readonly Recipient[];
}

function partiesOf(template: TemplateInfo): Parties {
  const recipients = template.Recipients ?? [];
  const signers = recipients.filter(({ RecipientType }) => RecipientType !== 'PROMOTER');
  return {
    template,
    identified: Array.isArray(template.Recipients) && recipients.every(({ RecipientId }) => RecipientId),
    promoters: recipients.filter(({ RecipientType }) => RecipientType === 'PROMOTER'),
    signers,
    people: signers.filter(({ RecipientType }) => RecipientType === 'INDIVIDUAL'),
    enterprises: signers.filter(({ RecipientType }) => RecipientType === 'ENTERPRISE'),
  };
}

function owns(parties: readonly Recipient[], { ComponentRecipientId: owner }: Component): boolean {
  return parties.some(({ RecipientId }) => RecipientId === owner);
}

/**
 * Fill components that are the initiator's. Asked without `QueryAllComponents`, upstream returns no others; asked
 * with it, the owner decides. Upstream lists all signers, so an owner whom it does not list is the initiator; so is
 * a signer with `IsPromoter`.
 */
function initiatorFills({ template, identified, signers }: Parties): boolean {
  const others = signers.filter(({ IsPromoter }) => IsPromoter !== true);
  return identified && (template.Components ?? []).some((component) => !owns(others, component));
}

/** The documents forbid the initiator fill components; `ess` words the same error as forbidding sign components. */
function initiatorSigns({ template, promoters }: Parties): boolean {
  return (template.SignComponents ?? []).some((component) => owns(promoters, component));
}

const mixed = ({ people, enterprises }: Parties) => people.length > 0 && enterprises.length > 0;
const orders = (parties: readonly Recipient[]) => parties.map(({ RoutingOrder }) => RoutingOrder);
const orderKnown = ({ signers }: Parties) => orders(signers).every((order) => order !== undefined);

/** The smaller, the earlier; all equal (the published unordered template has -1 everywhere) means unordered. */
function enterpriseFirst(parties: Parties): boolean {
  if (!mixed(parties) || !orderKnown(parties)) return false;
  const earliest = (group: readonly Recipient[]) =>
    Math.min(...orders(group).map((order) => order ?? Number.POSITIVE_INFINITY));
  return earliest(parties.enterprises) < earliest(parties.people);
}

type Rule = SignCodeReason & { applies: (parties: Parties) => boolean };

/** The conditions are not met, or may not be. */
const unmet = { code: 'FailedOperation.QrCodeTemplateId', certain: true } as const;
const doubtful = { ...unmet, certain: false } as const;

/**
 * The published conditions, each as the defect that breaks it. Source: the descriptions of
 * `ChannelCreateMultiFlowSignQRCode`, those since 2025-03 and those before.
 *
 * Which code upstream answers to which defect follows from the codes' own texts for three of them (fields to fill in,
 * no signer, conditions not met); that everything else is answered with the last is assumed. So is that the only
 * enterprise among the signers is the initiator: a template does not say which enterprise will take a role.
 */
export const signCodeRules: readonly Rule[] = [
  {
    ...unmet,
    rule: 'TemplateDisabled',
    zh: '模板已停用',
    en: 'The template is disabled',
    applies: ({ template }) => template.Available === 2,
  },
  {
    ...doubtful,
    rule: 'AvailabilityUnknown',
    zh: '模板的可用状态取值未见于文档',
    en: 'The template has a state that is not documented',
    applies: ({ template }) => ![undefined, 1, 2].includes(template.Available),
  },
  {
    ...doubtful,
    rule: 'DetailsMissing',
    zh: '参与方或控件列表缺失或不完整（ContentType 为 1 时不返回），无法判断',
    en: 'The lists of parties and fields are missing or incomplete (a ContentType of 1 leaves them out)',
    applies: ({ identified, template }) =>
      !identified || !Array.isArray(template.Components) || !Array.isArray(template.SignComponents),
  },
  {
    rule: 'InitiatorFills',
    code: 'FailedOperation.QrCodeCreatorSignComponents',
    certain: true,
    zh: '发起方有填写控件，扫码时无人代为填写',
    en: 'The initiator has fields to fill in, and is not there to fill them in at a scan',
    applies: initiatorFills,
  },
  {
    rule: 'InitiatorSigns',
    code: 'FailedOperation.QrCodeCreatorSignComponents',
    certain: false,
    zh: '发起方角色带有签署控件：文档仅禁止填写控件，同类产品的错误说明却也禁止签署控件',
    en: 'The initiating role has fields to sign: the documents forbid fields to fill in only, an error text of the sibling product forbids these as well',
    applies: initiatorSigns,
  },
  {
    rule: 'NoSigner',
    code: 'FailedOperation.QrCodeSignUsers',
    certain: true,
    zh: '模板没有签署人',
    en: 'The template has no signer',
    applies: ({ template, signers }) => Array.isArray(template.Recipients) && signers.length === 0,
  },
  {
    ...doubtful,
    rule: 'SignerKindUnknown',
    zh: '有签署方的类型未见于文档',
    en: 'A signer is of a kind that is not documented',
    applies: ({ signers, people, enterprises }) => signers.length > people.length + enterprises.length,
  },
  {
    ...unmet,
    rule: 'NoPerson',
    zh: '签署方全部是企业，没有可以扫码的个人',
    en: 'All signers are enterprises: there is no person to scan the code',
    applies: ({ signers, enterprises }) => signers.length > 0 && signers.length === enterprises.length,
  },
  {
    ...doubtful,
    rule: 'SeveralPeople',
    zh: '个人签署方不止一个：旧文档只允许一个，新文档未说明',
    en: 'More than one person signs: the old documents allow one, the new ones do not say',
    applies: ({ people }) => people.length > 1,
  },
  {
    ...unmet,
    rule: 'SeveralEnterprises',
    zh: '企业签署方不止一个，而企业方只能由发起方企业签署',
    en: 'More than one enterprise signs, but only the initiating enterprise may',
    applies: ({ enterprises }) => enterprises.length > 1,
  },
  {
    ...doubtful,
    rule: 'OrderUnknown',
    zh: '企业与个人共同签署，但缺少签署顺序，无法判断',
    en: 'An enterprise and a person sign, and the order is missing',
    applies: (parties) => mixed(parties) && !orderKnown(parties),
  },
  {
    ...unmet,
    rule: 'EnterpriseFirst',
    zh: '按顺序签署且企业为首位；请改为无序签署，或让个人先签',
    en: 'Signing is ordered and the enterprise comes first; make it unordered, or let the person sign first',
    applies: (parties) => enterpriseFirst(parties) && parties.template.TemplateType === 3,
  },
  {
    ...doubtful,
    rule: 'EnterpriseFirstAutoSign',
    zh: '按顺序签署且企业为首位：若企业自动签署，旧文档允许，新文档未提及',
    en: 'Signing is ordered and the enterprise comes first: with automatic signing the old documents allow this, the new ones do not name it',
    applies: (parties) => enterpriseFirst(parties) && parties.template.TemplateType !== 3,
  },
];

const unreadable: SignCodeReason = {
  ...doubtful,
  rule: 'AnswerUnreadable',
  zh: '上游应答中有无法读取的内容，无法判断',
  en: 'Part of the answer of upstream cannot be read',
};

/**
 * Can a template carry a sign code? Pure; judges the template as `DescribeTemplates` returned it, with or without
 * `QueryAllComponents`.
 *
 * @param isWhole did all of it come in the documented form? If not, nothing is certain
 */
export function signCodeFitness(template: TemplateInfo, isWhole = true): SignCodeFitness {
  const parties = partiesOf(template);
  const found = signCodeRules
    .filter(({ applies }) => applies(parties))
    .map(({ applies: _, ...reason }): SignCodeReason => reason);
  const reasons = isWhole ? found : [unreadable, ...found.map((reason) => ({ ...reason, certain: false }))];
  if (reasons.length === 0) return { fitness: 'fit', reasons };
  return { fitness: reasons.some(({ certain }) => certain) ? 'unfit' : 'uncertain', reasons };
}
