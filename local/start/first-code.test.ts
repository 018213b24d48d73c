import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstCodePath, firstCodeRequest, provideFirstCode } from './first-code.ts';

let directory: string;
let server: Server;
let functionsUrl: string;
let received: { url: string | undefined; authorization: string | undefined; body: unknown }[];
/** What each action answers. */
let answers: Record<string, { status: number; body: string }>;

const answer = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });
const described = (State = 'Active', QrCodeId = 'qr-2') =>
  answer({
    Codes: [
      {
        CodeId: 'code-1',
        State,
        StableUrl: 'http://functions/s/abc',
        Generations: [
          { Generation: 2, QrCodeId, HttpSignUrl: 'http://emulator/h5/jump-mp.html?qrCodeId=qr-2' },
          { Generation: 1, QrCodeId: 'qr-1', HttpSignUrl: 'http://emulator/h5/jump-mp.html?qrCodeId=qr-1' },
        ],
      },
    ],
  });
const describePath = '/DescribeMultiFlowSignQRCodes';
const code = { codeId: 'code-1', stableUrl: 'http://functions/s/abc' };

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qianma-code-'));
  received = [];
  answers = { [firstCodePath]: answer({ CodeId: 'code-1' }), [describePath]: described() };
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ url: request.url, authorization: request.headers.authorization, body: JSON.parse(body) });
    const { status, body: text } = answers[request.url ?? ''] ?? { status: 404, body: '' };
    response.writeHead(status).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  functionsUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(directory, { recursive: true, force: true });
});

const provide = (known = ['qr-2'], emulatorUrl = 'http://emulator') =>
  provideFirstCode({
    functionsUrl,
    emulatorUrl,
    apiKey: 'qm_key',
    file: join(directory, 'first-code.json'),
    isKnown: (qrCodeId) => known.includes(qrCodeId),
  });
const creates = () => received.filter(({ url }) => url === firstCodePath);

describe('provideFirstCode', () => {
  it('asks the functions as a user would', async () => {
    expect(await provide()).toEqual(code);
    expect(received).toEqual([
      { url: firstCodePath, authorization: 'Bearer qm_key', body: firstCodeRequest },
      { url: describePath, authorization: 'Bearer qm_key', body: { CodeId: 'code-1' } },
    ]);
  });

  it.each(['Active', 'Expired', 'Exhausted', 'Paused', 'QuotaBlocked'])(
    'goes on with an earlier code in the state %s, under the link that it has by now',
    async (state) => {
      await provide();
      answers[describePath] = answer(
        JSON.parse(described(state).body.replace('http://functions/', 'http://functions:2/')),
      );
      expect(await provide()).toEqual({ ...code, stableUrl: 'http://functions:2/s/abc' });
      expect(creates()).toHaveLength(1);
    },
  );

  it.each([
    ['was cancelled', () => described('Cancelled'), ['qr-2'], 'http://emulator'],
    ['is not known upstream', () => described(), ['qr-1'], 'http://emulator'],
    ['has its pages at another address', () => described(), ['qr-2'], 'http://emulator:2'],
    ['is not in the register', () => answer({ code: 'NotFound' }, 404), ['qr-2'], 'http://emulator'],
  ] as const)('makes a new one where the last %s', async (_, last, known, emulatorUrl) => {
    await provide();
    answers[describePath] = last();
    await provide([...known], emulatorUrl).catch(() => {});
    expect(creates()).toHaveLength(2);
  });

  it('makes a new one where the file cannot be read', async () => {
    await writeFile(join(directory, 'first-code.json'), '{"code":');
    expect(await provide()).toEqual(code);
  });

  it('tells in one line what the function answered instead', async () => {
    const detail = { code: 'Misconfigured', detail: 'ESS_APP_ID is not set' };
    answers[firstCodePath] = answer(detail, 503);
    await expect(provide()).rejects.toThrow(
      /^InternalFailure: the first code was not created: 503 Misconfigured: ESS_APP_ID is not set$/,
    );
    answers[firstCodePath] = { status: 430, body: '<html>' };
    await expect(provide()).rejects.toThrow(/^InternalFailure: the first code was not created: 430$/);
  });
});
