import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { send } from '../../cloud-api/call.test.kit.ts';
import { createEmulator } from '../create-emulator.ts';
import { escapeHtml } from '../pages/html.ts';
import { seedFacts } from '../seeds/seed-facts.ts';
import { control, createCode, resultOf } from '../signed-call.test.kit.ts';
import { controlRoutes } from './control-routes.ts';

const emulator = createEmulator({ seed: 1, startMs: 1e12, speed: 0 });
let url = '';

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(() => emulator.reset());
afterAll(() => emulator.close());

describe('the index page', () => {
  it.each(['/_emulator', '/_emulator/'])('at %s lists every route and every seed', async (path) => {
    const { status, text, contentType } = await send(url + path, { method: 'GET' });
    expect(status).toBe(200);
    expect(contentType).toBe('text/html; charset=utf-8');
    for (const { method, path: route, summary } of controlRoutes) {
      expect(text).toContain(`${method} /_emulator/${route}`);
      expect(text).toContain(escapeHtml(summary.en));
    }
    for (const { value } of seedFacts) expect(text).toContain(value);
  });
});

describe('clock', () => {
  it('shows, sets, moves and changes speed', async () => {
    expect(await control(url, 'GET', 'clock')).toEqual({
      status: 200,
      body: { now: '2001-09-09T01:46:40.000Z', nowS: 1e9, speed: 0 },
    });
    const move = async (value: unknown) => (await control(url, 'POST', 'clock', value)).body;
    expect(await move({ advanceS: 60.5 })).toMatchObject({ nowS: 1e9 + 60 });
    expect(await move({ advanceS: -1 })).toMatchObject({ now: '2001-09-09T01:47:39.500Z' });
    expect(await move({ set: '2030-01-01T00:00:00+08:00' })).toMatchObject({
      now: '2029-12-31T16:00:00.000Z',
    });
    expect(await move({ speed: 60 })).toMatchObject({ speed: 60 });
    expect(emulator.clock.state().speed).toBe(60);
  });

  it.each([
    [{}, ''],
    [undefined, ''],
    [{ set: 'tomorrow' }, 'set'],
    [{ set: '1969-12-31T23:59:59Z' }, 'set'],
    [{ advanceS: '60' }, 'advanceS'],
    [{ speed: -1 }, 'speed'],
    [{ freeze: true }, 'freeze'],
  ])('refuses %j', async (value, path) => {
    const before = emulator.clock.state();
    expect(await control(url, 'POST', 'clock', value)).toMatchObject({
      status: 400,
      body: { code: 'InvalidRequest', errors: expect.arrayContaining([expect.objectContaining({ path })]) },
    });
    expect(emulator.clock.state()).toEqual(before);
  });
});

describe('a refusal', () => {
  it.each([
    ['en', 'The request is not valid', 'The input has problems', 'has none of set, advanceS and speed'],
    ['zh-CN,zh;q=0.9', '请求参数有误', '输入有误', 'set、advanceS、speed 至少须有其一'],
  ])('is written in the language of %s', async (language, title, detail, message) => {
    const answer = await fetch(`${url}/_emulator/clock`, {
      method: 'POST',
      headers: { 'accept-language': language },
      body: '{}',
    });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { title, status: 400, code: 'InvalidRequest', detail, errors: [{ path: '', message }] },
    ]);
    const nowhere = await fetch(`${url}/nowhere`, { headers: { 'accept-language': language } });
    expect(await nowhere.text()).toMatch(language === 'en' ? /^Nothing here/ : /^此处无内容/);
  });
});

describe('quota', () => {
  it('is shown and set', async () => {
    const value = { ProxyOrganizationOpenId: 'proxy-org-openid', quota: 0 };
    const { body } = await control(url, 'POST', 'quota', value);
    expect(body).toContainEqual({ AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ', ...value });
    expect((await control(url, 'GET', 'quota')).body).toEqual(body);
    expect(await resultOf(url, 'ChannelCreateMultiFlowSignQRCode')).toBe('OperationDenied.NoQuota');
    expect(
      await resultOf(url, 'ChannelCreateMultiFlowSignQRCode', {
        Agent: { AppId: 'test', ProxyOrganizationOpenId: 'test', ProxyOperator: { OpenId: 'test' } },
        TemplateId: 'test',
      }),
    ).toBe('ok');
  });

  it('is refused for nobody, and in a wrong form', async () => {
    expect(await control(url, 'POST', 'quota', { ProxyOrganizationOpenId: 'x', quota: 1 })).toMatchObject({
      status: 404,
    });
    expect(await control(url, 'POST', 'quota', { quota: -1 })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'ProxyOrganizationOpenId' }, { path: 'quota' }] },
    });
  });
});

