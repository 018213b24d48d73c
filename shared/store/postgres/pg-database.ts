import { pause, turnOfEventLoop } from '../../world.ts';
import type { Connection } from './connection-source.ts';
import type { Database } from './database.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { type EarlySession, openEarlySession } from './early-session.ts';
import { connectPg, type PgConnection, type PgSettings, takeEarly } from './pg-connection.ts';
import { createQueuedDatabase } from './queued-database.ts';

export interface PgOptions extends Partial<PgSettings> {
  /** A connection that was idle for longer is asked whether it still lives before it is used. */
  checkAfterIdleMs?: number;
  /** A connection that was idle for longer is not worth the question. */
  replaceAfterIdleMs?: number;
  /** Resolves when it is known whether the connection was closed while the instance was frozen. */
  thawed?: () => Promise<void>;
  /** Resolves after a time, between two tries to reach a database that is away. */
  pause?: (ms: number) => Promise<void>;
}

const defaults: Required<PgOptions> = {
  connectTimeoutMs: 3_000,
  statementTimeoutMs: 10_000,
  lockTimeoutMs: 3_000,
  livenessTimeoutMs: 1_000,
  checkAfterIdleMs: 1_000,
  // NAT gateways and load balancers forget idle connections after minutes, some without telling either side.
  replaceAfterIdleMs: 120_000,
  deadlineMs: () => Number.POSITIVE_INFINITY,
  nowMs: Date.now,
  thawed: turnOfEventLoop,
  pause: (ms) => pause({}, ms),
};

/**
 * The pauses between two tries to reach a database that is away double from one to the other. Whoever waits for it is
 * answered within a second of its return, so none is as long.
 */
const firstPauseMs = 100;
const longestPauseMs = 700;

/**
 * PostgreSQL over one connection, opened when first needed and again whenever it is lost. While the database is away
 * and nothing was sent, it is tried again until the event has to be over; without a deadline, it is tried once.
 *
 * A cloud function is frozen between events and its socket dies unnoticed: by wall-clock time, a connection that was
 * idle is checked or replaced before the first statement of an event. A statement whose answer does not come is
 * never sent again: its effect is unknown.
 *
 * @param early of the same address
 * @throws Failure `Misconfigured` at once when `url` cannot be used. Nothing thrown repeats `url` or its password.
 */
export function openPgDatabase(url: string, options: PgOptions = {}, early?: EarlySession): Database {
  const address = parseDatabaseUrl(url);
  const settings = { ...defaults, ...options };
  let current: PgConnection | undefined;

  async function ready(): Promise<PgConnection> {
    current ??= early && (await takeEarly(early, settings));
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

  async function pauseWhileAway(tried: number): Promise<boolean> {
    const ms = Math.min(firstPauseMs * 2 ** (tried - 1), longestPauseMs);
    const deadlineMs = settings.deadlineMs();
    if (!Number.isFinite(deadlineMs) || settings.nowMs() + ms >= deadlineMs) return false;
    await settings.pause(ms);
    // Who is busy wakes late.
    return settings.nowMs() < settings.deadlineMs();
  }

  return createQueuedDatabase({ ready, discard, pause: pauseWhileAway, close });
}

/** Begins to connect, for an {@link openPgDatabase} to come. @throws Failure `Misconfigured` as it does */
export function connectEarly(url: string): EarlySession {
  return openEarlySession(parseDatabaseUrl(url), defaults.connectTimeoutMs);
}

async function isAlive(connection: PgConnection, settings: Required<PgOptions>): Promise<boolean> {
  await settings.thawed();
  if (connection.isLost()) return false;
  const idleMs = settings.nowMs() - connection.lastUsedMs();
  // A clock that was set back says nothing about how long the connection was idle.
  if (idleMs < 0 || idleMs > settings.replaceAfterIdleMs) return false;
  return idleMs <= settings.checkAfterIdleMs || connection.answers();
}
