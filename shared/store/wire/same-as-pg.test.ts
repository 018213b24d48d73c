/** The same rows for the same statements as `pg`, which others have written. */
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from '../postgres/database-url.ts';
import { startWire, type Wire } from '../testing/wire.ts';
import { openWireSession, type WireSession } from './wire-session.ts';

const timeoutMs = 60_000;

let wire: Wire;
let ours: WireSession;
let theirs: pg.Client;

beforeAll(async () => {
  wire = await startWire();
  ours = await openWireSession(parseDatabaseUrl(wire.url), timeoutMs);
  theirs = new pg.Client({ connectionString: wire.url });
  await theirs.connect();
});
afterAll(async () => {
  await ours.end();
  await theirs.end();
  await wire.dispose();
});

const statements: readonly [text: string, params: readonly unknown[]][] = [
  ['select 1 as a, null as b, true as c, false as d, -3::int2 as e, 7::oid as f', []],
  ["select 1.5::float8 as a, 'NaN'::float8 as b, '-Infinity'::float4 as c, 0.1::float4 as d", []],
  ['select 9007199254740993::bigint as a, 0.10::numeric as b, count(*) as c from (values (1)) x', []],
  [`select '{"a":[1,"签",null]}'::json as a, '{"b":{}}'::jsonb as b`, []],
  [
    "select array['a','b c',null,'',E'\\\\','\"','NULL'] as a, '{}'::text[] as b, '[2:3]={1,2}'::int[] as c",
    [],
  ],
  ['select array[[1,2],[3,4]] as a, array[true,null] as b, array[1.5::float8] as c', []],
  ['select array[\'{"a":1}\'::json] as a, array[gen_random_uuid()] is null as b', []],
  [
    'select $1::text as a, $2::int as b, $3::bool as c, $4::text[] as d',
    ['签', 12, true, ['x', null, '"\\']],
  ],
  ['select $1::text as a, $2::float8 as b, $3::bigint as c', [null, 1e-7, 12n]],
  ['select generate_series(1, 1000) as n', []],
  ["select repeat('签', 200000) as long", []],
  ['select', []],
  ['select 1 as a, 2 as a', []],
];

describe('a statement', () => {
  it.each(statements)('%s', async (text, params) => {
    const { rows, rowCount } = await theirs.query({ text, values: [...params] });
    const expected = { rows: rows.map((row) => ({ ...row })), rowCount };
    expect(await ours.send([{ text, params }], () => undefined, timeoutMs)).toEqual([expected]);
    const plan = { name: `kept_${text.length}`, isSent: false, columns: undefined };
    for (const _time of ['first', 'second'])
      expect(await ours.send([{ text, params, prepared: true }], () => plan, timeoutMs)).toEqual([expected]);
    if (params.length === 0) expect(await ours.sendText(text, timeoutMs)).toEqual([expected]);
  });

  it('of several in one text has an answer for each', async () => {
    const text =
      'create temp table t (n int); insert into t values (1), (2); ; select n from t; drop table t';
    const answers = await ours.sendText(text, timeoutMs);
    expect(answers).toEqual([
      { rows: [], rowCount: 0 },
      { rows: [], rowCount: 2 },
      { rows: [{ n: 1 }, { n: 2 }], rowCount: 2 },
      { rows: [], rowCount: 0 },
    ]);
  });

  it('is refused with the same words and the same SQLSTATE', async () => {
    for (const text of ['select 1/0', 'select from nothing', 'selekt', "select 'a'::int"]) {
      const theirError: unknown = await theirs.query(text).catch((error: unknown) => error);
      const refused = expect.objectContaining({
        code: Reflect.get(Object(theirError), 'code'),
        message: Reflect.get(Object(theirError), 'message'),
        severity: 'ERROR',
      });
      await expect(ours.send([{ text }], () => undefined, timeoutMs)).rejects.toEqual(refused);
      await expect(ours.sendText(text, timeoutMs)).rejects.toEqual(refused);
    }
  });
});
