import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Code } from '../../codes/code.ts';
import { codeEvent } from '../../codes/events.ts';
import { plannedAttempt } from '../../codes/life/attempt.ts';
import { sampleCode, sampleGeneration } from '../../codes/testing/sample-code.ts';
import { startS } from '../../codes/testing/world.ts';
import { isUniqueViolation } from '../postgres/database-errors.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertCode } from '../testing/insert-code.ts';
import { createRegister, type Register } from '../testing/register.ts';

const test = databaseSuite();
let register: Register;

beforeAll(async () => {
  register = createRegister(test.db);
});
beforeEach(async () => {
  await test.db.query('truncate codes, generations, attempts, organizations, events, audit');
});

/** A code without a lease, due when its number says. */
async function insert(name: string, changes: Partial<Code> = {}): Promise<Code> {
  const code = sampleCode({
    codeId: name,
    slug: name,
    callbackToken: name,
    current: null,
    dueAtS: startS,
    ...changes,
  });
  const current = code.current && { ...code.current, codeId: name, qrCodeId: `qr-${name}` };
  await insertCode(test.db, { ...code, current });
  return code;
}

const namesOf = (claims: { code: Code }[]) => claims.map(({ code }) => code.codeId);

const cancelAttempt = (attemptId: string, qrCodeId: string) =>
  plannedAttempt({
    attemptId,
    codeId: 'a',
    appId: 'app',
    organization: 'org-a',
    operator: 'operator-a',
    generation: null,
    kind: 'cancel',
    qrCodeId,
    leaseToken: '0',
    expiresAtS: null,
    plannedAtS: startS,
    dueAtS: startS,
  });

describe('the register', () => {
  it('gives back what it was given', async () => {
    const current = sampleGeneration({ codeId: 'a', qrCodeId: 'qr-a', used: 3 });
    const code = await insert('a', {
      current,
      labels: ['with "quotes"', '逗号，,', '\\'],
      note: 'line\nbreak',
      externalId: "it's",
      sealed: 'sealed',
      qrCodeName: '门口',
      committed: 5_000_000_000,
      reason: { code: 'EndReached', facts: { until: startS } },
    });
    expect((await register.find({ by: 'CodeId', value: 'a' }, null))?.code).toEqual(code);
  });

  it('has one successor for each generation, whatever the code above it does', async () => {
    const current = sampleGeneration({ codeId: 'a', qrCodeId: 'qr-1' });
    await insert('a', { current });
    const second = { ...current, qrCodeId: 'qr-other' };
    const again = register.transaction((tx) => tx.insertGeneration(second));
    await expect(again).rejects.toSatisfy((error) => isUniqueViolation(error, 'generations_pkey'));
  });

  it('has one open cancel for each QR code', async () => {
    const begin = async (id: string) => {
      const open = await register.transaction((tx) => tx.beginCancel(cancelAttempt(id, 'qr-1'), 60_000));
      return [open?.attempt.attemptId, open?.leased];
    };
    expect(await begin('first')).toEqual(['first', true]);
    expect(await begin('second')).toEqual(['first', true]);
    const settled = { ...cancelAttempt('first', 'qr-1'), state: 'succeeded', dueAtS: null } as const;
    await register.settleCancel({ attempt: settled, qrCodeId: 'qr-1', endedAs: 'cancelled' });
    expect(await begin('third')).toEqual(['third', true]);
  });
});

