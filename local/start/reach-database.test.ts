import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { reachDatabase } from './reach-database.ts';

async function listening() {
  const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  return { server, port: (server.address() as AddressInfo).port };
}

it('finds what listens at the address of a database', async () => {
  const { server, port } = await listening();
  await expect(reachDatabase(`postgresql://u@127.0.0.1:${port}/x?sslmode=disable`)).resolves.toBeUndefined();
  server.close();
});

it('says where nothing listens and what to do, and nothing of a password', async () => {
  const { server, port } = await listening();
  server.close();
  await once(server, 'close');
  const failure = await reachDatabase(`postgresql://u:geheim@127.0.0.1:${port}/x`).catch((error) => error);
  expect(failure).toMatchObject({
    code: 'Misconfigured',
    detail: {
      en: expect.stringContaining(`(127.0.0.1:${port}, ECONNREFUSED): start it or correct the address`),
      zh: expect.stringContaining(`127.0.0.1:${port}，ECONNREFUSED`),
    },
  });
  expect(JSON.stringify(failure)).not.toContain('geheim');
});
