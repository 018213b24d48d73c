import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createWireServer } from '../../../local/postgresql/wire-server.ts';
import { testDatabase } from './database.ts';
import { createPglite } from './pglite-database.ts';

/** A server that speaks the protocol of PostgreSQL, for what must go through `pg` or through several processes. */
export interface Wire {
  /** Empty: no migration has run. */
  url: string;
  engine: 'pglite' | 'postgres';
  dispose(): Promise<void>;
}

/** A schema of its own on the server that `QIANMA_TEST_DATABASE_URL` names, or PGlite served as `npm start` does. */
export async function startWire(): Promise<Wire> {
  if (process.env['QIANMA_TEST_DATABASE_URL'] !== undefined) {
    const { url, engine, dispose } = await testDatabase({ migrated: false });
    if (url === undefined) throw new Error('A suite on PostgreSQL has a URL');
    return { url, engine, dispose };
  }
  const engine = await createPglite();
  const server = createWireServer(Promise.resolve(engine));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A TCP server that listens has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    engine: 'pglite',
    async dispose() {
      server.close();
      await once(server, 'close');
      await engine.close();
    },
  };
}
