/** An `Idempotency-Key` means the same to every function that changes something. */
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleAgent } from '../local/essbasic/seeds/organisations.ts';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';
import { type Receiver, startReceiver } from '../shared/delivery/testing/receiver.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { insertContract } from '../shared/store/testing/insert-contract.ts';

const Agent = {
  ProxyOrganizationOpenId: 'proxy-org-openid',
  ProxyOperator: { OpenId: 'proxy-operator-openid' },
};
const good = { Agent, TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV', FlowName: '劳务合同' };

let platform: Platform;
let receiver: Receiver;
beforeAll(async () => {
  platform = await startPlatform();
  receiver = await startReceiver();
});
afterAll(async () => {
  receiver.close();
  await platform.close();
});

async function made(name: string, body: object) {
  const { status, body: answer } = await platform.call(name, body);
  expect(status).toBe(200);
  return answer;
}

const makeCode = () => made('ChannelCreateMultiFlowSignQRCode', good);
const pauseOne = async () =>
  made('BatchModifyMultiFlowSignQRCode', { Operation: 'Pause', CodeIds: [(await makeCode())['CodeId']] });
const makeKey = () => made('CreateApiKey', { Name: 'n', Role: 'viewer' });

/** A contract that a scan of a code has started. */
async function startContract(): Promise<string> {
  const { CodeId } = await makeCode();
  const flowId = `flow-${CodeId}`;
  const db = openPgDatabase(platform.databaseUrl);
  await insertContract(db, { flowId, codeId: String(CodeId) });
  await db.close();
  return flowId;
}

const subscription = () => ({ Kind: 'standard-webhooks', Url: receiver.url, AllOrganizations: true });
const subscribe = () => made('CreateEventSubscription', subscription());

/** A request of each function that changes something, with what has to be there before. */
const requests: Readonly<Record<string, () => Promise<object>>> = {
  ChannelCreateMultiFlowSignQRCode: async () => good,
  ModifyMultiFlowSignQRCode: async () => {
    const { CodeId, Version } = await makeCode();
    return { CodeId, Version, Note: 'n' };
  },
  ChannelCancelMultiFlowSignQRCode: async () => ({ CodeId: (await makeCode())['CodeId'] }),
  BatchCreateMultiFlowSignQRCode: async () => ({
    Agent,
    Rows: [{ TemplateId: good.TemplateId, FlowName: 'row' }],
  }),
  BatchModifyMultiFlowSignQRCode: async () => ({
    Operation: 'Pause',
    CodeIds: [(await makeCode())['CodeId']],
  }),
  CancelBatch: async () => ({ BatchId: (await pauseOne())['BatchId'] }),
  CreateApiKey: async () => ({ Name: 'n', Role: 'viewer' }),
  RotateApiKey: async () => ({ KeyId: (await makeKey())['KeyId'] }),
  RevokeApiKey: async () => ({ KeyId: (await makeKey())['KeyId'] }),
  ForgetContract: async () => ({ FlowId: await startContract() }),
  ModifyOrganization: async () => ({ ProxyOrganizationOpenId: 'twice', Version: 0, DisplayName: '甲' }),
  CreateEventSubscription: async () => subscription(),
  ModifyEventSubscription: async () => ({
    SubscriptionId: (await subscribe())['SubscriptionId'],
    Version: 1,
    RotateSecret: {},
  }),
  DeleteEventSubscription: async () => ({ SubscriptionId: (await subscribe())['SubscriptionId'] }),
  SendTestEvent: async () => ({ SubscriptionId: (await subscribe())['SubscriptionId'] }),
  CallUpstream: async () => ({
    Action: 'ChannelCreateMultiFlowSignQRCode',
    Request: { ...good, Agent: { ...Agent, AppId: exampleAgent.AppId } },
  }),
  ReplayEvent: async () => ({ CodeId: (await makeCode())['CodeId'] }),
  ReplayNotification: async () => ({ CodeId: (await makeCode())['CodeId'] }),
};

describe('an Idempotency-Key', () => {
  it('is tried on every action that changes something', () => {
    const actions = readdirSync('functions').filter(
      (name) => /^[A-Z]/.test(name) && !/^(Describe|Get)/.test(name),
    );
    expect(Object.keys(requests).sort()).toEqual(actions.sort());
  });

  it.each(Object.keys(requests))(
    'sent to %s twice is answered alike, and work is done once',
    async (name) => {
      const body = (await requests[name]?.()) ?? expect.fail('no request');
      const headers = { 'Idempotency-Key': `twice-${name}` };
      const first = await platform.call(name, body, headers);
      expect([first.status, first.headers.get('idempotent-replayed')]).toEqual([200, null]);
      const again = await platform.call(name, body, headers);
      expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([200, 'true']);
      expect(again.body).toEqual(first.body);
      const other = await platform.call(name, { ...body, Note: 'another' }, headers);
      expect(other.status).toBeGreaterThanOrEqual(400);
    },
  );

  it('keeps no secret of an answer in clear', async () => {
    const headers = { 'Idempotency-Key': 'secret' };
    const { body } = await platform.call('CreateEventSubscription', subscription(), headers);
    const secret = String(body['Secret']);
    expect(secret).toMatch(/^whsec_/);
    const db = openPgDatabase(platform.databaseUrl);
    const { rows } = await db.query('select answer from idempotency_records where idempotency_key = $1', [
      'secret',
    ]);
    await db.close();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(JSON.stringify(rows)).not.toContain(body['SubscriptionId']);
  });

  it('remembers no dry run, which changes nothing', async () => {
    const headers = { 'Idempotency-Key': 'first-dry-then-real' };
    const create = 'ChannelCreateMultiFlowSignQRCode';
    for (let time = 0; time < 2; time += 1) {
      const dry = await platform.call(create, { ...good, DryRun: true }, headers);
      expect([dry.status, dry.headers.get('idempotent-replayed')]).toEqual([200, null]);
    }
    const real = await platform.call(create, good, headers);
    expect([real.status, real.body['State']]).toEqual([200, 'Active']);
  });
});