describe('templates', () => {
  it('are listed, added, replaced and removed', async () => {
    const template = (TemplateName: string) => ({ template: { TemplateId: 'mine', TemplateName } });
    const count = emulator.templates.list().length;
    await control(url, 'POST', 'templates', template('first'));
    await control(url, 'POST', 'templates', template('second'));
    const { body } = await control(url, 'GET', 'templates');
    expect(body).toHaveLength(count + 1);
    expect(body).toContainEqual({
      AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
      ProxyOrganizationOpenId: 'proxy-org-openid',
      template: { TemplateId: 'mine', TemplateName: 'second' },
    });
    expect(await control(url, 'DELETE', 'templates?TemplateId=mine')).toEqual({ status: 200, body: {} });
    expect(await control(url, 'DELETE', 'templates?TemplateId=mine')).toMatchObject({ status: 404 });
  });

  it('are refused in a wrong form', async () => {
    const value = { template: { TemplateId: '', Recipients: [{ RoutingOrder: 'x' }] } };
    expect(await control(url, 'POST', 'templates', value)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'template.TemplateId' }, { path: 'template.Recipients.0.RoutingOrder' }] },
    });
  });
});

describe('scan', () => {
  it('starts contracts', async () => {
    const { QrCode } = await createCode(url, { MaxFlowNum: 2 });
    expect(await control(url, 'POST', 'scan', { QrCodeId: QrCode.QrCodeId, count: 3 })).toMatchObject({
      status: 200,
      body: {
        Started: [{}, {}],
        Refused: { count: 1, reason: 'used-up' },
        Used: 2,
        MaxFlowNum: 2,
        Quota: 99_998,
      },
    });
  });

  it('takes a person', async () => {
    const { QrCode } = await createCode(url, { Restrictions: [{ Name: '张三' }] });
    const scan = async (person: unknown) =>
      await control(url, 'POST', 'scan', { QrCodeId: QrCode.QrCodeId, person });
    expect(await scan({ Name: '张三' })).toMatchObject({ body: { Started: [{}] } });
    expect(await scan({ Name: '李四' })).toMatchObject({ body: { Refused: { reason: 'not-permitted' } } });
    expect(await scan({ Mobile: '1' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'person.Mobile' }] },
    });
  });

  it('refuses what is no code, and no number of people', async () => {
    expect(await control(url, 'POST', 'scan', { QrCodeId: 'unknown' })).toMatchObject({ status: 404 });
    expect(await control(url, 'POST', 'scan', { QrCodeId: 'unknown', count: 0 })).toMatchObject({
      status: 400,
    });
  });
});

describe('state and reset', () => {
  it('go there and back', async () => {
    const { QrCode } = await createCode(url);
    const { body: kept } = await control(url, 'GET', 'state');
    await control(url, 'POST', 'reset', { seed: 5 });
    expect(emulator.codes.get(QrCode.QrCodeId)).toBeUndefined();
    expect(await control(url, 'PUT', 'state', kept)).toEqual({ status: 200, body: {} });
    expect((await control(url, 'GET', 'state')).body).toEqual(kept);
    expect(await control(url, 'POST', 'reset')).toEqual({ status: 200, body: {} });
    expect(await control(url, 'POST', 'reset', { seed: -1 })).toMatchObject({ status: 400 });
    expect(await control(url, 'PUT', 'state', { version: 1 })).toMatchObject({ status: 400 });
  });
});

describe('the control plane', () => {
  it.each(['nonsense', 'toString', 'clock/x'])('does not have %s, and says what it has', async (path) => {
    expect(await control(url, 'GET', path)).toMatchObject({
      status: 404,
      body: { code: 'NotFound', detail: expect.stringContaining('scan, clock, quota') },
    });
  });

  it('names the methods of a route', async () => {
    expect(await control(url, 'PATCH', 'clock')).toMatchObject({
      status: 405,
      body: { detail: 'The methods here are GET, POST' },
    });
  });

  it('refuses what is no JSON', async () => {
    const response = await send(`${url}/_emulator/clock`, { body: Buffer.from('{') });
    expect(response).toMatchObject({ status: 400, contentType: 'application/problem+json' });
    expect(response.text).toContain('MalformedBody');
  });

  it('refuses a page of another origin, and takes one of its own', async () => {
    const from = async (origin: string) =>
      (await send(`${url}/_emulator/reset`, { headers: { origin, 'content-length': '0' } })).status;
    expect(await from('https://example.com')).toBe(403);
    expect(await from(url)).toBe(200);
  });
});
