import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import type { Scope } from '../../world.ts';
import { modifyCode } from '../life/modify-code.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { scopeOf } from '../testing/sample-code.ts';
import { createRequest, dayS, requestOf, startS } from '../testing/world.ts';
import { describeCode, type ListRequest, listCodes } from './describe-codes.ts';
import type { ListFilter } from './ports.ts';

const { world } = codeSuite();

const ports = () => ({ ...world.ports, publicBaseUrl: 'https://q.example' });

const describeOne = (codeId: string, scope: Scope = null) =>
  describeCode(ports(), { by: 'CodeId', value: codeId }, scope);

const list = (request: Partial<ListRequest> = {}) =>
  listCodes(ports(), { filter: {}, scope: null, ...request });

async function idsOf(filter: ListFilter, scope: Scope = null): Promise<string[]> {
  return (await list({ filter, scope })).Codes.map(({ CodeId }) => CodeId);
}

/** Codes a second apart, the oldest first. */
async function createSeries(count: number, organization = 'org-a'): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    ids.push((await world.create(requestOf(organization))).code.codeId);
    world.passS(1);
  }
  return ids;
}

describe('listCodes', () => {
  it('pages from new to old, each code once', async () => {
    const ids = await createSeries(7);
    const seen: string[] = [];
    let cursor: string | undefined;
    const sizes: number[] = [];
    do {
      const page = await list({ limit: 3, ...(cursor !== undefined && { cursor }) });
      seen.push(...page.Codes.map(({ CodeId }) => CodeId));
      sizes.push(page.Codes.length);
      cursor = page.NextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(ids.reverse());
    expect(sizes).toEqual([3, 3, 1]);
  });

  it('ends without an empty page when the last one is full', async () => {
    await createSeries(4);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.NextCursor ?? '' });
    expect(second.NextCursor).toBeNull();
  });

  it('is not disturbed by writes between pages', async () => {
    const ids = await createSeries(6);
    const first = await list({ limit: 3 });
    await createSeries(2);
    await modifyCode(world.ports, {
      key: { by: 'CodeId', value: ids[0] ?? '' },
      scope: null,
      version: 2,
      actor: 'key:test',
      operation: 'Pause',
    });
    const second = await list({ limit: 3, cursor: first.NextCursor ?? '' });
    expect(second.Codes.map(({ CodeId }) => CodeId)).toEqual([ids[2], ids[1], ids[0]]);
  });

  it('tells codes of one moment apart', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await world.create()).code.codeId));
    const seen: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list({ limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.Codes.map(({ CodeId }) => CodeId));
      cursor = page.NextCursor;
    }
    expect([...seen].sort()).toEqual(ids.sort());
  });

  it('shows each caller the codes of its organisations, newest first across them', async () => {
    const a1 = await createSeries(2, 'org-a');
    const b = await createSeries(2, 'org-b');
    const c = await createSeries(1, 'org-c');
    const a2 = await createSeries(1, 'org-a');
    expect(await idsOf({}, scopeOf('org-a', 'org-b', 'org-a'))).toEqual([...a1, ...b, ...a2].reverse());
    expect(await idsOf({}, scopeOf('org-c'))).toEqual(c);
    expect(await idsOf({ organization: 'org-b' }, scopeOf('org-a', 'org-b'))).toEqual([...b].reverse());
    expect(await idsOf({ organization: 'org-c' }, scopeOf('org-a', 'org-b'))).toEqual([]);
    expect(await idsOf({}, scopeOf())).toEqual([]);
    expect(await idsOf({}, { appId: 'another', organizations: ['org-a', 'org-b'] })).toEqual([]);
    expect(await idsOf({ organization: 'org-c' })).toEqual(c);
    const page = await list({ scope: scopeOf('org-a', 'org-b'), limit: 3 });
    const rest = await list({ scope: scopeOf('org-a', 'org-b'), limit: 3, cursor: page.NextCursor ?? '' });
    expect(rest.Codes.map(({ CodeId }) => CodeId)).toEqual([...a1].reverse());
  });

  it('filters by template, label, external id and end, alone and together', async () => {
    const one = (
      await world.create(createRequest({ TemplateId: 't-1' }), {
        members: { labels: ['spring', 'door'], externalId: 'x-1' },
      })
    ).code.codeId;
    world.passS(1);
    const two = (
      await world.create(createRequest({ TemplateId: 't-2', QrEffectiveDay: 30 }), {
        members: { labels: ['spring'], externalId: 'x-2' },
      })
    ).code.codeId;
    expect(await idsOf({ templateId: 't-1' })).toEqual([one]);
    expect(await idsOf({ label: 'spring' })).toEqual([two, one]);
    expect(await idsOf({ label: 'door' })).toEqual([one]);
    expect(await idsOf({ label: 'doo' })).toEqual([]);
    expect(await idsOf({ externalId: 'x-2' })).toEqual([two]);
    expect(await idsOf({ expiringBeforeS: startS + 10 * dayS })).toEqual([one]);
    expect(await idsOf({ label: 'spring', templateId: 't-2' }, scopeOf('org-a'))).toEqual([two]);
    expect(await idsOf({ label: 'door', templateId: 't-2' }, scopeOf('org-a', 'org-b'))).toEqual([]);
  });

  it('finds a part of the flow name, the note or the external id, in any case and width', async () => {
    const chinese = (await world.create(createRequest({ FlowName: '杭州店员工入职合同' }))).code.codeId;
    world.passS(1);
    const english = (
      await world.create(createRequest({ FlowName: 'Waiver' }), {
        members: { note: 'By the Front Door, 50% off', externalId: 'SHOP_7' },
      })
    ).code.codeId;
    expect(await idsOf({ text: '入职' })).toEqual([chinese]);
    expect(await idsOf({ text: '员工入' })).toEqual([chinese]);
    expect(await idsOf({ text: '职入' })).toEqual([]);
    expect(await idsOf({ text: 'front door' })).toEqual([english]);
    expect(await idsOf({ text: 'ｓｈｏｐ' })).toEqual([english]);
    expect(await idsOf({ text: '0% o' })).toEqual([english]);
    expect(await idsOf({ text: 'p_7' })).toEqual([english]);
    expect(await idsOf({ text: '%%' })).toEqual([]);
    await expect(idsOf({ text: '入' })).rejects.toMatchObject({ problems: [{ path: 'Text' }] });
  });

  it('finds the words on the poster, and labels, also when they were changed', async () => {
    const named = await world.createId(createRequest({ QrCodeName: '三号门 Gate' }));
    const labelled = await world.createId(createRequest(), { members: { labels: ['Summer-Fair', '仓库'] } });
    expect(await idsOf({ text: '三号' })).toEqual([named]);
    expect(await idsOf({ text: 'gate' })).toEqual([named]);
    expect(await idsOf({ text: 'mer-f' })).toEqual([labelled]);
    const { version } = (await world.record(labelled)).code;
    const key = { by: 'CodeId', value: labelled } as const;
    const command = { key, scope: null, version, actor: 'key:test' };
    await modifyCode(world.ports, { ...command, members: { labels: ['Winter'] } });
    expect(await idsOf({ text: 'mer-f' })).toEqual([]);
    expect(await idsOf({ text: 'winter' })).toEqual([labelled]);
  });

  it.each(['a\nb', '中\n国', 'e\u0301', '\u2028', 'ab\ncd'])(
    'refuses a text that the index has no pairs for: %j',
    async (text) => {
      await world.createId();
      await expect(idsOf({ text })).rejects.toMatchObject({ problems: [{ path: 'Text' }] });
      const page = { scope: null, after: undefined, limit: 9, generations: 1 };
      expect(await world.register.list({ text }, page)).toEqual([]);
    },
  );

  it('filters by the state that people see', async () => {
    const [paused = ''] = await createSeries(1);
    const [active = ''] = await createSeries(1);
    const [blocked = ''] = await createSeries(1, 'org-b');
    const key = { by: 'CodeId', value: paused } as const;
    await modifyCode(world.ports, { key, scope: null, version: 2, actor: 'a', operation: 'Pause' });
    world.fake.withoutQuota.add('org-b');
    await world.create(requestOf('org-b')).catch(() => undefined);
    expect(await idsOf({ state: 'Active' })).toEqual([active]);
    expect(await idsOf({ state: 'Paused' })).toEqual([paused]);
    expect(await idsOf({ state: 'QuotaBlocked' })).toEqual([blocked]);
    expect(await idsOf({ state: 'QuotaBlocked' }, scopeOf('org-a'))).toEqual([]);
    expect(await idsOf({ state: 'QuotaBlocked' }, scopeOf('org-a', 'org-b'))).toEqual([blocked]);
    expect(await idsOf({ state: 'Failed' })).toEqual([]);
    for (const { CodeId, State } of (await list()).Codes) {
      expect(State).toBe({ [paused]: 'Paused', [active]: 'Active', [blocked]: 'QuotaBlocked' }[CodeId]);
    }
  });

  it('shows the newest generations of each code alone', async () => {
    const { code } = await world.create(createRequest(), { policy: { LifeS: dayS } });
    for (let run = 0; run < 30; run++) {
      world.passS(dayS / 2);
      await world.tick();
    }
    const [listed] = (await list()).Codes;
    const { Generations } = await describeOne(code.codeId);
    expect(Generations.length).toBeGreaterThan(6);
    expect(listed?.Generations).toEqual(Generations.slice(0, 5));
  });

  it.each([
    '',
    'nonsense',
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from('["a","b","c"]').toString('base64url'),
  ])('refuses %j as a cursor', async (cursor) => {
    await expect(list({ cursor })).rejects.toMatchObject({ problems: [{ path: 'Cursor' }] });
  });

  it('refuses a cursor under other filters', async () => {
    await createSeries(3);
    const { NextCursor } = await list({ limit: 1 });
    const moved = list({ limit: 1, cursor: NextCursor ?? '', filter: { label: 'a' } });
    await expect(moved).rejects.toBeInstanceOf(Failure);
  });
});
