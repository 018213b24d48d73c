import { describe, expect, it } from 'vitest';
import { linkReads } from '../../store/register/link-reads.ts';
import { recordStatements } from '../../store/testing/query-plans.ts';
import type { Code } from '../code.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { following } from '../testing/following.ts';
import { createRequest, dayS } from '../testing/world.ts';
import { type FollowPorts, followLink, lookAtLink } from './follow-link.ts';

const suite = codeSuite();
const { test, world } = suite;
const { create, follow, modify, ports, use } = following(suite);

/** The link of a QR code, as upstream gives it. */
const to = (qrCodeId: string | undefined) => ({ kind: 'leads', link: `https://example.test/${qrCodeId}` });

const newest = async ({ codeId }: Code) => (await world.record(codeId)).code.current;

/** A scan fails for lack of quota, and upstream says so. */
const scanInVain = ({ current }: Code) =>
  world.receiver.notify('CreateFlowByQrCode', {
    QrCodeId: current?.qrCodeId,
    OccurTime: world.clock.ms / 1000,
  });

describe('a stable link', () => {
  it('leads to the current generation after one statement', async () => {
    const code = await create();
    const { db, statements } = recordStatements(test.db);
    expect(await follow(code, { register: linkReads(db) })).toEqual(to(code.current?.qrCodeId));
    expect(statements).toHaveLength(1);
    expect(world.fake.calls).toHaveLength(1);
  });

  it('that nobody made leads nowhere', async () => {
    expect(await followLink(ports(), 'nobodyMadeIt', world.clock.ms + 9_000)).toEqual({ kind: 'unknown' });
  });

  it('that is only looked at answers what holds, and makes no successor that is due', async () => {
    const code = await create();
    const look = async () => lookAtLink(ports(), code.slug);
    expect(await look()).toEqual(to(code.current?.qrCodeId));
    await use(code, 10);
    const { db, statements } = recordStatements(test.db);
    expect(await lookAtLink(ports({ register: linkReads(db) }), code.slug)).toMatchObject({
      kind: 'later',
      state: 'Exhausted',
    });
    expect(statements).toHaveLength(1);
    expect(world.fake.calls).toHaveLength(1);
    expect((await world.record(code.codeId)).generations).toHaveLength(1);
    expect(await lookAtLink(ports(), 'nobodyMadeIt')).toEqual({ kind: 'unknown' });
    // Who follows it finds the successor made.
    expect(await follow(code)).toMatchObject({ kind: 'leads' });
    expect(world.fake.calls).toHaveLength(2);
  });

  it.each<[string, (code: Code) => Promise<unknown>]>([
    ['used up to the threshold', (code) => use(code, 9)],
    ['used up', (code) => use(code, 10)],
    ['dead', async () => world.passS(8 * dayS)],
    ['about to end', async () => world.passS(6 * dayS)],
  ])('of a code that is %s makes the successor and leads to it', async (_, happens) => {
    const code = await create();
    await happens(code);
    const followed = await follow(code);
    const current = await newest(code);
    expect(current).toMatchObject({ number: 2, state: 'live' });
    expect(followed).toEqual(to(current?.qrCodeId));
    expect(await world.audits('code.renewed')).toEqual(['stable-link']);
    expect(await world.tick()).toMatchObject({ renewed: 0 });
  });

  it('makes one successor, however many follow it at once; all are led to it', async () => {
    const code = await create();
    await use(code, 10);
    const connections = await Promise.all(Array.from({ length: 8 }, () => test.connect()));
    // They wait for real: each has its own connection to the database.
    const { sleep: _, ...surroundings } = world.ports.surroundings;
    const followed = await Promise.all(
      connections.map((db) => follow(code, { register: linkReads(db), surroundings })),
    );
    const current = await newest(code);
    expect(current?.number).toBe(2);
    expect(followed).toEqual(connections.map(() => to(current?.qrCodeId)));
    expect(world.fake.calls).toHaveLength(2);
  });

  it('waits for a successor that another is making, and no longer than two seconds', async () => {
    const code = await create();
    await use(code, 10);
    const beforeMs = world.clock.ms;
    let second: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      second = await follow(code);
    };
    expect(await follow(code)).toEqual(to((await newest(code))?.qrCodeId));
    expect(second).toMatchObject({ kind: 'later', state: 'Exhausted' });
    expect(world.clock.ms - beforeMs).toBeGreaterThan(1_500);
    expect(world.clock.ms - beforeMs).toBeLessThanOrEqual(2_000);
  });

  it('waits as well where a few contracts are left, and then leads to them', async () => {
    const code = await create();
    await use(code, 9);
    const beforeMs = world.clock.ms;
    let second: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      second = await follow(code);
    };
    await follow(code);
    expect(second).toEqual(to(code.current?.qrCodeId));
    expect(world.clock.ms - beforeMs).toBeGreaterThan(1_500);
  });

  it('does not wait where only time runs out: there is enough for all', async () => {
    const code = await create();
    world.passS(6 * dayS);
    const beforeMs = world.clock.ms;
    let second: unknown;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      second = await follow(code);
    };
    expect(await follow(code)).not.toEqual(second);
    expect(second).toEqual(to(code.current?.qrCodeId));
    expect(world.clock.ms).toBe(beforeMs);
  });

  it('waits no longer than it takes to fail', async () => {
    const code = await create();
    await use(code, 10);
    const beforeMs = world.clock.ms;
    const register = linkReads(test.db);
    const claimIfDue: typeof register.claimIfDue = async (...asked) => {
      // Another is at it, and fails.
      const claim = await register.claimIfDue(...asked);
      world.fake.faults.push('unreachable');
      if (claim) await ports().renew(claim, { callMs: beforeMs + 6_000, endMs: beforeMs + 9_000 });
      return undefined;
    };
    expect(await follow(code, { register: { ...register, claimIfDue } })).toMatchObject({ kind: 'later' });
    expect(world.clock.ms - beforeMs).toBeLessThanOrEqual(100);
  });

  it('leaves the successor to the timer when there is no time for it', async () => {
    const code = await create();
    await use(code, 9);
    const followed = await followLink(ports(), code.slug, world.clock.ms + 3_000);
    expect(followed).toEqual(to(code.current?.qrCodeId));
    expect(world.fake.calls).toHaveLength(1);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
  });

  it('gives the call six seconds, and what is left for writing down', async () => {
    const code = await create();
    await use(code, 10);
    const given: unknown[] = [];
    const renew: FollowPorts['renew'] = async (_claim, deadlines) => void given.push(deadlines);
    const nowMs = world.clock.ms;
    await followLink(ports({ renew }), code.slug, nowMs + 60_000);
    await world.leasesRunOut();
    await followLink(ports({ renew }), code.slug, nowMs + 5_000);
    expect(given).toEqual([
      { callMs: nowMs + 6_000, endMs: nowMs + 60_000 },
      { callMs: nowMs + 3_000, endMs: nowMs + 5_000 },
    ]);
  });

  it('asks upstream once, and not again before the pause after a failure is over', async () => {
    const code = await create();
    await use(code, 10);
    world.fake.faults.push('unreachable', 'unreachable');
    for (let scans = 0; scans < 5; scans++) {
      expect(await follow(code)).toMatchObject({ kind: 'later', state: 'Exhausted' });
    }
    expect(world.fake.faults).toHaveLength(1);
  });

  it('spares an organisation without quota the question, and says so', async () => {
    const code = await create();
    await use(code, 9);
    world.fake.withoutQuota.add('org-a');
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'QuotaBlocked' });
    expect(world.fake.calls).toHaveLength(2);
    world.passS(8 * dayS);
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'QuotaBlocked' });
    expect(world.fake.calls).toHaveLength(2);
  });
});

