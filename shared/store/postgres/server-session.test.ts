import { describe, expect, it } from 'vitest';
import { createServerSession } from './server-session.ts';

const limits = (statementMs: number) => ({ statementMs, lockMs: 1, idleInTransactionMs: 1 });
const answer = (pid: number) => ({ rows: [{ pid }], rowCount: 1 });

describe('a session of the server', () => {
  it('is told its limits once, and again when they change or what it was told is rolled back', () => {
    const session = createServerSession(7);
    expect(session.announce(limits(10))?.text).toContain("set_config('statement_timeout', '10'");
    session.heard(answer(7));
    session.transactionEnded();
    expect(session.announce(limits(10))).toBeUndefined();
    expect(session.announce(limits(8))?.text).toContain("set_config('statement_timeout', '8'");
    session.rolledBack();
    expect(session.announce(limits(8))).toBeDefined();
  });

  it('is told for one transaction at a time through a pooler, which keeps nothing', () => {
    const session = createServerSession(7);
    session.announce(limits(10));
    session.heard(answer(1234));
    expect(session.announce(limits(10))).toBeUndefined();
    session.transactionEnded();
    expect(session.announce(limits(10))).toBeDefined();
  });

  it('is our own only when its process is the one that was told at the start', () => {
    for (const [told, pid, isOwn] of [
      [7, 7, true],
      [7, 8, false],
      [null, 8, false],
    ] as const) {
      const session = createServerSession(told);
      expect(session.isOwn()).toBe(false);
      session.heard(answer(pid));
      expect(session.isOwn()).toBe(isOwn);
    }
  });
});
