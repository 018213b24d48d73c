import { describe, expect, it } from 'vitest';
import type { Scope } from '../../world.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { scopeOf } from '../testing/sample-code.ts';
import { createRequest, dayS, startS } from '../testing/world.ts';
import { describeCode } from './describe-codes.ts';

const { world } = codeSuite();

const ports = () => ({ ...world.ports, publicBaseUrl: 'https://q.example' });

const describeOne = (codeId: string, scope: Scope = null) =>
  describeCode(ports(), { by: 'CodeId', value: codeId }, scope);

describe('describeCode', () => {
  it('tells state, reason, use, end, next renewal and link', async () => {
    const { code } = await world.create(createRequest({ QrCodeName: '门口' }), {
      members: { externalId: 'shop-1' },
    });
    await world.receiver.charge(code.current?.qrCodeId ?? '', 3);
    expect(await describeOne(code.codeId)).toEqual({
      CodeId: code.codeId,
      Slug: code.slug,
      StableUrl: `https://q.example/s/${code.slug}`,
      State: 'Active',
      Reason: { Code: 'Created', En: 'Created', Zh: '已创建' },
      Notice: null,
      Version: 2,
      ProxyOrganizationOpenId: 'org-a',
      ProxyOperatorOpenId: 'operator-a',
      TemplateId: 'template-a',
      FlowName: '入职合同',
      QrCodeName: '门口',
      ExternalId: 'shop-1',
      Labels: [],
      Note: null,
      Usable: true,
      Used: 3,
      MaxFlowNum: 10,
      Use: {
        Used: 3,
        MaxFlowNum: 10,
        CostMessages: 3,
        CertainContracts: 0,
        InferredContracts: 0,
        Sure: 'Counted',
        Reason: expect.objectContaining({ Code: 'UseByCost' }),
      },
      DailyUse: [{ On: Math.floor(startS / dayS) * dayS, Uses: 3 }],
      Forecast: null,
      Contracts: { Certain: {}, Inferred: {} },
      CallbackUrl: null,
      ExpiredTime: startS + 7 * dayS,
      RenewalPolicy: code.policy,
      Renewal: { NextOn: startS + 6 * dayS, Reason: null, Failures: 0 },
      GenerationsMade: 1,
      ContractsCommitted: 10,
      PossibleOrphans: 0,
      Generations: [
        {
          Generation: 1,
          QrCodeId: code.current?.qrCodeId,
          QrCodeUrl: expect.stringContaining('.png'),
          AppSignUrl: expect.any(String),
          HttpSignUrl: expect.any(String),
          State: 'Live',
          Used: 3,
          CostMessages: 3,
          CertainContracts: 0,
          MaxFlowNum: 10,
          CreatedOn: startS,
          ExpiredTime: startS + 7 * dayS,
        },
      ],
      CreatedOn: startS,
      UpdatedOn: startS,
    });
  });

  it('finds a code by each of its ids, by those of old generations too', async () => {
    const { code } = await world.create();
    world.passS(6 * dayS);
    await world.tick();
    const keys = [
      { by: 'CodeId', value: code.codeId },
      { by: 'Slug', value: code.slug },
      { by: 'QrCodeId', value: code.current?.qrCodeId ?? '' },
    ] as const;
    for (const key of keys) {
      expect(await describeCode(ports(), key, scopeOf('org-a'))).toMatchObject({
        CodeId: code.codeId,
        Generations: [{ Generation: 2 }, { Generation: 1, State: 'Superseded' }],
      });
      await expect(describeCode(ports(), key, scopeOf('org-b'))).rejects.toMatchObject({ code: 'NotFound' });
      await expect(describeCode(ports(), key, scopeOf())).rejects.toMatchObject({ code: 'NotFound' });
      const namesake = { appId: 'another', organizations: ['org-a'] };
      await expect(describeCode(ports(), key, namesake)).rejects.toMatchObject({ code: 'NotFound' });
    }
  });

  it('says why no renewal comes', async () => {
    const { code } = await world.create(createRequest(), { policy: { MaxGenerations: 1 } });
    expect((await describeOne(code.codeId)).Renewal).toMatchObject({
      NextOn: null,
      Reason: { Code: 'MaxGenerationsReached', En: 'The limit of generations in the policy is reached: 1' },
    });
  });

  it('shows an active code of an organisation without quota as blocked, and when upstream is asked again', async () => {
    const { code } = await world.create();
    world.fake.withoutQuota.add('org-a');
    world.passS(6 * dayS);
    await world.tick();
    expect(await describeOne(code.codeId)).toMatchObject({
      State: 'QuotaBlocked',
      Reason: { Code: 'QuotaBlocked' },
      Usable: true,
      Renewal: { NextOn: startS + 6 * dayS + 60, Reason: { Code: 'QuotaBlocked' } },
    });
  });
});
