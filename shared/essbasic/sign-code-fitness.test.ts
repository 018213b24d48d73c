import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCodes } from './error-codes.ts';
import { signCodeFitness, signCodeRules } from './sign-code-fitness.ts';
import type { Recipient } from './structs/Recipient.ts';
import type { TemplateInfo } from './structs/TemplateInfo.ts';

const enterprise: Recipient = {
  RecipientId: 'e',
  RecipientType: 'ENTERPRISE',
  RoutingOrder: -1,
  IsPromoter: false,
};
const person: Recipient = {
  RecipientId: 'p',
  RecipientType: 'INDIVIDUAL',
  RoutingOrder: -1,
  IsPromoter: false,
};
const promoter: Recipient = {
  RecipientId: 'i',
  RecipientType: 'PROMOTER',
  RoutingOrder: -1,
  IsPromoter: true,
};
const at = (party: Recipient, RoutingOrder: number): Recipient => ({ ...party, RoutingOrder });
const fill = (ComponentRecipientId?: string) => ({ ComponentType: 'TEXT', ComponentRecipientId });
const sign = (ComponentRecipientId: string) => ({ ComponentType: 'SIGN_SIGNATURE', ComponentRecipientId });

/** As the published example of `DescribeTemplates` has it: an enterprise and a person, unordered. */
const published: TemplateInfo = {
  TemplateId: 'yDSLVUUckpo3pub6UE5dPdv8pkDsrbEn',
  Components: [],
  Recipients: [person, enterprise],
  SignComponents: [sign('e'), sign('p')],
  TemplateType: 3,
  Available: 1,
};
const ordered = { ...published, Recipients: [at(enterprise, 0), at(person, 1)] };
const rulesOf = (template: TemplateInfo) => signCodeFitness(template).reasons.map(({ rule }) => rule);

describe('a template of which part could not be read', () => {
  it.each([published, { ...published, Recipients: [] }])('is judged with no certainty', (template) => {
    const { fitness, reasons } = signCodeFitness(template, false);
    expect(fitness).toBe('uncertain');
    expect(reasons[0]?.rule).toBe('AnswerUnreadable');
    expect(reasons.some(({ certain }) => certain)).toBe(false);
  });

  it('keeps what could be said of the rest, with nothing certain', () => {
    const code = 'FailedOperation.QrCodeTemplateId';
    expect(signCodeFitness({ ...published, Available: 2 }, false).reasons).toMatchObject([
      { rule: 'AnswerUnreadable', code, certain: false },
      { rule: 'TemplateDisabled', code, certain: false },
    ]);
  });
});

describe('a template that meets the conditions', () => {
  it.each<[string, TemplateInfo]>([
    ['the published example, asked for the initiator alone', published],
    ['the published example, asked for all fields', { ...published, Components: [fill('e'), fill('p')] }],
    ['one person', { ...published, Recipients: [person] }],
    ['one person without an order', { ...published, Recipients: [{ ...person, RoutingOrder: undefined }] }],
    ['one person and a promoter who only sends', { ...published, Recipients: [promoter, person] }],
    ['all in the same place of an order', { ...published, Recipients: [at(enterprise, 1), at(person, 1)] }],
    ['the enterprise after the person', { ...published, Recipients: [at(person, 0), at(enterprise, 1)] }],
    [
      'an enterprise marked as the initiator',
      { ...published, Recipients: [{ ...enterprise, IsPromoter: true }, person] },
    ],
    ['no state, which means enabled', { ...published, Available: undefined }],
    ['automatic signing, unordered', { ...published, TemplateType: 1 }],
  ])('is fit: %s', (_, template) => {
    expect(signCodeFitness(template)).toEqual({ fitness: 'fit', reasons: [] });
  });
});

type Case = [rule: string, what: string, template: TemplateInfo];

