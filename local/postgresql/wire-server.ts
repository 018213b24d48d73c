import { createServer, type Server, type Socket } from 'node:net';
import {
  createMessageReader,
  encryptionRefusal,
  fatalError,
  sessionStart,
  syncMessage,
  type WireMessage,
} from './wire-messages.ts';

/** The part of PGlite that is served. */
export interface Backend {
  runExclusive<T>(task: () => Promise<T>): Promise<T>;
  execProtocolRawStream(message: Uint8Array, options: { onRawData(data: Uint8Array): void }): Promise<void>;
  query<Row>(sql: string): Promise<{ rows: Row[] }>;
}

/** After these the client expects an answer and says nothing that belongs to the same statement. */
const endsOfCycle = new Set(['Q', 'S', 'F']);

/**
 * Serves one PostgreSQL backend to several connections over the wire protocol.
 *
 * The backend has one session, and its connections take turns in it: a connection has it from the first
 * message of a statement to `ReadyForQuery` outside a transaction. `@electric-sql/pglite-socket` hands messages over
 * one by one as they arrive; measured with its version 0.2.17, four clients whose statements are longer than one
 * TCP segment get into each other's parameters, and after one failure of the backend it answers no more. Here
 * a statement is complete before its first message is handed over, and a client that dies leaves nothing open.
 *
 * What one session means for clients: `SET`, named statements and `LISTEN` are shared by all, options of
 * the connection string are not applied, and while one is in a transaction the others wait.
 */
export function createWireServer(backend: Promise<Backend>): Server {
  const session = createSession(backend);
  const parameters = backend.then(readParameters);
  let connections = 0;
  return createServer({ noDelay: true }, (socket) => {
    connections += 1;
    // Ends with the socket, on either side's wish; an error is the client's, who is gone.
    serve(socket, session, parameters, connections).catch(() => socket.destroy());
    socket.on('error', () => socket.destroy());
  });
}

async function readParameters(backend: Backend): Promise<Record<string, string>> {
  const { rows } = await backend.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in
     ('server_version', 'server_encoding', 'client_encoding', 'DateStyle', 'TimeZone', 'integer_datetimes',
      'standard_conforming_strings')`,
  );
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

async function serve(
  socket: Socket,
  session: Session,
  parameters: Promise<Record<string, string>>,
  processId: number,
): Promise<void> {
  const read = createMessageReader();
  let statement: Buffer[] = [];

  /** Whether the connection goes on. */
  async function take({ type, bytes }: WireMessage): Promise<boolean> {
    if (type === 'cancel-request' || type === 'X') return false;
    if (type === 'encryption-request') socket.write(encryptionRefusal);
    else if (type === 'startup') socket.write(sessionStart(await parameters, processId));
    else {
      statement.push(bytes);
      const isEnd = endsOfCycle.has(type);
      if (!isEnd && type !== 'H') return true;
      const messages = statement;
      statement = [];
      await session.run(socket, messages, isEnd);
    }
    return true;
  }

  try {
    for await (const chunk of socket) {
      // Without an encoding a socket yields buffers.
      for (const message of read(chunk as Buffer)) {
        if (!(await take(message))) return;
      }
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the connection failed';
    if (socket.writable) socket.write(fatalError('08P01', detail));
  } finally {
    await session.leave(socket);
    socket.end();
  }
}

interface Session {
  /** Runs the messages of one statement when it is this client's turn. */
  run(client: Socket, messages: readonly Uint8Array[], isEnd: boolean): Promise<void>;
  /** Ends what the client has left open. */
  leave(client: Socket): Promise<void>;
}

function createSession(backend: Promise<Backend>): Session {
  const queue: (() => void)[] = [];
  let owner: Socket | undefined;

  async function acquire(client: Socket): Promise<void> {
    if (owner === client) return;
    if (owner === undefined) owner = client;
    else
      await new Promise<void>((resolve) =>
        queue.push(() => {
          owner = client;
          resolve();
        }),
      );
  }

  function release(): void {
    owner = undefined;
    queue.shift()?.();
  }

  async function execute(messages: readonly Uint8Array[], onData: (data: Buffer) => void): Promise<string> {
    const database = await backend;
    let tail: Buffer = Buffer.alloc(0);
    const onRawData = (data: Uint8Array) => {
      // A copy: the bytes lie in memory that the backend uses again.
      const bytes = Buffer.from(data);
      tail = Buffer.concat([tail, bytes]).subarray(-6);
      onData(bytes);
    };
    for (const message of messages) {
      await database.runExclusive(() => database.execProtocolRawStream(message, { onRawData }));
    }
    return readyStatus(tail);
  }

  return {
    async run(client, messages, isEnd) {
      await acquire(client);
      const status = await execute(messages, (data) => {
        if (client.writable) client.write(data);
      });
      if (isEnd && status === 'I') release();
    },
    async leave(client) {
      if (owner !== client) return;
      try {
        const status = await execute([syncMessage], () => {});
        if (status !== 'I') await (await backend).query('rollback');
      } finally {
        release();
      }
    },
  };
}

/** The state of the transaction in `ReadyForQuery`, with which every answer to a whole statement ends. */
function readyStatus(tail: Buffer): string {
  const isReady = tail.length === 6 && tail.toString('latin1', 0, 5) === 'Z\0\0\0\x05';
  return isReady ? tail.toString('latin1', 5) : '';
}
