import parse from 'parse-prometheus-text-format';
import { describe, expect, it } from 'vitest';
import { as, good, makeCode, platformSuite } from '../testing/platform-suite.ts';

const platform = platformSuite();

async function scrape(headers: Record<string, string> = as(platform.apiKey)) {
  const response = await fetch(`${platform.url}/metrics`, { headers });
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

/** As Prometheus reads them: `qianma_codes{state="Active"}` and the like. */
async function values(): Promise<Readonly<Record<string, number>>> {
  const families = parse((await scrape()).text);
  return Object.fromEntries(
    families.flatMap(({ name, metrics }) =>
      metrics.map(({ value, labels = {} }) => [[name, ...Object.values(labels)].join(' '), Number(value)]),
    ),
  );
}

const keyOf = async (...options: string[]) =>
  /qm_\S+/.exec(await platform.keys('create', '--name', 'm', ...options))?.[0] ?? '';

describe('the metrics', () => {
  it('are OpenMetrics that another program reads, each with its type and what it is', async () => {
    const { status, type, text } = await scrape();
    expect([status, type]).toEqual([200, 'application/openmetrics-text; version=1.0.0; charset=utf-8']);
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    const families = parse(text);
    expect(families.length).toBeGreaterThan(10);
    for (const { name, help, type: kind, metrics } of families) {
      expect([name, kind]).toEqual([expect.stringMatching(/^qianma_[a-z_]+$/), 'GAUGE']);
      expect(help).not.toBe('');
      for (const { value } of metrics) expect(Number(value)).toBeGreaterThanOrEqual(0);
    }
    const chinese = await scrape({ ...as(platform.apiKey), 'Accept-Language': 'zh' });
    expect(chinese.text).toContain('# HELP qianma_codes 各状态的签署码数');
  });

  it('count what has happened', async () => {
    const before = await values();
    const { CodeId } = await makeCode(platform);
    await platform.call('ModifyMultiFlowSignQRCode', { CodeId, Version: 2, Operation: 'Pause' });
    await makeCode(platform);
    const TemplateId = 'force:OperationDenied.NoQuota';
    await platform.call('ChannelCreateMultiFlowSignQRCode', { ...good, TemplateId });
    await fetch(`${platform.url}/callback-handler`, { method: 'POST', body: '{"encrypt":""}' });
    const after = await values();
    const grown = Object.entries(after)
      .map(([name, value]) => [name, value - (before[name] ?? 0)] as const)
      .filter(([name, more]) => more !== 0 && !name.startsWith('qianma_work_age_seconds'));
    expect(Object.fromEntries(grown)).toEqual({
      'qianma_codes Active': 1,
      'qianma_codes Paused': 1,
      'qianma_events_last_day code.created': 2,
      'qianma_events_last_day code.paused': 1,
      'qianma_events_last_day quota.exhausted': 1,
      'qianma_notifications_rejected_last_day NoSignature': 1,
      qianma_organizations_without_quota: 1,
      'qianma_upstream_refusals_last_day OperationDenied.NoQuota': 1,
      'qianma_work_waiting events': 4,
    });
  });

  it('have no id, no name and no text of anybody', async () => {
    const { CodeId, Slug } = await makeCode(platform, { QrCodeName: '西门', ExternalId: 'gate-3' });
    const { text } = await scrape();
    for (const word of [CodeId, Slug, '西门', 'gate-3', good.FlowName, good.Agent.ProxyOrganizationOpenId])
      expect(text).not.toContain(String(word));
  });

  it('are for a key of all organisations, whatever its role', async () => {
    expect((await scrape(as(await keyOf('--role', 'viewer')))).status).toBe(200);
    const bound = await keyOf('--role', 'admin', '--organization', 'proxy-org-openid');
    const refused = await scrape(as(bound));
    expect([refused.status, JSON.parse(refused.text)]).toEqual([
      403,
      expect.objectContaining({ code: 'Forbidden' }),
    ]);
    expect((await scrape({})).status).toBe(401);
  });
});
