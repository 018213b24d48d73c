import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { type Check, fail, ok, skipped, warn } from './check.ts';
import { checks } from './checks.ts';
import { createExamination, production } from './examination.ts';
import { runChecks } from './run-checks.ts';

const text = { en: 'text', zh: '文字' };
const check = (id: string, needs: string[], run: Check['run']): Check => ({ id, needs, variables: [], run });
const made = async (list: Check[], env = {}, skip: string[] = []) => {
  const given = {
    agent: null,
    template: null,
    stage: null,
    info: null,
    urls: new Map(),
    skip: new Set<string>(),
    json: false,
  };
  const surroundings = { ...production, readOptional: async () => '' };
  const examination = createExamination(env, { ...given, language: 'en' }, [], surroundings);
  return runChecks(list, examination, new Set(skip));
};

describe('runChecks', () => {
  it('makes each check whatever became of those that it does not need', async () => {
    const items = await made([
      check('a', [], async () => fail(text, text)),
      check('b', [], async () => ok(text)),
    ]);
    expect(items.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['a', 'fail'],
      ['b', 'ok'],
    ]);
  });

  it('goes on after ok and warn, and skips after fail and skipped, saying why', async () => {
    const items = await made([
      check('fine', [], async () => warn(text, text)),
      check('broken', ['fine'], async () => fail(text, text)),
      check('after-broken', ['fine', 'broken'], async () => ok(text)),
      check('unsaid', ['fine'], async () => skipped(text)),
      check('after-unsaid', ['unsaid'], async () => ok(text)),
    ]);
    expect(items.map(({ outcome }) => outcome)).toEqual(['warn', 'fail', 'skipped', 'skipped', 'skipped']);
    expect(items[2]?.text.en).toBe('Depends on the check broken');
    expect(items[4]?.text.zh).toBe('取决于检查项 unsaid');
  });

  it('skips what is left out, and what rests on it', async () => {
    const list = [check('a', [], async () => ok(text)), check('b', ['a'], async () => ok(text))];
    expect(await made(list, {}, ['a'])).toMatchObject([
      { outcome: 'skipped', text: { en: 'Left out by --skip' } },
      { outcome: 'skipped', text: { en: 'Depends on the check a' } },
    ]);
  });

  it('skips what reads a variable that cannot be used, and names it', async () => {
    const needy = {
      ...check('a', [], async () => ok(text)),
      variables: ['DATABASE_URL', 'ESS_APP_ID'] as const,
    };
    expect(await made([needy])).toMatchObject([
      { outcome: 'skipped', text: { en: 'Needs DATABASE_URL, ESS_APP_ID' } },
    ]);
    const env = { DATABASE_URL: 'postgres://h/d', ESS_APP_ID: 'a' };
    expect(await made([needy], env)).toMatchObject([{ outcome: 'ok' }]);
  });

  it('makes a failure of what a check did not foresee', async () => {
    const [item] = await made([
      check('a', [], async () => {
        throw new Failure('InternalFailure', { detail: 'a table is missing', cause: new Error('42P01') });
      }),
    ]);
    expect(item).toMatchObject({
      outcome: 'fail',
      text: { en: 'The check itself failed: a table is missing (42P01)' },
    });
  });
});

describe('the list of checks', () => {
  it('names each once, and has what a check needs before it', () => {
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [index, { needs }] of checks.entries()) {
      expect(ids.slice(0, index)).toEqual(expect.arrayContaining([...needs]));
    }
  });
});
