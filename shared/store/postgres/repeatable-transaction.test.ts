import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '../testing/database.ts';
import { refusedStatement } from './database-errors.ts';
import { repeatableTransaction } from './repeatable-transaction.ts';

let test: TestDatabase;

beforeAll(async () => {
  test = await testDatabase({ migrated: false });
  await test.db.query('create table notes (id int primary key)');
});

afterAll(() => test.dispose());

function refusal(code: string) {
  return refusedStatement(Object.assign(new Error('refused'), { severity: 'ERROR', code }))?.failure;
}

describe('repeatableTransaction', () => {
  it('runs the work again after a deadlock, and only the last run counts', async () => {
    let runs = 0;
    await repeatableTransaction(test.db, async (tx) => {
      runs += 1;
      await tx.query('insert into notes values ($1)', [runs]);
      if (runs < 3) throw refusal('40P01');
    });
    expect((await test.db.query('select id from notes')).rows).toEqual([{ id: 3 }]);
  });

  it('gives up after four runs', async () => {
    let runs = 0;
    const endless = repeatableTransaction(test.db, async () => {
      runs += 1;
      throw refusal('40001');
    });
    await expect(endless).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(runs).toBe(4);
  });

  it('does not repeat what failed for another reason', async () => {
    let runs = 0;
    const failing = repeatableTransaction(test.db, async () => {
      runs += 1;
      throw refusal('23505');
    });
    await expect(failing).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(runs).toBe(1);
  });
});
