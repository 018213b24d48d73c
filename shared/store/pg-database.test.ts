import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from './database.ts';
import { openPgDatabase, type PgOptions } from './pg-database.ts';
import { type FaultyProxy, startFaultyProxy } from './testing/faulty-proxy.ts';
import { startWire, type Wire } from './testing/wire.ts';

let wire: Wire;
let proxy: FaultyProxy;
let direct: Database;
let opened: Database[] = [];
let clockMs = 0;

beforeAll(async () => {
  wire = await startWire();
  direct = openPgDatabase(wire.url);
  await direct.query('create table notes (id int)');
});

afterAll(async () => {
  await direct.close();
  await wire.dispose();
});

beforeEach(async () => {
  clockMs = 1_000_000;
  proxy = await startFaultyProxy(wire.url);
});

afterEach(async () => {
  await Promise.all(opened.map((db) => db.close()));
  opened = [];
  await proxy.close();
  await direct.query('delete from notes');
});

function open(options: PgOptions = {}): Database {
  const db = openPgDatabase(proxy.url, { nowMs: () => clockMs, ...options });
  opened.push(db);
  return db;
}

async function backend(db: Database): Promise<unknown> {
  return (await db.query('select 1 as one')).rows;
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** `nothing of the statement happened`, or `may have had its effect or not`. */
const unavailable = (detail: string) => ({
  code: 'DatabaseUnavailable',
  retryAfterS: 2,
  detail: expect.stringContaining(detail),
});

describe('a connection', () => {
  it('is opened when it is first needed, and kept', async () => {
    const db = open();
    expect(proxy.opened()).toBe(0);
    await Promise.all([backend(db), backend(db)]);
    await backend(db);
    expect(proxy.opened()).toBe(1);
  });

  it('is opened again after the server has closed it', async () => {
    const db = open();
    await backend(db);
    await proxy.cut();
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect(proxy.opened()).toBe(2);
  });

  it('is opened again after close', async () => {
    const db = open();
    await backend(db);
    await db.close();
    await backend(db);
    expect(proxy.opened()).toBe(2);
  });
});

describe('a connection that was idle', () => {
  it('is used without a question within a second', async () => {
    const db = open();
    await backend(db);
    const before = proxy.sentBytes();
    await backend(db);
    const bytesOfOne = proxy.sentBytes() - before;
    clockMs += 1_000;
    await backend(db);
    expect(proxy.sentBytes() - before).toBe(2 * bytesOfOne);
  });

  it('is asked after a second, and kept when it answers', async () => {
    const db = open();
    await backend(db);
    const before = proxy.sentBytes();
    clockMs += 1_001;
    await backend(db);
    expect(proxy.sentBytes() - before).toBeGreaterThan(Buffer.byteLength('select 1select 1 as one'));
    expect(proxy.opened()).toBe(1);
  });

  it('is replaced when it does not answer, and the statement runs once', async () => {
    const db = open({ livenessTimeoutMs: 20 });
    await backend(db);
    proxy.lose('everything');
    clockMs += 5_000;
    const written = db.query('insert into notes values (1)');
    while (proxy.opened() === 1) await new Promise((resolve) => setImmediate(resolve));
    proxy.lose('nothing');
    await written;
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 1 }]);
  });

  it.each([120_001, -1])('is replaced without a question after %i ms', async (ms) => {
    const db = open();
    await backend(db);
    clockMs += ms;
    await backend(db);
    expect(proxy.opened()).toBe(2);
  });
});

describe('an answer that does not come', () => {
  it('leaves the effect open, and nothing is sent again', async () => {
    const db = open({ deadlineMs: () => clockMs + 150 });
    await backend(db);
    proxy.lose('answers');
    const lost = await failure(db.query('insert into notes values (2)'));
    expect(lost).toMatchObject(unavailable('may have had its effect or not'));
    proxy.lose('nothing');
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect((await direct.query('select id from notes')).rows).toEqual([{ id: 2 }]);
  });

  it('ends a transaction, which the server rolls back', async () => {
    const db = open({ deadlineMs: () => clockMs + 150 });
    const lost = await failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (3)');
        proxy.lose('everything');
        await tx.query('insert into notes values (4)');
      }),
    );
    expect(lost).toMatchObject({ code: 'DatabaseUnavailable' });
    proxy.lose('nothing');
    expect((await direct.query('select id from notes')).rows).toEqual([]);
  });

  it('does not come either when the connection ends while it is awaited', async () => {
    const db = open();
    await backend(db);
    proxy.lose('answers');
    const before = proxy.sentBytes();
    const running = failure(db.query('update notes set id = 5'));
    while (proxy.sentBytes() === before) await new Promise((resolve) => setImmediate(resolve));
    await proxy.cut();
    expect(await running).toMatchObject(unavailable('may have had its effect or not'));
  });
});

