import { describe, expect, it } from 'vitest';
import { parseJson } from '../../cloud-api/json-body.ts';
import { type Json, mergePatch } from '../../cloud-api/merge-patch.ts';
import { parseRequest } from '../../cloud-api/parse-request.ts';
import { ChannelCreateMultiFlowSignQRCode as create } from '../actions/ChannelCreateMultiFlowSignQRCode.ts';
import { DescribeTemplates } from '../actions/DescribeTemplates.ts';
import { goodRequests } from '../good-requests.ts';
import type { EmulatedAction } from './emulated-action.ts';
import { essbasicService } from './essbasic-service.ts';
import { refusal } from './refusal.ts';

const parseAs = (action: EmulatedAction, value: unknown) =>
  parseRequest(essbasicService, action, value, false);
const parse = (patch: Json) =>
  parseAs(create, mergePatch(goodRequests.ChannelCreateMultiFlowSignQRCode, patch));

describe('a body', () => {
  it('is JSON in UTF-8', () => {
    expect(parseJson(Buffer.from('{"a":"中"}'), refusal)).toEqual({ ok: true, value: { a: '中' } });
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"a":'],
    ['no JSON', 'a=1'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('that is %s is refused without being repeated', (_, bytes) => {
    expect(parseJson(Buffer.from(bytes as string), refusal)).toMatchObject({
      ok: false,
      code: 'InvalidParameter',
      message: { en: 'A parameter is wrong: the body is not JSON in UTF-8' },
    });
  });
});

describe('a request that breaks the contract', () => {
  it.each<[string, string, Json]>([
    ['MissingParameter', 'FlowName is missing', { FlowName: null }],
    [
      'MissingParameter',
      'Agent.ProxyOperator.OpenId is missing',
      { Agent: { ProxyOperator: { OpenId: null } } },
    ],
    ['UnknownParameter', 'Agent.Nonsense is not a known member', { Agent: { Nonsense: 1 } }],
    ['InvalidParameter', 'FlowName must be a string', { FlowName: 7 }],
    ['InvalidParameter', 'MaxFlowNum must be a whole number', { MaxFlowNum: 1.5 }],
    ['InvalidParameter', 'Restrictions must be an array', { Restrictions: {} }],
    ['InvalidParameter.ParamError', 'FlowName must be at least 1 characters', { FlowName: '' }],
    [
      'InvalidParameter.ParamError',
      'FlowName must be at most 200 characters',
      { FlowName: '长'.repeat(201) },
    ],
    [
      'InvalidParameter.ParamError',
      'Restrictions.0.Mobile has the wrong form',
      { Restrictions: [{ Mobile: '1' }] },
    ],
    ['InvalidParameter.ParamError', 'FlowDisplayType must be at most 3', { FlowDisplayType: 4 }],
    ['InvalidParameter.QrFlowEffectDay', 'FlowEffectiveDay must be at most 30', { FlowEffectiveDay: 31 }],
    ['InvalidParameter.QrEffectDay', 'QrEffectiveDay must be at most 90', { QrEffectiveDay: 91 }],
  ])('answers %s: %s', (code, message, patch) => {
    expect(parse(patch)).toMatchObject({
      ok: false,
      code,
      message: { en: expect.stringContaining(message) },
    });
  });

  it.each([null, [], 'text', 7])('that is %j is no object', (value) => {
    expect(parseAs(create, value)).toMatchObject({
      ok: false,
      code: 'InvalidParameter',
    });
  });

  it('says one thing in its message and everything in its reason', () => {
    expect(parse({ FlowName: null, MaxFlowNum: -1, More: 1 })).toMatchObject({
      code: 'MissingParameter',
      reason: 'FlowName is missing; MaxFlowNum must be at least 0; More is not a known member',
    });
  });

  it('never repeats a value, nor what is no name of a member', () => {
    const said = JSON.stringify([
      parse({ FlowDisplayType: '13800000000', Restrictions: [{ Mobile: '138000' }] }),
      parse({ 13800000000: 1 }),
      parse({ 张三: 1 }),
    ]);
    expect(said).not.toMatch(/138000|张三/);
    expect(said).toContain('*** is not a known member');
  });

  it('has finer codes for some members of DescribeTemplates', () => {
    const { Agent } = goodRequests.DescribeTemplates;
    expect(parseAs(DescribeTemplates, { Agent, ContentType: 2 })).toMatchObject({
      code: 'InvalidParameter.ContentType',
    });
    expect(parseAs(DescribeTemplates, { Agent, Offset: 20_001 })).toMatchObject({
      code: 'InvalidParameterValue',
    });
  });
});
