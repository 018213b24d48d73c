import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { plannedAttempt, sentCreate } from '../../codes/life/attempt.ts';
import type { Claim } from '../../codes/renewal/ports.ts';
import { sampleCode } from '../../codes/testing/sample-code.ts';
import { createWorld, startS } from '../../codes/testing/world.ts';
import { takeSlot } from '../limits/rate-limit-slots.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertCode } from '../testing/insert-code.ts';
import { createRegister, type Register } from '../testing/register.ts';

const test = databaseSuite();
let register: Register;

beforeAll(async () => {
  register = createRegister(test.db);
});
beforeEach(async () => {
  await createWorld(test.db).forgetEverything();
  await test.db.query('delete from rate_limits');
});

const slot = { action: 'create', intervalUs: 60_000_000, horizonUs: 1_000_000 };
const tenant = { appId: 'app', organization: 'org-a', operator: 'operator-a' };
const code = sampleCode({ codeId: 'a', state: 'Creating', version: 1, current: null, dueAtS: null });

const create = (attemptId: string, changes = {}) =>
  sentCreate({
    attemptId,
    codeId: 'a',
    ...tenant,
    generation: 1,
    leaseToken: '1',
    expiresAtS: startS + 60,
    plannedAtS: startS,
    ...changes,
  });

async function journal() {
  const { rows } = await test.db.query<{ id: string; state: string }>(
    'select attempt_id as id, state from attempts order by attempt_id',
  );
  return rows;
}

async function leaseS(): Promise<number> {
  const { rows } = await test.db.query<{ seconds: number }>(
    'select extract(epoch from lease_until - clock_timestamp())::float8 as seconds from codes',
  );
  return rows[0]?.seconds ?? Number.NaN;
}

describe('a first create', () => {
  it('is noted as sent together with its code, leased, and its turn', async () => {
    expect(await register.noteFirstCreate(code, create('first'), 90_000, slot)).toMatchObject({
      taken: true,
      waitMs: 0,
    });
    expect(await journal()).toEqual([{ id: 'first', state: 'sent' }]);
    expect((await register.find({ by: 'CodeId', value: 'a' }, null))?.code).toEqual(code);
    expect(await leaseS()).toBeGreaterThan(60);
    // The turn is gone.
    expect(await takeSlot(test.db, slot)).toMatchObject({ taken: false });
  });

  it('is not noted where no turn is free in time, and tells when the next is', async () => {
    await takeSlot(test.db, slot);
    const answer = await register.noteFirstCreate(code, create('first'), 90_000, slot);
    expect(answer.taken).toBe(false);
    expect(answer.waitMs).toBeGreaterThan(30_000);
    expect(await journal()).toEqual([]);
    expect(await register.find({ by: 'CodeId', value: 'a' }, null)).toBeUndefined();
  });

  it('uses up no turn when it cannot be noted', async () => {
    await insertCode(test.db, code);
    await expect(register.noteFirstCreate(code, create('first'), 90_000, slot)).rejects.toMatchObject({
      code: 'InternalFailure',
    });
    expect(await takeSlot(test.db, slot)).toMatchObject({ taken: true });
  });
});

describe('the create of a successor', () => {
  async function claim(leaseMs = 60_000): Promise<Claim> {
    await insertCode(test.db, { ...sampleCode({ codeId: 'a', dueAtS: startS, current: null }) });
    const [claimed] = await register.claimDue(startS, 1, leaseMs);
    if (!claimed) throw new Error('nothing claimed');
    return claimed;
  }
  const seen = ({ lease, code: { version } }: Claim) => ({ lease, version });

  it('is noted while its lease lasts, which it prolongs', async () => {
    const claimed = await claim();
    expect(await register.noteCreate(create('in-time'), seen(claimed), 90_000, slot)).toMatchObject({
      taken: true,
    });
    expect(await journal()).toEqual([{ id: 'in-time', state: 'sent' }]);
    expect(await leaseS()).toBeGreaterThan(60);
    expect(await leaseS()).toBeLessThanOrEqual(90);
  });

  it.each<[string, 'lost' | 'changed', (claimed: Claim) => Promise<unknown>]>([
    [
      'the lease is somebody else’s',
      'lost',
      ({ code: { codeId } }) =>
        test.db.query('update codes set lease_token = 9 where code_id = $1', [codeId]),
    ],
    [
      'the lease is over',
      'lost',
      () => test.db.query("update codes set lease_until = clock_timestamp() - interval '1 second'"),
    ],
    ['the code is gone', 'lost', () => test.db.query('delete from codes')],
    [
      'the code has changed since it was claimed',
      'changed',
      ({ code: claimed }) =>
        register.transaction((tx) => tx.saveCode({ ...claimed, version: claimed.version + 1 }, 'keep')),
    ],
  ])('is turned away without a note and without a turn when %s', async (_, why, happens) => {
    const claimed = await claim();
    await happens(claimed);
    expect(await register.noteCreate(create('late'), seen(claimed), 90_000, slot)).toBe(why);
    expect(await journal()).toEqual([]);
    expect(await takeSlot(test.db, slot)).toMatchObject({ taken: true });
  });

  it('is not noted, nor its lease prolonged, where no turn is free in time', async () => {
    const claimed = await claim(1_000);
    await takeSlot(test.db, slot);
    expect(await register.noteCreate(create('early'), seen(claimed), 90_000, slot)).toMatchObject({
      taken: false,
    });
    expect(await journal()).toEqual([]);
    expect(await leaseS()).toBeLessThanOrEqual(1);
  });
});

describe('a cancel', () => {
  const cancel = plannedAttempt({
    attemptId: 'cancel',
    codeId: null,
    ...tenant,
    generation: null,
    kind: 'cancel',
    qrCodeId: 'qr-1',
    leaseToken: '0',
    expiresAtS: null,
    plannedAtS: startS,
    dueAtS: startS,
  });

  it('is noted as sent while it is open, and leased', async () => {
    await register.transaction((tx) => tx.insertCancel(cancel));
    expect(await register.findCancel('cancel')).toMatchObject({ leased: false });
    expect(await register.noteCancel('cancel', 60_000, startS, slot)).toMatchObject({ taken: true });
    expect(await register.findCancel('cancel')).toMatchObject({ leased: true, attempt: { state: 'sent' } });
    expect(await register.noteCancel('cancel', 60_000, startS, slot)).toMatchObject({ taken: false });
  });

  it('is turned away when it is settled', async () => {
    await register.transaction((tx) => tx.insertCancel({ ...cancel, dueAtS: null }));
    expect(await register.noteCancel('cancel', 60_000, startS, slot)).toBe('settled');
    expect(await takeSlot(test.db, slot)).toMatchObject({ taken: true });
  });
});
