import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ChannelCreateMultiFlowSignQRCode as contract } from '../../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { signCodeRules } from '../../../shared/essbasic/sign-code-fitness.ts';
import type { Json } from '../../cloud-api/merge-patch.ts';
import { createEmulator } from '../create-emulator.ts';
import { testAgent } from '../seeds/organisations.ts';
import { foreignTemplateId, templates, zooTemplateId } from '../seeds/templates.ts';
import { call, createCode, requestFor, resultOf } from '../signed-call.test.kit.ts';

const startMs = Date.parse('2026-11-24T08:00:00Z');
const nowS = startMs / 1000;
const daysS = (days: number) => days * 86_400;
const emulator = createEmulator({ seed: 1, startMs, speed: 0, requestsPerSecond: Number.POSITIVE_INFINITY });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

const create = (patch: Json) => resultOf(url, 'ChannelCreateMultiFlowSignQRCode', patch);

describe('a create', () => {
  it('answers what the contract says', async () => {
    const action = 'ChannelCreateMultiFlowSignQRCode';
    const answer = await call(url, action, requestFor(action));
    expect(z.safeParse(contract.response, answer).success).toBe(true);
  });

  it('remembers the code with everything that was asked for', async () => {
    const restriction = { Name: '张三', Mobile: '13800000000' };
    const { QrCode } = await createCode(url, {
      QrCodeName: '门口海报',
      Restrictions: [restriction],
      ApproverRestrictions: { Name: '李四' },
      ForbidPersonalMultipleSign: true,
      FlowNameAppendScannerInfo: true,
    });
    expect(emulator.codes.get(QrCode.QrCodeId)).toEqual({
      QrCodeId: QrCode.QrCodeId,
      AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
      ProxyOrganizationOpenId: 'proxy-org-openid',
      TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
      FlowName: '入职合同',
      QrCodeName: '门口海报',
      createdAtS: nowS,
      expiresAtS: nowS + daysS(7),
      maxFlowNum: 100,
      used: 0,
      flowEffectiveDays: 7,
      restrictions: [restriction, { Name: '李四' }],
      forbidPersonalMultipleSign: true,
      flowNameAppendScannerInfo: true,
      scannedBy: [],
    });
  });

  it('accepts the example of the old documents: "test" everywhere, and zeros that mean the defaults', async () => {
    const { QrCode } = await createCode(url, {
      FlowName: 'test',
      Agent: { ...testAgent, ProxyAppId: 'test' },
      FlowEffectiveDay: 0,
      TemplateId: 'test',
      MaxFlowNum: 0,
      QrEffectiveDay: 0,
      CallbackUrl: 'test',
    });
    expect(QrCode.ExpiredTime).toBe(nowS + daysS(7));
    expect(emulator.codes.get(QrCode.QrCodeId)).toMatchObject({
      maxFlowNum: 5,
      flowEffectiveDays: 7,
      QrCodeName: 'test',
    });
  });

  it('makes a second code when it is repeated', async () => {
    const [first, second] = [await createCode(url), await createCode(url)];
    expect(second.QrCode.QrCodeId).not.toBe(first.QrCode.QrCodeId);
    expect(second.RequestId).not.toBe(first.RequestId);
  });

  it.each([
    [{ QrEffectiveDay: 90 }, daysS(90)],
    [{ QrCodeExpiredOn: nowS + 1, QrEffectiveDay: 90 }, 1],
    [{ QrCodeExpiredOn: nowS + daysS(365) }, daysS(365)],
    [{ QrCodeExpiredOn: 0, QrEffectiveDay: null }, daysS(7)],
  ])('with %j lives until then', async (patch, lifeS) => {
    const { QrCode } = await createCode(url, patch);
    expect(QrCode.ExpiredTime).toBe(nowS + lifeS);
  });

  it.each([
    [{ QrEffectiveDay: 91 }],
    [{ QrEffectiveDay: -1 }],
    [{ QrCodeExpiredOn: nowS }],
    [{ QrCodeExpiredOn: nowS - 1 }],
    [{ QrCodeExpiredOn: nowS + daysS(365) + 1 }],
  ])('refuses %j as InvalidParameter.QrEffectDay', async (patch) => {
    expect(await create(patch)).toBe('InvalidParameter.QrEffectDay');
  });

  it('accepts ways to sign for parties of the template only', async () => {
    const ways = (RecipientId: string) => ({
      ApproverComponentLimitTypes: [{ RecipientId, Values: ['HANDWRITE'] }],
    });
    expect(await create(ways('yDperson00000000000000000000000'.padEnd(32, '0')))).toBe('ok');
    expect(await create(ways('somebody'))).toBe('InvalidParameter.ParamError');
  });

  it('refuses without quota, and again accepts when there is some', async () => {
    const owner = { AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', ProxyOrganizationOpenId: 'proxy-org-openid' };
    const blocks = () =>
      emulator
        .truth()
        .organisations.find((one) => one.ProxyOrganizationOpenId === owner.ProxyOrganizationOpenId)?.blocks;
    emulator.organisations.setQuota(owner, 0);
    expect(await create({})).toBe('OperationDenied.NoQuota');
    expect(await create({})).toBe('OperationDenied.NoQuota');
    expect(blocks()).toEqual([{ fromMs: expect.any(Number) }]);
    emulator.organisations.setQuota(owner, 1);
    expect(await create({})).toBe('ok');
    expect(blocks()).toEqual([{ fromMs: expect.any(Number), untilMs: expect.any(Number) }]);
  });

  it('does not know a template of another organisation', async () => {
    expect(await create({ TemplateId: foreignTemplateId })).toBe('ResourceNotFound.Template');
    const agent = {
      ProxyOrganizationOpenId: 'org-elsewhere',
      ProxyOperator: { OpenId: 'operator-elsewhere' },
    };
    expect(await create({ TemplateId: foreignTemplateId, Agent: agent })).toBe('ok');
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = emulator.snapshot();
    await create({ TemplateId: zooTemplateId('NoSigner') });
    expect(emulator.snapshot().codes).toEqual(before.codes);
  });
});

describe('the zoo of templates', () => {
  it('has a template for each rule of fitness', () => {
    const ids = templates.map(({ template }) => template.TemplateId);
    expect(signCodeRules.filter(({ rule }) => !ids.includes(zooTemplateId(rule)))).toEqual([]);
  });

  it.each(signCodeRules.map(({ rule, code, certain }) => [rule, certain ? code : 'ok'] as const))(
    '%s answers %s',
    async (rule, result) => {
      expect(await create({ TemplateId: zooTemplateId(rule) })).toBe(result);
      if (result !== 'ok') expect(emulator.journal.list().at(-1)?.reason).toContain(`${rule}: `);
    },
  );

  it('answers a template that does not meet the conditions with the published text', async () => {
    const action = 'ChannelCreateMultiFlowSignQRCode';
    const request = requestFor(action, { TemplateId: zooTemplateId('NoPerson') });
    const answer = await call(url, action, request, { headers: { 'X-TC-Language': 'zh-CN' } });
    expect(answer.Error).toEqual({
      Code: 'FailedOperation.QrCodeTemplateId',
      Message: '二维码生成失败，模板未满足生成二维码',
    });
  });
});
