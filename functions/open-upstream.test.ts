import { expect, it } from 'vitest';
import { UpstreamError } from '../shared/errors.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { DescribeTemplates } from '../shared/essbasic/DescribeTemplates.ts';
import { errorCodeFacts } from '../shared/essbasic/error-kinds.ts';
import type { CallOptions, Upstream } from '../shared/upstream/create-upstream.ts';
import { noticing, speaking } from './open-upstream.ts';

const silent = { info: () => undefined, warn: () => undefined };

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
    const onSend = async () => ({ taken: true, waitMs: 0 });
    const call = speaking(upstream, { language, log: silent, limits: {} }).call(DescribeTemplates, request, {
      deadlineMs: 7,
      onSend,
    });
    await expect(call).rejects.toThrow('not looked at');
    expect(seen).toEqual([{ deadlineMs: 7, onSend, onTurn: expect.any(Function), language: header }]);
  },
);

it('gives the refusals of upstream their titles', async () => {
  const code = 'OperationDenied.NoQuota';
  const refusal = new UpstreamError(code, errorCodeFacts(code), {
    detail: '',
    upstreamRequestId: 'r',
  });
  const upstream: Upstream = { call: () => Promise.reject(refusal) };
  const call = speaking(upstream, { language: 'zh', log: silent, limits: {} }).call(
    DescribeTemplates,
    request,
    {
      deadlineMs: 7,
    },
  );
  await expect(call).rejects.toBe(refusal);
  expect(refusal.title).toEqual({
    zh: '合同额度不足',
    en: 'The organisation has no contracts left to spend',
  });
});

it('tells of members that cannot be read by their names, once each, and passes the answer on', async () => {
  const lines: unknown[] = [];
  const log = { ...silent, warn: (message: string, fields = {}) => void lines.push([message, fields]) };
  const answers = [
    [],
    ['Templates.0.TemplateName', 'Templates.12.TemplateName', 'TotalCount'],
    ['TotalCount'],
  ];
  const given: unknown[] = [];
  const upstream: Upstream = {
    async call() {
      const answer = { response: { secret: '13912345678' }, requestId: 'r', unread: answers.shift() ?? [] };
      given.push(answer);
      return answer as never; // looked at by nobody here
    },
  };
  const watched = noticing(upstream, log);
  const passed = [];
  for (let calls = 0; calls < 3; calls += 1) {
    passed.push(await watched.call(DescribeTemplates, request, { deadlineMs: 7 }));
  }
  expect(passed).toEqual(given);
  const members = ['Templates[].TemplateName', 'TotalCount'];
  expect(lines).toEqual([
    ['an answer has members that cannot be read', { action: 'DescribeTemplates', members }],
  ]);
});

it('names each QR code that is made in the log, and of its links nothing', async () => {
  const lines: unknown[] = [];
  const log = { ...silent, info: (message: string, fields = {}) => void lines.push([message, fields]) };
  const response = {
    QrCode: { QrCodeId: 'yDQr1', QrCodeUrl: 'https://a.example/1', ExpiredTime: 1, WeixinQrCodeUrl: '' },
    SignUrls: {},
  };
  // The answer of a create, whatever is called: what is looked at is the answer.
  const upstream = { call: async () => ({ response, requestId: 'r1' }) } as unknown as Upstream;
  const asked = { ...request, TemplateId: 't', FlowName: '劳务合同' };
  await noticing(upstream, log).call(ChannelCreateMultiFlowSignQRCode, asked, { deadlineMs: 7 });
  const made = { qrCodeId: 'yDQr1', organization: 'org', upstreamRequestId: 'r1' };
  expect(lines).toEqual([['a QR code was made', made]]);
});
