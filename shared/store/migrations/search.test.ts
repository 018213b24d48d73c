import { expect, it } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { createRegister } from '../testing/register.ts';
import { migrations } from './index.ts';
import { migrate } from './migrate.ts';

it('has a search find the words on the poster and the labels of codes that are there', async () => {
  const { db, dispose } = await testDatabase({ migrated: false });
  await migrate(db, migrations.slice(0, 6));
  const rows = [
    ['c1', 'Ｇate 三号门', []],
    ['c2', null, ['Summer-Fair', 'x', '仓库']],
    ['c3', '门', []],
    ['c4', null, []],
  ] as const;
  for (const [id, name, labels] of rows) {
    await db.query(
      `insert into codes (code_id, slug, app_id, organization, operator, template_id, flow_name, qr_code_name, request,
         max_flow_num, life_s, labels, policy, state, reason, version, generation, generations_made, committed, held,
         renew_requested, failures, lease_token, search_text, search_grams, created_at, updated_at)
       values ($1, $1, 'app', 'org', 'operator', 'template', 'flow', $2, '{}', 10, 60, $3, '{}', 'Active', '{}',
         1, 0, 1, 10, false, false, 0, 1, 'flow', '{fl,lo,ow}', now(), now())`,
      [id, name, labels],
    );
  }
  await migrate(db);
  const register = createRegister(db);
  const found = async (text: string) =>
    (await register.list({ text }, { scope: null, after: undefined, limit: 9, generations: 1 }))
      .map(({ code }) => code.codeId)
      .sort();
  expect(await found('gate')).toEqual(['c1']);
  expect(await found('三号')).toEqual(['c1']);
  expect(await found('mer-f')).toEqual(['c2']);
  expect(await found('仓库')).toEqual(['c2']);
  expect(await found('flow')).toEqual(['c1', 'c2', 'c3', 'c4']);
  await dispose();
});
