import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, listens } from './listening.ts';

/** Debian's package puts it here; undefined where it is not installed. */
export const pgbouncerProgram = [
  '/usr/sbin/pgbouncer',
  '/usr/local/bin/pgbouncer',
  '/opt/homebrew/bin/pgbouncer',
].find(existsSync);

export interface PgBouncer {
  /** As `url` of the server, by way of the pooler. */
  url(database: string): string;
  stop(): Promise<void>;
}

/**
 * PgBouncer with its defaults: what is set beside the mode is where it listens, where the server is and who may come in.
 *
 * @param serverUrl of a server that lets its user in without a password
 */
export async function startPgBouncer(
  serverUrl: string,
  poolMode: 'session' | 'transaction',
  further: Readonly<Record<string, string | number>> = {},
): Promise<PgBouncer> {
  const server = new URL(serverUrl);
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'qianma-pgbouncer-'));
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: join(folder, 'users.txt'),
    pool_mode: poolMode,
    ...further,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const everyDatabase = `* = host=${server.hostname} port=${server.port || 5432}`;
  await writeFile(join(folder, 'users.txt'), `"${server.username}" ""\n`);
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    `[databases]\n${everyDatabase}\n[pgbouncer]\n${lines.join('\n')}\n`,
  );
  // It refuses to run as root, and reads its files as the user that it runs as.
  await chmod(folder, 0o755);
  const asUser = process.getuid?.() === 0 ? ['--user', 'nobody'] : [];
  const pooler = spawn(
    pgbouncerProgram ?? 'pgbouncer',
    ['--quiet', ...asUser, join(folder, 'pgbouncer.ini')],
    {
      stdio: 'ignore',
    },
  );
  await listens(pooler, port);
  return {
    url(database) {
      const own = new URL(serverUrl);
      own.host = `127.0.0.1:${port}`;
      own.pathname = `/${database}`;
      return own.href;
    },
    async stop() {
      const gone = once(pooler, 'exit');
      // At once, whichever clients are connected.
      pooler.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}
