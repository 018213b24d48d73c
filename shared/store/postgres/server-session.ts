import type { QueryResult } from './database.ts';
import type { TimeLimits } from './time-limits.ts';

/** What is known of the session at the other end of a connection, and which limits it has. */
export interface ServerSession {
  /**
   * The statement to send before the next one, in the same flight, for these limits to hold; undefined where they hold
   * already. Its answer is for `heard`.
   */
  announce(limits: TimeLimits): { readonly text: string } | undefined;
  heard(answer: QueryResult): void;
  /** Is the session there for this connection alone, so that it keeps what it is given? */
  isOwn(): boolean;
  /** A flight has ended outside of a transaction. */
  transactionEnded(): void;
  /** The limits that were set since the transaction began are unknown now: they were rolled back, or may have been. */
  rolledBack(): void;
}

/**
 * Limits are set by statements, not at the start of the session: PgBouncer with its defaults rejects a client that
 * asks for them there. A pooler in transaction mode gives each transaction another session of the server, and gives it to
 * others afterwards: through one, limits are set for one transaction at a time, in the flight that begins it. A pooler
 * is recognised by the process number of the session, which is not the one of the start.
 *
 * @param processId as the server gave it at the start of the connection
 */
export function createServerSession(processId: number | null): ServerSession {
  let isOwn = false;
  let known: TimeLimits | undefined;

  return {
    announce(limits) {
      if (known !== undefined && areSame(known, limits)) return undefined;
      known = limits;
      return { text: setting(limits, processId ?? 0) };
    },
    heard({ rows }) {
      const [row] = rows;
      isOwn = row !== undefined && Reflect.get(row, 'pid') === processId;
    },
    isOwn: () => isOwn,
    transactionEnded() {
      if (!isOwn) known = undefined;
    },
    rolledBack() {
      known = undefined;
    },
  };
}

function areSame(one: TimeLimits, other: TimeLimits): boolean {
  return String(Object.values(one)) === String(Object.values(other));
}

/** The server itself decides whether they are for the session or for the transaction, so that no wait is needed first. */
function setting(limits: TimeLimits, processId: number): string {
  const values = {
    statement_timeout: limits.statementMs,
    lock_timeout: limits.lockMs,
    idle_in_transaction_session_timeout: limits.idleInTransactionMs,
  };
  const isForTransaction = `pg_backend_pid() <> ${processId}`;
  const calls = Object.entries(values).map(
    ([name, ms]) => `set_config('${name}', '${ms}', ${isForTransaction})`,
  );
  return `select pg_backend_pid() as pid, ${calls.join(', ')}`;
}
