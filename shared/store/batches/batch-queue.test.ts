import { beforeEach, describe, expect, it } from 'vitest';
import type { RowLease } from '../../codes/batch/batch.ts';
import { type BatchWorld, createBatchWorld } from '../../codes/batch/testing/batch-world.ts';
import { sentCreate } from '../../codes/life/attempt.ts';
import { codeSuite } from '../../codes/testing/code-suite.ts';
import { sampleCode } from '../../codes/testing/sample-code.ts';

const { world } = codeSuite();
let batch: BatchWorld;
let batchId: string;
const leaseMs = 60_000;
const nowS = () => Math.floor(world.clock.ms / 1000);

beforeEach(async () => {
  batch = createBatchWorld(world);
  batchId = await batch.creates([{}]);
});

async function claim(): Promise<RowLease> {
  const [claimed] = await batch.batches.claim(nowS(), 1, leaseMs, { except: [] });
  return claimed?.lease ?? expect.fail('nothing waits');
}

/** The row, which somebody has after another, whose lease has run out. */
async function heldByAnother(): Promise<{ late: RowLease; holder: RowLease }> {
  const late = await claim();
  await world.db.query("update batch_rows set lease_until = clock_timestamp() - interval '1 second'");
  return { late, holder: await claim() };
}

const create = () => {
  const code = sampleCode({ codeId: 'code-of-row', slug: 'slug-of-row' });
  const attempt = sentCreate({
    attemptId: 'a',
    codeId: code.codeId,
    appId: code.appId,
    organization: code.organization,
    operator: code.operator,
    generation: 1,
    leaseToken: '1',
    expiresAtS: nowS() + 60,
    plannedAtS: nowS(),
  });
  return { code, attempt, leaseMs, slot: { action: 'create', intervalUs: 1, horizonUs: 1_000_000 } };
};

const failure = {
  state: 'failed',
  code: 'InternalError',
  text: { zh: '失败', en: 'failed' },
  upstreamRequestId: null,
} as const;

describe('a row that another has taken over', () => {
  it('has no create noted by who had it before, and has one by who has it', async () => {
    const { late, holder } = await heldByAnother();
    expect(await batch.batches.noteCreate(late, create())).toBe('lost');
    expect(await world.records()).toEqual([]);
    expect(await batch.batches.noteCreate(holder, create())).not.toBe('lost');
  });

  it('is neither settled, put back nor given back by who had it before', async () => {
    const { late, holder } = await heldByAnother();
    const work = async () => expect.fail('It is not his');
    expect(await batch.batches.settling(late, nowS(), work)).toBeUndefined();
    expect(await batch.batches.settle(late, failure, nowS())).toBe(false);
    await batch.batches.putBack(late, { dueAtS: nowS(), failures: 9 });
    await batch.batches.release([late]);
    expect(await batch.batches.claim(nowS(), 1, leaseMs, { except: [] })).toEqual([]);
    expect(await batch.rows(batchId)).toMatchObject([{ state: 'waiting' }]);
    expect(await batch.batches.settle(holder, failure, nowS())).toBe(true);
    expect(await batch.rows(batchId)).toMatchObject([{ state: 'failed', errorCode: 'InternalError' }]);
  });
});
