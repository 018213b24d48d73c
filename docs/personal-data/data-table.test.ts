/** Every column of every table is known to hold something of a person, or nothing: a new one fails until somebody has said so. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idempotencyLifetimeS } from '../../shared/store/access/idempotency-records.ts';
import { type TestDatabase, testDatabase } from '../../shared/store/testing/database.ts';
import { defaultRetention } from '../../shared/store/upkeep/retention.ts';
import { readText, tableCellsOf } from '../testing/read-markdown.ts';
import { personalData } from './data-table.ts';
import { impersonalColumns } from './impersonal-columns.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.dispose());

const personal = personalData.flatMap(({ columns }) => columns);
const impersonal = Object.entries(impersonalColumns).flatMap(([table, columns]) =>
  columns.split(' ').map((column) => `${table}.${column}`),
);
const said = [...personal, ...impersonal];

describe('the columns of the database', () => {
  it('are each said to be personal or not, once', async () => {
    const { rows } = await test.db.query<{ name: string }>(
      // A partition has the columns of its table.
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = current_schema() and not (select relispartition from pg_class where oid = table_name::regclass)`,
    );
    const there = rows.map(({ name }) => name);
    expect(there.length).toBeGreaterThan(200);
    expect(there.filter((name) => !said.includes(name))).toEqual([]);
    expect(said.filter((name) => !there.includes(name))).toEqual([]);
    expect(said.filter((name, index) => said.indexOf(name) < index)).toEqual([]);
  });

  it('whose names speak of texts and people are personal', () => {
    const telling = /name$|note$|label|contact|body|data$|text$|sealed$|ip$|operator|_key$|url$/;
    const innocent = ['idempotency_records.function_name', 'messages.body_sealed', 'schema_migrations.name'];
    expect(impersonal.filter((name) => telling.test(name) && !innocent.includes(name))).toEqual([]);
  });
});

describe.each(['docs/privacy.md', 'docs/privacy.zh-CN.md'])('%s', (path) => {
  const rows = tableCellsOf(readText(path));

  it('has the days by which is deleted', () => {
    for (const { columns, kept } of personalData) {
      if (!('days' in kept)) continue;
      const row = rows.find(([first = '']) => first.startsWith(`\`${columns[0]}\``));
      expect(row?.[4]).toMatch(new RegExp(`\\b${defaultRetention[kept.days] / 86_400}\\b`));
    }
  });

  it('has the hours for which answers are remembered', () => {
    const row = rows.find(([first = '']) => first.includes('idempotency_records.answer'));
    expect(row?.[4]).toContain(String(idempotencyLifetimeS / 3600));
  });
});
