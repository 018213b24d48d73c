import { type Client, noteEffects } from './client.ts';
import {
  copyRefusal,
  errorIn,
  fatalError,
  queryMessage,
  readyStatus,
  statementName,
  syncMessage,
  type WireMessage,
} from './wire-messages.ts';

/** The part of PGlite that is served. */
export interface Backend {
  runExclusive<T>(task: () => Promise<T>): Promise<T>;
  execProtocolRawStream(message: Uint8Array, options: { onRawData(data: Uint8Array): void }): Promise<void>;
  query<Row>(sql: string): Promise<{ rows: Row[] }>;
}

/** The one session of a backend, in which connections take turns. */
export interface OneSession {
  /** Runs the messages of one statement when it is this client's turn. */
  run(client: Client, messages: readonly WireMessage[], isEnd: boolean): Promise<void>;
  /** Ends what the client has left open. */
  leave(client: Client): Promise<void>;
  /** Rows of a statement of the server's own, which changes nothing in the session. */
  query<Row>(sql: string): Promise<Row[]>;
}

export interface SessionSurroundings {
  /** Calls back once after a time, unless the function that it returns is called before. */
  after(ms: number, callback: () => void): () => void;
}

/** For how long a client may keep the others waiting amid a transaction without a word, in ms. */
export const longestIdleMs = 5_000;

/**
 * A connection has the session from the first message of a statement to `ReadyForQuery` outside a transaction. When
 * another one's turn comes, the session forgets all that belongs to the connection before it (`discard all`), and
 * is given the settings of the new one; a prepared statement is given to it again when it is used. So what a connection
 * sets and prepares is its own, and stays. What cannot be given again, temporary tables, statements of SQL's own
 * `prepare` and `listen`, lasts until another connection has its turn.
 *
 * @param open opens the backend: at first, and again when it has ended amid a statement
 */
export function createOneSession(open: () => Promise<Backend>, { after }: SessionSurroundings): OneSession {
  const queue: (() => void)[] = [];
  let opened: Promise<Backend> | undefined;
  /** Who has the session, and who had it last. */
  let owner: Client | undefined;
  let last: Client | undefined;
  /** Names of prepared statements that the session has. */
  const inSession = new Set<string>();
  let isBusy = false;
  let disarm = () => {};

  async function acquire(client: Client): Promise<void> {
    if (owner === client) return;
    if (owner === undefined) owner = client;
    else {
      const turn = new Promise<void>((resolve) =>
        queue.push(() => {
          owner = client;
          resolve();
        }),
      );
      limitIdleness();
      await turn;
    }
  }

  function release(): void {
    disarm();
    owner = undefined;
    queue.shift()?.();
  }

  /** While others wait, the owner may not be silent for long. */
  function limitIdleness(): void {
    disarm();
    const idle = owner;
    if (idle === undefined || isBusy || queue.length === 0) return;
    disarm = after(longestIdleMs, () => {
      idle.end(
        fatalError('25P03', 'terminating connection: it was silent amid a transaction, and others wait'),
      );
      void leave(idle);
    });
  }

  async function execute(bytes: Uint8Array): Promise<Buffer> {
    opened ??= open();
    const backend = await opened;
    const parts: Buffer[] = [];
    // A copy: the bytes lie in memory that the backend uses again.
    const onRawData = (data: Uint8Array) => parts.push(Buffer.from(data));
    try {
      await backend.runExclusive(() => backend.execProtocolRawStream(bytes, { onRawData }));
    } catch (error) {
      // What is wrong with a statement is in the answer: this is the end of the backend.
      opened = undefined;
      last = undefined;
      inSession.clear();
      throw error;
    }
    return Buffer.concat(parts);
  }

  async function query<Row>(sql: string): Promise<Row[]> {
    opened ??= open();
    return (await (await opened).query<Row>(sql)).rows;
  }

  /** Learns what the client has set, while it has the session. */
  async function lookAtSettings(client: Client): Promise<void> {
    const { touched } = client;
    if (touched !== 'any' && touched.size === 0) return;
    const rows = await query<{ name: string; setting: string }>(
      touched === 'any'
        ? `select name, setting from pg_show_all_settings() where source = 'session'
           union all select 'role', current_setting('role') where current_setting('role') <> 'none'`
        : `select name, current_setting(name, true) as setting from unnest('{${[...touched]}}'::text[]) as name
           where current_setting(name, true) is not null`,
    );
    const before = touched === 'any' ? [] : client.settings;
    client.settings = new Map([...before, ...rows.map(({ name, setting }) => [name, setting] as const)]);
    client.touched = new Set();
  }

  async function enter(client: Client): Promise<void> {
    if (last === client) return;
    if (last !== undefined) await lookAtSettings(last);
    // Whose it is now is not known before both have succeeded.
    last = undefined;
    inSession.clear();
    const calls = [...client.settings].map(
      ([name, value]) => `set_config('${quoted(name)}', '${quoted(value)}', false)`,
    );
    const statements = ['discard all', ...(calls.length > 0 ? [`select ${calls.join(', ')}`] : [])];
    for (const sql of statements) {
      const refusal = errorIn(await execute(queryMessage(sql)));
      if (refusal !== undefined) {
        client.end(refusal);
        throw new Error('a setting of the connection cannot be used');
      }
    }
    last = client;
  }

  /** Gives the session a prepared statement that the client has and the session has not. @returns what it says of it */
  async function provide(client: Client, message: WireMessage): Promise<Buffer | undefined> {
    const name = statementName(message);
    const made = client.statements.get(name);
    if (message.type === 'P' || made === undefined || inSession.has(name)) return undefined;
    const refusal = errorIn(await execute(made));
    if (refusal === undefined) inSession.add(name);
    return refusal;
  }

  async function runOne(client: Client, message: WireMessage): Promise<Buffer> {
    const refusal = await provide(client, message);
    noteEffects(client, message);
    if (message.type === 'P') inSession.add(statementName(message));
    const mayRead = message.type === 'Q' || message.type === 'E';
    const answer = await execute(mayRead ? Buffer.concat([message.bytes, copyRefusal]) : message.bytes);
    return refusal === undefined ? answer : Buffer.concat([refusal, answer]);
  }

  async function leave(client: Client): Promise<void> {
    if (owner !== client) return;
    try {
      const status = readyStatus(await execute(syncMessage));
      if (status !== 'I') await execute(queryMessage('rollback'));
    } finally {
      release();
    }
  }

  return {
    async run(client, messages, isEnd) {
      await acquire(client);
      isBusy = true;
      disarm();
      let status = '';
      try {
        await enter(client);
        for (const message of messages) {
          const answer = await runOne(client, message);
          status = readyStatus(answer);
          client.write(answer);
        }
      } finally {
        isBusy = false;
      }
      if (isEnd && status === 'I') release();
      else limitIdleness();
    },
    leave,
    query,
  };
}

const quoted = (text: string) => text.replaceAll("'", "''");
