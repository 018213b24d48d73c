/** How often each function waits for its database: the way there costs more than most statements. */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { requireContract } from '../docs/testing/contract-check.ts';
import { createEmulator, type Emulator } from '../local/essbasic/create-emulator.ts';
import { localCallbackKey, localCallbackToken } from '../local/start/start-configuration.ts';
import { composeNotification } from '../shared/callback/compose-notification.ts';
import { mintApiKey } from '../shared/runtime/http/api-keys.ts';
import type { MainHandler } from '../shared/runtime/http/http-handler.ts';
import { manageApiKeys } from '../shared/store/access/api-key-management.ts';
import { migrate } from '../shared/store/migrations/migrate.ts';
import type { Database } from '../shared/store/postgres/database.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { type CountedFlights, countFlights } from '../shared/store/testing/counted-flights.ts';
import { insertContract } from '../shared/store/testing/insert-contract.ts';
import { startWire, type Wire } from '../shared/store/testing/wire.ts';
import { stubActionEnvironment } from './testing/action-environment.ts';

const Agent = {
  AppId: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const owner = { ProxyOrganizationOpenId: Agent.ProxyOrganizationOpenId };
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同', MaxFlowNum: 10 };

let wire: Wire;
let counted: CountedFlights;
let emulator: Emulator;
let db: Database;
const { key, keyId, hash } = mintApiKey();

beforeAll(async () => {
  wire = await startWire();
  counted = await countFlights(wire.url);
  emulator = createEmulator({ requestsPerSecond: Number.POSITIVE_INFINITY });
  const { url } = await emulator.listen();
  db = openPgDatabase(wire.url);
  await migrate(db);
  await manageApiKeys(db).insert({
    ...{ keyId, hash, name: 'test', role: 'admin', organizations: null, agent: null, expiresAtS: null },
  });
  stubActionEnvironment({ databaseUrl: counted.url, url, appId: Agent.AppId });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await db.close();
  await counted.close();
  await wire.dispose();
});

const context = { request_id: 'test', getRemainingTimeInMillis: () => 60_000 };

async function call(name: string, body: object, headers: Record<string, string> = {}) {
  const { main_handler }: { main_handler: MainHandler } = await import(`./${name}/index.ts`);
  const event = {
    httpMethod: 'POST',
    path: '/',
    queryString: {},
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify(body),
  };
  const { statusCode, body: answer } = await main_handler(event, context);
  expect([name, statusCode, statusCode === 200 ? '' : answer]).toEqual([name, 200, '']);
  requireContract(name, statusCode, JSON.parse(answer));
  return JSON.parse(answer);
}

const create = () => call('ChannelCreateMultiFlowSignQRCode', good);
const pauseOne = async () =>
  call('BatchModifyMultiFlowSignQRCode', { Operation: 'Pause', CodeIds: [(await create()).CodeId] });
const makeKey = () => call('CreateApiKey', { Name: 'n', Role: 'viewer' });
async function startContract(): Promise<string> {
  const { CodeId } = await create();
  await insertContract(db, { flowId: `flow-${CodeId}`, codeId: CodeId });
  return `flow-${CodeId}`;
}
const subscribe = () =>
  call('CreateEventSubscription', {
    Kind: 'standard-webhooks',
    Url: 'http://127.0.0.1:1/hook',
    AllOrganizations: true,
  });

async function tick(name: string) {
  const { main_handler } = await import(`./${name}/index.ts`);
  const event = { Type: 'Timer', TriggerName: 'test', Time: new Date().toISOString(), Message: '' };
  return main_handler(event, context);
}

async function notify(MsgType: string, MsgData: object) {
  const { main_handler }: { main_handler: MainHandler } = await import('./callback-handler/index.ts');
  const secrets = { key: localCallbackKey, token: localCallbackToken };
  const message = { MsgId: randomUUID(), MsgType, MsgVersion: 'ThirdPartyApp', MsgData };
  const { body, headers } = composeNotification(message, secrets);
  const event = { httpMethod: 'POST', path: '/', queryString: {}, headers, body: body.toString() };
  const { statusCode } = await main_handler(event, context);
  expect(statusCode).toBe(200);
}

async function follow(slug: string) {
  const { main_handler }: { main_handler: MainHandler } = await import('./stable-link/index.ts');
  const event = { httpMethod: 'GET', path: `/s/${slug}`, queryString: {}, headers: {}, body: '' };
  const { statusCode } = await main_handler(event, context);
  expect(statusCode).toBe(302);
}

async function get(name: string, path: string, queryString: Record<string, string> = {}) {
  const { main_handler }: { main_handler: MainHandler } = await import(`./${name}/index.ts`);
  const headers = { authorization: `Bearer ${key}` };
  const { statusCode } = await main_handler(
    { httpMethod: 'GET', path, queryString, headers, body: '' },
    context,
  );
  expect(statusCode).toBe(200);
}

/** The most that one call may take when its connection is warm, and what is called. */
const actions: Readonly<Record<string, { most: number; prepare?: () => Promise<object>; body?: object }>> = {
  ChannelCreateMultiFlowSignQRCode: { most: 4, body: good },
  ChannelCancelMultiFlowSignQRCode: {
    most: 8,
    prepare: async () => ({ CodeId: (await create()).CodeId }),
  },
  ModifyMultiFlowSignQRCode: {
    most: 6,
    async prepare() {
      const { CodeId, Version } = await create();
      return { CodeId, Version, Note: 'n' };
    },
  },
  DescribeMultiFlowSignQRCodes: { most: 3, body: {} },
  DescribeTemplates: { most: 2, body: { Agent } },
  CallUpstream: { most: 2, body: { Action: 'DescribeTemplates', Request: { Agent, Limit: 1 } } },
  // One more where the newest months do not fill the page: those before are asked for by themselves.
  DescribeAuditLog: { most: 3, body: {} },
  BatchCreateMultiFlowSignQRCode: {
    most: 16,
    body: { Agent, Rows: [{ TemplateId: good.TemplateId, FlowName: 'x' }] },
  },
  BatchModifyMultiFlowSignQRCode: {
    most: 16,
    prepare: async () => ({ Operation: 'Pause', CodeIds: [(await create()).CodeId] }),
  },
  DescribeBatches: { most: 2, body: {} },
  DescribeBatchRows: { most: 3, prepare: async () => ({ BatchId: (await pauseOne()).BatchId }) },
  CancelBatch: { most: 6, prepare: async () => ({ BatchId: (await pauseOne()).BatchId }) },
  DescribeOrganizations: { most: 2, body: {} },
  ModifyOrganization: {
    most: 6,
    async prepare() {
      const { Organizations } = await call('DescribeOrganizations', owner);
      return { ...owner, Version: Organizations[0]?.Version ?? 0, DisplayName: '甲' };
    },
  },
  DescribeContracts: { most: 2, body: {} },
  DescribeApiKeys: { most: 2, body: {} },
  CreateApiKey: { most: 4, body: { Name: 'n', Role: 'viewer' } },
  RotateApiKey: { most: 6, prepare: async () => ({ KeyId: (await makeKey()).KeyId }) },
  RevokeApiKey: { most: 4, prepare: async () => ({ KeyId: (await makeKey()).KeyId }) },
  ForgetContract: { most: 7, prepare: async () => ({ FlowId: await startContract() }) },
  GetCallerIdentity: { most: 1, body: {} },
  // One more, as of the audit trail.
  DescribeNotifications: { most: 3, body: {} },
  DescribeEvents: { most: 2, prepare: async () => ({ CodeId: (await create()).CodeId }) },
  DescribeEventSubscriptions: { most: 2, body: {} },
  CreateEventSubscription: {
    most: 4,
    body: { Kind: 'standard-webhooks', Url: 'http://127.0.0.1:1/hook', AllOrganizations: true },
  },
  ModifyEventSubscription: {
    most: 6,
    prepare: async () => ({
      SubscriptionId: (await subscribe()).SubscriptionId,
      Version: 1,
      RotateSecret: {},
    }),
  },
  DeleteEventSubscription: {
    most: 3,
    prepare: async () => ({ SubscriptionId: (await subscribe()).SubscriptionId }),
  },
  SendTestEvent: {
    most: 7,
    prepare: async () => ({ SubscriptionId: (await subscribe()).SubscriptionId }),
  },
  ReplayEvent: { most: 4, prepare: async () => ({ CodeId: (await create()).CodeId }) },
  ReplayNotification: { most: 3, prepare: async () => ({ CodeId: (await create()).CodeId }) },
};

async function flightsOf(work: () => Promise<unknown>): Promise<number> {
  const before = counted.flights();
  await work();
  return counted.flights() - before;
}

describe('round trips to the database', () => {
  it('are counted of every action', () => {
    const names = readdirSync('functions').filter((name) => /^[A-Z]/.test(name));
    expect(Object.keys(actions).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(actions))('of %s are few', async (name, { most, prepare, body }) => {
    const request = async () => (await prepare?.()) ?? body ?? {};
    await call(name, await request());
    const asked = await request();
    const flights = await flightsOf(() => call(name, asked));
    expect(flights).toBeLessThanOrEqual(most);
  });

  it('of a create are four with an Idempotency-Key, its stored answer among them', async () => {
    const flights = await flightsOf(() =>
      call('ChannelCreateMultiFlowSignQRCode', good, { 'idempotency-key': 'one' }),
    );
    expect(flights).toBeLessThanOrEqual(4);
    const again = await flightsOf(() =>
      call('ChannelCreateMultiFlowSignQRCode', good, { 'idempotency-key': 'one' }),
    );
    expect(again).toBeLessThanOrEqual(3);
  });

  it('of a list of notifications are two where the newest months fill its page', async () => {
    const { QrCodeId } = (await create()).QrCode;
    for (let message = 0; message < 3; message += 1) await notify('MultiFlowSignQrCodeCost', { QrCodeId });
    await call('DescribeNotifications', {});
    expect(await flightsOf(() => call('DescribeNotifications', { Limit: 1 }))).toBe(2);
  });

  it('of a list of the audit trail are two where the newest months fill its page, and of what was done to one thing', async () => {
    const codes = [await create(), await create()];
    for (const { CodeId, Version } of codes)
      await call('ModifyMultiFlowSignQRCode', { CodeId, Version, Note: 'n' });
    for (const asked of [{ Limit: 1 }, { Subject: codes[0]?.CodeId }]) {
      await call('DescribeAuditLog', asked);
      expect(await flightsOf(() => call('DescribeAuditLog', asked))).toBe(2);
    }
  });

  it('of a stable link is one', async () => {
    const { Slug } = await create();
    await follow(Slug);
    expect(await flightsOf(() => follow(Slug))).toBe(1);
  });

  it('of a poster are two, and of the code alone one', async () => {
    const { Slug, CodeId } = await create();
    const poster = () => get('poster', '/', { CodeId, Format: 'svg' });
    await poster();
    expect(await flightsOf(poster)).toBe(2);
    expect(await flightsOf(() => get('stable-link', `/s/${Slug}.png`))).toBe(1);
  });

  it('of the metrics are two: the key, and all figures together', async () => {
    await get('metrics', '/metrics');
    expect(await flightsOf(() => get('metrics', '/metrics'))).toBe(2);
  });

  it('of a notification are one to two, a few where a threshold is told, and three more where it renews', async () => {
    const { CodeId, QrCode } = await create();
    const { QrCodeId } = QrCode;
    await notify('MultiFlowSignQrCodeCost', { QrCodeId });
    const flights: number[] = [];
    for (let used = 2; used <= 10; used += 1) {
      flights.push(await flightsOf(() => notify('MultiFlowSignQrCodeCost', { QrCodeId })));
    }
    // The fifth and the eighth tell a threshold, the ninth renews, the tenth tells that all is used.
    expect(flights).toEqual([1, 1, 1, 5, 1, 1, 5, 8, 5]);
    const { rows } = await db.query('select generations_made as made from codes where code_id = $1', [
      CodeId,
    ]);
    expect(rows).toEqual([{ made: 2 }]);

    const named = { QrCodeId, FlowId: `yDFl${'1'.padStart(28, '0')}` };
    expect(await flightsOf(() => notify('MultiFlowSignQrCodeCost', named))).toBeLessThanOrEqual(2);
    const status = { ...named, FlowCallbackStatus: 4 };
    expect(await flightsOf(() => notify('FlowStatusChange', status))).toBeLessThanOrEqual(2);
  });

  it('of a renewal are four at most, with its share of what a run asks anyway', async () => {
    const codes = 20;
    const dueNow = async () => {
      await db.query(
        "update codes set due_at = now() - interval '1 minute', renew_requested = true, state = 'Active'",
      );
    };
    await tick('renew-expired-codes');
    const idle = await flightsOf(() => tick('renew-expired-codes'));
    await db.query('delete from codes where code_id not in (select code_id from codes limit 1)');
    for (let i = 1; i < codes; i++) await create();
    await dueNow();
    const { renewed } = await tick('renew-expired-codes');
    expect(renewed).toBe(codes);
    await dueNow();
    const flights = await flightsOf(() => tick('renew-expired-codes'));
    expect((flights - idle) / codes).toBeLessThanOrEqual(4);
  });
});
