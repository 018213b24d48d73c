export const credentials = {
  secretId: 'AKIDqianmalocal000000000000000000000',
  secretKey: 'qianmalocalsecretkey000000000000',
};

const agent = {
  AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
export const createRequest = { Agent: agent, TemplateId: 'template', FlowName: '测试合同' };
export const cancelRequest = { Agent: agent, QrCodeId: 'code' };
