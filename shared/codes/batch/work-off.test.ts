import { beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { agent, createRequest } from '../testing/world.ts';
import { type BatchWorld, createBatchWorld } from './testing/batch-world.ts';

const { world } = codeSuite();
let batch: BatchWorld;
beforeEach(() => {
  batch = createBatchWorld(world);
});

const many = (count: number, of: object = {}) => Array.from({ length: count }, () => of);
const ofOrganization = (name: string) => ({ Agent: { ...agent, ProxyOrganizationOpenId: name } });
const states = async (batchId: string) => (await batch.rows(batchId)).map(({ state }) => state);

describe('a batch of creates', () => {
  it('makes each row a code, in the name of who asked, with the id that the row was given', async () => {
    const batchId = await batch.creates(many(5));
    expect(await batch.run()).toMatchObject({ done: 5, failed: 0, ended: 'done' });
    const rows = await batch.rows(batchId);
    expect(rows.map(({ state }) => state)).toEqual(many(5).map(() => 'done'));
    for (const { codeId, externalId } of rows) {
      expect((await world.record(codeId)).code).toMatchObject({ state: 'Active', externalId });
    }
    expect(await world.audits('code.created')).toEqual(many(5).map(() => 'key:batch'));
    const { rows: kept } = await world.db.query('select from batch_rows where sealed is not null');
    expect(kept).toEqual([]);
    expect(await batch.batch(batchId)).toMatchObject({ counts: { done: 5, waiting: 0 } });
  });

  it('names the rows that upstream refuses, with its code and words, and makes the others', async () => {
    const batchId = await batch.creates(many(3));
    world.fake.faults.push('answer', { refuse: 'ResourceNotFound.Template' });
    expect(await batch.run(undefined, 1)).toMatchObject({ done: 2, failed: 1 });
    const failed = (await batch.rows(batchId)).filter(({ state }) => state === 'failed');
    expect(failed).toMatchObject([{ number: 2, errorCode: 'ResourceNotFound.Template' }]);
    expect(failed[0]?.errorText).toEqual({ zh: expect.any(String), en: expect.any(String) });
    expect(failed[0]?.upstreamRequestId).toMatch(/^refused-/);
  });

  it('tries again what never left, and what upstream is too busy for', async () => {
    const batchId = await batch.creates(many(2));
    world.fake.faults.push('unreachable', { refuse: 'RequestLimitExceeded' });
    expect(await batch.run(undefined, 1)).toMatchObject({ done: 0, putOff: 2 });
    expect(await batch.run()).toMatchObject({ done: 0 });
    world.passS(60);
    expect(await batch.run()).toMatchObject({ done: 2 });
    expect(await states(batchId)).toEqual(['done', 'done']);
    expect(world.fake.alive()).toHaveLength(2);
  });

  it('leaves a row for which there was no turn in time alone for a moment, and does not count it as failed', async () => {
    const batchId = await batch.creates(many(3));
    let asked = 0;
    const call = async (): Promise<never> => {
      asked += 1;
      world.clock.ms += 100;
      throw new Failure('RateLimited', { detail: { zh: '没有空位', en: 'no slot is free' } });
    };
    const busy = { ...batch.ports, upstream: { ...batch.ports.upstream, call } };
    expect(await batch.run(busy, 1)).toMatchObject({ putOff: 3, ended: 'done' });
    expect(asked).toBe(3);
    expect(await states(batchId)).toEqual(many(3).map(() => 'waiting'));
    world.passS(1);
    expect(await batch.run()).toMatchObject({ done: 3 });
  });

  it('gives up on a row that fails again and again', async () => {
    const batchId = await batch.creates(many(1));
    for (let run = 0; run < 8; run += 1) {
      world.fake.faults.push('unreachable');
      await batch.run();
      world.passS(400);
    }
    expect(await batch.rows(batchId)).toMatchObject([{ state: 'failed', errorCode: 'UpstreamUnreachable' }]);
  });

  it('says of a create whose answer never came that its outcome is unknown, and sends it no more', async () => {
    const batchId = await batch.creates(many(1));
    world.fake.faults.push('lost-answer');
    expect(await batch.run()).toMatchObject({ unknown: 1 });
    await batch.run();
    expect(world.fake.calls).toHaveLength(1);
    const [row] = await batch.rows(batchId);
    expect(row).toMatchObject({ state: 'unknown', errorCode: 'UnknownOutcome' });
    expect((await world.record(row?.codeId ?? '')).code.state).toBe('OutcomeUnknown');
  });

  it('asks upstream no more for an organisation that has no quota, and goes on for the others', async () => {
    const batchId = await batch.creates([
      ...many(30, ofOrganization('poor')),
      ...many(5, ofOrganization('rich')),
    ]);
    world.fake.withoutQuota.add('poor');
    await batch.run(undefined, 1);
    const rows = await batch.rows(batchId);
    expect(rows.filter(({ state }) => state === 'done')).toHaveLength(5);
    const failed = rows.filter(({ state }) => state === 'failed');
    expect(failed).toHaveLength(30);
    expect(new Set(failed.map(({ errorCode }) => errorCode))).toEqual(new Set(['OperationDenied.NoQuota']));
    expect(world.fake.calls.length).toBeLessThan(10);
  });

  it('of one organisation does not keep that of another waiting', async () => {
    await batch.creates(many(100, ofOrganization('large')));
    const small = await batch.creates(many(5, ofOrganization('small')));
    const order = () => world.fake.calls.map(({ request }) => request.Agent.ProxyOrganizationOpenId);
    await batch.run();
    expect(await states(small)).toEqual(many(5).map(() => 'done'));
    expect(order().lastIndexOf('small')).toBeLessThan(25);
  });

  it('ends where it is cancelled, and keeps what is done', async () => {
    const batchId = await batch.creates(many(4));
    let answers = 0;
    world.fake.hooks.beforeAnswer = async () => {
      answers += 1;
      if (answers === 2) await batch.batches.cancel(batchId, null, world.clock.ms / 1000, 'key:batch');
    };
    await batch.run(undefined, 1);
    expect(await states(batchId)).toEqual(['done', 'done', 'cancelled', 'cancelled']);
    expect(world.fake.alive()).toHaveLength(2);
    expect(await batch.run()).toMatchObject({ done: 0 });
  });
});

describe('a batch of changes', () => {
  async function codes(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const members = { externalId: `e${index}`, labels: ['gate'], note: null };
      ids.push(await world.createId(createRequest(), { members }));
    }
    return ids;
  }

  const stateOf = async (codeId: string) => (await world.record(codeId)).code.state;

  it('pauses, resumes, renews and cancels the codes of a label', async () => {
    const ids = await codes(3);
    const label = { by: 'Label', value: 'gate' } as const;
    const seen: string[][] = [];
    for (const operation of ['Pause', 'Resume', 'RenewNow', 'Cancel'] as const) {
      await batch.changes(operation, label);
      expect(await batch.run()).toMatchObject({ done: 3, failed: 0 });
      seen.push(await Promise.all(ids.map(stateOf)));
    }
    expect(seen.map(([state]) => state)).toEqual(['Paused', 'Active', 'Active', 'Cancelled']);
    expect(world.fake.alive()).toEqual([]);
  });

  it('takes codes by external id and by their own id, each once', async () => {
    const ids = await codes(2);
    const byExternal = await batch.changes('Pause', { by: 'ExternalIds', values: ['e1'] });
    const byOwn = await batch.changes('Pause', { by: 'CodeIds', values: [ids[0] ?? ''] });
    await batch.run();
    expect([await states(byExternal), await states(byOwn)]).toEqual([['done'], ['done']]);
    expect(await Promise.all(ids.map(stateOf))).toEqual(['Paused', 'Paused']);
  });

  it('names everything that leads nowhere, to several, or twice to one, and changes nothing', async () => {
    await codes(1);
    await codes(1);
    const values = ['e0', 'nobody', 'nobody'];
    await expect(batch.changes('Pause', { by: 'ExternalIds', values })).rejects.toMatchObject({
      code: 'InvalidRequest',
      problems: [{ path: 'ExternalIds[0]' }, { path: 'ExternalIds[1]' }, { path: 'ExternalIds[2]' }],
    });
    const none = batch.changes('Pause', { by: 'Label', value: 'nothing' });
    await expect(none).rejects.toMatchObject({ code: 'NotFound' });
    expect((await world.db.query('select from batches')).rows).toEqual([]);
  });

  it('says why a code cannot be changed', async () => {
    const [codeId = ''] = await codes(1);
    const batchId = await batch.changes('Resume', { by: 'CodeIds', values: [codeId] });
    expect(await batch.run()).toMatchObject({ failed: 1 });
    expect(await batch.rows(batchId)).toMatchObject([{ state: 'failed', errorCode: 'StateConflict' }]);
  });
});