const unfit: Case[] = [
  ['TemplateDisabled', 'disabled', { ...published, Available: 2 }],
  [
    'InitiatorFills',
    "a field of the promoter's",
    { ...published, Recipients: [promoter, enterprise, person], Components: [fill('i'), fill('p')] },
  ],
  ['InitiatorFills', 'a field whose owner does not sign', { ...published, Components: [fill('somebody')] }],
  ['InitiatorFills', 'a field without an owner', { ...published, Components: [fill()] }],
  ['InitiatorFills', 'a field with an empty owner', { ...published, Components: [fill('')] }],
  [
    'InitiatorFills',
    'a field of the signer who is the initiator',
    { ...published, Recipients: [{ ...enterprise, IsPromoter: true }, person], Components: [fill('e')] },
  ],
  ['NoSigner', 'no party at all', { ...published, Recipients: [] }],
  ['NoSigner', 'a promoter only', { ...published, Recipients: [promoter] }],
  ['NoPerson', 'an enterprise only', { ...published, Recipients: [enterprise] }],
  [
    'SeveralEnterprises',
    'two enterprises and a person',
    {
      ...published,
      Recipients: [{ ...enterprise, IsPromoter: true }, { ...enterprise, RecipientId: 'e2' }, person],
    },
  ],
  ['EnterpriseFirst', 'the enterprise before the person', ordered],
];

const uncertain: Case[] = [
  ['AvailabilityUnknown', 'a state that no document names', { ...published, Available: 3 }],
  ['DetailsMissing', 'no parties (ContentType 1)', { ...published, Recipients: undefined }],
  [
    'DetailsMissing',
    'fields whose owners cannot be told',
    { ...published, Recipients: null, Components: [fill('p')] },
  ],
  ['DetailsMissing', 'null for the parties', { ...published, Recipients: null }],
  [
    'DetailsMissing',
    'a party without an id',
    { ...published, Recipients: [{ ...person, RecipientId: undefined }] },
  ],
  ['DetailsMissing', 'no fill components', { ...published, Components: undefined }],
  ['DetailsMissing', 'null for the sign components', { ...published, SignComponents: null }],
  [
    'InitiatorSigns',
    'a promoter with something to sign',
    { ...published, Recipients: [promoter, enterprise, person], SignComponents: [sign('i'), sign('p')] },
  ],
  [
    'SignerKindUnknown',
    'a kind of signer that no document names',
    { ...published, Recipients: [person, { ...enterprise, RecipientType: 'ROBOT' }] },
  ],
  ['SeveralPeople', 'two people', { ...published, Recipients: [person, { ...person, RecipientId: 'p2' }] }],
  [
    'OrderUnknown',
    'an order that is missing',
    { ...published, Recipients: [enterprise, { ...person, RoutingOrder: undefined }] },
  ],
  ['EnterpriseFirstAutoSign', 'the enterprise first, signing by itself', { ...ordered, TemplateType: 1 }],
  [
    'EnterpriseFirstAutoSign',
    'the enterprise first, signing who knows how',
    { ...ordered, TemplateType: undefined },
  ],
];

describe('a template with one defect', () => {
  it.each(unfit)('is unfit by %s: %s', (rule, _, template) => {
    expect(signCodeFitness(template).fitness).toBe('unfit');
    expect(rulesOf(template)).toEqual([rule]);
  });

  it.each(uncertain)('is uncertain by %s: %s', (rule, _, template) => {
    expect(signCodeFitness(template).fitness).toBe('uncertain');
    expect(rulesOf(template)).toEqual([rule]);
  });

  it('is there for every rule, in the table that matches its certainty', () => {
    const named = (cases: Case[]) => [...new Set(cases.map(([rule]) => rule))].sort();
    const byCertainty = (certain: boolean) =>
      signCodeRules
        .filter((rule) => rule.certain === certain)
        .map(({ rule }) => rule)
        .sort();
    expect(named(unfit)).toEqual(byCertainty(true));
    expect(named(uncertain)).toEqual(byCertainty(false));
  });
});

