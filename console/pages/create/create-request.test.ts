import { describe, expect, it } from 'vitest';
import { createRequest, peopleIn } from './create-request.ts';

const form = {
  organization: 'org',
  operator: 'op',
  templateId: 't',
  flowName: '劳务合同',
  qrCodeName: '',
  maxFlowNum: 100,
  days: 7,
  signDays: 3,
  people: '',
  externalId: '',
  labels: [],
  note: '',
};

describe('createRequest', () => {
  it('leaves out what was left empty', () => {
    expect(createRequest(form)).toEqual({
      Agent: { ProxyOrganizationOpenId: 'org', ProxyOperator: { OpenId: 'op' } },
      TemplateId: 't',
      FlowName: '劳务合同',
      MaxFlowNum: 100,
      QrEffectiveDay: 7,
      FlowEffectiveDay: 3,
    });
  });

  it('has what was filled in', () => {
    const filled = {
      qrCodeName: '南门',
      people: '张三,13800000000',
      externalId: 'g',
      labels: ['a'],
      note: 'n',
    };
    expect(createRequest({ ...form, ...filled })).toMatchObject({
      QrCodeName: '南门',
      Restrictions: [{ Name: '张三', Mobile: '13800000000' }],
      ExternalId: 'g',
      Labels: ['a'],
      Note: 'n',
    });
  });
});

describe('peopleIn', () => {
  it.each(['张三,13800000000', ' 张三 ，13800000000 ', '张三\t13800000000', '\n张三 13800000000\r\n\n'])(
    'finds a person in %j',
    (text) => {
      expect(peopleIn(text)).toEqual({ people: [{ Name: '张三', Mobile: '13800000000' }] });
    },
  );

  it.each([
    ['张三', 1],
    ['张三,1380000000', 1],
    ['张三,13800000000\n13800000001', 2],
  ])('says of %j that line %i is none', (text, line) => {
    expect(peopleIn(text).wrongLine).toBe(line);
  });
});
