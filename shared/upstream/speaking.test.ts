import { expect, it } from 'vitest';
import { DescribeTemplates } from '../contract/DescribeTemplates.ts';
import type { CallOptions, Upstream } from './create-upstream.ts';
import { speaking } from './speaking.ts';

const request = {
  Agent: { AppId: 'app', ProxyOrganizationOpenId: 'org', ProxyOperator: { OpenId: 'operator' } },
};

it.each([
  ['zh', 'zh-CN'],
  ['en', 'en-US'],
] as const)(
  'asks upstream for messages in %s and changes nothing else of a call',
  async (language, header) => {
    const seen: CallOptions[] = [];
    const upstream: Upstream = {
      call: (_action, _request, options) => {
        seen.push(options);
        return Promise.reject(new Error('the call itself is not looked at'));
      },
    };
    const onSend = () => {};
    const call = speaking(upstream, language).call(DescribeTemplates, request, { deadlineMs: 7, onSend });
    await expect(call).rejects.toThrow('not looked at');
    expect(seen).toEqual([{ deadlineMs: 7, onSend, language: header }]);
  },
);