describe('a lease', () => {
  it('goes to one of many that ask at once, and each code to one of them', async () => {
    for (let i = 0; i < 30; i++) await insert(`c${i}`);
    const connections = await Promise.all(Array.from({ length: 6 }, () => test.connect()));
    const claims = await Promise.all(
      connections.map((db) => createRegister(db).claimDue(startS, 10, 60_000)),
    );
    const names = claims.flatMap(namesOf);
    expect(new Set(names).size).toBe(names.length);
    const rest = await register.claimDue(startS, 100, 60_000);
    expect(names.length + rest.length).toBe(30);
    expect(await register.claimDue(startS, 100, 60_000)).toEqual([]);
  });

  it('that is being given is passed over, and nobody waits for it', async () => {
    for (let i = 0; i < 4; i++) await insert(`c${i}`, { dueAtS: startS - i });
    const other = createRegister(await test.connect());
    const askedBy: string[][] = [];
    const ask = async () => {
      askedBy.push(namesOf(await other.claimDue(startS, 2, 60_000)));
    };
    await test.db.transaction(async (tx) => {
      askedBy.push(namesOf(await createRegister(tx).claimDue(startS, 2, 60_000)));
      // Connections of one PGlite take turns: there the other can only ask afterwards.
      if (test.engine === 'postgres') await ask();
    });
    if (test.engine === 'pglite') await ask();
    expect(askedBy).toEqual([
      ['c3', 'c2'],
      ['c1', 'c0'],
    ]);
  });

  it('is given in the order of what is due, and for nothing that is not', async () => {
    await insert('late', { dueAtS: startS - 5 });
    await insert('later', { dueAtS: startS - 9 });
    await insert('now');
    await insert('tomorrow', { dueAtS: startS + 1 });
    await insert('never', { dueAtS: null });
    await insert('held', { held: true });
    expect(namesOf(await register.claimDue(startS, 2, 60_000))).toEqual(['later', 'late']);
    expect(namesOf(await register.claimDue(startS, 9, 60_000))).toEqual(['now']);
  });

  it('can be taken when it is over, with a higher token, and given back', async () => {
    await insert('a');
    const [first] = await register.claimDue(startS, 1, 0);
    const [second] = await register.claimDue(startS, 1, 60_000);
    expect(Number(second?.lease.token)).toBe(Number(first?.lease.token) + 1);
    // Who had it before gives nothing back.
    if (first) await register.release([first.lease]);
    expect(await register.claimDue(startS, 1, 60_000)).toEqual([]);
    if (second) await register.release([second.lease]);
    expect(await register.claimDue(startS, 1, 60_000)).toHaveLength(1);
  });

  it('that a clock gave which was ahead is over, as soon as that clock is gone', async () => {
    await insert('a');
    await register.claimDue(startS, 1, 60_000);
    await test.db.query("update codes set lease_until = clock_timestamp() + interval '1 hour'");
    expect(await register.claimDue(startS, 1, 60_000)).toHaveLength(1);
  });
});

describe('organisations without quota', () => {
  const block = (organization: string, probeAtS: number) =>
    register.transaction(async (tx) => {
      const held = await tx.holdOrganization('app', organization, startS);
      await tx.saveOrganization({ ...held, quotaState: 'blocked', probeAtS });
    });

  it('keep their codes out of the line, and no others', async () => {
    await insert('poor', { organization: 'poor' });
    await insert('rich', { organization: 'rich' });
    await insert('other-app', { organization: 'poor', appId: 'other' });
    await block('poor', startS + 60);
    expect(namesOf(await register.claimDue(startS, 9, 60_000)).sort()).toEqual(['other-app', 'rich']);
  });

  it('have one code claimed when their probe is due, once', async () => {
    await insert('first', { organization: 'poor', dueAtS: startS - 2, held: true });
    await insert('second', { organization: 'poor' });
    await insert('elsewhere', { organization: 'patient' });
    await block('poor', startS);
    await block('patient', startS + 1);
    expect(namesOf(await register.claimProbes(startS, startS + 60, 9, 60_000))).toEqual(['first']);
    expect(await register.claimProbes(startS, startS + 60, 9, 60_000)).toEqual([]);
    expect(namesOf(await register.claimProbes(startS + 60, startS + 120, 9, 60_000)).sort()).toEqual([
      'elsewhere',
      'second',
    ]);
  });

  it('have their codes put aside and taken back in small steps', async () => {
    for (let i = 0; i < 5; i++) await insert(`p${i}`, { organization: 'poor' });
    for (let i = 0; i < 2; i++) await insert(`q${i}`, { organization: 'also-poor' });
    await insert('not-due', { organization: 'poor', dueAtS: startS + 1 });
    await insert('rich', { organization: 'rich' });
    await block('poor', startS + 60);
    await block('also-poor', startS + 60);
    const held = [await register.holdBlocked(startS, 4), await register.holdBlocked(startS, 4)];
    expect(held).toEqual([4, 3]);
    expect(await register.holdBlocked(startS, 4)).toBe(0);
    expect(await register.releaseHeld(9)).toBe(0);
    await test.db.query("update organizations set quota_state = 'ok' where organization = 'poor'");
    expect([
      await register.releaseHeld(3),
      await register.releaseHeld(3),
      await register.releaseHeld(3),
    ]).toEqual([3, 2, 0]);
    expect((await register.claimDue(startS, 99, 60_000)).length).toBe(6);
  });
});

