import { beforeAll, describe, expect, it } from 'vitest';
import { modifySettings } from '../../codes/organization/modify-settings.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { organizationReads } from './organization-reads.ts';
import { settingsWrites } from './settings-writes.ts';

const test = databaseSuite();
const tenant = (organization: string) => ({ appId: 'app', organization });
const nowS = 1_800_000_000;
const surroundings = { nowMs: () => 1_800_000_000_000 };

const modify = (organization: string, version: number, displayName: string) =>
  modifySettings(
    { settings: settingsWrites(test.db), surroundings },
    { tenant: tenant(organization), version, changes: { displayName }, actor: 'key:a' },
  );
async function names(scope: readonly string[] | null, only?: string, after = '', limit = 100) {
  const page = { scope: scope && { appId: 'app', organizations: scope }, only, after, limit, nowS };
  return (await organizationReads(test.db).list('app', page)).map(({ organization }) => organization);
}

beforeAll(async () => {
  await test.db.query(
    `insert into organizations (app_id, organization, quota_state, since, reason, probe_failures)
     values ('app', 'blocked', 'blocked', now(), '{"code":"QuotaBlocked"}', 0), ('other', 'x', 'ok', now(), '{}', 0)`,
  );
  await modify('named', 0, '甲');
  await modify('blocked', 0, '乙');
});

describe('organisations', () => {
  it('are listed by name, those of the application alone, each once', async () => {
    expect(await names(null)).toEqual(['blocked', 'named']);
    expect(await names(null, undefined, 'blocked')).toEqual(['named']);
    expect(await names(null, undefined, '', 1)).toEqual(['blocked']);
    expect(await names(null, 'named')).toEqual(['named']);
    expect(await names(null, 'nobody')).toEqual([]);
  });

  it('of a key are its own, known or not, and no others', async () => {
    expect(await names(['new', 'named', 'new'])).toEqual(['named', 'new']);
    expect(await names(['new'], 'named')).toEqual([]);
    expect(await names(['new'], 'new')).toEqual(['new']);
  });

  it('have their settings and their quota', async () => {
    const page = { scope: null, only: 'blocked', after: '', limit: 1, nowS };
    expect(await organizationReads(test.db).list('app', page)).toMatchObject([
      { settings: { displayName: '乙', version: 1 }, quota: { quotaState: 'blocked' } },
    ]);
  });

  it('have the uses of all their codes by the day, and those since contracts were bought', async () => {
    await modifySettings(
      { settings: settingsWrites(test.db), surroundings },
      { tenant: tenant('used'), version: 0, changes: { contractsBought: 100 }, actor: 'key:a' },
    );
    await test.db.query(
      `insert into daily_uses (code_id, day, app_id, organization, uses)
       select 'c' || c, to_timestamp($1)::date - d, 'app', 'used', 1 from generate_series(1, 3) c, generate_series(0, 40) d`,
      [nowS],
    );
    const page = { scope: null, only: 'used', after: '', limit: 1, nowS };
    const [used] = await organizationReads(test.db).list('app', page);
    expect(used?.dailyUses).toHaveLength(28);
    expect(used?.dailyUses[0]).toEqual({ day: expect.stringMatching(/^20\d\d-\d\d-\d\d$/), uses: 3 });
    expect(used?.usesSinceBought).toBe(3);
  });

  it('are changed by who has seen the version, with an audit line that names members alone', async () => {
    expect(await modify('audited', 0, '丙')).toMatchObject({ version: 1, displayName: '丙' });
    await expect(modify('audited', 0, '丁')).rejects.toMatchObject({
      code: 'VersionConflict',
      members: { Version: 1 },
    });
    expect(await modify('audited', 1, '丁')).toMatchObject({ version: 2 });
    const { rows } = await test.db.query(
      "select actor, action, reason from audit where subject = 'audited' order by at",
    );
    const line = { actor: 'key:a', action: 'organization.modified', reason: 'displayName' };
    expect(rows).toEqual([line, line]);
  });

  it('that a first change did not reach have no settings', async () => {
    await expect(modify('untouched', 5, '戊')).rejects.toMatchObject({ code: 'VersionConflict' });
    expect(await names(null, 'untouched')).toEqual([]);
  });
});
