import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskRequest } from './mask-request.ts';

describe('a masked request', () => {
  it('shows what a person debugs with, and hides who may scan and where notifications go', () => {
    const request = {
      Agent: {
        AppId: 'app',
        ProxyOrganizationOpenId: 'org',
        ProxyOperator: { OpenId: 'me', ClientIp: '10.0.0.1' },
      },
      TemplateId: 'template',
      FlowName: '入职合同',
      MaxFlowNum: 100,
      Restrictions: [{ Name: '张三', Mobile: '13800000000', IdCardType: 'ID_CARD', IdCardNumber: '110' }],
      ApproverComponentLimitTypes: [{ RecipientId: 'r', Values: ['ESIGN'] }],
      CallbackUrl: 'https://example.com/?token=secret',
      Misspelt: { Mobile: 13_800_000_000 },
    };
    expect(maskRequest(request)).toEqual({
      ...request,
      Agent: { ...request.Agent, ProxyOperator: { OpenId: 'me', ClientIp: '***' } },
      Restrictions: [{ Name: '***', Mobile: '***', IdCardType: 'ID_CARD', IdCardNumber: '***' }],
      CallbackUrl: '***',
      Misspelt: { Mobile: '***' },
    });
  });

  it('hides names that are no names of members', () => {
    expect(maskRequest({ '13800000000': 1, 'a b': 1 })).toEqual({ '***': '***' });
  });

  it('is small, however large and deep the request', async () => {
    await fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12, depthSize: 'large' }), (value) => {
        expect(JSON.stringify(maskRequest(value)).length).toBeLessThan(1_000_000);
      }),
    );
    const wide = { TemplateIds: Array.from({ length: 1000 }, () => 'x'.repeat(1000)) };
    expect(JSON.stringify(maskRequest(wide)).length).toBeLessThan(10_000);
  });
});
