/** The memory that `serverless.yml` gives each function is enough under load: with more the platform would end it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/testing/platform.ts';

const events = 150;
const tick = { Type: 'Timer', TriggerName: 't', Time: '2026-01-01T00:00:00Z', Message: '' };
const create = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '入职合同',
  MaxFlowNum: 400,
};

let platform: Platform;

beforeAll(async () => {
  platform = await startPlatform();
  const { body } = await platform.call('ChannelCreateMultiFlowSignQRCode', create);
  const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
  // Notifications, so that there is something to show, to count and to tell.
  platform.emulator.scan(QrCodeId, { count: 300 });
  await platform.emulator.callbacks.deliverDue();
});
afterAll(() => platform.close());

it('none uses more than it has, after many events and with much to answer', async () => {
  const used = new Map<string, { mostMb: number; hasMb: number }>();
  for (const { name, memoryMb: hasMb, triggers } of platform.host.services) {
    const isHttp = triggers.some(({ type }) => type === 'http');
    // What is no trigger's is invoked once per deployment, with nothing.
    const event = isHttp ? requestTo(name) : triggers.length > 0 ? tick : {};
    let mostMb = 0;
    for (let i = 0; i < (isHttp ? events : events / 10); i += 1) {
      const { memoryMb, error } = await platform.host.invoke(name, event);
      expect(error).toBeUndefined();
      mostMb = Math.max(mostMb, memoryMb);
    }
    used.set(name, { mostMb, hasMb });
  }
  expect(used.size).toBeGreaterThan(15);
  const tooMuch = [...used].filter(([, { mostMb, hasMb }]) => mostMb > hasMb);
  expect(tooMuch).toEqual([]);
});

/** What each answers with as much as it can; the others refuse it, which takes no less. */
function requestTo(name: string) {
  const body =
    name === 'ChannelCreateMultiFlowSignQRCode'
      ? create
      : name.startsWith('Describe') && !name.endsWith('Templates')
        ? { Limit: 100 }
        : {};
  return {
    httpMethod: name === 'stable-link' ? 'GET' : 'POST',
    path: `/${name}`,
    queryString: {},
    headers: { 'content-type': 'application/json', authorization: `Bearer ${platform.apiKey}` },
    body: JSON.stringify(body),
  };
}
