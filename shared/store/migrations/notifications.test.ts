import { expect, it } from 'vitest';
import { readCallbackRoute } from '../../codes/life/callback-url.ts';
import { testDatabase } from '../testing/database.ts';
import { createRegister } from '../testing/register.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

it('gives the codes that are there an address for notifications, and keeps what was counted and told', async () => {
  const { db, dispose } = await testDatabase({ migrated: false });
  await migrate(db, migrations.slice(0, 3));
  await db.query(
    `insert into codes (code_id, slug, app_id, organization, operator, template_id, flow_name, request, max_flow_num,
       life_s, labels, policy, state, reason, version, generation, generations_made, committed, held, renew_requested,
       failures, lease_token, search_text, search_grams, created_at, updated_at)
     select 'c' || n, 's' || n, 'app', 'org', 'operator', 'template', 'flow', '{}', 10, 60, '{}', '{"LeadTimeS":86400}', 'Active', '{}',
       1, 1, 1, 10, false, false, 0, 1, '', '{}', now(), now() from generate_series(1, 2) n;
     insert into generations (code_id, number, qr_code_id, urls, max_flow_num, used, state, created_at, expires_at)
       values ('c1', 1, 'q1', '{}', 10, 3, 'live', to_timestamp(1800000000), to_timestamp(1800864000));
     insert into organizations (app_id, organization, quota_state, since, reason, probe_failures)
       values ('app', 'org', 'blocked', to_timestamp(1800000000), '{"code":"QuotaBlocked"}', 0);
     insert into events (event_id, type, app_id, organization, data, occurred_at)
       values ('e1', 'organization.quota_blocked', 'app', 'org', '{}', now()),
         ('e2', 'organization.quota_restored', 'app', 'org', '{}', now()), ('e3', 'code.created', 'app', 'org', '{}', now())`,
  );
  expect(await migrate(db)).toMatchObject({ applied: migrations.length - 3 });

  const register = createRegister(db);
  const records = await Promise.all(
    ['c1', 'c2'].map((value) => register.find({ by: 'CodeId', value }, null)),
  );
  const tokens = records.map((record) => record?.code.callbackToken ?? '');
  expect(new Set(tokens).size).toBe(2);
  for (const token of tokens) expect(readCallbackRoute(`${token}.1`)).toEqual({ token, generation: 1 });
  expect(records[0]).toMatchObject({
    code: {
      current: { used: 3, costMessages: 3, certainContracts: 0, toldPercent: 0 },
      warnAtS: 1_800_777_600,
    },
    organization: { failedAtS: 1_800_000_000, provenAtS: null },
  });
  const { rows } = await db.query<{ type: string }>('select type from events order by event_id');
  expect(rows.map(({ type }) => type)).toEqual(['quota.exhausted', 'quota.restored', 'code.created']);
  await dispose();
});
