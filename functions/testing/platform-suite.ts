import { afterAll, beforeAll, expect } from 'vitest';
import { type Platform, startPlatform } from '../../local/start/testing/platform.ts';

/** The built functions, for the tests of a file. */
export function platformSuite(environment: Record<string, string> = {}): Platform {
  const platform: Platform = Object.create(null); // filled before the first test
  beforeAll(async () => void Object.assign(platform, await startPlatform(environment)));
  afterAll(() => platform.close());
  return platform;
}

/** A create that is accepted. */
export const good = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳务合同',
};

export const as = (key: string) => ({ Authorization: `Bearer ${key}` });

export async function makeCode(platform: Platform, members: object = {}): Promise<Record<string, unknown>> {
  const { status, body } = await platform.call('ChannelCreateMultiFlowSignQRCode', { ...good, ...members });
  expect(status).toBe(200);
  return body;
}
