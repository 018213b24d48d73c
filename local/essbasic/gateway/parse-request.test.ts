import { describe, expect, it } from 'vitest';
import { ChannelCreateMultiFlowSignQRCode as create } from '../../../shared/contract/ChannelCreateMultiFlowSignQRCode.ts';
import { DescribeTemplates } from '../../../shared/contract/DescribeTemplates.ts';
import { goodRequests } from '../good-requests.ts';
import { type Json, mergePatch } from '../merge-patch.ts';
import { parseBody, parseRequest } from './parse-request.ts';

const parse = (patch: Json) =>
  parseRequest(create, mergePatch(goodRequests.ChannelCreateMultiFlowSignQRCode, patch));

describe('a body', () => {
  it('is JSON in UTF-8', () => {
    expect(parseBody(Buffer.from('{"a":"中"}'))).toEqual({ ok: true, value: { a: '中' } });
  });

  it.each([
    ['empty', ''],
    ['cut off', '{"a":'],
    ['no JSON', 'a=1'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
  ])('that is %s is refused without being repeated', (_, bytes) => {
    expect(parseBody(Buffer.from(bytes as string))).toMatchObject({
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
    expect(parseRequest(create, value)).toMatchObject({
      ok: false,
      code: 'InvalidParameter',
      message: { en: expect.stringContaining('the body must be an object') },
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
    expect(parseRequest(DescribeTemplates, { Agent, ContentType: 2 })).toMatchObject({
      code: 'InvalidParameter.ContentType',
    });
    expect(parseRequest(DescribeTemplates, { Agent, Offset: 20_001 })).toMatchObject({
      code: 'InvalidParameterValue',
    });
  });
});
