import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWire, type Wire } from '../testing/wire.ts';
import { sqlState } from './database-errors.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { connectPg, type PgConnection } from './pg-connection.ts';

let wire: Wire;
let connection: PgConnection;

beforeAll(async () => {
  wire = await startWire();
  connection = await connectPg(parseDatabaseUrl(wire.url), {
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 10_000,
    lockTimeoutMs: 10_000,
    livenessTimeoutMs: 10_000,
    deadlineMs: () => Number.POSITIVE_INFINITY,
    nowMs: Date.now,
  });
  await connection.execute('create table marks (id int primary key)');
});
afterAll(async () => {
  await connection.execute('drop table marks');
  await connection.end();
  await wire.dispose();
});

const texts = (...statements: string[]) => statements.map((text) => ({ text }));
const insert = 'insert into marks values ($1) returning id';

async function ids(): Promise<unknown[]> {
  const { rows } = await connection.execute('select id from marks order by id');
  return rows.map((row) => Reflect.get(row, 'id'));
}

describe('statements that are sent together', () => {
  it.each([
    ['parameters', insert, [1]],
    ['none', 'insert into marks values (1) returning id', undefined],
    ['an empty list of them', 'insert into marks values (1) returning id', []],
  ])('are carried out in their order, and answered with the last: with %s', async (_, text, params) => {
    const answer = await connection.execute(text, params, {
      before: texts('begin', 'savepoint a', 'delete from marks'),
    });
    expect(answer).toEqual({ rows: [{ id: 1 }], rowCount: 1 });
    expect(await ids()).toEqual([1]);
    await connection.execute('rollback');
    expect(await ids()).toEqual([]);
  });

  it.each([
    ['parameters', insert, [2]],
    ['none', 'insert into marks values (2)', undefined],
  ])(
    'end with the first that fails: nothing runs outside of what could not be opened (%s)',
    async (_, text, params) => {
      // There is no transaction that could have a savepoint.
      const failing = connection.execute(text, params, { before: texts('savepoint a') });
      await expect(failing).rejects.toSatisfy((error) => sqlState(error) === '25P01');
      expect(await ids()).toEqual([]);
    },
  );

  it.each([
    ['parameters', insert, [3]],
    ['none', 'insert into marks values (3)', undefined],
  ])('leave the connection usable when the last fails (%s)', async (_, text, params) => {
    await connection.execute('insert into marks values (3)');
    const failing = connection.execute(text, params, { before: texts('begin', 'savepoint a') });
    await expect(failing).rejects.toSatisfy((error) => sqlState(error) === '23505');
    await connection.execute('rollback to savepoint a');
    await connection.execute('delete from marks');
    await connection.execute('commit');
    expect(await ids()).toEqual([]);
    expect(connection.isLost()).toBe(false);
  });

  it('may be longer than a segment of the network, and follow each other', async () => {
    const long = 'x'.repeat(300_000);
    const lengths = [];
    for (let time = 0; time < 3; time += 1) {
      const { rows } = await connection.execute('select length($1::text)::int as length', [long], {
        before: texts('begin'),
      });
      lengths.push(...rows);
      await connection.execute('commit');
    }
    expect(lengths).toEqual(Array(3).fill({ length: 300_000 }));
  });
});
