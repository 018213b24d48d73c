/**
 * Every secret is changed as docs/operate.md says, step by step, while calls go on: older and newer instances side by side, as a
 * deployment leaves them for a while. That of the database is in `shared/store/postgres/account-rotation.test.ts`.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifyWebhook } from '../client/webhooks.ts';
import { readText } from '../docs/testing/read-markdown.ts';
import { credentials } from '../local/cloud-api/credentials.ts';
import { createEmulator, type Emulator } from '../local/essbasic/create-emulator.ts';
import { exampleAgent } from '../local/essbasic/seeds/organisations.ts';
import { composeNotification } from '../shared/callback/compose-notification.ts';
import { type Receiver, startReceiver } from '../shared/delivery/testing/receiver.ts';
import { variables } from '../shared/runtime/config.ts';
import { mintApiKey } from '../shared/runtime/http/api-keys.ts';
import { createSeal, sealKeyIds } from '../shared/runtime/seal.ts';
import { reseal } from '../shared/store/access/reseal.ts';
import { sealedKeyUses } from '../shared/store/access/sealed-keys.ts';
import { migrate } from '../shared/store/migrations/migrate.ts';
import type { Database } from '../shared/store/postgres/database.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { startWire, type Wire } from '../shared/store/testing/wire.ts';
import { allCases } from '../shared/testing/cases.ts';
import { administrator, callsTo, type Instance, instanceOf } from './testing/instances.ts';
import { key, older, token } from './testing/notifying.ts';
import { as, good } from './testing/platform-suite.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';

let wire: Wire;
let db: Database;
let emulator: Emulator;
let receiver: Receiver;
let url = '';
const lines: string[] = [];

beforeAll(async () => {
  if (!allCases) return;
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  wire = await startWire();
  emulator = createEmulator({ requestsPerSecond: Number.POSITIVE_INFINITY });
  ({ url } = await emulator.listen());
  receiver = await startReceiver();
  db = openPgDatabase(wire.url);
  await migrate(db);
});
afterAll(async () => {
  if (!allCases) return;
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  receiver.close();
  await db.close();
  await emulator.close();
  await wire.dispose();
});

const instance = (name: string, environment: Record<string, string> = {}) =>
  instanceOf(name, { databaseUrl: wire.url, url, appId: exampleAgent.AppId }, environment);

it.each(['docs/operate.md', 'docs/operate.zh-CN.md'])(
  '%s has steps for every secret of the configuration',
  (path) => {
    const headings =
      readText(path)
        .match(/^### .*$/gm)
        ?.join('\n') ?? '';
    const secrets = Object.entries(variables).flatMap(([name, { secret }]) => (secret ? [name] : []));
    // Temporary credentials come with the other two.
    const named = secrets.filter((name) => name !== 'ESS_SECRET_TOKEN');
    expect(named.length).toBeGreaterThan(5);
    expect([...named, 'API_KEY_HASH'].filter((name) => !headings.includes(`\`${name}\``))).toEqual([]);
  },
);

describe.runIf(allCases)('while calls go on', () => {
  it('the key that calls upstream is changed', async () => {
    const [first, second] = credentials;
    const secretsOf = ({ secretId, secretKey, token: temporary = '' }: (typeof credentials)[number]) => ({
      ESS_SECRET_ID: secretId,
      ESS_SECRET_KEY: secretKey,
      ESS_SECRET_TOKEN: temporary,
    });
    const old = await instance(create, secretsOf(first));
    const calls = callsTo([old], (one) => one.call(good));
    await calls.fewMore();
    const next = await instance(create, secretsOf(second));
    await calls.serve(old, next);
    await calls.serve(next);
    const before = emulator.journal.list().length;
    await calls.fewMore();
    expect(await calls.end()).toBeGreaterThan(12);
    const used = emulator.journal.list().map(({ secretId }) => secretId);
    expect(new Set(used)).toEqual(new Set([first.secretId, second.secretId]));
    expect(new Set(used.slice(before))).toEqual(new Set([second.secretId]));
  });

  it('key and token of notifications are changed, and what the old key has encrypted can be opened while it is kept', async () => {
    const handler = 'callback-handler';
    const list = (...some: { key: string; token: string }[]) => ({
      ESS_CALLBACK_KEYS: some.map((one) => one.key).join(),
      ESS_CALLBACK_TOKENS: some.map((one) => one.token).join(),
    });
    const next = { key, token };
    let sender: { key: string; token: string } = older;
    let number = 0;
    const post = (one: Instance) => {
      number += 1;
      const message = { MsgId: `rotation-${number}`, MsgType: 'BrandNew', MsgVersion: 'x', MsgData: {} };
      const { body, headers } = composeNotification(message, sender);
      return one.call(body.toString(), { 'content-signature': headers['Content-Signature'] ?? '' });
    };
    const before = await instance(handler, list(older));
    const calls = callsTo([before], post);
    const both = await instance(handler, list(next, older));
    await calls.serve(before, both);
    await calls.serve(both);
    // In the console of Tencent e-sign.
    sender = next;
    await calls.fewMore();
    const after = await instance(handler, list(next));
    await calls.serve(both, after);
    await calls.serve(after);
    expect(await calls.end()).toBeGreaterThan(16);

    const { rows } = await db.query<{ id: string }>(
      "select notification_id as id from messages where msg_id = 'rotation-1'",
    );
    const replay = async (environment: Record<string, string>) => {
      const { body } = await (await instance('ReplayNotification', environment)).call({
        NotificationId: rows[0]?.id,
      });
      return JSON.stringify(body);
    };
    expect(await replay(list(next, older))).not.toContain('BodyUnreadable');
    expect(await replay(list(next))).toContain('BodyUnreadable');
  });

  describe('the key of the register', () => {
    const keys = [11, 12].map((byte) => Buffer.alloc(32, byte).toString('base64'));
    const [old = '', next = ''] = keys;
    const named = { Name: '欧阳轮换', Mobile: '13800000000' };
    let made = 0;

    /** A code that names its signer is made by one instance, and another makes its successor. */
    async function passOn(creator: Record<string, string>, renewer: Record<string, string>): Promise<string> {
      made += 1;
      const maker = await instance(create, creator);
      const FlowName = `rotation ${made}`;
      const { status, body } = await maker.call({
        ...good,
        FlowName,
        Restrictions: [named],
        RenewalPolicy: {},
      });
      expect([status, body]).toEqual([200, body]);
      return renew(String(body['CodeId']), Number(body['Version']), FlowName, renewer);
    }

    async function renew(CodeId: string, Version: number, name: string, renewer: Record<string, string>) {
      const change = { CodeId, Version, Operation: 'RenewNow' };
      expect((await (await instance('ModifyMultiFlowSignQRCode')).call(change)).status).toBe(200);
      await (await instance('renew-expired-codes', renewer)).tick();
      const asked = emulator.codes.list().filter(({ FlowName }) => FlowName === name);
      const kept = asked.filter(({ restrictions }) => JSON.stringify(restrictions).includes(named.Name));
      return `${asked.length} generations, ${kept.length} with their signers`;
    }

    const good2 = '2 generations, 2 with their signers';
    const listed = (...list: string[]) => ({ REGISTER_KEYS: list.join() });

    it('is changed in two deployments, and what the old one has sealed is sealed anew before it goes', async () => {
      expect(await passOn(listed(old), listed(old))).toBe(good2);
      // The new one behind the old: all can open it before anybody seals with it.
      expect(await passOn(listed(old), listed(old, next))).toBe(good2);
      expect(await passOn(listed(old, next), listed(old))).toBe(good2);
      // The new one in front.
      expect(await passOn(listed(next, old), listed(old, next))).toBe(good2);
      expect(await passOn(listed(old, next), listed(next, old))).toBe(good2);
      const [nextId, oldId = ''] = sealKeyIds(`${next},${old}`);
      const seal = createSeal(`${next},${old}`);
      expect(await reseal(db, seal, [oldId])).toBeGreaterThan(2);
      expect((await sealedKeyUses(db)).map(({ keyId }) => keyId)).toEqual([nextId]);
      // Without the old one.
      const { rows } = await db.query<{ id: string; version: number; name: string }>(
        "select code_id as id, version, flow_name as name from codes where flow_name = 'rotation 1'",
      );
      for (const { id, version, name } of rows)
        expect(await renew(id, version, name, listed(next))).toBe('3 generations, 3 with their signers');
      expect(await passOn(listed(next, old), listed(next))).toBe(good2);
    });

    it('that comes to the front at once is unknown to whoever is not deployed yet', async () => {
      expect(await passOn(listed(next, old), listed(old))).toBe('1 generations, 1 with their signers');
    });
  });

  it("an administrator's key of the configuration is changed", async () => {
    const name = 'GetCallerIdentity';
    const next = mintApiKey();
    let key = administrator.key;
    const old = await instance(name, { API_KEY_HASH: administrator.hash });
    const calls = callsTo([old], (one) => one.call({}, { authorization: `Bearer ${key}` }));
    const both = await instance(name, { API_KEY_HASH: `${next.hash},${administrator.hash}` });
    await calls.serve(old, both);
    await calls.serve(both);
    key = next.key;
    await calls.fewMore();
    const after = await instance(name, { API_KEY_HASH: next.hash });
    await calls.serve(both, after);
    await calls.serve(after);
    expect(await calls.end()).toBeGreaterThan(12);
    expect((await after.call({}, as(administrator.key))).status).toBe(401);
  });

  it('the API key of a user is changed', async () => {
    const made = await (await instance('CreateApiKey')).call({ Name: 'user', Role: 'viewer' });
    const caller = await instance('GetCallerIdentity');
    const first = String(made.body['ApiKey']);
    let authorization = `Bearer ${first}`;
    const calls = callsTo([caller], (one) => one.call({}, { authorization }));
    await calls.fewMore();
    const rotated = await (await instance('RotateApiKey')).call({ KeyId: made.body['KeyId'], GraceHours: 1 });
    await calls.fewMore();
    authorization = `Bearer ${String(rotated.body['ApiKey'])}`;
    await calls.fewMore();
    await db.query("update api_keys set expires_at = now() - interval '1 second' where key_id = $1", [
      made.body['KeyId'],
    ]);
    await calls.fewMore();
    expect(await calls.end()).toBeGreaterThan(12);
    expect((await caller.call({}, { authorization: `Bearer ${first}` })).status).toBe(401);
  });

  it('the secret of a subscription is changed, and a receiver with either of them takes every event', async () => {
    const subscribed = await (await instance('CreateEventSubscription')).call({
      ...{ Kind: 'standard-webhooks', Url: receiver.url, AllOrganizations: true },
    });
    const { SubscriptionId, Secret, Version } = subscribed.body;
    const tester = await instance('SendTestEvent');
    const calls = callsTo([tester], (one) => one.call({ SubscriptionId }));
    await calls.fewMore();
    const modify = await instance('ModifyEventSubscription');
    const rotated = await modify.call({ SubscriptionId, Version, RotateSecret: { GraceS: 3600 } });
    const turn = receiver.received.length;
    await calls.fewMore();
    expect(await calls.end()).toBeGreaterThan(6);
    const takes = (secret: unknown) =>
      receiver.received.map(({ headers, body }) => {
        try {
          return verifyWebhook(body, headers as Record<string, string>, String(secret)) !== undefined;
        } catch {
          return false;
        }
      });
    expect(takes(Secret)).toEqual(receiver.received.map(() => true));
    expect(takes(rotated.body['Secret']).slice(turn + 1)).toEqual(
      receiver.received.slice(turn + 1).map(() => true),
    );
    expect(receiver.received.length).toBeGreaterThan(turn + 2);
  });
});
