/** Posters over HTTP, as the built function answers them. */
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../../local/start/testing/platform.ts';
import { agreed, readCode, seePng, seeSvg } from '../../shared/poster/testing/decoders.ts';
import { mintApiKey } from '../../shared/runtime/http/api-keys.ts';
import { manageApiKeys } from '../../shared/store/access/api-key-management.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';

let platform: Platform;
/** A viewer of another organisation. */
const stranger = mintApiKey();

beforeAll(async () => {
  platform = await startPlatform();
  const db = openPgDatabase(platform.databaseUrl);
  const { keyId, hash } = stranger;
  const rights = { role: 'viewer', organizations: ['another'], agent: null, expiresAtS: null } as const;
  await manageApiKeys(db).insert({ keyId, hash, name: 'stranger', ...rights });
  await db.close();
});
afterAll(() => platform.close());

async function makeCode(members: object = {}) {
  const Agent = {
    ProxyOrganizationOpenId: 'proxy-org-openid',
    ProxyOperator: { OpenId: 'proxy-operator-openid' },
  };
  const request = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同', ...members };
  const { status, body } = await platform.call('ChannelCreateMultiFlowSignQRCode', request);
  expect(status).toBe(200);
  return { codeId: String(body['CodeId']), slug: String(body['Slug']), link: String(body['StableUrl']) };
}

async function poster(query: Record<string, string>, key = platform.apiKey) {
  const response = await fetch(`${platform.url}/poster?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${key}`, 'Accept-Language': 'en' },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: response.headers,
    bytes,
    problem: () => JSON.parse(bytes.toString()),
  };
}

describe('a poster', () => {
  it('is that of the stable link, whole as it was written', async () => {
    const { codeId, slug, link } = await makeCode({ QrCodeName: '三号门' });
    const { status, headers, bytes } = await poster({ CodeId: codeId, Format: 'png', Paper: 'Card' });
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(headers.get('content-disposition')).toBe(`inline; filename="${slug}.png"`);
    const pdf = await poster({ Slug: slug });
    expect([pdf.headers.get('content-type'), pdf.bytes.toString('latin1', 0, 5)]).toEqual([
      'application/pdf',
      '%PDF-',
    ]);
    // Last, as in all tests here: for so long nothing else runs that a connection which waits is given up by the server.
    expect(readCode(await seePng(bytes))).toEqual(agreed(link));
  });

  it('has the name of the gate, or the one that is asked for', async () => {
    const { codeId } = await makeCode({ QrCodeName: '三号门', ExternalId: 'G-3' });
    const own = await poster({ CodeId: codeId, Format: 'svg' });
    expect(own.bytes.toString()).toContain('<title>三号门');
    const asked = await poster({ ExternalId: 'G-3', Format: 'svg', Name: '北门' });
    expect(asked.bytes.toString()).toContain('<title>北门');
  });

  it('of many codes is one file, by their ids or by a label', async () => {
    const codes = [await makeCode({ Labels: ['east'] }), await makeCode({ Labels: ['east'] })];
    await platform.call('ChannelCancelMultiFlowSignQRCode', {
      CodeId: (await makeCode({ Labels: ['east'] })).codeId,
    });
    const pdf = await poster({ CodeId: codes.map(({ codeId }) => codeId).join(',') });
    expect(pdf.headers.get('content-disposition')).toContain('posters.pdf');
    const zip = await poster({ Label: 'east', Format: 'svg' });
    expect(zip.headers.get('content-type')).toBe('application/zip');
    const names = [...codes.map(({ slug }) => `${slug}.svg`), 'index.csv'];
    expect(Object.keys(unzipSync(zip.bytes)).sort()).toEqual(names.sort());
  });

  it('is for who has a key, and of codes that the key may see', async () => {
    const { codeId } = await makeCode();
    expect((await poster({ CodeId: codeId }, '')).status).toBe(401);
    const refused = await poster({ CodeId: codeId }, stranger.key);
    expect(refused.problem()).toMatchObject({ status: 404, detail: `There is no such code: ${codeId}` });
  });

  it.each([{ Slug: 'AAAAAAAAAAAA' }, { ExternalId: 'none' }, { Label: 'none' }])(
    'of no code is refused: %j',
    async (query) => {
      expect((await poster(query)).problem()).toMatchObject({ status: 404, detail: 'There is no such code' });
    },
  );

  it('of a cancelled code is refused', async () => {
    const { codeId } = await makeCode();
    await platform.call('ChannelCancelMultiFlowSignQRCode', { CodeId: codeId });
    expect((await poster({ CodeId: codeId })).problem()).toMatchObject({
      status: 409,
      code: 'StateConflict',
    });
  });

  it('with a character that the font lacks is refused, and names it', async () => {
    const { codeId } = await makeCode({ QrCodeName: '𠮷门' });
    const { problem } = await poster({ CodeId: codeId });
    expect(problem()).toMatchObject({
      status: 400,
      errors: [{ path: 'QrCodeName', message: expect.stringContaining('𠮷 (U+20BB7)') }],
    });
  });
});

describe('what the organisation says of itself', () => {
  const say = async (members: object) => {
    const { body } = await platform.call('DescribeOrganizations', {});
    const [{ Version }] = body['Organizations'] as [{ Version: number }]; // the one of these codes
    const asked = { ProxyOrganizationOpenId: 'proxy-org-openid', Version, ...members };
    expect(await platform.call('ModifyOrganization', asked)).toMatchObject({ status: 200 });
  };

  it('is on the page at the gate and on the poster', async () => {
    const { codeId, link } = await makeCode({ QrCodeName: '三号门' });
    await say({ DisplayName: '示范劳务公司', ContactZh: '门卫室 13800000000', ContactEn: '①' });
    await platform.call('ModifyMultiFlowSignQRCode', { CodeId: codeId, Version: 2, Operation: 'Pause' });
    const page = await (await fetch(link)).text();
    for (const text of ['三号门', '示范劳务公司', '请联系：<b>门卫室 <a href="tel:13800000000">']) {
      expect(page).toContain(text);
    }
    const refused = await poster({ CodeId: codeId });
    expect(refused.problem()).toMatchObject({ errors: [{ path: 'ContactEn' }] });
    await say({ DisplayName: null, ContactZh: null, ContactEn: null });
    expect((await poster({ CodeId: codeId })).status).toBe(200);
  });
});

describe('the code alone', () => {
  it('is at the stable link, as SVG and as PNG, for everybody', async () => {
    const { link } = await makeCode();
    const svg = await fetch(`${link}.svg`);
    expect(svg.headers.get('content-type')).toBe('image/svg+xml');
    const text = await svg.text();
    const png = await fetch(`${link}.png`);
    expect([png.headers.get('content-type'), png.headers.get('cross-origin-resource-policy')]).toEqual([
      'image/png',
      'cross-origin',
    ]);
    const bytes = Buffer.from(await png.arrayBuffer());
    expect(readCode(await seeSvg(text))).toEqual(agreed(link));
    expect(readCode(await seePng(bytes))).toEqual(agreed(link));
  });

  it('has beside it what a phone is shown, which no page of another origin can read', async () => {
    const { link } = await makeCode();
    const response = await fetch(`${link}.json`, { headers: { Origin: 'https://elsewhere.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(await response.json()).toEqual({ Leads: true });
  });

  it('of no link is not there', async () => {
    const { status, headers } = await fetch(`${platform.url}/s/AAAAAAAAAAAA.svg`);
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await fetch(`${platform.url}/s/AAAAAAAAAAAA.gif`)).status).toBe(404);
  });
});
