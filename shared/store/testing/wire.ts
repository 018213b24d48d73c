import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import type { Backend } from '../../../local/postgresql/one-session.ts';
import { createWireServer } from '../../../local/postgresql/wire-server.ts';
import { testDatabase } from './database.ts';
import { wholePglite } from './pglite-database.ts';

/** A server that speaks the protocol of PostgreSQL, for what must go over the wire or through several processes. */
export interface Wire {
  /** Empty: no migration has run. */
  url: string;
  engine: 'pglite' | 'postgres';
  /** Ends it for its clients, too. */
  dispose(): Promise<void>;
}

/**
 * A schema of its own on the server that `QIANMA_TEST_DATABASE_URL` names, or PGlite served as `npm start` does: of
 * that there is one at a time, which is empty again for the next suite.
 */
export async function startWire(): Promise<Wire> {
  if (process.env['QIANMA_TEST_DATABASE_URL'] !== undefined) {
    const { url, engine: kind, dispose } = await testDatabase({ migrated: false });
    if (url === undefined) throw new Error('A suite on PostgreSQL has a URL');
    return { url, engine: kind, dispose };
  }
  const pglite = await wholePglite();
  for (const sql of ['drop schema public cascade', 'create schema public']) await pglite.exec(sql);
  let isOver = false;
  const whileServed = <T>(work: () => Promise<T>) =>
    isOver ? Promise.reject(new Error('The engine is for another suite by now')) : work();
  const backend: Backend = {
    runExclusive: (task) => pglite.runExclusive(() => whileServed(task)),
    execProtocolRawStream: (message, options) => pglite.execProtocolRawStream(message, options),
    query: (sql) => whileServed(() => pglite.query(sql)),
  };
  const server = createWireServer(async () => backend);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    engine: 'pglite',
    async dispose() {
      isOver = true;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
