import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveLimits, limits, request } from './ChannelCreateMultiFlowSignQRCode.ts';
import { problemPaths } from './testing/problem-paths.ts';

/** The example of the seed document. */
const seed = {
  FlowName: 'test',
  Agent: {
    ProxyAppId: 'test',
    ProxyOperator: { OpenId: 'test' },
    ProxyOrganizationOpenId: 'test',
    AppId: 'test',
  },
  FlowEffectiveDay: 0,
  TemplateId: 'test',
  MaxFlowNum: 0,
  QrEffectiveDay: 0,
  CallbackUrl: 'test',
};

/** The example of the current document. */
const current = {
  FlowName: '通过签署二维码创建的示例合同',
  Agent: {
    ProxyOperator: { OpenId: 'proxy-operator-openid' },
    ProxyOrganizationOpenId: 'proxy-org-openid',
    AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
  },
  FlowEffectiveDay: 7,
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  MaxFlowNum: 100,
  QrEffectiveDay: 7,
};

const withMembers = (members: object) => ({ ...current, ...members });

describe('a create request', () => {
  it.each<[string, object]>([
    ['the seed document, with its zeros and its CallbackUrl "test"', seed],
    ['the current document', current],
    [
      'the current document with ways to sign',
      withMembers({
        ApproverComponentLimitTypes: [
          { RecipientId: 'yDRscUUgyg3zr9vfUyJ8QKwCN7z9YcOh', Values: ['HANDWRITE', 'SYSTEM_ESIGN'] },
          { RecipientId: 'yDwJNUUckpkojrmqUxTFHk0yndh70CpW', Values: ['OCR_ESIGN'] },
        ],
      }),
    ],
    [
      // The published example masks the last eight digits with asterisks.
      'the sibling document with restrictions',
      withMembers({
        FlowName: '示例合同-通过二维码发起',
        Restrictions: [
          { Name: '张三', Mobile: '18800000000' },
          { Name: '李四', Mobile: '18900000000' },
        ],
      }),
    ],
  ])('of %s is accepted as it stands', (_, example) => {
    expect(request.parse(example)).toEqual(example);
  });

  it('may carry every documented member', () => {
    const everything = withMembers({
      Agent: { ...current.Agent, ProxyAppId: 'a', ProxyOrganizationId: 'b' },
      FlowDisplayType: 3,
      Restrictions: [
        { Name: '张三', Mobile: '13000000000', IdCardType: 'ID_CARD', IdCardNumber: '45000000000000000X' },
      ],
      ApproverComponentLimitTypes: [{ RecipientId: 'r', Values: ['ESIGN'] }, { RecipientId: 's' }],
      CallbackUrl: 'https://example.com/callback',
      ApproverRestrictions: { Name: '张三' },
      Operator: { OpenId: 'o', Channel: 'c', CustomUserId: 'u', ClientIp: '192.0.2.1', ProxyIp: '192.0.2.2' },
      ForbidPersonalMultipleSign: true,
      FlowNameAppendScannerInfo: true,
      QrCodeName: '测试签署码',
      QrCodeExpiredOn: 1_757_416_261,
    });
    expect(Object.keys(everything).sort()).toEqual(Object.keys(request.shape).sort());
    expect(request.parse(everything)).toEqual(everything);
  });

  it('may leave optional texts empty', () => {
    const empty = withMembers({
      Agent: { ...current.Agent, ProxyAppId: '', ProxyOrganizationId: '' },
      CallbackUrl: '',
      QrCodeName: '',
      Restrictions: [{ Name: '', Mobile: '', IdCardType: '', IdCardNumber: '' }],
      Operator: { OpenId: '', ClientIp: '' },
    });
    expect(problemPaths(request, empty)).toEqual([]);
  });

  const text = (length: number) => '码'.repeat(length);
  const agent = (members: object) => ({ Agent: { ...current.Agent, ...members } });
  it.each<[path: string, accepted: object, refused: object]>([
    ['TemplateId', { TemplateId: 'x' }, { TemplateId: '' }],
    ['FlowName', { FlowName: 'x' }, { FlowName: '' }],
    ['FlowName', { FlowName: text(200) }, { FlowName: text(201) }],
    ['QrCodeName', { QrCodeName: text(200) }, { QrCodeName: text(201) }],
    ['CallbackUrl', { CallbackUrl: text(1000) }, { CallbackUrl: text(1001) }],
    ['MaxFlowNum', { MaxFlowNum: 0 }, { MaxFlowNum: -1 }],
    ['MaxFlowNum', { MaxFlowNum: 1_000_000 }, { MaxFlowNum: 1.5 }],
    ['MaxFlowNum', { MaxFlowNum: 1 }, { MaxFlowNum: '1' }],
    ['FlowEffectiveDay', { FlowEffectiveDay: 30 }, { FlowEffectiveDay: 31 }],
    ['FlowEffectiveDay', { FlowEffectiveDay: 0 }, { FlowEffectiveDay: -1 }],
    ['QrEffectiveDay', { QrEffectiveDay: 90 }, { QrEffectiveDay: 91 }],
    ['QrEffectiveDay', { QrEffectiveDay: 0 }, { QrEffectiveDay: -1 }],
    ['QrCodeExpiredOn', { QrCodeExpiredOn: 0 }, { QrCodeExpiredOn: -1 }],
    ['FlowDisplayType', { FlowDisplayType: 3 }, { FlowDisplayType: 4 }],
    ['FlowDisplayType', { FlowDisplayType: 0 }, { FlowDisplayType: -1 }],
    [
      'ForbidPersonalMultipleSign',
      { ForbidPersonalMultipleSign: false },
      { ForbidPersonalMultipleSign: 'false' },
    ],
    ['Agent.AppId', agent({ AppId: 'x' }), agent({ AppId: '' })],
    [
      'Agent.ProxyOrganizationOpenId',
      agent({ ProxyOrganizationOpenId: text(64) }),
      agent({ ProxyOrganizationOpenId: text(65) }),
    ],
    [
      'Agent.ProxyOrganizationOpenId',
      agent({ ProxyOrganizationOpenId: 'x' }),
      agent({ ProxyOrganizationOpenId: '' }),
    ],
    [
      'Agent.ProxyOperator.OpenId',
      agent({ ProxyOperator: { OpenId: text(64) } }),
      agent({ ProxyOperator: { OpenId: text(65) } }),
    ],
    [
      'Agent.ProxyOperator.OpenId',
      agent({ ProxyOperator: { OpenId: 'x' } }),
      agent({ ProxyOperator: { OpenId: '' } }),
    ],
    ['Operator.OpenId', { Operator: { OpenId: text(64) } }, { Operator: { OpenId: text(65) } }],
    [
      'Restrictions.0.Mobile',
      { Restrictions: [{ Mobile: '13000000000' }] },
      { Restrictions: [{ Mobile: '1300000000' }] },
    ],
    ['Restrictions.0.Mobile', { Restrictions: [] }, { Restrictions: [{ Mobile: '188********' }] }],
    [
      'Restrictions.0.IdCardType',
      { Restrictions: [{ IdCardType: 'ID_CARD' }] },
      { Restrictions: [{ IdCardType: 'PASSPORT' }] },
    ],
    [
      'Restrictions.0.IdCardNumber',
      { Restrictions: [{ IdCardNumber: 'H12345678(9)' }] },
      { Restrictions: [{ IdCardNumber: '4500000000000000x' }] },
    ],
    ['ApproverRestrictions.Mobile', { ApproverRestrictions: {} }, { ApproverRestrictions: { Mobile: '1' } }],
    [
      'ApproverComponentLimitTypes.0.RecipientId',
      { ApproverComponentLimitTypes: [{ RecipientId: 'x' }] },
      { ApproverComponentLimitTypes: [{ RecipientId: '' }] },
    ],
    [
      'ApproverComponentLimitTypes.0.Values.0',
      { ApproverComponentLimitTypes: [{ RecipientId: 'x', Values: [] }] },
      { ApproverComponentLimitTypes: [{ RecipientId: 'x', Values: ['STAMP'] }] },
    ],
  ])('is bounded in %s (case %#)', (path, accepted, refused) => {
    expect(problemPaths(request, withMembers(accepted))).toEqual([]);
    expect(problemPaths(request, withMembers(refused))).toEqual([path]);
  });

  it('is measured in code points, not in UTF-16 units', () => {
    expect(problemPaths(request, withMembers({ FlowName: '𠮷'.repeat(200) }))).toEqual([]);
    expect(problemPaths(request, withMembers({ FlowName: '𠮷'.repeat(201) }))).toEqual(['FlowName']);
  });

  it('is told of every problem at once, by path', () => {
    const wrong = {
      Agent: { ProxyOperator: { Openid: 'x' }, ProxyOrganizationOpenId: '' },
      FlowName: text(201),
      FlowEffectiveDay: 31,
      QrEffectiveDay: 91,
      MaxFlowNum: '5',
      Restrictions: [{ Mobile: '13000000000' }, { Mobile: '1', Phone: '2' }],
      ApproverComponentLimitTypes: [{ Values: ['HANDWRITE', 'STAMP'] }],
      UserData: 'aGVsbG8=',
      Unknown: 1,
    };
    expect(problemPaths(request, wrong)).toEqual(
      [
        'Agent.AppId',
        'Agent.ProxyOperator.OpenId',
        'Agent.ProxyOperator.Openid',
        'Agent.ProxyOrganizationOpenId',
        'ApproverComponentLimitTypes.0.RecipientId',
        'ApproverComponentLimitTypes.0.Values.1',
        'FlowEffectiveDay',
        'FlowName',
        'MaxFlowNum',
        'QrEffectiveDay',
        'Restrictions.1.Mobile',
        'Restrictions.1.Phone',
        'TemplateId',
        'Unknown',
        'UserData',
      ].sort(),
    );
  });

  it.each([null, undefined, 1, 'x', [], true])('that is %j is refused as a whole', (value) => {
    expect(problemPaths(request, value)).toEqual(['']);
  });
});

