import type { Socket } from 'node:net';
import type { QueryResult } from '../postgres/database.ts';
import * as requests from './requests.ts';
import {
  type Body,
  type Columns,
  createMessageReader,
  readColumns,
  readRow,
  readRowCount,
  ServerError,
} from './responses.ts';
import { parameterText } from './values.ts';

/** A statement that the server keeps for the next time. */
export interface KeptPlan {
  readonly name: string;
  /** Has the server been told to parse it? */
  isSent: boolean;
  /** What the server says that it answers; undefined: it has not said it yet. */
  columns: Columns | undefined;
}

/** A statement on its way; without parameters: none. */
interface FlightStatement {
  readonly text: string;
  readonly params?: readonly unknown[] | undefined;
  /** Is the server to keep it? */
  readonly prepared?: boolean;
}

/** The plan that is kept for a text; undefined: none is. */
type PlanOf = (text: string) => KeptPlan | undefined;

/** What is sent over one connection: one flight after the other. */
export interface Flights {
  /**
   * Sends statements in one write, and waits once. They end in one `Sync`: when one fails, the server skips all that
   * follow (PostgreSQL, "Extended Query"), so that none runs outside of a transaction whose `begin` has failed.
   *
   * @returns one result for each
   * @throws ServerError what the server refuses, when it is ready again or the session ends with it; TypeError, before
   *   anything is sent, for what cannot be a parameter; Error when the connection is lost, or when no answer comes in time
   */
  send(statements: readonly FlightStatement[], planOf: PlanOf, timeoutMs: number): Promise<QueryResult[]>;
  /** Sends a text of one or more statements, without parameters. @throws as `send` */
  sendText(text: string, timeoutMs: number): Promise<QueryResult[]>;
  /** `I`: outside of a transaction, `T`: inside, `E`: inside one that has failed. As of the last answer. */
  status(): string;
  /** Is there nothing more to be sent on it? */
  isClosed(): boolean;
  /** Says goodbye. @returns when the connection is closed */
  end(): Promise<void>;
  destroy(): void;
}

/** What is awaited of the server. */
interface Flight {
  /** Of the statements, in the order of their answers. */
  plans: readonly (KeptPlan | undefined)[];
  results: QueryResult[];
  rows: Record<string, unknown>[];
  columns: Columns;
  refused: ServerError | undefined;
  resolve(results: QueryResult[]): void;
  reject(error: unknown): void;
  timer: NodeJS.Timeout | undefined;
}

const none: Columns = [];
/** Notices, notifications, and settings that have changed may come at any time. */
const unasked = new Set(['N', 'A', 'S']);
/** Of `setTimeout`; longer ones would end at once. */
const longestTimerMs = 2_147_483_647;

/** @param socket of a session that is ready for its first statement */
export function createFlights(socket: Socket): Flights {
  let status = 'I';
  let closed = false;
  let flight: Flight | undefined;
  /** Flights of one connection are much alike. */
  let usualBytes = 1024;

  function fly(bytes: Buffer, plans: Flight['plans'], timeoutMs: number): Promise<QueryResult[]> {
    if (closed) throw new Error('the connection is closed');
    if (flight !== undefined) throw new Error('an answer is still awaited');
    return new Promise((resolve, reject) => {
      const timer =
        timeoutMs > longestTimerMs
          ? undefined
          : setTimeout(() => fail(new Error('no answer in time')), timeoutMs);
      flight = { plans, results: [], rows: [], columns: none, refused: undefined, resolve, reject, timer };
      socket.write(bytes);
    });
  }

  function land(): Flight | undefined {
    const landed = flight;
    flight = undefined;
    clearTimeout(landed?.timer);
    return landed;
  }

  /** The connection is of no use any more. */
  function fail(error: unknown): void {
    closed = true;
    const failed = land();
    socket.destroy();
    failed?.reject(failed.refused ?? error);
  }

  function take(type: string, body: Body): void {
    if (type === 'Z') ready(body);
    else if (type === 'E') refused(new ServerError(body));
    else if (flight !== undefined) answer(flight, type, body);
    else if (!unasked.has(type)) throw new Error('the database answers what nobody has asked');
  }

  function ready({ bytes, from }: Body): void {
    status = String.fromCharCode(bytes[from] ?? 0);
    const landed = land();
    if (landed?.refused !== undefined) landed.reject(landed.refused);
    else landed?.resolve(landed.results);
  }

  function refused(error: ServerError): void {
    if (flight !== undefined) flight.refused ??= error;
    // No `ReadyForQuery` follows; and one that nobody has asked for says why the session is at its end.
    if (error.isFatal || flight === undefined) fail(error);
  }

  const read = createMessageReader(take);
  socket.on('data', (chunk) => {
    try {
      read(chunk);
    } catch (error) {
      fail(error);
    }
  });
  const lost = (error?: Error) => fail(error ?? new Error('the connection was lost'));
  // `end` comes earlier than `close`, which waits until both directions are closed.
  socket
    .on('error', lost)
    .on('end', lost)
    .on('close', () => lost());

  return {
    async send(statements, planOf, timeoutMs) {
      const flying = new requests.Requests(usualBytes);
      const plans = statements.map((statement) => write(flying, statement, planOf));
      const bytes = flying.messages(requests.sync).bytes();
      usualBytes = Math.min(bytes.length + 256, 65_536);
      return fly(bytes, plans, timeoutMs);
    },
    sendText: async (text, timeoutMs) => fly(requests.query(text), [], timeoutMs),
    status: () => status,
    isClosed: () => closed,
    end() {
      closed = true;
      return new Promise((resolve) => {
        if (socket.destroyed) return resolve();
        socket.once('close', () => resolve());
        socket.end(requests.terminate);
      });
    },
    destroy() {
      fail(new Error('the connection was given up'));
    },
  };
}

/** @returns the plan that it goes by */
function write(
  flying: requests.Requests,
  { text, params = [], prepared = false }: FlightStatement,
  planOf: PlanOf,
): KeptPlan | undefined {
  const plan = prepared ? planOf(text) : undefined;
  const name = plan?.name ?? '';
  const isNew = plan === undefined || !plan.isSent;
  if (isNew) requests.parse(flying, name, text);
  // What a kept statement answers is asked once: when that changes, the server refuses its plan.
  if (isNew && plan !== undefined) requests.describeStatement(flying, name);
  requests.bind(flying, name, params.map(parameterText));
  flying.messages(plan === undefined ? requests.describeAndExecute : requests.execute);
  if (plan !== undefined) plan.isSent = true;
  return plan;
}

/** One more message of what a flight is answered. */
function answer(flight: Flight, type: string, body: Body): void {
  const plan = flight.plans[flight.results.length];
  switch (type) {
    // Parsed, bound, and the types of parameters.
    case '1':
    case 't':
      return;
    case '2':
      flight.columns = plan?.columns ?? none;
      return;
    case 'T':
      flight.columns = readColumns(body);
      if (plan !== undefined) plan.columns = flight.columns;
      return;
    case 'n':
      if (plan !== undefined) plan.columns = none;
      return;
    case 'D':
      flight.rows.push(readRow(body, flight.columns));
      return;
    case 'C':
    case 'I':
      flight.results.push({ rows: flight.rows, rowCount: type === 'C' ? readRowCount(body) : 0 });
      flight.rows = [];
      flight.columns = none;
      return;
    default:
      if (unasked.has(type)) return;
      throw new Error(`the database answers with a message (${type}) that is not understood`);
  }
}
