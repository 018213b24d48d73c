import { describe, expect, it } from 'vitest';
import { changedSettings, type OrganizationSettings, settingsProblems } from './settings.ts';

const nowS = 1_800_000_000;
const none: OrganizationSettings = {
  appId: 'app',
  organization: 'org',
  displayName: null,
  contactZh: null,
  contactEn: null,
  contractsBought: null,
  contractsBoughtAtS: null,
  version: 0,
  updatedAtS: nowS,
};
const some = changedSettings(none, { displayName: '甲', contractsBought: 10 }, nowS - 100);

describe('the settings of an organisation', () => {
  it('keep what a change leaves out, and lose what it sets to null', () => {
    expect(changedSettings(some, { contactZh: '王工 13' }, nowS)).toEqual({
      ...some,
      contactZh: '王工 13',
      version: 2,
      updatedAtS: nowS,
    });
    expect(changedSettings(some, { displayName: null }, nowS)).toMatchObject({ displayName: null });
  });

  it('count what was bought from the change on, unless a time is given', () => {
    expect(some).toMatchObject({ contractsBought: 10, contractsBoughtAtS: nowS - 100 });
    expect(changedSettings(some, { contractsBought: 5 }, nowS).contractsBoughtAtS).toBe(nowS);
    expect(changedSettings(some, { contractsBoughtAtS: 7 }, nowS).contractsBoughtAtS).toBe(7);
    expect(changedSettings(some, { contractsBought: null }, nowS).contractsBoughtAtS).toBeNull();
  });

  it.each([
    ['a name', { displayName: '甲'.repeat(100) }],
    ['a contact', { contactEn: 'gate office, ext. 12' }],
    ['what was bought when', { contractsBought: 5, contractsBoughtAtS: nowS }],
  ])('accept %s', (_, changes) => {
    expect(settingsProblems(none, changes, nowS)).toEqual([]);
  });

  it.each([
    ['a name that is too long', { displayName: '甲'.repeat(101) }, 'DisplayName'],
    ['a name of spaces', { displayName: '  ' }, 'DisplayName'],
    ['a contact of two lines', { contactZh: 'a\nb' }, 'ContactZh'],
    ['a contact that is too long', { contactEn: 'a'.repeat(201) }, 'ContactEn'],
    ['a time of nothing', { contractsBoughtAtS: nowS }, 'ContractsBoughtOn'],
    ['a time to come', { contractsBought: 5, contractsBoughtAtS: nowS + 1 }, 'ContractsBoughtOn'],
  ])('reject %s', (_, changes, path) => {
    expect(settingsProblems(none, changes, nowS).map((problem) => problem.path)).toEqual([path]);
  });
});
