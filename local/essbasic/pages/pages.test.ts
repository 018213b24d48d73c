import { createRequire } from 'node:module';
import type jsQRModule from 'jsqr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { send } from '../../cloud-api/call.test.kit.ts';
import { createEmulator } from '../create-emulator.ts';
import { type CreatedCode, createCode } from '../signed-call.test.kit.ts';
import { readPng } from './read-png.test.kit.ts';

// By `require`, since Node and vitest disagree about what the default import of this CommonJS module is.
const jsQR: typeof jsQRModule.default = createRequire(import.meta.url)('jsqr');

const emulator = createEmulator({ seed: 1, startMs: Date.parse('2026-11-24T08:00:00Z'), speed: 0 });
let url = '';
let created: CreatedCode;

beforeAll(async () => {
  ({ url } = await emulator.listen());
});
beforeEach(async () => {
  emulator.reset();
  created = await createCode(url, {
    QrCodeName: '<门口 & "海报">',
    Restrictions: [{ Name: '张三', Mobile: '13800000000' }],
  });
});
afterAll(() => emulator.close());

const page = async (address: string) => await send(address, { method: 'GET' });

describe('the picture of a code', () => {
  it.each(['QrCodeUrl', 'WeixinQrCodeUrl'] as const)(
    'behind %s leads to the page of the code',
    async (member) => {
      const response = await fetch(created.QrCode[member]);
      expect(response.headers.get('content-type')).toBe('image/png');
      const { rgba, width, height } = readPng(Buffer.from(await response.arrayBuffer()));
      expect(jsQR(rgba, width, height)?.data).toBe(created.SignUrls.HttpSignUrl);
    },
  );

  it.each([
    '/imgs/multiSignQrCodes/QrCode/unknown.png',
    '/bresource/resource/resource/0/0.PNG?hkey=00',
    '/bresource/resource/resource/0/0.PNG',
  ])('of a code that nobody has is none: %s', async (path) => {
    expect(await page(url + path)).toMatchObject({ status: 404 });
  });
});

describe('the page of a code', () => {
  const open = async () => (await page(created.SignUrls.HttpSignUrl)).text;

  it('says in both languages what the code stands for, and that no contract comes of it', async () => {
    const text = await open();
    for (const said of [
      '&lt;门口 &amp; &quot;海报&quot;&gt;',
      '入职合同',
      '0 / 100',
      '2026-12-01 16:00:00 UTC+8',
      '有效，可以扫码签署',
      'Alive: it can be scanned',
      '不会产生真实合同',
      'no real contract comes of it',
      '1 人',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).not.toContain('张三');
  });

  it.each([
    ['is cancelled', () => emulator.restore(cancelledNow()), '已被取消', 'it was cancelled'],
    ['is over', () => emulator.clock.advance(8 * 86_400_000), '已过有效期', 'its time is over'],
  ])('says why it %s', async (_, kill, zh, en) => {
    kill();
    const text = await open();
    expect(text).toContain(`已失效：${zh}`);
    expect(text).toContain(`Dead: ${en}`);
  });

  function cancelledNow() {
    const snapshot = emulator.snapshot();
    for (const code of snapshot.codes) code.cancelledAtS = emulator.clock.nowS();
    return snapshot;
  }

  it('is accessible, and needs nothing from elsewhere', async () => {
    const response = await fetch(created.SignUrls.HttpSignUrl);
    const text = await response.text();
    expect(text).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(text).toMatch(/<title>[^<]+<\/title>/);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).toContain('<main>');
    expect(text).toMatch(/<img src="\/imgs\/[^"]+" alt="[^"]+"/);
    expect(text).toContain('lang="en"');
    expect(text).not.toMatch(/<script|(?:src|href)="https?:/);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('of a code that nobody has says so', async () => {
    const response = await page(`${url}/h5/jump-mp.html?qrCodeId=unknown`);
    expect(response.status).toBe(404);
    expect(response.text).toContain('没有此签署码');
    expect(response.text).toContain('There is no such code');
  });
});

describe('any other path', () => {
  it.each(['/favicon.ico', '/h5/', '/h5/jump-mp.html/x', '//', '/%00'])('%s is not there', async (path) => {
    expect(await page(url + path)).toMatchObject({ status: 404 });
  });

  it('nor is a page for a method that does not read', async () => {
    expect(await send(created.SignUrls.HttpSignUrl, { method: 'DELETE' })).toMatchObject({ status: 404 });
  });
});
