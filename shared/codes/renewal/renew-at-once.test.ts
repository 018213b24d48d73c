import { describe, expect, it, vi } from 'vitest';
import { codeOf } from '../../notifications/testing/seen.ts';
import type { Database } from '../../store/postgres/database.ts';
import { linkReads } from '../../store/register/link-reads.ts';
import { codeSuite } from '../testing/code-suite.ts';
import { sampleCode } from '../testing/sample-code.ts';
import { createRequest } from '../testing/world.ts';
import type { Claim } from './ports.ts';
import { type RenewAtOncePorts, renewAtOnce, renewIfFree } from './renew-at-once.ts';
import { renewCode } from './renew-code.ts';

const { test, world } = codeSuite();

const ports = (db = test.db): RenewAtOncePorts => ({
  register: linkReads(db),
  surroundings: world.ports.surroundings,
  renew: async (claim, deadlines) => {
    await renewCode({ ...world.ports, actor: 'callback-handler' }, claim, deadlines);
  },
});

const deadlines = () => ({ callMs: world.clock.ms + 4_000, endMs: world.clock.ms + 8_000 });

/** As the function does: the message is stored and answered for, then what it made due is renewed. */
async function notified(qrCodeId: string, db = test.db): Promise<boolean> {
  const { madeDue } = await world.receiver.notify('MultiFlowSignQrCodeCost', { QrCodeId: qrCodeId });
  return madeDue !== undefined && (await renewAtOnce(ports(db), madeDue, deadlines()));
}

async function used(times: number) {
  const code = await codeOf(world);
  await world.receiver.charge(code.qrCodeId, times);
  return code;
}

async function somebodyWaits(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ waits: boolean }>(
    'select exists (select from pg_locks where not granted) as waits',
  );
  return rows[0]?.waits === true;
}

const recordOf = async (codeId: string) => (await world.record(codeId)).code;

describe('the notification that uses a code up', () => {
  it('makes it usable again within two seconds, while nobody scans and no timer runs', async () => {
    const policy = { ExhaustionPercent: 100 };
    const { code } = await world.create(createRequest(), { policy });
    const qrCodeId = code.current?.qrCodeId ?? '';
    await world.receiver.charge(qrCodeId, 9);
    const usedUpMs = world.clock.ms;
    // What upstream takes for its answer.
    world.fake.hooks.beforeAnswer = async () => {
      world.clock.ms += 1_500;
    };
    expect(await notified(qrCodeId)).toBe(true);
    expect(world.clock.ms - usedUpMs).toBeLessThanOrEqual(2_000);
    const after = await recordOf(code.codeId);
    expect(after).toMatchObject({
      state: 'Active',
      generationsMade: 2,
      current: { number: 2, state: 'live' },
    });
    expect(world.fake.scan(after.current?.qrCodeId ?? '')).toBe(true);
    expect(await world.audits('code.renewed')).toEqual(['callback-handler']);
    expect(await world.tick()).toMatchObject({ renewed: 0 });
  });

  it('makes one successor, however many come at once', async () => {
    const { codeId, qrCodeId } = await used(8);
    const connections = await Promise.all(Array.from({ length: 4 }, () => test.connect()));
    const renewed = await Promise.all(connections.map((db) => notified(qrCodeId, db)));
    expect(renewed.filter(Boolean)).toHaveLength(1);
    expect(await recordOf(codeId)).toMatchObject({ state: 'Active', generationsMade: 2 });
    expect(world.fake.calls).toHaveLength(2);
  });

  it('waits for another message of its crowd that is counted at that moment; a scan does not', async () => {
    const { codeId } = await used(9);
    const [other, scanning, waiting] = [await test.connect(), await test.connect(), await test.connect()];
    let renewed: Promise<boolean> | undefined;
    await other.transaction(async (tx) => {
      await tx.query('select from codes where code_id = $1 for update', [codeId]);
      // Connections to PGlite take turns: there the other message is over before anybody asks.
      if (test.engine === 'postgres') {
        expect(await renewIfFree(ports(scanning), codeId, deadlines())).toBe(false);
      }
      renewed = renewAtOnce(ports(waiting), codeId, deadlines());
      if (test.engine === 'postgres') await vi.waitUntil(() => somebodyWaits(scanning));
    });
    expect(await renewed).toBe(true);
  });
});

describe('the notification that passes the threshold', () => {
  it('renews once; the next ones of its generation do not', async () => {
    const { codeId, qrCodeId } = await used(8);
    const renewed = [];
    for (let i = 0; i < 3; i += 1) renewed.push(await notified(qrCodeId));
    expect(renewed).toEqual([true, false, false]);
    expect(await recordOf(codeId)).toMatchObject({ generationsMade: 2 });
  });

  it('leaves the renewal to the one who is at it', async () => {
    const { codeId, qrCodeId } = await used(9);
    let second: boolean | undefined;
    world.fake.hooks.beforeAnswer = async () => {
      delete world.fake.hooks.beforeAnswer;
      second = await notified(qrCodeId);
    };
    expect(await renewAtOnce(ports(), codeId, deadlines())).toBe(true);
    expect(second).toBe(false);
    expect(world.fake.calls).toHaveLength(2);
  });

  it('leaves it to the timer where there is no time for a call, or its organisation has no quota', async () => {
    const { codeId, qrCodeId } = await used(9);
    const hurried = { callMs: world.clock.ms + 1_000, endMs: world.clock.ms + 3_000 };
    expect(await renewAtOnce(ports(), codeId, hurried)).toBe(false);
    await world.receiver.notify('CreateFlowByQrCode', { QrCodeId: qrCodeId });
    expect(await renewAtOnce(ports(), codeId, deadlines())).toBe(false);
    expect(world.fake.calls).toHaveLength(1);
    world.passS(61);
    expect(await world.tick()).toMatchObject({ renewed: 1 });
  });
});

describe('a call of upstream', () => {
  it.each([
    ['is begun where a second and a half is left for it', 1_500, true],
    ['is not begun where less is left', 1_499, false],
  ])('%s', async (_, leftMs, isBegun) => {
    const renewed: string[] = [];
    const { nowMs } = world.ports.surroundings;
    const claim: Claim = { lease: { codeId: 'code', token: '1' }, code: sampleCode(), isClean: true };
    const given: RenewAtOncePorts = {
      ...ports(),
      register: { claimIfDue: async () => claim },
      renew: async ({ lease }) => void renewed.push(lease.codeId),
    };
    const deadlines = { callMs: nowMs() + leftMs, endMs: nowMs() + 9_000 };
    expect(await renewAtOnce(given, 'code', deadlines)).toBe(isBegun);
    expect(renewed).toEqual(isBegun ? ['code'] : []);
  });
});
