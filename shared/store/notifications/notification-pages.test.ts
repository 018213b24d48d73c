/** A page of notifications is read month by month, and says what one statement over all of them would. */

import * as fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { NotificationFilter } from '../../notifications/reading-ports.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { recordStatements } from '../testing/query-plans.ts';
import { notificationReads } from './notification-reads.ts';

const test = databaseSuite();

const appId = 'app';
const nowMs = Date.UTC(2026, 4, 20, 12);
const month = (ahead: number) => new Date(Date.UTC(2026, 4 + ahead));
/** Where lists are cut, the milliseconds beside it, and two times of the same hour. */
const edges = [-6, -3, -2, -1, 0, 1].flatMap((ahead) =>
  [-1, 0, 1, 1_200_000, 2_400_000].map((by) => month(ahead).getTime() + by),
);
const someTime = fc.oneof(
  fc.constantFrom(...edges),
  fc.integer({ min: month(-7).getTime(), max: month(2).getTime() }),
);

beforeAll(async () => {
  for (let ahead = -5; ahead < 3; ahead += 1) {
    const name = `messages_${month(ahead).toISOString().slice(0, 7).replace('-', '')}`;
    await test.db.query(
      `select case when to_regclass($1) is null then make_partition('messages', $1, $2::timestamptz, $3::timestamptz) end`,
      [name, month(ahead).toISOString(), month(ahead + 1).toISOString()],
    );
  }
  const times = [...edges, ...edges, ...fc.sample(someTime, { numRuns: 260, seed: 1 })];
  await test.db.query(
    `insert into messages (received_at, occurred_at, notification_id, msg_id, msg_type, outcome, app_id, organization, code_id, generation)
     select at, at, 'n' || n * 7919 % 1000, 'm' || n, case when n % 3 = 0 then 'C' else 'FlowStatusChange' end,
       case when n % 5 = 0 then 'kept' end, case when n % 11 <> 0 then $2 else 'other' end,
       case when n % 7 <> 0 then 'o' || n % 4 end, case when n % 7 <> 0 then 'c' || n % 9 end, n % 2
     from unnest($1::timestamptz[]) with ordinality given (at, n)`,
    [times.map((ms) => new Date(ms).toISOString()), appId],
  );
});

const seconds = someTime.map((ms) => Math.floor(ms / 1000));
const members = fc.record({
  codeId: fc.constantFrom('c1', 'c2'),
  generation: fc.constantFrom(0, 1),
  organization: fc.constantFrom('o1', 'o3', 'nobody'),
  msgType: fc.constantFrom('MultiFlowSignQrCodeCost', 'FlowStatusChange'),
  outcome: fc.constantFrom('applied', 'kept'),
  sinceS: seconds,
  untilS: seconds,
} satisfies Record<keyof NotificationFilter, unknown>);
const names = ['codeId', 'generation', 'organization', 'msgType', 'outcome', 'sinceS', 'untilS'] as const;
/** With more members it would let nothing through. */
const filters: fc.Arbitrary<NotificationFilter> = fc
  .tuple(members, fc.subarray([...names], { maxLength: 3 }))
  .map(([filter, given]) => Object.fromEntries(given.map((name) => [name, filter[name]])));
const organizations = fc.subarray(['o0', 'o1', 'o2', 'nobody']);
const pages = fc.record({
  scope: fc.option(organizations.map((own) => ({ appId, organizations: own }))),
  after: fc.option(fc.record({ atMs: someTime, id: fc.constantFrom('n1', 'n5', 'x') }), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 60 }),
});
type Page = typeof pages extends fc.Arbitrary<infer P> ? P : never;

/** The same in one plain statement. */
async function plainly(filter: NotificationFilter, { scope, after, limit }: Page): Promise<string[]> {
  const { rows } = await test.db.query<{ id: string }>(
    `select notification_id as id from messages
     where ($1::text is null or code_id = $1) and ($2::int is null or generation = $2)
       and ($3::text is null or organization = $3)
       and ($4::text is null or case msg_type when 'C' then 'MultiFlowSignQrCodeCost' else msg_type end = $4)
       and ($5::text is null or coalesce(outcome, 'applied') = $5)
       and ($6::float8 is null or received_at >= to_timestamp($6)) and ($7::float8 is null or received_at < to_timestamp($7))
       and ($8::text is null or app_id = $8 and organization = any($9::text[]))
       and ($10::timestamptz is null or (received_at, notification_id) < ($10, $11::text))
     order by received_at desc, notification_id desc limit $12`,
    [
      ...names.map((name) => filter[name] ?? null),
      ...[scope?.appId ?? null, scope?.organizations ?? null],
      ...[after ? new Date(after.atMs).toISOString() : null, after?.id ?? null, limit],
    ],
  );
  return rows.map(({ id }) => id);
}

it('a page is the same as by one statement, whatever the filter, the scope, the cursor and the time', async () => {
  await fc.assert(
    fc.asyncProperty(filters, pages, someTime, async (filter, page, at) => {
      const listed = await notificationReads(test.db, () => at).list(filter, page);
      expect(listed.map(({ notificationId }) => notificationId)).toEqual(await plainly(filter, page));
    }),
    { numRuns: 150 },
  );
});

it.each([
  ['of all', {}, null],
  ['of an organisation', {}, ['o1']],
  ['of several organisations', {}, ['o0', 'o1', 'o2']],
  ['of a code', { codeId: 'c1' }, null],
])('a page %s that the months of the last week fill asks nothing older', async (_name, filter, own) => {
  const { db, statements } = recordStatements(test.db);
  const scope = own && { appId, organizations: own };
  const list = (limit: number) =>
    notificationReads(db, () => nowMs).list(filter, { scope, after: undefined, limit });
  expect(await list(2)).toHaveLength(2);
  expect(statements).toHaveLength(1);
  const [{ text, params } = { text: '', params: [] }] = statements;
  const { rows } = await test.db.query(`explain (format json) ${text}`, params);
  const asked = new Set(JSON.stringify(rows).match(/messages_\w+?(?=")/g));
  const partitions = [...asked].filter((name) => /^messages_(\d{6}|default)$/.test(name)).sort();
  expect(partitions[0]).toBe('messages_202605');
  await list(400);
  expect(statements).toHaveLength(3);
});
