/** What agents are told of what goes wrong, and of what will. */
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { notifying } from '../testing/notifying.ts';
import { makeCode } from '../testing/platform-suite.ts';
import { agentSuite, done, wanted } from './testing/agent-suite.ts';

const { platform, connect } = agentSuite();
const { notify } = notifying(platform);
const create = 'ChannelCreateMultiFlowSignQRCode';

let db: pg.Client;
beforeAll(async () => {
  db = new pg.Client({ connectionString: platform.databaseUrl });
  await db.connect();
});
afterAll(() => db.end());
// A fault that nothing has met must not meet the next test.
afterEach(() => platform.emulator.faults.clear());

const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

it('recent_failures lists each kind, and what is older than asked for no more', async () => {
  const agent = await connect();
  const none = { Codes: [], Organizations: [], Notifications: [], Events: [], Batches: [] };
  expect(await done(agent.call('recent_failures'))).toMatchObject(none);

  platform.emulator.faults.add({ action: create, drop: 'after', count: 1 });
  expect(await agent.call('create_code', { ExternalId: 'lost', ...wanted })).toMatchObject({
    members: { code: 'UnknownOutcome' },
  });
  const { QrCode } = await makeCode(platform);
  const { QrCodeId } = QrCode as { QrCodeId: string }; // upstream's own member
  await notify('CreateFlowByQrCode', { QrCodeId, Reason: '额度不足' });
  await notify('MultiFlowSignQrCodeCost', { QrCodeId }, { MsgId: 'spoilt' });
  await db.query(`update messages set outcome = 'failed', due_at = null where msg_id = 'spoilt'`);
  platform.emulator.faults.add({ action: create, code: 'OperationDenied.NoQuota', count: 1 });
  const batch = await platform.call('BatchCreateMultiFlowSignQRCode', {
    Agent: {
      ProxyOrganizationOpenId: wanted.ProxyOrganizationOpenId,
      ProxyOperator: { OpenId: wanted.ProxyOperatorOpenId },
    },
    Rows: [{ TemplateId: wanted.TemplateId, FlowName: 'row' }],
  });
  // What the request itself had no time for.
  await platform.host.invoke('work-off-batches', tick);
  const found = await done(agent.call('recent_failures', { Hours: 1 }));
  expect(found).toMatchObject({
    Codes: [{ ExternalId: 'lost', State: 'OutcomeUnknown' }],
    Organizations: [
      {
        ProxyOrganizationOpenId: wanted.ProxyOrganizationOpenId,
        Quota: { State: 'Blocked', Reason: { Code: expect.stringMatching(/^QuotaBlocked/) } },
      },
    ],
    Notifications: [{ MsgType: 'MultiFlowSignQrCodeCost' }],
    Batches: [{ BatchId: batch.body['BatchId'], Failed: 1 }],
  });
  const { Sentences } = await done(agent.call('explain', { Id: batch.body['BatchId'] }));
  expect(Sentences).toEqual([
    expect.stringContaining('of 1 rows 0 are done, 1 have failed'),
    expect.stringMatching(/^Row 1: /),
  ]);

  for (const table of ['messages', 'message_ids'])
    await db.query(`update ${table} set received_at = received_at - interval '2 hours'`);
  await db.query(`update batches set created_at = created_at - interval '2 hours'`);
  const later = await done(agent.call('recent_failures', { Hours: 1 }));
  expect(later).toMatchObject({ Codes: [expect.anything()], Notifications: [], Batches: [] });
});

it('recent_failures lists events that were given up', async () => {
  const subscription = {
    Kind: 'standard-webhooks',
    Url: 'http://127.0.0.1:9/nobody',
    AllOrganizations: true,
  };
  expect((await platform.call('CreateEventSubscription', subscription)).status).toBe(200);
  await makeCode(platform);
  await platform.host.invoke('deliver-events', tick);
  await db.query(`update deliveries set state = 'dead', due_at = null, settled_at = now(),
    reason = '{"code":"LadderEnded","facts":{"attempt":11,"error":"Refused"}}' where state = 'pending'`);
  const { Events } = await done((await connect()).call('recent_failures', {}));
  expect(Events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ EventType: 'code.created', CodeId: expect.any(String) }),
    ]),
  );
  expect(JSON.stringify(Events)).not.toContain('127.0.0.1:9');
});

it('forecast says when one code is used up, and which end soon without a successor', async () => {
  const agent = await connect();
  const { CodeId } = await makeCode(platform, { ExternalId: 'used', MaxFlowNum: 100 });
  const ending = await makeCode(platform, {
    ExternalId: 'ending',
    RenewalPolicy: { Enabled: false },
    QrEffectiveDay: 3,
  });
  await db.query(
    `insert into daily_uses (code_id, day, app_id, organization, uses)
     select code_id, (now() at time zone 'utc')::date - n, app_id, organization, 4
     from codes cross join generate_series(0, 9) n where code_id = $1`,
    [CodeId],
  );
  const one = await done(agent.call('forecast', { ExternalId: 'used' }));
  expect(one).toMatchObject({
    Organizations: [],
    Codes: [{ CodeId, Forecast: { UsedUpOn: expect.any(Number), ObservedUses: 40 } }],
  });
  const all = await done(agent.call('forecast', { Days: 4 }));
  const ids = (all['Codes'] as { CodeId: string }[]).map((code) => code.CodeId);
  expect(ids).toEqual([ending['CodeId']]);
  expect(all).toMatchObject({ Unexamined: false, Organizations: [expect.anything()] });
  const sooner = await done(agent.call('forecast', { Days: 2 }));
  expect(sooner).toMatchObject({ Codes: [] });
});
