/** The queries of operate.md, run over lines that functions have really written, find what they say that they find. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { as, good, platformSuite } from '../functions/testing/platform-suite.ts';
import { openPgDatabase } from '../shared/store/postgres/pg-database.ts';
import { databaseSuite } from '../shared/store/testing/database-suite.ts';

const platform = platformSuite();
const log = databaseSuite();
const pages = ['docs/operate.md', 'docs/operate.zh-CN.md'];

const logged = () =>
  platform.lines.flatMap((line) => {
    const [, json] = /^[\w-]+ \| (\{.*\})$/.exec(line) ?? [];
    return json === undefined ? [] : [json];
  });

/** By what they count, from the page: what is before the bar chooses lines, what is behind it is SQL without `from`. */
const queriesOf = (page: string) =>
  [...readFileSync(page, 'utf8').matchAll(/```sql\nSCF_Type:Custom \|\s+([^`]+)\n```/g)].map(
    ([, sql = '']) => sql,
  );

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const create = 'ChannelCreateMultiFlowSignQRCode';

beforeAll(async () => {
  // Something of each kind happens.
  const traceparent = `00-${trace}-00f067aa0ba902b7-01`;
  await platform.call(create, good, { traceparent });
  await platform.call(create, { ...good, TemplateId: 'force:OperationDenied.NoQuota' });
  platform.emulator.faults.add({ action: create, drop: 'after', count: 1 });
  await platform.call(create, good);
  await fetch(`${platform.url}/callback-handler`, { method: 'POST', body: '{"encrypt":""}' });
  await fetch(`${platform.url}/callback-handler`, { method: 'POST', body: '{}' });
  const tick = { Type: 'Timer', TriggerName: 'test', Time: '2026-01-01T00:00:00Z', Message: '' };
  for (const timer of ['renew-expired-codes', 'work-off-batches', 'deliver-events'])
    await platform.host.invoke(timer, tick);
  const headers = as(
    /qm_\S+/.exec(await platform.keys('create', '--name', 'n', '--role', 'viewer'))?.[0] ?? '',
  );
  const db = openPgDatabase(platform.databaseUrl);
  await platform.call('GetCallerIdentity', {}, headers);
  // One of the two is in the minute that is written here.
  for (let call = 0; call < 2; call += 1) {
    await db.query("update key_calls set calls = 5000, minute = date_trunc('minute', clock_timestamp())");
    await platform.call('GetCallerIdentity', {}, headers);
  }
  await db.close();

  await log.db.query(`
    create table cls (scf_type text, scf_message text);
    create function json_extract_scalar(text, text) returns text language sql as
      $$ select jsonb_path_query_first($1::jsonb, $2::jsonpath) #>> '{}' $$;
    create function collect(float8[], bigint, numeric) returns float8[] language sql as
      $$ select coalesce($1, array[$3::float8]) || $2::float8 $$;
    create function part(float8[]) returns float8 language sql as
      $$ select percentile_disc($1[1]) within group (order by v) from unnest($1[2:]) v $$;
    create aggregate approx_percentile(bigint, numeric) (sfunc = collect, stype = float8[], finalfunc = part)`);
  for (const json of logged()) await log.db.query("insert into cls values ('Custom', $1)", [json]);
});

async function run(sql: string): Promise<Record<string, unknown>[]> {
  return (await log.db.query(sql.replace(/\bWHERE\b/, 'FROM cls WHERE'))).rows;
}

describe('the queries of the log', () => {
  it('are the same in both languages', () => {
    const [english = [], chinese] = pages.map(queriesOf);
    expect(english.length).toBeGreaterThan(6);
    expect(chinese).toEqual(english);
  });

  it('read members that lines have, and the page names each of those', () => {
    const lines = logged().map((json) => JSON.parse(json) as Record<string, unknown>); // the log writes objects
    const known = new Set(lines.flatMap((line) => Object.keys(line)));
    const last = lines.filter(({ message }) => message === 'done' || message === 'failed');
    const always = new Set(last.flatMap((line) => Object.keys(line)));
    for (const page of pages) {
      const read = queriesOf(page).flatMap((sql) =>
        [...sql.matchAll(/'\$\.(\w+)'/g)].map(([, name = '']) => name),
      );
      expect(new Set(read).size).toBeGreaterThan(6);
      expect(read.filter((name) => !known.has(name))).toEqual([]);
      const text = readFileSync(page, 'utf8');
      expect(
        [...always].filter((name) => !new RegExp(`^\\|[^|]*\`${name}\`[^|]*\\|`, 'm').test(text)),
      ).toEqual([]);
    }
  });

  it('find what has happened', async () => {
    const [english = []] = pages.map(queriesOf);
    const found = await Promise.all(english.map(run));
    const rows = found.flat();
    expect(found.filter((result) => result.length === 0)).toEqual([]);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ fn: create, code: 'UnknownOutcome', errors: expect.anything() }),
        expect.objectContaining({ fn: create, p95: expect.any(Number), cold: expect.anything() }),
        expect.objectContaining({ code: 'OperationDenied.NoQuota', refusals: expect.anything() }),
        expect.objectContaining({ verdict: 'NoSignature', rejected: expect.anything() }),
        expect.objectContaining({
          key_id: expect.stringMatching(/^[\da-f]{12}$/),
          refused: expect.anything(),
        }),
        expect.objectContaining({ fn: 'deliver-events', runs: expect.anything() }),
      ]),
    );
    expect(rows.filter((row) => JSON.stringify(row).includes(trace)).length).toBeGreaterThan(0);
  });
});
