import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { testDatabase } from './database.ts';
import { createPglite } from './pglite-database.ts';

/** A server that speaks the protocol of PostgreSQL, for what must go through `pg` or through several processes. */
export interface Wire {
  /** Empty: no migration has run. */
  url: string;
  engine: 'pglite' | 'postgres';
  dispose(): Promise<void>;
}

/** A schema of its own on the server that `QIANMA_TEST_DATABASE_URL` names, or PGlite behind a socket. */
export async function startWire(): Promise<Wire> {
  if (process.env['QIANMA_TEST_DATABASE_URL'] !== undefined) {
    const { url, engine, dispose } = await testDatabase({ migrated: false });
    if (url === undefined) throw new Error('A suite on PostgreSQL has a URL');
    return { url, engine, dispose };
  }
  const engine = await createPglite();
  const server = new PGLiteSocketServer({ db: engine, port: 0, maxConnections: 50 });
  await server.start();
  return {
    url: `postgresql://postgres@${server.getServerConn()}/postgres`,
    engine: 'pglite',
    async dispose() {
      await server.stop();
      await engine.close();
    },
  };
}
