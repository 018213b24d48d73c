import { beforeAll, describe, expect, it } from 'vitest';
import { databaseSuite } from '../testing/database-suite.ts';
import { explain, recordStatements } from '../testing/query-plans.ts';
import { type AuditFilter, auditReads, recordAudit } from './audit.ts';

const test = databaseSuite();

const first = { actor: 'key:a', action: 'code.modified', subject: 'c1', reason: 'Note' };
const second = { actor: 'cli', action: 'api-key.revoke', subject: 'k1', reason: 'asked for' };

beforeAll(async () => {
  await test.db.query(
    `insert into audit (actor, action, subject, reason, at)
     select 'key:b', 'code.cancelled', 's' || n, 'CancelRequested', timestamptz '2026-01-01' + n * interval '1 second'
     from generate_series(1, 5000) n`,
  );
  await recordAudit(test.db, first);
  await test.db.query("update audit set at = '2026-02-01' where subject = 'c1'");
  await recordAudit(test.db, second);
  await test.db.query("update audit set at = '2026-02-02' where subject = 'k1'");
  await test.db.query('analyze audit');
});

const list = (filter: AuditFilter, limit = 2) =>
  auditReads(test.db, Date.now).list(filter, { after: undefined, limit });
const subjects = async (filter: AuditFilter) => (await list(filter)).map(({ subject }) => subject);

describe('the audit trail', () => {
  it('is read from new to old, with who did what to what, when and why', async () => {
    expect(await list({})).toEqual([
      { ...second, auditId: expect.any(String), atMs: Date.parse('2026-02-02') },
      { ...first, auditId: expect.any(String), atMs: Date.parse('2026-02-01') },
    ]);
  });

  it('is narrowed by actor, act, subject and time', async () => {
    expect(await subjects({ subject: 's7' })).toEqual(['s7']);
    expect(await subjects({ actor: 'cli' })).toEqual(['k1']);
    expect(await subjects({ action: 'code.modified' })).toEqual(['c1']);
    expect(await subjects({ sinceS: Date.parse('2026-02-02') / 1000 })).toEqual(['k1']);
    expect(await subjects({ untilS: Date.parse('2026-02-02') / 1000 })).toEqual(['c1', 's5000']);
  });

  it('goes on where a page ends, also among entries of one millisecond', async () => {
    await test.db.query(
      `insert into audit (actor, action, subject, reason, at)
       select 'cli', 'x', 'same' || n, '', '2026-03-01' from generate_series(1, 4) n`,
    );
    const seen: string[] = [];
    let after: { atMs: number; id: string } | undefined;
    for (let page = 0; page < 4; page += 1) {
      const [entry] = await auditReads(test.db, Date.now).list({ action: 'x' }, { after, limit: 1 });
      seen.push(entry?.subject ?? '');
      after = entry && { atMs: entry.atMs, id: entry.auditId };
    }
    expect(seen.toSorted()).toEqual(['same1', 'same2', 'same3', 'same4']);
  });

  it('is found by index, by its time, what was done to one thing, and who or what is rare in it', async () => {
    for (const [filter, index] of [
      [{}, 'audit_newest'],
      [{ subject: 's9' }, 'audit_of_subject'],
      [{ actor: 'cli' }, 'audit_of_actor'],
      [{ action: 'api-key.revoke' }, 'audit_of_action'],
    ] as const) {
      const { db, statements } = recordStatements(test.db);
      await auditReads(db, Date.now).list(filter, { after: { atMs: Date.now(), id: 'x' }, limit: 20 });
      const plans = await Promise.all(statements.map((statement) => explain(test.db, statement)));
      expect(plans.flatMap(({ indexes }) => indexes)).toContain(index);
    }
  });
});