describe('signCodeFitness', () => {
  it('names every reason, not the first alone', () => {
    const template = {
      ...ordered,
      Available: 2,
      Components: [fill('i')],
      Recipients: [at(enterprise, 0), at({ ...enterprise, RecipientId: 'e2' }, 1), at(person, 2)],
    };
    expect(rulesOf(template)).toEqual([
      'TemplateDisabled',
      'InitiatorFills',
      'SeveralEnterprises',
      'EnterpriseFirst',
    ]);
  });

  it('takes the earliest enterprise for the first', () => {
    const last = at({ ...enterprise, RecipientId: 'e2' }, 2);
    const around = { ...published, Recipients: [at(enterprise, 0), at(person, 1), last] };
    expect(rulesOf(around)).toEqual(['SeveralEnterprises', 'EnterpriseFirst']);
  });

  it('is unfit when one of its reasons is certain, though another is not', () => {
    const template = { ...published, Available: 2, Recipients: null };
    expect(signCodeFitness(template).fitness).toBe('unfit');
    expect(rulesOf(template)).toEqual(['TemplateDisabled', 'DetailsMissing']);
  });

  it('says with which of its codes upstream would refuse', () => {
    const codeOf = (template: TemplateInfo) => signCodeFitness(template).reasons[0]?.code;
    expect(codeOf({ ...published, Components: [fill('i')] })).toBe(
      'FailedOperation.QrCodeCreatorSignComponents',
    );
    expect(codeOf({ ...published, Recipients: [] })).toBe('FailedOperation.QrCodeSignUsers');
    expect(codeOf({ ...published, Available: 2 })).toBe('FailedOperation.QrCodeTemplateId');
    for (const { code } of signCodeRules) expect(errorCodes).toHaveProperty([code]);
  });

  it('gives a reason as plain data', () => {
    expect(signCodeFitness({ ...published, Available: 2 }).reasons).toEqual([
      {
        rule: 'TemplateDisabled',
        code: 'FailedOperation.QrCodeTemplateId',
        certain: true,
        zh: expect.any(String),
        en: expect.any(String),
      },
    ]);
  });
});

const fitTemplate: fc.Arbitrary<TemplateInfo> = fc
  .record({
    withEnterprise: fc.boolean(),
    withPromoter: fc.boolean(),
    personAt: fc.integer({ min: 0, max: 5 }),
    after: fc.integer({ min: 0, max: 5 }),
    filled: fc.subarray(['e', 'p']),
    type: fc.constantFrom(1, 3),
  })
  .map(({ withEnterprise, withPromoter, personAt, after, filled, type }) => ({
    ...published,
    TemplateType: type,
    Recipients: [
      ...(withPromoter ? [promoter] : []),
      ...(withEnterprise ? [at(enterprise, personAt + after)] : []),
      at(person, personAt),
    ],
    Components: filled.filter((owner) => owner === 'p' || withEnterprise).map(fill),
  }));

/** Each makes any template worse. */
const defects: readonly ((template: TemplateInfo) => TemplateInfo)[] = [
  (template) => ({ ...template, Available: 2 }),
  (template) => ({ ...template, Available: 7 }),
  (template) => ({ ...template, Recipients: [] }),
  (template) => ({ ...template, Recipients: null }),
  (template) => ({ ...template, Components: undefined }),
  (template) => ({ ...template, SignComponents: null }),
  (template) => ({ ...template, Components: [...(template.Components ?? []), fill('i')] }),
  (template) => ({
    ...template,
    Recipients: [
      ...(template.Recipients ?? []),
      { ...enterprise, RecipientId: 'x' },
      { ...enterprise, RecipientId: 'y' },
    ],
  }),
  (template) => ({
    ...template,
    Recipients: template.Recipients?.filter((party) => party.RecipientType !== 'INDIVIDUAL'),
  }),
  (template) => ({
    ...template,
    Recipients: [...(template.Recipients ?? []), { ...person, RecipientId: 'q' }],
  }),
  (template) => ({
    ...template,
    Recipients: [
      at(enterprise, -5),
      ...(template.Recipients ?? []).filter(({ RecipientId }) => RecipientId !== 'e'),
    ],
  }),
];

describe('a generated template', () => {
  it('that meets the conditions is fit', () => {
    fc.assert(fc.property(fitTemplate, (template) => signCodeFitness(template).fitness === 'fit'));
  });

  it('is never fit once a defect is added', () => {
    fc.assert(
      fc.property(fitTemplate, fc.constantFrom(...defects), (template, defect) => {
        expect(signCodeFitness(defect(template)).fitness).not.toBe('fit');
      }),
    );
  });

  it('is never freed of a certain reason by data that goes missing elsewhere', () => {
    fc.assert(
      fc.property(fitTemplate, (template) => {
        const disabled = { ...template, Available: 2 };
        for (const list of ['Recipients', 'Components', 'SignComponents'])
          expect(signCodeFitness({ ...disabled, [list]: null }).fitness).toBe('unfit');
      }),
    );
  });
});
