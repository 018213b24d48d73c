import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import type { Connection } from './connection-source.ts';
import { createQueuedDatabase } from './queued-database.ts';

const test = databaseSuite();

/** A connection that only notes what it is sent: what travels together is one item. */
function noting() {
  const flushes: string[] = [];
  const connection: Connection = {
    async executeAll(statements) {
      flushes.push(statements.map((one) => one.text).join('; '));
      return statements.map(() => ({ rows: [], rowCount: 0 }));
    },
    async execute(text, _params, { before = [] } = {}) {
      flushes.push([...before.map((one) => one.text), text].join('; '));
      if (text === 'bad') throw new Failure('InternalFailure', { detail: 'bad' });
      return { rows: [], rowCount: 0 };
    },
  };
  const db = createQueuedDatabase({
    ready: async () => connection,
    discard: () => undefined,
    pause: async () => false,
    close: async () => undefined,
  });
  return { db, flushes };
}

describe('what opens and closes a transaction', () => {
  it('travels with the statements inside', async () => {
    const { db, flushes } = noting();
    await db.transaction(async (tx) => {
      await tx.query('a');
      await tx.transaction(async (inner) => {
        await inner.query('b');
        await inner.transaction((innermost) => innermost.query('c'));
      });
      await tx.transaction((inner) => inner.query('d'));
    });
    expect(flushes).toEqual([
      'begin; a',
      'savepoint savepoint_1; b',
      'savepoint savepoint_savepoint_11; c',
      'release savepoint savepoint_savepoint_11; release savepoint savepoint_1; savepoint savepoint_2; d',
      'commit',
    ]);
  });

  it('is not sent where nothing is inside', async () => {
    const { db, flushes } = noting();
    await db.transaction(async (tx) => {
      await tx.transaction(async () => undefined);
      await expect(tx.transaction(() => Promise.reject(new Error('before any statement')))).rejects.toThrow();
    });
    await expect(db.transaction(() => Promise.reject(new Error('before any statement')))).rejects.toThrow();
    expect(flushes).toEqual([]);
    await db.transaction(async (tx) => {
      await tx.transaction(async () => undefined);
      await tx.query('a');
    });
    expect(flushes).toEqual(['begin; a', 'commit']);
  });

  it('is rolled back as far as it was sent', async () => {
    const { db, flushes } = noting();
    await db.transaction(async (tx) => {
      const failing = tx.transaction(async (inner) => {
        await inner.transaction((innermost) => innermost.query('a'));
        throw new Error('after an inner one was closed');
      });
      await expect(failing).rejects.toThrow('closed');
      await expect(tx.transaction((inner) => inner.query('bad'))).rejects.toThrow('bad');
      await tx.query('b');
    });
    expect(flushes).toEqual([
      'begin; savepoint savepoint_1; savepoint savepoint_savepoint_11; a',
      'rollback to savepoint savepoint_1',
      'savepoint savepoint_2; bad',
      'rollback to savepoint savepoint_2',
      'b',
      'commit',
    ]);
  });

  it('is carried out before the statement it travels with, with parameters and without', async () => {
    const { rows } = await test.db.query<{ outside: string }>('select txid_current()::text as outside');
    const seen = await test.db.transaction(async (tx) => {
      const first = await tx.query<{ id: string }>('select txid_current()::text as id where $1', [true]);
      const second = await tx.transaction((inner) =>
        inner.query<{ id: string }>('select txid_current()::text as id'),
      );
      return [first.rows[0]?.id, second.rows[0]?.id];
    });
    expect(seen[0]).toBe(seen[1]);
    expect(seen[0]).not.toBe(rows[0]?.outside);
  });

  it('travels with a batch and what was deferred, as one', async () => {
    const { db, flushes } = noting();
    await db.transaction(async (tx) => {
      await tx.defer('a', []);
      const results = await tx.batch([
        { text: 'b', params: [] },
        { text: 'c', params: [] },
      ]);
      expect(results).toHaveLength(2);
    });
    await db.batch([{ text: 'd', params: [] }]);
    expect(flushes).toEqual(['begin; a; b; c', 'commit', 'd']);
  });
});
