import { beforeAll, describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { untranslated } from '../../text.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import type { Connection } from './connection-source.ts';
import { refusedStatement } from './database-errors.ts';
import { createQueuedDatabase } from './queued-database.ts';

const test = databaseSuite();

beforeAll(async () => {
  await test.db.query('create table notes (id int primary key, text text not null)');
});

async function ids(): Promise<number[]> {
  const { rows } = await test.db.query<{ id: number }>('select id from notes order by id');
  return rows.map(({ id }) => id);
}

const insert = 'insert into notes (id, text) values ($1, $2)';

describe('a query', () => {
  it('answers alike on both engines: bigint and numeric as text, counts as rowCount, JSON as objects', async () => {
    const { rows, rowCount } = await test.db.query(
      `select 9007199254740993::bigint as big, 1.50::numeric as exact, 2::int as small, $1::jsonb as json,
         $2::text[] as list, null::text as nothing, true as yes`,
      [JSON.stringify({ a: [1] }), ['甲', 'b"c']],
    );
    expect(rowCount).toBe(1);
    expect(rows).toEqual([
      {
        big: '9007199254740993',
        exact: '1.50',
        small: 2,
        json: { a: [1] },
        list: ['甲', 'b"c'],
        nothing: null,
        yes: true,
      },
    ]);
  });

  it('counts changed rows where none are returned', async () => {
    await test.db.query("insert into notes values (1, 'a'), (2, 'b')");
    expect(await test.db.query('update notes set text = $1', ['c'])).toEqual({ rows: [], rowCount: 2 });
    expect((await test.db.query('delete from notes returning id')).rowCount).toBe(2);
  });

  it('runs several statements without parameters and answers with the last', async () => {
    expect((await test.db.query('select 1 as a; select 2 as a')).rows).toEqual([{ a: 2 }]);
    expect(await test.db.query('')).toEqual({ rows: [], rowCount: 0 });
  });
});

describe('a transaction', () => {
  it('keeps everything when its work resolves, nothing when it rejects', async () => {
    const kept = await test.db.transaction(async (tx) => {
      await tx.query(insert, [10, 'kept']);
      return 'result';
    });
    const lost = test.db.transaction(async (tx) => {
      await tx.query(insert, [11, 'lost']);
      throw new Failure('StateConflict', { detail: untranslated('on second thoughts') });
    });
    await expect(lost).rejects.toThrow('on second thoughts');
    expect(kept).toBe('result');
    expect(await ids()).toEqual([10]);
  });

  it('lets nothing else of the instance in between', async () => {
    const order: string[] = [];
    const slow = test.db.transaction(async (tx) => {
      await tx.query('select 1');
      order.push('first statement');
      await tx.query('select 2');
      order.push('second statement');
    });
    const other = test.db.query('select 3').then(() => order.push('other'));
    await Promise.all([slow, other]);
    expect(order).toEqual(['first statement', 'second statement', 'other']);
  });

  it('rolls back to a savepoint when an inner one fails and is caught', async () => {
    await test.db.transaction(async (tx) => {
      await tx.query(insert, [20, 'outer']);
      const inner = tx.transaction(async (nested) => {
        await nested.query(insert, [21, 'inner']);
        await nested.query(insert, [20, 'again']);
      });
      await expect(inner).rejects.toMatchObject({ code: 'InternalFailure' });
      await tx.transaction(async (nested) => {
        await nested.query(insert, [22, 'inner']);
        await nested.transaction((deepest) => deepest.query(insert, [23, 'innermost']));
      });
    });
    expect(await ids()).toEqual([10, 20, 22, 23]);
  });

  it('rejects when a statement failed and its work went on as if nothing had happened', async () => {
    const swallowed = test.db.transaction(async (tx) => {
      await tx.query(insert, [30, 'first']);
      await tx.query(insert, [30, 'again']).catch(() => undefined);
      return 'all is well';
    });
    await expect(swallowed).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(await ids()).not.toContain(30);
  });

  it('refuses statements after its end and cannot be closed', async () => {
    const tx = await test.db.transaction(async (inside) => {
      await expect(inside.close()).rejects.toThrow('cannot be closed');
      return inside;
    });
    await expect(tx.query('select 1')).rejects.toThrow('has ended');
    await expect(tx.transaction(async () => 1)).rejects.toThrow('has ended');
  });

  it('reports a constraint that is only checked at the commit', async () => {
    await test.db.query('create table later (id int unique deferrable initially deferred)');
    const twice = test.db.transaction((tx) => tx.query('insert into later values (1), (1)'));
    await expect(twice).rejects.toMatchObject({ code: 'InternalFailure' });
    expect((await test.db.query('select id from later')).rows).toEqual([]);
  });
});

describe('work that the server rolls back for the sake of others', () => {
  function serverThatRefuses(times: number, code: string) {
    const sent: string[] = [];
    const connection: Connection = {
      executeAll: () => Promise.reject(new Error('not asked for')),
      async execute(text) {
        sent.push(text);
        const refusal = refusedStatement(
          Object.assign(new Error('deadlock detected'), { severity: 'ERROR', code }),
        );
        if (sent.filter((other) => other === text).length <= times && text.startsWith('update')) {
          throw refusal?.failure;
        }
        return { rows: [], rowCount: 1 };
      },
    };
    const discarded: Connection[] = [];
    const db = createQueuedDatabase({
      ready: async () => connection,
      discard: (lost) => discarded.push(lost),
      pause: async () => false,
      close: async () => undefined,
    });
    return { db, sent };
  }

  it.each(['40P01', '40001'])('is repeated when it is a single statement (%s)', async (code) => {
    const { db, sent } = serverThatRefuses(2, code);
    await expect(db.query('update x')).resolves.toEqual({ rows: [], rowCount: 1 });
    expect(sent).toEqual(['update x', 'update x', 'update x']);
  });

  it('is given up after four tries', async () => {
    const { db, sent } = serverThatRefuses(100, '40P01');
    await expect(db.query('update x')).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(sent).toHaveLength(4);
  });

  it('is not repeated for another reason', async () => {
    const { db, sent } = serverThatRefuses(1, '23505');
    await expect(db.query('update x')).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(sent).toHaveLength(1);
  });

  it('is not repeated inside a transaction, whose work may have done more than SQL', async () => {
    const { db, sent } = serverThatRefuses(1, '40P01');
    await expect(db.transaction((tx) => tx.query('update x'))).rejects.toMatchObject({
      code: 'InternalFailure',
    });
    expect(sent).toEqual(['update x', 'rollback']);
  });
});

describe('a connection that breaks', () => {
  it('is dropped when the rollback fails, and the first error is the one that is told', async () => {
    const discarded: Connection[] = [];
    const connection: Connection = {
      executeAll: () => Promise.reject(new Error('not asked for')),
      async execute(text) {
        if (text !== 'select') throw new Failure('DatabaseUnavailable', { detail: `${text} got no answer` });
        return { rows: [], rowCount: 0 };
      },
    };
    const db = createQueuedDatabase({
      ready: async () => connection,
      discard: (lost) => discarded.push(lost),
      pause: async () => false,
      close: async () => undefined,
    });
    await expect(db.transaction((tx) => tx.query('insert'))).rejects.toThrow('insert got no answer');
    expect(discarded).toEqual([connection]);
    await expect(db.transaction((tx) => tx.query('select'))).rejects.toThrow('commit got no answer');
    expect(discarded).toHaveLength(2);
  });
});

describe('a batch', () => {
  it('answers each of its statements, which see what those before have done', async () => {
    const [inserted, { rows }] = await test.db.transaction((tx) =>
      tx.batch<[object, { id: number }]>([
        { text: insert, params: [70, 'first'] },
        { text: 'select id from notes where id = $1', params: [70] },
      ]),
    );
    expect(inserted.rowCount).toBe(1);
    expect(rows).toEqual([{ id: 70 }]);
  });

  it('ends with the first statement that fails, and with it the transaction', async () => {
    const failing = test.db.transaction((tx) =>
      tx.batch([
        { text: insert, params: [71, 'first'] },
        { text: insert, params: [71, 'again'] },
        { text: insert, params: [72, 'never'] },
      ]),
    );
    await expect(failing).rejects.toMatchObject({ code: 'InternalFailure' });
    expect(await ids()).not.toContain(71);
    expect(await ids()).not.toContain(72);
  });
});
