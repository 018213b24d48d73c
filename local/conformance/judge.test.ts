import { describe, expect, it } from 'vitest';
import { type ActionName, baseRequests, places } from './base-requests.ts';
import { allCases } from './cases.ts';
import { expectationOf, isMet } from './expectation.ts';
import { requestOf } from './request-of.ts';
import { runCases, type Target } from './run-cases.ts';

const nowS = 1_800_000_000;
const create = 'ChannelCreateMultiFlowSignQRCode';

const expected = (action: ActionName, changes: object) =>
  expectationOf(action, { ...structuredClone(baseRequests[action]), ...changes }, { places, nowS });

describe('what the documents say', () => {
  it.each<[ActionName, object]>([
    [create, {}],
    [create, { FlowName: '𠮷'.repeat(200) }],
    [create, { MaxFlowNum: 0, FlowEffectiveDay: 0, QrEffectiveDay: 0 }],
    [create, { FlowEffectiveDay: 30, QrEffectiveDay: 90, FlowDisplayType: 3 }],
    [create, { QrCodeExpiredOn: nowS + 365 * 86_400 }],
    [create, { QrCodeName: '', CallbackUrl: 'test' }],
    ['ChannelCancelMultiFlowSignQRCode', {}],
    ['DescribeTemplates', { TemplateId: 'none-such', Limit: 100, Offset: 20_000 }],
  ])('accepts %s with %j', (action, changes) => {
    expect(expected(action, changes)).toEqual({ codes: [], sources: [] });
  });

  it.each<[ActionName, object, string, string]>([
    [create, { FlowName: undefined }, 'MissingParameter', 'page'],
    [create, { FlowName: 'a'.repeat(201) }, 'InvalidParameter.ParamError', 'page'],
    [create, { FlowName: '' }, 'MissingParameter', 'assumed'],
    [create, { FlowName: null }, 'InvalidParameter', 'assumed'],
    [create, { Surprise: 1 }, 'UnknownParameter', 'common-codes'],
    [create, { MaxFlowNum: '5' }, 'InvalidParameter', 'common-codes'],
    [create, { MaxFlowNum: -1 }, 'InvalidParameter.ParamError', 'assumed'],
    [create, { FlowEffectiveDay: 31 }, 'InvalidParameter.QrFlowEffectDay', 'page'],
    [create, { QrEffectiveDay: 91 }, 'InvalidParameter.QrEffectDay', 'page'],
    [create, { QrCodeExpiredOn: nowS }, 'InvalidParameter.QrEffectDay', 'assumed'],
    [create, { QrCodeExpiredOn: nowS + 365 * 86_400 + 1 }, 'InvalidParameter.QrEffectDay', 'page'],
    [create, { TemplateId: 'none-such' }, 'ResourceNotFound.Template', 'page'],
    [create, { Restrictions: [{ Mobile: '130' }] }, 'InvalidParameter.Mobile', 'sibling'],
    ['ChannelCancelMultiFlowSignQRCode', { QrCodeId: 'x' }, 'InvalidParameter.DataNotFound', 'page'],
    ['DescribeTemplates', { TemplateIds: Array(101).fill('x') }, 'InvalidParameter.ParamError', 'page'],
    ['DescribeTemplates', { Limit: 101 }, 'InvalidParameter.ParamError', 'page'],
  ])('refuses %s with %j', (action, changes, code, source) => {
    const { codes, sources } = expected(action, changes);
    expect([codes, sources]).toEqual([expect.arrayContaining([code]), [source]]);
  });

  it('leaves open which of several faults is named', () => {
    const both = expected(create, { FlowName: undefined, Surprise: 1 });
    expect(isMet(both, 'MissingParameter')).toBe(true);
    expect(isMet(both, 'UnknownParameter')).toBe(true);
    expect(isMet(both, undefined)).toBe(false);
    expect(isMet(both, 'InternalError')).toBe(false);
  });
});

describe('a run', () => {
  const having = { ...places, QrCodeId: 'made' };
  const answering = (code: string | undefined): Target => ({
    having,
    call: async () => code,
    makeCode: async () => 'made',
    nowS: () => nowS,
  });
  const first = [...allCases()].filter(({ action, variants }) => action === create && variants.length === 1);
  const outcomes = async (code: string | undefined) => {
    const all = [];
    for await (const outcome of runCases(first, answering(code))) all.push(outcome);
    return all;
  };

  it('finds whoever accepts everything, and whoever refuses everything', async () => {
    for (const code of [undefined, 'InternalError', 'InvalidParameter']) {
      const disagreeing = (await outcomes(code)).filter(({ isMet: isRight }) => !isRight);
      expect(disagreeing.length).toBeGreaterThan(50);
    }
  });

  it('names the change of a request, and none of what an account has', async () => {
    const [one] = await outcomes(undefined);
    expect(one).toMatchObject({ id: `${create}#1`, changes: [{ condition: 'unknown' }], answered: 'ok' });
  });

  it('puts what the account has in its place, and times after now', () => {
    const late = first.find(({ variants: [variant] }) => variant?.condition === 'time');
    if (late === undefined) throw new Error('no case has a time');
    const request = requestOf(late, { ...having, AppId: 'mine' }, nowS);
    expect(request).toMatchObject({ Agent: { AppId: 'mine' }, QrCodeExpiredOn: nowS - 60 });
  });
});
