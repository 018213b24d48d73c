import type { BenchResult } from '../bench/result.ts';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';

const events = 150;
const tick = { Type: 'Timer', TriggerName: 't', Time: '2026-01-01T00:00:00Z', Message: '' };
const create = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '入职合同',
  MaxFlowNum: 400,
};

/**
 * What each function uses at most of the memory that `serverless.yml` gives it, after many events and with much to
 * answer: the one that comes nearest. Above 1 the platform would end it.
 */
export default async function bench(): Promise<BenchResult[]> {
  const platform = await startPlatform();
  try {
    await fill(platform);
    const used = [];
    for (const { name, memoryMb: hasMb, triggers } of platform.host.services) {
      const isHttp = triggers.some(({ type }) => type === 'http');
      // What is no trigger's is invoked once per deployment, with nothing.
      const event = isHttp ? requestTo(name, platform.apiKey) : triggers.length > 0 ? tick : {};
      const mostMb = await mostUsed(platform, name, event, isHttp ? events : events / 10);
      used.push({ name, mostMb, share: mostMb / hasMb, hasMb });
    }
    const [nearest] = used.sort((a, b) => b.share - a.share);
    if (nearest === undefined) throw new Error('serverless.yml names no function');
    return [
      {
        name: `memory/most (${nearest.name})`,
        ratio: nearest.share,
        against: `the ${nearest.hasMb} MB that serverless.yml gives it`,
        value: Math.round(nearest.mostMb),
        unit: 'MB',
      },
    ];
  } finally {
    await platform.close();
  }
}

/** Notifications, so that there is something to show, to count and to tell. */
async function fill({ call, emulator }: Platform): Promise<void> {
  const { body } = await call('ChannelCreateMultiFlowSignQRCode', create);
  const { QrCodeId } = body['QrCode'] as { QrCodeId: string }; // upstream's own member
  emulator.scan(QrCodeId, { count: 300 });
  await emulator.callbacks.deliverDue();
}

async function mostUsed({ host }: Platform, name: string, event: object, count: number): Promise<number> {
  let mostMb = 0;
  for (let i = 0; i < count; i += 1) {
    const { memoryMb, error } = await host.invoke(name, event);
    if (error !== undefined) throw new Error(`${name} failed: ${error.errorMessage}`);
    mostMb = Math.max(mostMb, memoryMb);
  }
  return mostMb;
}

/** What each answers with as much as it can; the others refuse it, which takes no less. */
function requestTo(name: string, apiKey: string) {
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
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify(body),
  };
}
