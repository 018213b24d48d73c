import { Failure } from '../../errors.ts';
import { within } from '../../world.ts';
import { openWireSession, type WireSession } from '../wire/wire-session.ts';
import type { Connection, SendOptions, Sent } from './connection-source.ts';
import type { QueryResult } from './database.ts';
import { isAway, isPlanGone, lostConnection, refusedStatement, unreachable } from './database-errors.ts';
import type { DatabaseAddress } from './database-url.ts';
import type { EarlySession } from './early-session.ts';
import { createPlans } from './kept-plans.ts';
import { createServerSession } from './server-session.ts';
import { type TimeLimits, timeLimits } from './time-limits.ts';

export interface PgSettings {
  /** Until a connection is open, password and all. */
  connectTimeoutMs: number;
  /** At most, until the server gives up a statement: sooner where the deadline is nearer. 0: never, for migrations. */
  statementTimeoutMs: number;
  /** At most, until the server gives up waiting for a lock; 0: never. */
  lockTimeoutMs: number;
  /** Until a connection that was idle has said that it lives. */
  livenessTimeoutMs: number;
  /** When the event that is being handled must be over, by the clock `nowMs`. */
  deadlineMs: () => number;
  nowMs: () => number;
}

export interface PgConnection extends Connection {
  isLost(): boolean;
  lastUsedMs(): number;
  /** Asks the server; a connection that does not answer is destroyed. */
  answers(): Promise<boolean>;
  /** Closes politely. */
  end(): Promise<void>;
  /** Closes now; the server notices and rolls back what was open. */
  destroy(): void;
}

/** The server gives up first, so that the fate of a statement is known; this much later at most we stop listening. */
const answerMarginMs = 1_000;

/** @throws Failure `DatabaseUnavailable`, `Misconfigured` (TLS, password, name of the database) or `DeadlineExceeded`. */
export async function connectPg(address: DatabaseAddress, settings: PgSettings): Promise<PgConnection> {
  const timeoutMs = Math.min(address.connectTimeoutMs ?? settings.connectTimeoutMs, remainingMs(settings));
  try {
    return createConnection(await openWireSession(address, timeoutMs), settings, settings.nowMs());
  } catch (error) {
    throw refusedStatement(error, 'connecting')?.failure ?? unreachable(error);
  }
}

/** The connection that was opened early, if it is there. It may have been idle since, and dead. @throws Failure `DeadlineExceeded` */
export async function takeEarly(
  early: EarlySession,
  settings: PgSettings,
): Promise<PgConnection | undefined> {
  const taken = await early.take(Math.min(settings.connectTimeoutMs, remainingMs(settings)));
  return taken && createConnection(taken.session, settings, taken.openedAtMs);
}

