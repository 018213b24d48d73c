import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstCodeRequest, provideFirstCode } from './first-code.ts';

let directory: string;
let server: Server;
let functionsUrl: string;
let received: { url: string | undefined; authorization: string | undefined; body: unknown }[];
let answer: { status: number; body: string };

const code = (QrCodeId: string) => ({
  QrCode: { QrCodeId, QrCodeUrl: 'http://emulator/qr.png', ExpiredTime: 1_800_000_000 },
  SignUrls: { HttpSignUrl: 'http://emulator/sign', AppSignUrl: 'pages/sign', EffectiveTime: '' },
  StableUrl: 'http://functions/s/abc',
  RequestId: 'request-1',
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qianma-code-'));
  received = [];
  answer = { status: 200, body: JSON.stringify(code('first')) };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ url: request.url, authorization: request.headers.authorization, body: JSON.parse(body) });
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  functionsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true, force: true });
});

const provide = (isAlive = true, emulatorUrl = 'http://emulator') =>
  provideFirstCode({
    functionsUrl,
    emulatorUrl,
    apiKey: 'qm_key',
    file: join(directory, 'first-code.json'),
    isAlive: () => isAlive,
  });

describe('provideFirstCode', () => {
  it('asks the function as a user would', async () => {
    expect(await provide()).toEqual(code('first'));
    expect(received).toEqual([
      { url: '/ChannelCreateMultiFlowSignQRCode', authorization: 'Bearer qm_key', body: firstCodeRequest },
    ]);
  });

  it('goes on with a code that is alive', async () => {
    await provide();
    expect(await provide()).toEqual(code('first'));
    expect(received).toHaveLength(1);
  });

  it.each([
    ['has died', false, 'http://emulator'],
    ['has links to another address', true, 'http://emulator:2'],
  ])('makes a new one where the last %s', async (_, isAlive, emulatorUrl) => {
    await provide();
    answer.body = JSON.stringify(code('second'));
    expect((await provide(isAlive, emulatorUrl)).QrCode.QrCodeId).toBe('second');
    expect((await provide(true, emulatorUrl)).QrCode.QrCodeId).toBe('second');
  });

  it('makes a new one where the file cannot be read', async () => {
    await writeFile(join(directory, 'first-code.json'), '{"code":');
    expect(await provide()).toEqual(code('first'));
  });

  it('tells in one line what the function answered instead', async () => {
    answer = { status: 503, body: '{"code":"Misconfigured","detail":"ESS_APP_ID is not set"}' };
    await expect(provide()).rejects.toThrow(
      /^InternalFailure: the first code was not created: 503 Misconfigured: ESS_APP_ID is not set$/,
    );
    answer = { status: 430, body: '<html>' };
    await expect(provide()).rejects.toThrow(/^InternalFailure: the first code was not created: 430$/);
  });
});
