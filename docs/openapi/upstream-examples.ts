/** An example of each request to Tencent itself, at home in the emulator. */

const Agent = {
  AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};

export const upstreamExamples: Readonly<Record<string, object>> = {
  ChannelCreateMultiFlowSignQRCode: {
    Agent,
    TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
    FlowName: '劳务合同',
    MaxFlowNum: 10,
  },
  ChannelCancelMultiFlowSignQRCode: { Agent, QrCodeId: 'yD1n2JjJWUy4dE72rLtUo6iLEw8HVy32' },
  DescribeTemplates: { Agent, Limit: 20 },
};
