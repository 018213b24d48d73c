/** The built functions as a user meets them: `npm start`'s own process, called over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorCodeFacts } from '../shared/essbasic/error-kinds.ts';
import { publishedCodesOf } from '../shared/essbasic/published-codes.ts';

const apiKey = `qm_${'e'.repeat(12)}_${'k'.repeat(43)}`;
let directory: string;
let child: ChildProcess;
let functionsUrl: string;
let emulatorUrl: string;
const log: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qianma-functions-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    PORT: '0',
    ESSBASIC_PORT: '0',
    DATA_DIR: directory,
    API_KEY: apiKey,
  };
  const started = spawn(process.execPath, ['dist/local/start.mjs'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  const lines = createInterface({ input: started.stdout });
  await new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      log.push(line);
      const ready = /^ready {2}functions (\S+) {2}emulator (\S+)/.exec(line);
      if (ready === null) return;
      [, functionsUrl = '', emulatorUrl = ''] = ready;
      resolve();
    });
  });
});

afterAll(async () => {
  child.kill('SIGTERM');
  await once(child, 'exit');
  await rm(directory, { recursive: true, force: true });
});

async function call(name: string, body: object, headers: Record<string, string> = {}) {
  const response = await fetch(`${functionsUrl}/${name}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${apiKey}`, 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // Each answer of a function is a JSON object.
  const answer = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, answer };
}

const create = (body: object, headers?: Record<string, string>) =>
  call('ChannelCreateMultiFlowSignQRCode', body, headers);

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同', MaxFlowNum: 100 };

/** The request of the seed document, whose ids are all `test`. */
const seed = {
  FlowName: 'test',
  Agent: {
    ProxyAppId: 'test',
    ProxyOperator: { OpenId: 'test' },
    ProxyOrganizationOpenId: 'test',
    AppId: 'test',
  },
  FlowEffectiveDay: 0,
  TemplateId: 'test',
  MaxFlowNum: 0,
  QrEffectiveDay: 0,
};

async function createsSeenByUpstream(): Promise<number> {
  const journal = JSON.stringify(await (await fetch(`${emulatorUrl}/_emulator/journal`)).json());
  return journal.split('"ChannelCreateMultiFlowSignQRCode"').length;
}

describe('the seed document’s example', () => {
  it('is refused for its CallbackUrl, by name', async () => {
    const { status, answer } = await create({ ...seed, CallbackUrl: 'test' });
    expect(status).toBe(400);
    expect(answer['errors']).toEqual([{ path: 'CallbackUrl', message: 'must be an http or https URL' }]);
  });

  it('works without it, and its zeros mean the defaults', async () => {
    const { status, answer } = await create(seed);
    expect(status).toBe(200);
    const { Codes } = (await call('DescribeMultiFlowSignQRCodes', { CodeId: answer['CodeId'] })).answer;
    const nowS = Date.now() / 1000;
    expect(Codes).toEqual([expect.objectContaining({ State: 'Active', MaxFlowNum: 5, Used: 0 })]);
    expect(answer['QrCode']).toMatchObject({ ExpiredTime: expect.closeTo(nowS + 7 * 86_400, -2) });
  });
});

describe('each published error code of create', () => {
  it.each(publishedCodesOf('ChannelCreateMultiFlowSignQRCode'))(
    '%s arrives as a problem with its status',
    async (code) => {
      const { status, headers, answer } = await create({ ...good, TemplateId: `force:${code}` });
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(answer).toMatchObject({
        code,
        status,
        upstreamRequestId: expect.any(String),
        requestId: expect.any(String),
      });
      expect(status).toBe(errorCodeFacts(code).status);
    },
  );
});

describe('a create', () => {
  it('with DryRun says what it would do, and does nothing upstream', async () => {
    const before = await createsSeenByUpstream();
    const { status, answer } = await create({ ...good, DryRun: true });
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      DryRun: true,
      MaxFlowNum: 100,
      Template: { Fitness: 'Fit', Reasons: [] },
    });
    expect(await createsSeenByUpstream()).toBe(before);
  });

  it('with the same Idempotency-Key is answered once, and refused with another payload', async () => {
    const headers = { 'Idempotency-Key': 'gate-3' };
    const first = await create(good, headers);
    const again = await create(good, headers);
    expect(again.answer).toEqual(first.answer);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    const other = await create({ ...good, MaxFlowNum: 7 }, headers);
    expect([other.status, other.answer['code']]).toEqual([422, 'IdempotencyKeyReused']);
  });

  it('whose answer never comes is an unknown outcome that people see', async () => {
    const fault = { action: 'ChannelCreateMultiFlowSignQRCode', drop: 'after', count: 1 };
    await fetch(`${emulatorUrl}/_emulator/faults`, { method: 'POST', body: JSON.stringify(fault) });
    const { status, answer } = await create(good);
    expect([status, answer['code']]).toEqual([504, 'UnknownOutcome']);
    const { Codes } = (await call('DescribeMultiFlowSignQRCodes', { CodeId: answer['CodeId'] })).answer;
    expect(Codes).toEqual([
      expect.objectContaining({ State: 'OutcomeUnknown', PossibleOrphans: 1, Usable: false }),
    ]);
  });

  it('that names people leaves no name in the log', async () => {
    const Restrictions = [{ Name: '欧阳测试', Mobile: '13912345678', IdCardNumber: '110101199001011237' }];
    expect((await create({ ...good, Restrictions })).status).toBe(200);
    expect(log.join('\n')).not.toMatch(/欧阳测试|13912345678|110101199001011237/);
    expect(log.join('\n')).not.toContain(apiKey);
  });
});

describe('the stable link', () => {
  const follow = (url: unknown) => fetch(String(url), { redirect: 'manual' });

  it('leads to the current generation, and to a page once the code is cancelled', async () => {
    const { answer } = await create(good);
    const alive = await follow(answer['StableUrl']);
    expect(alive.status).toBe(302);
    expect({ HttpSignUrl: alive.headers.get('location') }).toMatchObject({
      HttpSignUrl: (answer['SignUrls'] as { HttpSignUrl: string }).HttpSignUrl, // checked by the schema of the function
    });
    const cancel = () => call('ChannelCancelMultiFlowSignQRCode', { Slug: answer['Slug'] });
    expect((await cancel()).answer).toMatchObject({ AlreadyInvalid: false });
    expect((await cancel()).answer).toMatchObject({ AlreadyInvalid: true });
    const dead = await follow(answer['StableUrl']);
    expect(dead.status).toBe(410);
    expect(await dead.text()).toMatch(/This code has been ended.*此签署码已停用/s);
  });

  it('that nobody made answers 404 with a page', async () => {
    const { status, headers } = await follow(`${functionsUrl}/s/111111111111`);
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  });
});

it('cancels a QR code that the register never knew, and says when it was dead already', async () => {
  const { answer } = await call('ChannelCancelMultiFlowSignQRCode', {
    Agent,
    QrCodeId: 'force:OperationDenied.QrInvalid',
  });
  expect(answer).toMatchObject({ CodeId: null, AlreadyInvalid: true });
});

it('judges templates', async () => {
  const { answer } = await call('DescribeTemplates', { Agent, TemplateId: good.TemplateId });
  expect(answer['Templates']).toEqual([
    expect.objectContaining({ SignCode: { Fitness: 'Fit', Reasons: [] } }),
  ]);
});
