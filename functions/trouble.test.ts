/** What the built functions do when something around them breaks. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Platform, startPlatform } from '../local/start/testing/platform.ts';

const create = 'ChannelCreateMultiFlowSignQRCode';
const good = {
  Agent: { ProxyOrganizationOpenId: 'proxy-org-openid', ProxyOperator: { OpenId: 'proxy-operator-openid' } },
  TemplateId: 'yDRvzUUgygqj42ouUuO4zjEueBrK5MeV',
  FlowName: '劳务合同',
};
const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };

describe('with a working platform', () => {
  let platform: Platform;
  let db: pg.Client;
  const made = () => platform.emulator.codes.list().length;

  beforeAll(async () => {
    platform = await startPlatform();
    db = new pg.Client(platform.databaseUrl);
    await db.connect();
  });
  afterAll(async () => {
    await db.end();
    await platform.close();
  });

  it('an instance that was frozen while upstream closed its connections answers its next call, every time', async () => {
    const port = Number(new URL(platform.emulatorUrl).port);
    expect((await platform.call(create, good)).status).toBe(200);
    for (let round = 0; round < 3; round += 1) {
      const [pid = 0] = platform.host.pids(create);
      process.kill(pid, 'SIGSTOP');
      await platform.emulator.close();
      await platform.emulator.listen(port);
      const answer = platform.call(create, good);
      process.kill(pid, 'SIGCONT');
      expect((await answer).status).toBe(200);
      expect(platform.host.pids(create)).toContain(pid);
    }
  });

  it('a create that is killed before its answer is stored is told from the journal, and never made twice', async () => {
    platform.emulator.faults.add({ action: create, latencyMs: 60_000, count: 1 });
    const before = made();
    const headers = { 'Idempotency-Key': 'killed' };
    const sent = platform.call(create, good, headers).catch(() => undefined);
    await expect
      .poll(async () => (await db.query("select 1 from attempts where state = 'sent'")).rowCount)
      .toBe(1);
    for (const pid of platform.host.pids(create)) process.kill(pid, 'SIGKILL');
    await sent;
    // It may have died between the note that it is sent and its first byte: no later call is to be the slow one.
    platform.emulator.faults.clear();

    const running = await platform.call(create, good, headers);
    expect([running.status, running.headers.get('retry-after')]).toEqual([
      409,
      expect.stringMatching(/^[1-9]/),
    ]);

    const leasesRunOut = async () => {
      const past = "clock_timestamp() - interval '1 second'";
      await db.query(
        `update idempotency_records set in_progress_until = ${past} where in_progress_until is not null`,
      );
      await db.query(`update codes set lease_until = ${past} where lease_until is not null`);
      await db.query(`update attempts set lease_until = ${past} where lease_until is not null`);
    };
    await leasesRunOut();
    await platform.host.invoke('renew-expired-codes', tick);
    await leasesRunOut();
    const told = await platform.call(create, good, headers);
    expect(told).toMatchObject({ status: 504, body: { code: 'UnknownOutcome', CodeId: expect.any(String) } });
    const { body } = await platform.call('DescribeMultiFlowSignQRCodes', { CodeId: told.body['CodeId'] });
    expect(body['Codes']).toEqual([expect.objectContaining({ State: 'OutcomeUnknown', PossibleOrphans: 1 })]);
    expect(made() - before).toBeLessThanOrEqual(1);
  });

  it('a connection that is dropped before the effect and after it end alike: nobody can tell', async () => {
    for (const drop of ['before', 'after'] as const) {
      platform.emulator.faults.add({ action: create, drop, count: 1 });
      expect(await platform.call(create, good)).toMatchObject({
        status: 504,
        body: { code: 'UnknownOutcome' },
      });
    }
  });

  it('an upstream that cannot be reached leaves no code in the register', async () => {
    const port = Number(new URL(platform.emulatorUrl).port);
    const count = async () => (await db.query('select 1 from codes')).rowCount;
    const before = await count();
    await platform.emulator.close();
    const { status, body, headers } = await platform.call(create, good);
    await platform.emulator.listen(port);
    expect([status, body['code']]).toEqual([503, 'UpstreamUnreachable']);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await count()).toBe(before);
  });

  it('a renewal whose answer is lost costs the notification that asked for it nothing, and is in log and journal', async () => {
    const made = await platform.call(create, { ...good, MaxFlowNum: 1 });
    const { QrCodeId } = made.body['QrCode'] as { QrCodeId: string }; // upstream's own member
    platform.emulator.faults.add({ action: create, drop: 'after', count: 1 });
    platform.emulator.scan(QrCodeId);
    await platform.emulator.callbacks.deliverDue();
    expect(platform.emulator.callbacks.counts()).toMatchObject({ waiting: 0 });
    const logged = platform.lines.filter((text) => text.startsWith('callback-handler | ')).join('\n');
    expect(logged).toContain('"message":"a successor was not made"');
    expect(logged).toContain('"renewal":"unknown","status":200');
    const { rows } = await db.query(
      `select a.state, a.possible_orphan as "possibleOrphan", c.lease_until as lease, c.due_at > now() as later
       from attempts a join codes c using (code_id) where c.code_id = $1 and a.generation = 2`,
      [made.body['CodeId']],
    );
    expect(rows).toEqual([{ state: 'unknown', possibleOrphan: true, lease: null, later: true }]);
  });
});

describe('a database that is gone', () => {
  it('is said with a time to come back, and nothing is made', async () => {
    // It is tried again for as long as the function has: half of it is enough for that.
    const platform = await startPlatform({}, { timeoutS: 5 });
    try {
      await platform.stopDatabase();
      const before = platform.emulator.codes.list().length;
      const { status, headers, body } = await platform.call(create, good);
      expect([status, body['code']]).toEqual([503, 'DatabaseUnavailable']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      expect(platform.emulator.codes.list().length).toBe(before);
    } finally {
      await platform.close();
    }
  });
});

describe('a missing secret', () => {
  it('is named in one clear line, without a stack', async () => {
    const platform = await startPlatform({ ESS_SECRET_KEY: '', PUBLIC_BASE_URL: 'nowhere' });
    try {
      const { status, body } = await platform.call(create, good);
      expect([status, body['code']]).toEqual([503, 'Misconfigured']);
      expect(body['detail']).toMatch(/ESS_SECRET_KEY is not set/);
      expect(body['detail']).toMatch(/PUBLIC_BASE_URL is not a URL/);
      expect(JSON.stringify(body)).not.toMatch(/ at .*\.js|nowhere/);
    } finally {
      await platform.close();
    }
  });
});
