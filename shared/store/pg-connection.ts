import { Socket } from 'node:net';
import type pg from 'pg';
import Client from 'pg/lib/client.js';
import { Failure } from '../errors.ts';
import type { QueryResult } from './database.ts';
import { lostConnection, refusedStatement, unreachable } from './database-errors.ts';
import type { DatabaseAddress } from './database-url.ts';
import { sendTogether } from './pg-statements-together.ts';
import type { Connection } from './queued-database.ts';

export interface PgSettings {
  /** Until a connection is open, password and all. */
  connectTimeoutMs: number;
  /** Until the server gives up a statement; 0: never, for migrations. */
  statementTimeoutMs: number;
  /** Until the server gives up waiting for a lock; 0: never. */
  lockTimeoutMs: number;
  /** Until a connection that was idle has said that it lives. */
  livenessTimeoutMs: number;
  /** When the event that is being handled must be over, by the clock `nowMs`. */
  deadlineMs: () => number;
  nowMs: () => number;
}

export interface PgConnection extends Connection {
  isLost(): boolean;
  /** From now on nothing is sent on it. */
  lose(): void;
  lastUsedMs(): number;
  /** Asks the server; a connection that does not answer is destroyed. */
  answers(): Promise<boolean>;
  /** Closes politely. */
  end(): Promise<void>;
  /** Closes now; the server notices and rolls back what was open. */
  destroy(): void;
}

/** The server gives up first, so that the fate of a statement is known; this much later we stop listening. */
const answerMarginMs = 1_000;

/** Longest wait of `setTimeout`; longer ones would end at once. */
const longestTimerMs = 2_147_483_647;

/** @throws Failure `DatabaseUnavailable`, `Misconfigured` (TLS, password, name of the database) or `DeadlineExceeded`. */
export async function connectPg(address: DatabaseAddress, settings: PgSettings): Promise<PgConnection> {
  const timeoutMs = Math.min(settings.connectTimeoutMs, remainingMs(settings));
  const socket = new Socket();
  const client = new Client({
    ...address,
    application_name: 'qianma',
    stream: () => socket,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: settings.statementTimeoutMs,
    lock_timeout: settings.lockTimeoutMs,
    // An instance that is frozen amid a transaction must not keep its locks.
    idle_in_transaction_session_timeout: settings.statementTimeoutMs,
  });
  const connection = createConnection(client, socket, settings);
  try {
    await client.connect();
    // Earlier than what pg tells: its `end` comes when the socket is closed both ways.
    client.connection.stream.once('end', connection.lose);
  } catch (error) {
    connection.destroy();
    throw refusedStatement(error)?.failure ?? unreachable(error);
  }
  return connection;
}

function createConnection(client: pg.Client, socket: Socket, settings: PgSettings): PgConnection {
  let lost = false;
  let lastUsedMs = settings.nowMs();
  const patienceMs =
    settings.statementTimeoutMs === 0
      ? Number.POSITIVE_INFINITY
      : settings.statementTimeoutMs + answerMarginMs;

  function lose(): void {
    lost = true;
  }
  client.on('error', lose);
  client.on('end', lose);

  function destroy(): void {
    lost = true;
    socket.destroy();
  }

  async function send(text: string, params: readonly unknown[] | undefined, before: readonly string[]) {
    // Several statements are answered by several results, which the types of pg do not tell.
    const answer: pg.QueryResult | pg.QueryResult[] = await (params === undefined || params.length === 0
      ? client.query([...before, text].join(';\n'))
      : before.length === 0
        ? client.query(text, [...params])
        : sendTogether(client, before, text, params));
    const result = Array.isArray(answer) ? answer.at(-1) : answer;
    return { rows: result?.rows ?? [], rowCount: result?.rowCount ?? 0 };
  }

  async function executeWithin(
    timeoutMs: number,
    text: string,
    params?: readonly unknown[],
    before: readonly string[] = [],
  ): Promise<QueryResult> {
    if (lost) throw lostConnection('before-send');
    const boundMs = Math.min(timeoutMs, remainingMs(settings));
    try {
      const result = await within(boundMs, send(text, params, before));
      lastUsedMs = settings.nowMs();
      return result;
    } catch (error) {
      const refusal = refusedStatement(error);
      if (refusal === undefined || refusal.endsSession) destroy();
      throw refusal?.failure ?? lostConnection('after-send', error);
    }
  }

  return {
    execute: (text, params, before) => executeWithin(patienceMs, text, params, before),
    answers: () =>
      executeWithin(settings.livenessTimeoutMs, 'select 1').then(
        () => true,
        () => false,
      ),
    isLost: () => lost,
    lose,
    lastUsedMs: () => lastUsedMs,
    // A dead connection does not notice that it is to end.
    end: () => within(settings.livenessTimeoutMs, client.end()).catch(destroy),
    destroy,
  };
}

/** Milliseconds until the deadline, more than zero. */
function remainingMs(settings: PgSettings): number {
  const leftMs = settings.deadlineMs() - settings.nowMs();
  if (leftMs > 0) return Math.ceil(leftMs);
  throw new Failure('DeadlineExceeded', {
    detail: 'The time of this event was over before the database was asked',
  });
}

async function within<T>(timeoutMs: number, work: Promise<T>): Promise<T> {
  if (timeoutMs > longestTimerMs) return work;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
