/** Agents repeat calls whose answer they have lost: a tool that is called again has its effect once. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agentSuite, codeOf, done, wanted } from './testing/agent-suite.ts';
import type { Called } from './testing/agents.ts';

const { platform, connect, connectWith, created } = agentSuite();
const create = 'ChannelCreateMultiFlowSignQRCode';

let db: pg.Client;
beforeAll(async () => {
  db = new pg.Client({ connectionString: platform.databaseUrl });
  await db.connect();
});
afterAll(() => db.end());

const codesWith = async (externalId: string) =>
  (await db.query('select code_id from codes where external_id = $1', [externalId])).rows.length;

describe('create_code', () => {
  it('makes one code, by the same call, by another key, and after the records have forgotten', async () => {
    const before = created();
    const agent = await connect();
    const given = { ExternalId: 'gate-1', ...wanted };
    const first = await done(agent.call('create_code', given));
    expect(first).toMatchObject({ Created: true });
    const again = { Created: false, Code: first['Code'] };
    expect(await done(agent.call('create_code', given))).toEqual(again);
    const colleague = await connectWith('--role', 'operator');
    expect(await done(colleague.call('create_code', given))).toEqual(again);
    await db.query('delete from idempotency_records');
    expect(await done(agent.call('create_code', given))).toEqual(again);
    expect([created() - before, await codesWith('gate-1')]).toEqual([1, 1]);
  });

  it('makes one code of two calls at once: who comes second is told to ask again, and then gets it', async () => {
    const before = created();
    const agents = await Promise.all([connect(), connect()]);
    const given = { ExternalId: 'gate-2', ...wanted };
    const answers = await Promise.all(agents.map((agent) => agent.call('create_code', given)));
    const told = ({ isError, members }: Called) => (isError ? members['code'] : members['Created']);
    expect(answers.map(told)).toContain(true);
    const second = answers.map(told).filter((one) => one !== true);
    expect(second).toHaveLength(1);
    expect(['IdempotencyKeyInUse', false]).toContain(second[0]);
    const again = await Promise.all(agents.map((agent) => done(agent.call('create_code', given))));
    expect(again).toEqual([
      { Created: false, Code: expect.anything() },
      { Created: false, Code: again[0]?.['Code'] },
    ]);
    expect([created() - before, await codesWith('gate-2')]).toEqual([1, 1]);
  });

  it('refuses an id that is that of another code, as long as the register has it', async () => {
    const before = created();
    const agent = await connect();
    const call = (members: object) =>
      agent.call('create_code', { ExternalId: 'gate-3', ...wanted, ...members });
    const { CodeId } = await codeOf(call({}));
    const taken = { isError: true, members: { code: 'StateConflict' } };
    expect(await call({ FlowName: 'another' })).toMatchObject(taken);
    await db.query('delete from idempotency_records');
    expect(await call({ FlowName: 'another' })).toMatchObject({
      members: { code: 'StateConflict', detail: expect.stringContaining(String(CodeId)) },
    });
    // Not even when it has ended: a call that was lost on the way may still arrive.
    await done(agent.call('cancel_code', { CodeId }));
    await db.query('delete from idempotency_records');
    expect(await codeOf(call({}))).toMatchObject({ CodeId, State: 'Cancelled' });
    expect(created() - before).toBe(1);
  });

  it('remembers no refusal, so that a call can be corrected', async () => {
    const agent = await connect();
    const call = (TemplateId: string) =>
      agent.call('create_code', { ExternalId: 'gate-4', ...wanted, TemplateId });
    expect(await call('none-such')).toMatchObject({ isError: true });
    expect(await done(call(wanted.TemplateId))).toMatchObject({ Created: true });
    expect(await codesWith('gate-4')).toBe(1);
  });

  it('sends nothing again where nobody knows what became of the first call', async () => {
    const before = created();
    platform.emulator.faults.add({ action: create, drop: 'after', count: 1 });
    const agent = await connect();
    const call = () => agent.call('create_code', { ExternalId: 'gate-5', ...wanted });
    const lost = { isError: true, members: { code: 'UnknownOutcome', CodeId: expect.any(String) } };
    const first = await call();
    expect(first).toMatchObject(lost);
    expect(await call()).toMatchObject({ ...lost, members: { CodeId: first.members['CodeId'] } });
    await db.query('delete from idempotency_records');
    expect(await done(call())).toMatchObject({ Created: false, Code: { State: 'OutcomeUnknown' } });
    expect(created() - before).toBe(1);
  });
});

describe('change_code', () => {
  it('has its effect once, and answers the second call with the code as it is', async () => {
    const agent = await connect();
    const { CodeId, Version } = await codeOf(agent.call('create_code', { ExternalId: 'gate-6', ...wanted }));
    const renew = () => agent.call('change_code', { CodeId, Version, Operation: 'RenewNow' });
    const first = await codeOf(renew());
    expect(first).toMatchObject({ Version: Number(Version) + 1 });
    expect(await codeOf(renew())).toEqual(first);
    expect(await agent.call('change_code', { CodeId, Version, Operation: 'Pause' })).toMatchObject({
      isError: true,
      members: { code: 'VersionConflict', Version: first['Version'] },
    });
    const operations = await db.query(`select 1 from audit where subject = $1 and action = 'code.modified'`, [
      CodeId,
    ]);
    expect(operations.rowCount).toBe(1);
  });
});