function createConnection(wire: WireSession, settings: PgSettings, openedAtMs: number): PgConnection {
  let lastUsedMs = openedAtMs;
  const session = createServerSession(wire.processId);
  const plans = createPlans();

  /**
   * @param send sends statements in one flight
   * @returns one result for each of `statements`
   */
  async function fly(
    statements: readonly Sent[],
    { limits, patienceMs }: Allowance,
    send: (all: readonly Sent[], timeoutMs: number) => Promise<QueryResult[]>,
  ): Promise<QueryResult[]> {
    // A transaction that has failed takes nothing but its end, and what is built while others write wants to be alone.
    const first = /^rollback|concurrently/.test(statements[0]?.text ?? '')
      ? undefined
      : session.announce(limits);
    if (first === undefined && statements.length === 0) return [];
    const at = statements[0]?.text === 'begin' ? 1 : 0;
    const results = await send(first ? statements.toSpliced(at, 0, first) : statements, patienceMs());
    const [answer] = first ? results.splice(at, 1) : [];
    if (answer) session.heard(answer);
    if (isOutside()) session.transactionEnded();
    if (statements.some(isRollback)) session.rolledBack();
    return results;
  }

  const isOutside = () => wire.status() === 'I';

  const together = (statements: readonly Sent[], timeoutMs: number) =>
    wire.send(statements, session.isOwn() ? plans.planOf : keepNothing, timeoutMs);

  /** Several statements in one text cannot travel with parameters. */
  const inOneText = (statements: readonly Sent[], timeoutMs: number) =>
    wire.sendText(statements.map(({ text }) => text).join(';\n'), timeoutMs);

  /** @returns the result of the last */
  async function send(
    allowance: Allowance,
    text: string,
    params?: readonly unknown[],
    { before = [], prepared = false }: SendOptions = {},
  ): Promise<QueryResult> {
    const isPlain = before.every((one) => one.params === undefined);
    if (params === undefined && !isPlain) await fly(before, allowance, together);
    // What is no transaction may have to be alone, as `create database`: a session of our own gets its limits beforehand.
    else if (params === undefined && before.length === 0 && !isRollback({ text }) && isOutside()) {
      await fly([], allowance, together);
    }
    const results =
      params === undefined
        ? await fly([...(isPlain ? before : []), { text }], allowance, inOneText)
        : await fly([...before, { text, params, prepared }], allowance, together);
    return results.at(-1) ?? { rows: [], rowCount: 0 };
  }

  /** @param commits Does the work end with a commit? A session may be ended after it and before its answer. */
  async function executeWithin<T>(
    timeoutMs: number,
    work: (allowance: Allowance) => Promise<T>,
    commits = false,
  ): Promise<T> {
    if (wire.isClosed()) throw lostConnection('before-send');
    const leftMs = remainingMs(settings);
    const limits = timeLimits(settings, leftMs);
    const patienceMs = limits.statementMs === 0 ? timeoutMs : limits.statementMs + answerMarginMs;
    try {
      const result = await work(allowanceOf(limits, Math.min(timeoutMs, patienceMs, leftMs)));
      lastUsedMs = settings.nowMs();
      return result;
    } catch (error) {
      session.rolledBack();
      plans.forgetUnanswered();
      const refusal = refusedStatement(error);
      if (refusal === undefined || refusal.endsSession) wire.destroy();
      else if (isPlanGone(refusal.failure)) plans.giveUp();
      const isOpen = commits && refusal !== undefined && isAway(refusal.failure);
      throw isOpen || refusal === undefined ? lostConnection('after-send', error) : refusal.failure;
    }
  }

  return {
    execute: (text, params, options) =>
      executeWithin(
        Number.POSITIVE_INFINITY,
        (allowance) => send(allowance, text, params, options),
        text === 'commit',
      ),
    executeAll: (statements) =>
      executeWithin(Number.POSITIVE_INFINITY, (allowance) => fly(statements, allowance, together)),
    answers: () =>
      executeWithin(settings.livenessTimeoutMs, ({ patienceMs }) =>
        wire.sendText('select 1', patienceMs()),
      ).then(
        () => true,
        () => false,
      ),
    isLost: wire.isClosed,
    lastUsedMs: () => lastUsedMs,
    // A dead connection does not notice that it is to end.
    end: () => within(settings.livenessTimeoutMs, wire.end(), wire.destroy),
    destroy: wire.destroy,
  };
}

/** How long a piece of work may take. */
interface Allowance {
  limits: TimeLimits;
  /** Until we stop listening, from now. */
  patienceMs(): number;
}

function allowanceOf(limits: TimeLimits, patienceMs: number): Allowance {
  const untilMs = performance.now() + patienceMs;
  return { limits, patienceMs: () => untilMs - performance.now() };
}

/** A pooler may give each transaction another session. */
const keepNothing = () => undefined;

const isRollback = ({ text }: { readonly text: string }) => text.startsWith('rollback');

/** Milliseconds until the deadline, more than zero. */
function remainingMs(settings: PgSettings): number {
  const leftMs = settings.deadlineMs() - settings.nowMs();
  if (leftMs > 0) return Math.ceil(leftMs);
  throw new Failure('DeadlineExceeded', {
    detail: {
      zh: '访问数据库之前时间已用完',
      en: 'The time of this event was over before the database was asked',
    },
  });
}
