/** A page of the audit trail is read from the newest months first, and says what one statement over all of them would. */

import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { databaseSuite } from '../testing/database-suite.ts';
import { makePastPartitions } from '../testing/past-partitions.ts';
import { recordStatements } from '../testing/query-plans.ts';
import { type AuditFilter, auditReads } from './audit.ts';

const test = databaseSuite();

const month = (ahead: number) => {
  const now = new Date();
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead);
};
/** Where lists are cut, and the milliseconds beside it. */
const edges = [-6, -3, -2, -1, 0].flatMap((ahead) => [-1, 0, 1].map((by) => month(ahead) + by));
const someTime = fc.oneof(fc.constantFrom(...edges), fc.integer({ min: month(-8), max: month(1) }));

beforeAll(async () => {
  await makePastPartitions(test.db, 'audit', 'month', 6);
  const times = [...edges, ...edges, ...fc.sample(someTime, { numRuns: 260, seed: 1 })];
  await test.db.query(
    `insert into audit (at, audit_id, actor, action, subject, reason)
     select at, 'a' || n * 7919 % 1000, 'key:' || n % 3, 'x' || n % 4, 's' || n % 9, ''
     from unnest($1::timestamptz[]) with ordinality given (at, n)`,
    [times.map((ms) => new Date(ms).toISOString())],
  );
});

const names = ['actor', 'action', 'subject', 'sinceS', 'untilS'] as const;
const seconds = someTime.map((ms) => Math.floor(ms / 1000));
const members = fc.record({
  actor: fc.constantFrom('key:1', 'nobody'),
  action: fc.constantFrom('x1', 'x2'),
  subject: fc.constantFrom('s1', 's2'),
  sinceS: seconds,
  untilS: seconds,
} satisfies Record<keyof AuditFilter, unknown>);
const filters: fc.Arbitrary<AuditFilter> = fc
  .tuple(members, fc.subarray([...names], { maxLength: 3 }))
  .map(([filter, given]) => Object.fromEntries(given.map((name) => [name, filter[name]])));
const pages = fc.record({
  after: fc.option(fc.record({ atMs: someTime, id: fc.constantFrom('a1', 'a5', 'x') }), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 60 }),
});
type Page = typeof pages extends fc.Arbitrary<infer P> ? P : never;

/** The same in one plain statement. */
async function plainly(filter: AuditFilter, { after, limit }: Page): Promise<string[]> {
  const { rows } = await test.db.query<{ id: string }>(
    `select audit_id as id from audit
     where ($1::text is null or actor = $1) and ($2::text is null or action = $2) and ($3::text is null or subject = $3)
       and ($4::float8 is null or at >= to_timestamp($4)) and ($5::float8 is null or at < to_timestamp($5))
       and ($6::timestamptz is null or (at, audit_id) < ($6, $7::text))
     order by at desc, audit_id desc limit $8`,
    [
      ...names.map((name) => filter[name] ?? null),
      ...[after ? new Date(after.atMs).toISOString() : null, after?.id ?? null, limit],
    ],
  );
  return rows.map(({ id }) => id);
}

it('a page is the same as by one statement, whatever the filter, the cursor and the time', async () => {
  await fc.assert(
    fc.asyncProperty(filters, pages, someTime, async (filter, page, at) => {
      const listed = await auditReads(test.db, () => at).list(filter, page);
      expect(listed.map(({ auditId }) => auditId)).toEqual(await plainly(filter, page));
    }),
    { numRuns: 150 },
  );
});

it.each([
  ['of all', {}],
  ['of an actor', { actor: 'key:1' }],
])('a page %s that the months of the last week fill asks nothing older', async (_name, filter) => {
  const { db, statements } = recordStatements(test.db);
  const midMonth = month(-1) + 19 * 86_400_000;
  const list = (limit: number) => auditReads(db, () => midMonth).list(filter, { after: undefined, limit });
  expect(await list(2)).toHaveLength(2);
  expect(statements).toHaveLength(1);
  const [{ text, params } = { text: '', params: [] }] = statements;
  const { rows } = await test.db.query(`explain (format json) ${text}`, params);
  const asked = new Set(JSON.stringify(rows).match(/audit_(\d{6}|default)(?=")/g));
  const oldest = `audit_${new Date(midMonth).toISOString().slice(0, 7).replace('-', '')}`;
  expect([...asked].sort()[0]).toBe(oldest);
  await list(400);
  expect(statements).toHaveLength(3);
});

it('a page of what was done to one thing takes one statement, however far back it goes', async () => {
  const { db, statements } = recordStatements(test.db);
  const listed = await auditReads(db, Date.now).list({ subject: 's1' }, { after: undefined, limit: 400 });
  expect(listed.length).toBeLessThan(400);
  expect(statements).toHaveLength(1);
});