describe('effectiveLimits', () => {
  const nowS = 1_695_178_926;
  const secondsPerDay = 86_400;

  it('are the documented defaults when nothing is asked for', () => {
    expect(effectiveLimits({}, nowS)).toEqual({
      maxFlowNum: 5,
      flowEffectiveDays: 7,
      expiresAtS: nowS + 7 * secondsPerDay,
      farthestExpiryS: nowS + 365 * secondsPerDay,
    });
  });

  it('are the published example, to the second', () => {
    expect(effectiveLimits(current, nowS).expiresAtS).toBeGreaterThanOrEqual(1_695_783_727 - 1);
    expect(effectiveLimits(current, nowS).expiresAtS).toBeLessThanOrEqual(1_695_783_727);
  });

  it('let the end win over the days, as is assumed', () => {
    expect(effectiveLimits({ QrEffectiveDay: 90, QrCodeExpiredOn: nowS + 60 }, nowS).expiresAtS).toBe(
      nowS + 60,
    );
  });

  const asked = fc.record(
    {
      MaxFlowNum: fc.nat(1_000_000),
      FlowEffectiveDay: fc.nat(limits.FlowEffectiveDay.max),
      QrEffectiveDay: fc.nat(limits.QrEffectiveDay.max),
      QrCodeExpiredOn: fc.oneof(fc.constant(0), fc.integer({ min: nowS, max: nowS + 365 * secondsPerDay })),
    },
    { requiredKeys: [] },
  );

  it('read a zero as if the member were absent', () => {
    fc.assert(
      fc.property(asked, (some) => {
        const set = Object.fromEntries(Object.entries(some).filter(([, value]) => value !== 0));
        expect(effectiveLimits(some, nowS)).toEqual(effectiveLimits(set, nowS));
      }),
    );
  });

  it('give what was asked for, and never nothing', () => {
    fc.assert(
      fc.property(asked, (some) => {
        const given = effectiveLimits(some, nowS);
        if (some.MaxFlowNum) expect(given.maxFlowNum).toBe(some.MaxFlowNum);
        if (some.FlowEffectiveDay) expect(given.flowEffectiveDays).toBe(some.FlowEffectiveDay);
        if (some.QrCodeExpiredOn) expect(given.expiresAtS).toBe(some.QrCodeExpiredOn);
        else if (some.QrEffectiveDay)
          expect(given.expiresAtS).toBe(nowS + some.QrEffectiveDay * secondsPerDay);
        expect(given.maxFlowNum).toBeGreaterThan(0);
        expect(given.flowEffectiveDays).toBeGreaterThan(0);
        expect(given.expiresAtS).toBeLessThanOrEqual(given.farthestExpiryS);
      }),
    );
  });
});