describe('marking what has expired', () => {
  const reasons = {
    successorDue: { code: 'ExpiredSuccessorDue' },
    noSuccessor: { code: 'Expired' },
  } as const;
  const expired = (code: Code) =>
    codeEvent('code.expired', code, { eventId: `of ${code.codeId}`, occurredAtS: startS });
  const expiring = (name: string) => ({
    current: sampleGeneration({ codeId: name, qrCodeId: `qr-${name}`, expiresAtS: startS }),
  });

  it('ends generations at their time, and the active codes that live on them', async () => {
    await insert('due', expiring('due'));
    await insert('last', { ...expiring('last'), dueAtS: null });
    await insert('paused', { ...expiring('paused'), state: 'Paused', reason: { code: 'Paused' } });
    await insert('young', {
      current: sampleGeneration({ codeId: 'young', qrCodeId: 'qr-young', expiresAtS: startS + 1 }),
    });
    expect(await register.markExpired(startS - 1, 9, reasons, expired)).toBe(0);
    expect(await register.markExpired(startS, 9, reasons, expired)).toBe(3);
    const { rows } = await test.db.query(
      `select c.code_id as id, c.state, c.reason::json ->> 'code' as reason, c.version, g.state as generation
       from codes c join generations g using (code_id) order by c.code_id`,
    );
    expect(rows).toEqual([
      { id: 'due', state: 'Expired', reason: 'ExpiredSuccessorDue', version: 3, generation: 'expired' },
      { id: 'last', state: 'Expired', reason: 'Expired', version: 3, generation: 'expired' },
      { id: 'paused', state: 'Paused', reason: 'Paused', version: 2, generation: 'expired' },
      { id: 'young', state: 'Active', reason: 'Created', version: 2, generation: 'live' },
    ]);
    const events = await test.db.query<{ data: string }>('select data from events order by code_id');
    expect(events.rows.map(({ data }) => JSON.parse(data))).toEqual([
      {
        CodeId: 'due',
        ExternalId: null,
        QrCodeName: null,
        State: 'Expired',
        Generation: 1,
        QrCodeId: 'qr-due',
        ExpiredTime: startS,
        Reason: 'ExpiredSuccessorDue',
      },
      expect.objectContaining({ CodeId: 'last', Reason: 'Expired' }),
    ]);
  });

  it('leaves a code alone whose predecessor has expired', async () => {
    await insert('a', { current: sampleGeneration({ number: 2, expiresAtS: startS + 9 }) });
    await register.transaction((tx) =>
      tx.insertGeneration(
        sampleGeneration({ codeId: 'a', qrCodeId: 'qr-old', state: 'superseded', expiresAtS: startS }),
      ),
    );
    expect(await register.markExpired(startS, 9, reasons, expired)).toBe(1);
    expect((await register.find({ by: 'CodeId', value: 'a' }, null))?.code.state).toBe('Active');
  });

  it('takes no more than a batch, the oldest first', async () => {
    for (let i = 0; i < 5; i++) await insert(`c${i}`, expiring(`c${i}`));
    expect([
      await register.markExpired(startS, 3, reasons, expired),
      await register.markExpired(startS, 3, reasons, expired),
    ]).toEqual([3, 2]);
  });
});
