import type { Database } from './database.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { connectPg, type PgConnection, type PgSettings } from './pg-connection.ts';
import { type Connection, createQueuedDatabase } from './queued-database.ts';

export interface PgOptions extends Partial<PgSettings> {
  /** A connection that was idle for longer is asked whether it still lives before it is used. */
  checkAfterIdleMs?: number;
  /** A connection that was idle for longer is not worth the question. */
  replaceAfterIdleMs?: number;
}

const defaults: Required<PgOptions> = {
  connectTimeoutMs: 3_000,
  statementTimeoutMs: 5_000,
  lockTimeoutMs: 3_000,
  livenessTimeoutMs: 1_000,
  checkAfterIdleMs: 1_000,
  // NAT gateways and load balancers forget idle connections after minutes, some without telling either side.
  replaceAfterIdleMs: 120_000,
  deadlineMs: () => Number.POSITIVE_INFINITY,
  nowMs: Date.now,
};

/**
 * PostgreSQL over one connection, opened when first needed and again whenever it is lost.
 *
 * A cloud function is frozen between events and its socket dies unnoticed: by wall-clock time, a connection that was
 * idle is checked or replaced before the first statement of an event. A statement whose answer does not come is
 * never sent again: nobody knows whether it had its effect.
 *
 * @throws Failure `Misconfigured` at once when `url` cannot be used. Nothing thrown repeats `url` or its password.
 */
export function openPgDatabase(url: string, options: PgOptions = {}): Database {
  const address = parseDatabaseUrl(url);
  const settings = { ...defaults, ...options };
  let current: PgConnection | undefined;

  async function ready(): Promise<PgConnection> {
    if (current && !(await isAlive(current, settings))) discard(current);
    current ??= await connectPg(address, settings);
    return current;
  }

  function discard(connection: Connection): void {
    if (connection !== current) return;
    current.destroy();
    current = undefined;
  }

  async function close(): Promise<void> {
    const last = current;
    current = undefined;
    await last?.end();
  }

  return createQueuedDatabase({ ready, discard, close });
}

async function isAlive(connection: PgConnection, settings: Required<PgOptions>): Promise<boolean> {
  // A thawed process has the end of its connection waiting: one whole turn of the event loop reads it.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  if (connection.isLost()) return false;
  const idleMs = settings.nowMs() - connection.lastUsedMs();
  // A clock that was set back says nothing about how long the connection was idle.
  if (idleMs < 0 || idleMs > settings.replaceAfterIdleMs) return false;
  return idleMs <= settings.checkAfterIdleMs || connection.answers();
}
