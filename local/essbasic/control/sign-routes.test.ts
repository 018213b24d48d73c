import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { closeServer, listen } from '../../cloud-api/listen.ts';
import { createEmulator } from '../create-emulator.ts';
import { control, createCode } from '../signed-call.test.kit.ts';

const emulator = createEmulator({ seed: 1, startMs: 1e12, speed: 0 });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('a crowd', () => {
  it('is planned, scans in time, signs and is counted', async () => {
    const { QrCode } = await createCode(url, { MaxFlowNum: 100 });
    const { QrCodeId } = QrCode;
    const crowd = {
      QrCodeId,
      people: 20,
      overS: 3600,
      duplicates: 0,
      seed: 7,
      signing: { sign: 1, withinS: 60 },
    };
    const { status, body } = await control(url, 'POST', 'scan', crowd);
    expect(status).toBe(200);
    expect(body).toMatchObject({ seed: 7, scans: 20, first: expect.any(String), last: expect.any(String) });
    await control(url, 'POST', 'clock', { advanceS: 7200 });
    expect((await control(url, 'GET', 'scan')).body).toMatchObject({
      codes: expect.arrayContaining([
        expect.objectContaining({ QrCodeId, started: 20, completed: 20, open: 0 }),
      ]),
      organisations: expect.arrayContaining([expect.objectContaining({ started: 20, quotaFailures: 0 })]),
    });
    expect((await control(url, 'GET', `sign?QrCodeId=${QrCodeId}&limit=2`)).body).toMatchObject({
      total: 20,
      contracts: [{ state: 'ALL' }, { state: 'ALL' }],
    });
  });

  it('is turned away for lack of quota, and the time of that is told', async () => {
    const { QrCode } = await createCode(url);
    await control(url, 'POST', 'quota', { ProxyOrganizationOpenId: 'proxy-org-openid', quota: 0 });
    await control(url, 'POST', 'scan', { QrCodeId: QrCode.QrCodeId, people: 3 });
    expect((await control(url, 'GET', 'scan')).body).toMatchObject({
      organisations: expect.arrayContaining([
        expect.objectContaining({ quotaFailures: 3, blocks: [{ from: '2001-09-09T01:46:40.000Z' }] }),
      ]),
    });
  });

  it('opens the link of a poster, where it is given one', async () => {
    const { QrCode, SignUrls } = await createCode(url, { MaxFlowNum: 10 });
    const poster = createServer((request, response) => {
      const leads = request.url === '/s/poster';
      response.writeHead(leads ? 302 : 503, leads ? { location: SignUrls.HttpSignUrl } : {}).end();
    });
    const { url: posterUrl } = await listen(poster, 0, '127.0.0.1');
    for (const path of ['poster', 'paused']) {
      await control(url, 'POST', 'scan', { link: `${posterUrl}/s/${path}`, people: 4 });
      await control(url, 'POST', 'callbacks', { deliver: true });
    }
    await closeServer(poster);
    expect(emulator.contracts.list(QrCode.QrCodeId)).toHaveLength(4);
    expect(emulator.contracts.list()).toHaveLength(4);
    await control(url, 'POST', 'scan', { link: `${posterUrl}/s/gone`, people: 1 });
    expect(await control(url, 'POST', 'callbacks', { deliver: true })).toMatchObject({ status: 200 });
    expect(emulator.contracts.list()).toHaveLength(4);
  });

  it.each([
    [{ people: 5, link: 'http://x/' }, ''],
    [{ people: 0 }, 'people'],
    [{ people: 5, duplicates: 2 }, 'duplicates'],
    [{ people: 5, signing: { sign: 0.9, reject: 0.9 } }, 'signing'],
    [{ people: 5, count: 5 }, 'count'],
  ])('is refused as %j', async (crowd, path) => {
    const { QrCode } = await createCode(url);
    expect(await control(url, 'POST', 'scan', { QrCodeId: QrCode.QrCodeId, ...crowd })).toMatchObject({
      status: 400,
      body: { errors: [{ path }] },
    });
  });
});

describe('sign', () => {
  const startOne = async () => {
    const { QrCode } = await createCode(url);
    return { QrCodeId: QrCode.QrCodeId, FlowId: emulator.scan(QrCode.QrCodeId).Started[0]?.FlowId };
  };

  it('signs for all parties, or for the next alone, and ends contracts', async () => {
    const [{ FlowId }, other] = [await startOne(), await startOne()];
    const sign = async (value: unknown) => await control(url, 'POST', 'sign', value);
    expect(await sign({ FlowId, party: 'next' })).toMatchObject({ status: 200, body: { state: 'PART' } });
    expect(await sign({ FlowId })).toMatchObject({ body: { state: 'ALL' } });
    expect(await sign({ FlowId })).toMatchObject({
      status: 409,
      body: { detail: 'The contract is ALL already' },
    });
    expect(await sign({ FlowId: other.FlowId, act: 'reject' })).toMatchObject({ body: { state: 'REJECT' } });
    expect(await sign({ FlowId: 'unknown' })).toMatchObject({ status: 404 });
    expect(await sign({ FlowId, act: 'burn' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'act' }] },
    });
  });

  it('decides about all open contracts of a code', async () => {
    const { QrCodeId } = await startOne();
    const signing = { reject: 1, withinS: 60 };
    expect(await control(url, 'POST', 'sign', { QrCodeId, signing })).toEqual({
      status: 200,
      body: { decided: 1 },
    });
    expect(emulator.contracts.list(QrCodeId)).toMatchObject([{ state: 'INIT' }]);
    emulator.clock.advance(60_000);
    expect(emulator.contracts.list(QrCodeId)).toMatchObject([{ state: 'REJECT' }]);
    expect(await control(url, 'POST', 'sign', { QrCodeId: 'unknown', signing })).toMatchObject({
      status: 404,
    });
  });
});