describe('a transaction whose connection is lost', () => {
  it('does not go on on another one', async () => {
    const db = open();
    const lost = await failure(
      db.transaction(async (tx) => {
        await tx.query('insert into notes values (6)');
        await proxy.cut();
        await failure(tx.query('insert into notes values (7)'));
        await tx.query('insert into notes values (8)');
      }),
    );
    expect(lost).toMatchObject({ code: 'DatabaseUnavailable' });
    expect(await backend(db)).toEqual([{ one: 1 }]);
    expect((await direct.query('select id from notes')).rows).toEqual([]);
  });
});

describe('the deadline of an event', () => {
  it('stops a statement before it is sent', async () => {
    let deadlineMs = clockMs + 60_000;
    const db = open({ deadlineMs: () => deadlineMs });
    await backend(db);
    const before = proxy.sentBytes();
    deadlineMs = clockMs;
    await expect(db.query('insert into notes values (9)')).rejects.toMatchObject({
      code: 'DeadlineExceeded',
    });
    expect(proxy.sentBytes()).toBe(before);
  });

  it('stops the opening of a connection', async () => {
    proxy.lose('answers');
    const late = open({ deadlineMs: () => clockMs });
    await expect(late.query('select 1')).rejects.toMatchObject({ code: 'DeadlineExceeded' });
    expect(proxy.opened()).toBe(0);
    const short = open({ deadlineMs: () => clockMs + 50 });
    expect(await failure(short.query('select 1'))).toMatchObject(unavailable('nothing was done'));
  });
});

describe('a server that cannot be used', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** Answers the first bytes of every connection with `answer`. */
  async function serverThatSays(answer: Buffer): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(answer));
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function refusal(sqlState: string): Buffer {
    const fields = Buffer.from(`SFATAL\0VFATAL\0C${sqlState}\0Mpassword authentication failed\0\0`);
    const length = Buffer.alloc(4);
    length.writeInt32BE(fields.length + 4);
    return Buffer.concat([Buffer.from('E'), length, fields]);
  }

  async function failureOf(url: string): Promise<unknown> {
    const db = openPgDatabase(url);
    const thrown = await failure(db.query('select 1'));
    await db.close();
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toMatch(/geheim|postgresql:/);
    return thrown;
  }

  it('is unavailable when nobody listens', async () => {
    const address = await serverThatSays(Buffer.alloc(0));
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await failureOf(`postgresql://u:geheim@${address}/d`)).toMatchObject(
      unavailable('cannot be reached'),
    );
  });

  it('is unavailable when it hangs up', async () => {
    const address = await serverThatSays(Buffer.alloc(0));
    expect(await failureOf(`postgresql://u:geheim@${address}/d`)).toMatchObject(
      unavailable('cannot be reached'),
    );
  });

  it('is unavailable while it starts', async () => {
    const address = await serverThatSays(refusal('57P03'));
    expect(await failureOf(`postgresql://u:geheim@${address}/d`)).toMatchObject(unavailable('is starting'));
  });

  it.each([
    ['28P01', '', 'refuses the user or the password'],
    ['3D000', '', 'does not exist'],
  ])('is misconfigured when it refuses us (%s)', async (sqlState, query, detail) => {
    const address = await serverThatSays(refusal(sqlState));
    expect(await failureOf(`postgresql://u:geheim@${address}/d${query}`)).toMatchObject({
      code: 'Misconfigured',
      detail: expect.stringContaining(detail),
    });
  });

  it('is misconfigured when TLS is asked of it and it has none', async () => {
    const address = await serverThatSays(Buffer.from('N'));
    expect(await failureOf(`postgresql://u:geheim@${address}/d?sslmode=require`)).toMatchObject({
      code: 'Misconfigured',
      detail: expect.stringContaining('sslmode=disable'),
    });
  });
});
