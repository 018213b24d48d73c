import { describe, expect, it } from 'vitest';
import { request, response } from './ChannelCancelMultiFlowSignQRCode.ts';
import { problemPaths } from './testing/problem-paths.ts';

/** The example of the document. */
const published = {
  QrCodeId: 'yDSLZUUckpooi1ltUxCsD3RSTG9BEWhR',
  Agent: {
    AppId: 'yDwhxUUckp3gl8j5UuFX33LSNozpRsbi',
    ProxyOrganizationOpenId: 'org_dianziqian',
    ProxyOperator: { OpenId: 'n9527' },
    ProxyAppId: '',
  },
};

describe('a cancel request', () => {
  it('of the document is accepted as it stands', () => {
    expect(request.parse(published)).toEqual(published);
  });

  it('is told of every problem at once, by path', () => {
    expect(
      problemPaths(request, { QrCodeId: '', Agent: { AppId: 1 }, Operator: { OpenId: 1 }, CodeId: 'x' }),
    ).toEqual([
      'Agent.AppId',
      'Agent.ProxyOperator',
      'Agent.ProxyOrganizationOpenId',
      'CodeId',
      'Operator.OpenId',
      'QrCodeId',
    ]);
    expect(problemPaths(request, {})).toEqual(['Agent', 'QrCodeId']);
  });
});

describe('a cancel answer', () => {
  it('is nothing but a RequestId', () => {
    const answer = { RequestId: 'dfc69a6f-7738-45f3-a238-99e0e89bc91a' };
    expect(response.parse(answer)).toEqual(answer);
  });
});
