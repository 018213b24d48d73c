import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { isAway, isUniqueViolation } from './database-errors.ts';
import { parseDatabaseUrl } from './database-url.ts';
import { connectPg, type PgConnection } from './pg-connection.ts';

let server: Server;
let connection: PgConnection;

afterEach(() => {
  connection.destroy();
  server.close();
});

const message = (type: string, body: string) => {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, Buffer.from(body, 'latin1')]);
};

/** A server that says what the test has it say. */
async function connected(): Promise<Socket> {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  const accepted = once(server, 'connection').then(async ([socket]: Socket[]) => {
    if (socket === undefined) throw new Error('nobody has come');
    await once(socket, 'data');
    socket.write(
      Buffer.concat([message('R', '\0\0\0\0'), message('K', '\0\0\0\x07\0\0\0\x08'), message('Z', 'I')]),
    );
    return socket;
  });
  connection = await connectPg(parseDatabaseUrl(`postgresql://u@127.0.0.1:${port}/d`), {
    connectTimeoutMs: 10_000,
    statementTimeoutMs: 10_000,
    lockTimeoutMs: 10_000,
    livenessTimeoutMs: 10_000,
    deadlineMs: () => Number.POSITIVE_INFINITY,
    nowMs: Date.now,
  });
  return accepted;
}

async function heard(socket: Socket): Promise<string> {
  const [bytes] = (await once(socket, 'data')) as [Buffer];
  return bytes.toString('latin1');
}

describe('a flight', () => {
  it('that rolls back goes alone: a transaction that has failed takes nothing but its end', async () => {
    const socket = await connected();
    const failing = connection
      .execute('insert', [], { before: [{ text: 'begin' }] })
      .catch((e: unknown) => e);
    expect(await heard(socket)).toContain('set_config');
    // A refusal is told when the server takes the next statement.
    socket.write(message('E', 'SERROR\0VERROR\0C23505\0Mduplicate\0\0'));
    socket.write(message('Z', 'E'));
    expect(await failing).toSatisfy((error) => isUniqueViolation(error));
    const rolling = connection.execute('rollback');
    expect(await heard(socket)).toBe(message('Q', 'rollback\0').toString('latin1'));
    socket.write(Buffer.concat([message('C', 'ROLLBACK\0'), message('Z', 'I')]));
    await rolling;
    connection.execute('select 1', []).catch(() => {});
    expect(await heard(socket)).toContain('set_config');
  });

  it.each([
    ['insert', true, 'nothing of the statement happened'],
    // The session may have been ended between the commit and its answer.
    ['commit', false, 'may have had its effect or not'],
  ])('of %s that the server ends the session at may be sent again: %s', async (text, again, told) => {
    const socket = await connected();
    const failing = connection.execute(text, []).catch((error: unknown) => error);
    await heard(socket);
    socket.write(message('E', 'SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));
    const failure = await failing;
    expect(failure).toMatchObject({ code: 'DatabaseUnavailable', message: expect.stringContaining(told) });
    expect(isAway(failure)).toBe(again);
    expect(connection.isLost()).toBe(true);
  });
});
