import { createServer, type Server, type Socket } from 'node:net';
import { type Client, firstSettings } from './client.ts';
import { type Backend, createOneSession, type OneSession, type SessionSurroundings } from './one-session.ts';
import {
  createMessageReader,
  encryptionRefusal,
  fatalError,
  sessionStart,
  startupParameters,
  type WireMessage,
} from './wire-messages.ts';

/** After these the client expects an answer and says nothing that belongs to the same statement. */
const endsOfCycle = new Set(['Q', 'S', 'F']);
/** What a client still sends when it was refused that its rows are read: rows, their end, their failure. */
const rowsFromClient = new Set(['d', 'c', 'f']);

const production: SessionSurroundings = {
  after(ms, callback) {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/**
 * Serves one PostgreSQL backend to several connections over the wire protocol, each as in a session of its own; while
 * one is in a transaction the others wait. `@electric-sql/pglite-socket` 0.2.17 hands messages over one by one as they
 * arrive, and answers one client with the statement of another where a statement arrives in pieces:
 * `findings/pglite-socket-statements-mixed-up.sh`. Here a statement is complete before its first message is handed
 * over, and a client that dies leaves nothing open.
 *
 * @param open opens the backend: at once, and again if it should end
 */
export function createWireServer(
  open: () => Promise<Backend>,
  surroundings: SessionSurroundings = production,
): Server {
  const session = createOneSession(open, surroundings);
  const start = readStart(session);
  // Its opener gets a failure; so does a connection.
  start.catch(() => {});
  return createServer({ noDelay: true }, (socket) => {
    // Ends with the socket, on either side's wish; an error is the client's, who is gone.
    serve(socket, session, start).catch(() => socket.destroy());
    socket.on('error', () => socket.destroy());
  });
}

/** What a client gets before its first statement. */
async function readStart(session: OneSession): Promise<Buffer> {
  const rows = await session.query<{ name: string; setting: string; pid: number }>(
    `select name, setting, pg_backend_pid() as pid from pg_settings where name in
     ('server_version', 'server_encoding', 'client_encoding', 'DateStyle', 'TimeZone', 'integer_datetimes',
      'standard_conforming_strings')`,
  );
  const parameters = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  return sessionStart(parameters, rows[0]?.pid ?? 0);
}

async function serve(socket: Socket, session: OneSession, start: Promise<Buffer>): Promise<void> {
  const read = createMessageReader();
  let statement: WireMessage[] = [];
  let isOver = false;
  const client: Client = {
    write(data) {
      if (socket.writable) socket.write(data);
    },
    end(last) {
      isOver = true;
      socket.end(last, () => socket.destroy());
    },
    settings: new Map(),
    touched: new Set(),
    statements: new Map(),
  };

  /** Whether the connection goes on. */
  async function take(message: WireMessage): Promise<boolean> {
    const { type } = message;
    if (isOver || type === 'cancel-request' || type === 'X') return false;
    if (type === 'encryption-request') socket.write(encryptionRefusal);
    else if (type === 'startup') {
      client.settings = firstSettings(startupParameters(message));
      socket.write(await start);
    } else if (!rowsFromClient.has(type)) {
      statement.push(message);
      const isEnd = endsOfCycle.has(type);
      if (!isEnd && type !== 'H') return true;
      const messages = statement;
      statement = [];
      await session.run(client, messages, isEnd);
    }
    return true;
  }

  try {
    // What is written last still has to leave.
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      // Without an encoding a socket yields buffers.
      for (const message of read(chunk as Buffer)) {
        if (!(await take(message))) return;
      }
    }
  } catch (error) {
    client.write(fatalError(...errorFields(error)));
  } finally {
    await session.leave(client);
    socket.end();
  }
}

/** SQLSTATE and message of what ends a connection. */
function errorFields(error: unknown): [string, string] {
  if (!(error instanceof Error)) return ['08P01', 'the connection failed'];
  const state = 'code' in error && typeof error.code === 'string' ? error.code : '08P01';
  return [state, error.message];
}
