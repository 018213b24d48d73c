import { agent, operator } from './agent.ts';
import type { Member, Reading } from './rule.ts';

/** 指定签署人信息: all optional. An empty text is assumed to be none. */
const restriction = {
  Name: { kind: 'text', source: 'page' },
  // 手机号，11位数字. What upstream answers to another is published by the sibling.
  Mobile: { kind: 'text', form: /^\d{11}$/, finer: ['InvalidParameter.Mobile'], source: 'page' },
  IdCardType: {
    kind: 'text',
    values: ['ID_CARD', 'HONGKONG_AND_MACAO', 'HONGKONG_MACAO_AND_TAIWAN'],
    finer: ['InvalidParameter.CardNumber'],
    source: 'page',
  },
  // 其中字母大写. Which other characters there may be is not said: half- and full-width brackets are assumed.
  IdCardNumber: {
    kind: 'text',
    form: /^[0-9A-Z()（）]+$/,
    finer: ['InvalidParameter.CardNumber'],
    source: 'assumed',
  },
} as const satisfies Record<string, Member>;

const restrictions = { kind: 'struct', members: restriction } as const;
const flag: Member = { kind: 'flag', source: 'page' };

/** ChannelCreateMultiFlowSignQRCode: the page of 2025, and the members of the older ones that it hides. */
export const createReading: Reading = {
  action: 'ChannelCreateMultiFlowSignQRCode',
  request: {
    Agent: agent,
    TemplateId: {
      kind: 'text',
      isNeeded: true,
      known: { as: 'TemplateId', codes: ['ResourceNotFound.Template'], source: 'page' },
      source: 'page',
    },
    // 只能由中文、字母、数字和下划线组成: an example of the sibling has a hyphen and succeeds, so that it is not enforced.
    FlowName: {
      kind: 'text',
      isNeeded: true,
      most: 200,
      finer: ['InvalidParameter.FlowName'],
      source: 'page',
    },
    // Zeros: the example of the older page sends them and succeeds. No upper bound is said.
    MaxFlowNum: { kind: 'whole', least: 0, source: 'example' },
    FlowEffectiveDay: {
      kind: 'whole',
      least: 0,
      most: 30,
      finer: ['InvalidParameter.QrFlowEffectDay'],
      source: 'example',
    },
    QrEffectiveDay: {
      kind: 'whole',
      least: 0,
      most: 90,
      finer: ['InvalidParameter.QrEffectDay'],
      source: 'example',
    },
    FlowDisplayType: { kind: 'whole', least: 0, most: 3, source: 'page' },
    Restrictions: { kind: 'list', each: restrictions, source: 'page' },
    ApproverComponentLimitTypes: {
      kind: 'list',
      source: 'page',
      each: {
        kind: 'struct',
        members: {
          RecipientId: {
            kind: 'text',
            isNeeded: true,
            known: {
              as: 'RecipientId',
              codes: ['InvalidParameter', 'InvalidParameter.ParamError'],
              source: 'assumed',
            },
            source: 'page',
          },
          Values: {
            kind: 'list',
            each: { kind: 'text', values: ['HANDWRITE', 'ESIGN', 'OCR_ESIGN', 'SYSTEM_ESIGN'] },
            source: 'page',
          },
        },
      },
    },
    CallbackUrl: { kind: 'text', most: 1000, source: 'older-page' },
    ApproverRestrictions: { ...restrictions, source: 'older-page' },
    Operator: operator,
    ForbidPersonalMultipleSign: flag,
    FlowNameAppendScannerInfo: flag,
    QrCodeName: { kind: 'text', most: 200, source: 'page' },
    // 最长可设置为签署二维码创建后的365天. That zero is "not set", and that the past is refused, no page says.
    QrCodeExpiredOn: {
      kind: 'whole',
      least: 0,
      mostDaysAhead: 365,
      finer: ['InvalidParameter.QrEffectDay'],
      source: 'page',
    },
  },
};
