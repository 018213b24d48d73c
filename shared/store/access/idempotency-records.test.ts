import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IdempotencyRecords } from '../../runtime/http/idempotency-record.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { createIdempotencyRecords, idempotencyLifetimeS } from './idempotency-records.ts';

const test = databaseSuite();
let records: IdempotencyRecords;

beforeAll(async () => {
  records = createIdempotencyRecords(test.db);
});

beforeEach(() => test.db.query('delete from idempotency_records'));

const request = {
  keyId: 'k1',
  idempotencyKey: 'order 17',
  functionName: 'ChannelCreateMultiFlowSignQRCode',
  payloadHash: 'aaaa',
};
const answer = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"QrCodeId":"签"}' };
const leaseS = 30;

async function claimed(of = request, by = records): Promise<string> {
  const claim = await by.claim(of, leaseS);
  if (claim.outcome !== 'claimed') throw new Error(`not claimed: ${claim.outcome}`);
  return claim.token;
}

/** Time passes for the stored records. */
async function pass(seconds: number): Promise<void> {
  await test.db.query(
    `update idempotency_records set in_progress_until = in_progress_until - $1 * interval '1 second',
       expires_at = expires_at - $1 * interval '1 second'`,
    [seconds],
  );
}

describe('a first request', () => {
  it('claims the record', async () => {
    expect(await records.claim(request, leaseS)).toEqual({
      outcome: 'claimed',
      token: expect.any(String),
      workId: expect.any(String),
      takenOver: false,
    });
  });

  it.each([
    ['another API key', { keyId: 'k2' }],
    ['another Idempotency-Key', { idempotencyKey: 'order 18' }],
  ])('is one that comes with %s', async (_, different) => {
    await claimed();
    expect(await records.claim({ ...request, ...different }, leaseS)).toMatchObject({ outcome: 'claimed' });
  });

  it('is claimed by exactly one of many at once', async () => {
    const connections = await Promise.all(Array.from({ length: 8 }, () => test.connect()));
    for (let round = 0; round < 5; round += 1) {
      const own = { ...request, idempotencyKey: `round ${round}` };
      const outcomes = await Promise.all(
        connections.map((db) => createIdempotencyRecords(db).claim(own, leaseS)),
      );
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
        'claimed',
        ...Array.from({ length: 7 }, () => 'in-progress'),
      ]);
    }
  });
});

describe('an answer that holds a secret', () => {
  const seal = {
    seal: (text: string) => `sealed ${Buffer.from(text).toString('base64')}`,
    open: (text: string) => Buffer.from(text.slice('sealed '.length), 'base64').toString(),
  };

  it('is stored sealed, and comes back as it was', async () => {
    const sealing = createIdempotencyRecords(test.db, { seal });
    await sealing.complete(await claimed(), answer);
    const { rows } = await test.db.query('select answer from idempotency_records');
    expect(JSON.stringify(rows)).not.toContain(answer.body.slice(1, -1));
    expect(await sealing.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
  });
});

describe('a second request', () => {
  it('gets the stored answer once the first has one', async () => {
    expect(await records.complete(await claimed(), answer)).toBe(true);
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
  });

  it('is told to wait while the first is at work', async () => {
    await claimed();
    const outcome = await records.claim(request, leaseS);
    expect(outcome).toMatchObject({ outcome: 'in-progress' });
    const { retryAfterS } = outcome as { retryAfterS: number };
    expect(retryAfterS).toBeGreaterThan(0);
    expect(retryAfterS).toBeLessThanOrEqual(leaseS);
    expect(Number.isInteger(retryAfterS)).toBe(true);
  });

  it.each([
    ['payload', { payloadHash: 'bbbb' }],
    ['function', { functionName: 'ChannelCancelMultiFlowSignQRCode' }],
  ])('is refused with another %s: at work, answered, or abandoned', async (_, different) => {
    const other = { ...request, ...different };
    const token = await claimed();
    expect(await records.claim(other, leaseS)).toEqual({ outcome: 'payload-differs' });
    await pass(leaseS + 1);
    expect(await records.claim(other, leaseS)).toEqual({ outcome: 'payload-differs' });
    await records.complete(token, answer);
    expect(await records.claim(other, leaseS)).toEqual({ outcome: 'payload-differs' });
  });

  it('may do the work when the first did nothing', async () => {
    expect(await records.release(await claimed())).toBe(true);
    expect(await records.claim(request, leaseS)).toMatchObject({ outcome: 'claimed', takenOver: false });
  });
});

describe('an owner that died', () => {
  it('is followed by one that is told so, once its lease is over and not before', async () => {
    await claimed();
    await pass(leaseS - 1);
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'in-progress', retryAfterS: 1 });
    await pass(1);
    expect(await records.claim(request, leaseS)).toMatchObject({ outcome: 'claimed', takenOver: true });
  });

  it('is followed by exactly one', async () => {
    const connections = await Promise.all(Array.from({ length: 8 }, () => test.connect()));
    await claimed();
    await pass(leaseS + 1);
    const outcomes = await Promise.all(
      connections.map((db) => createIdempotencyRecords(db).claim(request, leaseS)),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
  });

  it('can neither answer nor release when it wakes up after all', async () => {
    const dead = await claimed();
    await pass(leaseS + 1);
    const owner = await claimed();
    expect(await records.complete(dead, { ...answer, body: 'stale' })).toBe(false);
    expect(await records.release(dead)).toBe(false);
    expect(await records.complete(owner, answer)).toBe(true);
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
  });

  it('may still answer while nobody has followed it', async () => {
    const late = await claimed();
    await pass(leaseS + 1);
    expect(await records.complete(late, answer)).toBe(true);
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
  });
});

describe('the id of the work', () => {
  const numbered = () => {
    let last = 0;
    return createIdempotencyRecords(test.db, { newWorkId: () => `work ${++last}` });
  };

  it('goes over to whoever takes over the work', async () => {
    const named = numbered();
    const first = await named.claim(request, leaseS);
    await pass(leaseS + 1);
    const second = await named.claim(request, leaseS);
    expect([first, second]).toMatchObject([
      { workId: 'work 1', takenOver: false },
      { workId: 'work 1', takenOver: true },
    ]);
  });

  it('is a new one when the same key begins again', async () => {
    const named = numbered();
    await named.claim(request, leaseS);
    await pass(idempotencyLifetimeS);
    expect(await named.claim(request, leaseS)).toMatchObject({ workId: 'work 2', takenOver: false });
    await test.db.query('delete from idempotency_records');
    expect(await named.claim(request, leaseS)).toMatchObject({ workId: 'work 3' });
  });
});

describe('an answer', () => {
  it('is final: neither a second one nor a release changes it', async () => {
    const token = await claimed();
    await records.complete(token, answer);
    expect(await records.complete(token, { ...answer, body: 'other' })).toBe(false);
    expect(await records.release(token)).toBe(false);
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
  });

  it('lives for a day', async () => {
    await records.complete(await claimed(), answer);
    await pass(idempotencyLifetimeS - 60);
    expect(await records.claim(request, leaseS)).toEqual({ outcome: 'replay', answer });
    await pass(60);
    expect(await records.claim({ ...request, payloadHash: 'bbbb' }, leaseS)).toMatchObject({
      outcome: 'claimed',
      takenOver: false,
    });
  });
});
