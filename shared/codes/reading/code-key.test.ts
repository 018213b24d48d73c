import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Failure } from '../../errors.ts';
import { externalIds } from '../../store/register/register-reads.ts';
import type { Scope } from '../../world.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { scopeOf } from '../testing/sample-code.ts';
import { requestOf } from '../testing/world.ts';
import { codeIds, codeKeyOf, findCodeKey, oneCode, oneCodeToChange } from './code-key.ts';

const { world } = codeSuite();

async function create(externalId: string, organization = 'org-a'): Promise<string> {
  world.passS(1);
  return (await world.create(requestOf(organization), { members: { externalId } })).code.codeId;
}

const find = (ExternalId: string, scope: Scope = null) =>
  findCodeKey(externalIds(world.db), { ExternalId }, scope);
const cancel = (codeId: string) =>
  world.db.query("update codes set state = 'Cancelled' where code_id = $1", [codeId]);

describe('a code named by its external id', () => {
  it('is the one that has it, among those that the caller may see', async () => {
    const [mine, foreign] = [await create('gate-3'), await create('gate-3', 'org-b')];
    expect(await find('gate-3', scopeOf('org-a'))).toEqual({ by: 'CodeId', value: mine });
    expect(await find('gate-3', scopeOf('org-b'))).toEqual({ by: 'CodeId', value: foreign });
    await expect(find('gate-3', scopeOf('org-c'))).rejects.toMatchObject({ code: 'NotFound' });
    await expect(find('gate-3', { appId: 'another', organizations: ['org-a'] })).rejects.toThrow(Failure);
    await expect(find('gate-4')).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('is the one that is not cancelled, or the newest where all are', async () => {
    const [first, second, third] = [await create('g'), await create('g'), await create('g')];
    await cancel(second);
    await cancel(third);
    expect(await find('g')).toMatchObject({ value: first });
    await cancel(first);
    expect(await find('g')).toMatchObject({ value: third });
  });

  it('is not chosen where several live, and both are named', async () => {
    const [first, second] = [await create('g'), await create('g')];
    const detail = { en: expect.stringMatching(new RegExp(`${second}, ${first}`)), zh: expect.any(String) };
    await expect(find('g')).rejects.toMatchObject({ code: 'StateConflict', detail });
  });

  it('is named by the other id where there is one: then the external id is a new value', async () => {
    const key = await findCodeKey(externalIds(world.db), { Slug: 's', ExternalId: 'new' }, null);
    expect(key).toEqual({ by: 'Slug', value: 's' });
  });
});

describe('a request about one code', () => {
  const request = z.strictObject({ ...codeIds, ExternalId: z.optional(z.nullable(z.string())) });
  const takes = (check: typeof oneCode, ids: object) => request.check(check).safeParse(ids).success;

  it.each([{ CodeId: 'a' }, { QrCodeId: 'a' }, { Slug: 'a'.repeat(64) }, { ExternalId: 'a' }])(
    'names it by one id: %j',
    (ids) => {
      expect(takes(oneCode, ids)).toBe(true);
      expect(takes(oneCodeToChange, ids)).toBe(true);
    },
  );

  it.each([
    {},
    { CodeId: 'a', Slug: 'a' },
    { CodeId: 'a', QrCodeId: 'a', Slug: 'a', ExternalId: 'a' },
    { CodeId: '' },
    { Slug: 'a'.repeat(65) },
  ])('is refused with %j', (ids) => {
    expect(takes(oneCode, ids)).toBe(false);
    expect(takes(oneCodeToChange, ids)).toBe(false);
  });

  it('may give a new external id where it changes the code, and take it away', () => {
    for (const ExternalId of ['new', null]) {
      expect(takes(oneCode, { Slug: 'a', ExternalId })).toBe(false);
      expect(takes(oneCodeToChange, { Slug: 'a', ExternalId })).toBe(true);
    }
    expect(takes(oneCodeToChange, { ExternalId: null })).toBe(false);
  });

  it('means the id that it gives', () => {
    expect(codeKeyOf({ CodeId: 'a' })).toEqual({ by: 'CodeId', value: 'a' });
    expect(codeKeyOf({ QrCodeId: 'b' })).toEqual({ by: 'QrCodeId', value: 'b' });
    expect(codeKeyOf({ Slug: 'c' })).toEqual({ by: 'Slug', value: 'c' });
  });
});