describe('while a scan would fail for lack of quota', () => {
  it('a link leads on to what can be scanned no sooner than a minute after the last failure', async () => {
    const code = await create();
    await scanInVain(code);
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'QuotaBlocked' });
    world.passS(59);
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'QuotaBlocked' });
    world.passS(1);
    expect(await follow(code)).toEqual(to(code.current?.qrCodeId));
  });

  it('the failure of the one who was led on turns the others away again', async () => {
    const code = await create();
    await scanInVain(code);
    world.passS(60);
    expect(await follow(code)).toMatchObject({ kind: 'leads' });
    await scanInVain(code);
    expect(await follow(code)).toMatchObject({ kind: 'later', state: 'QuotaBlocked' });
  });

  it('a link leads on as soon as a contract proves that there is quota again', async () => {
    const code = await create();
    await scanInVain(code);
    world.passS(5);
    expect(await follow(code)).toMatchObject({ kind: 'later' });
    await use(code, 1);
    expect(await follow(code)).toEqual(to(code.current?.qrCodeId));
  });
});

describe('what is at the gate', () => {
  it('is said to who is turned away', async () => {
    const [named, nameless] = [
      await world.create({ ...createRequest(), QrCodeName: '三号门' }, {}),
      await world.create(createRequest(), {}),
    ];
    for (const { code } of [named, nameless]) await modify(code, 'Pause');
    expect(await follow(named.code)).toMatchObject({ gate: { name: '三号门' } });
    expect(await follow(nameless.code)).toMatchObject({ gate: { name: null } });
  });

  it.each([
    [
      ['示范劳务', '门卫室', 'Gatehouse'],
      { organization: '示范劳务', contact: { zh: '门卫室', en: 'Gatehouse' } },
    ],
    [[null, '门卫室', null], { contact: { zh: '门卫室', en: '门卫室' } }],
    [[null, null, 'Gatehouse'], { contact: { zh: 'Gatehouse', en: 'Gatehouse' } }],
    [[null, null, null], {}],
  ])('is what the organisation has said of itself: %j', async (said, gate) => {
    const code = await create();
    await modify(code, 'Pause');
    await test.db.query("delete from organization_settings where organization = 'org-a'");
    await test.db.query(
      `insert into organization_settings (app_id, organization, display_name, contact_zh, contact_en, version, updated_at)
       values ('app', 'org-a', $1, $2, $3, 1, now())`,
      said,
    );
    expect(await follow(code)).toEqual({ kind: 'later', state: 'Paused', gate: { name: null, ...gate } });
    await test.db.query("delete from organization_settings where organization = 'org-a'");
  });
});
