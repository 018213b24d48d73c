import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { openPgDatabase } from './pg-database.ts';

const unavailable = (detail: string) => ({
  code: 'DatabaseUnavailable',
  retryAfterS: 2,
  message: expect.stringContaining(detail),
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
    const thrown = await db.query('select 1').catch((error: unknown) => error);
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
    expect(await failureOf(`postgresql://u:geheim@${address}/d`)).toMatchObject(
      unavailable('is starting or stopping'),
    );
  });

  it.each([
    ['28P01', '', 'refuses the user or the password'],
    ['3D000', '', 'does not exist'],
  ])('is misconfigured when it refuses us (%s)', async (sqlState, query, detail) => {
    const address = await serverThatSays(refusal(sqlState));
    expect(await failureOf(`postgresql://u:geheim@${address}/d${query}`)).toMatchObject({
      code: 'Misconfigured',
      message: expect.stringContaining(detail),
    });
  });

  it('is misconfigured when TLS is asked of it and it has none', async () => {
    const address = await serverThatSays(Buffer.from('N'));
    expect(await failureOf(`postgresql://u:geheim@${address}/d?sslmode=require`)).toMatchObject({
      code: 'Misconfigured',
      message: expect.stringContaining('sslmode=disable'),
    });
  });
});
