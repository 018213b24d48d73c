import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, listens } from './listening.ts';
import { localhostCertificate } from './localhost-certificate.ts';

/** Where the newest PostgreSQL of this machine has its programs; undefined where there is none. */
export const postgresPrograms = findPrograms();

function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...versions.map((version) => join(debian, version, 'bin')),
    '/usr/local/bin',
    '/opt/homebrew/bin',
  ].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

export interface OwnServer {
  port: number;
  /** PEM file of the certificate, which is for `localhost`. */
  certificate: string;
  /** Of its superuser `admin`, over TLS. */
  adminUrl: string;
  /** Lets it be away; connected clients are cut off. */
  stop(): Promise<void>;
  /** Lets it come back. */
  start(): Promise<void>;
  /** Takes away what is left of it after `stop`. */
  remove(): Promise<void>;
}

/**
 * A PostgreSQL of one's own, as hosts run it: all clients come over TLS, with a password (SCRAM); to the database `plain`,
 * with one that is sent as it is; to `clear` without TLS, in a private network; and to `old`, by MD5, where the role has
 * such a password.
 */
export async function startOwnServer(password: string): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'qianma-postgres-'));
  const owner = unprivileged();
  const program = (name: string) => join(postgresPrograms ?? '', name);
  const data = join(folder, 'data');
  const put = async (name: string, text: string) => {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    if (owner) await chown(join(folder, name), owner.uid, owner.gid);
  };
  await put('password', `${password}\n`);
  await put('server.key', localhostCertificate.key);
  await put('server.crt', localhostCertificate.cert);
  await put(
    'hba.conf',
    [
      'hostssl plain all 127.0.0.1/32 password',
      'hostnossl clear all 127.0.0.1/32 scram-sha-256',
      'hostnossl old all 127.0.0.1/32 md5',
      'hostssl all all 127.0.0.1/32 scram-sha-256\n',
    ].join('\n'),
  );
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o755);
  execFileSync(
    program('initdb'),
    [
      '-D',
      data,
      '-U',
      'admin',
      '-E',
      'UTF8',
      '--locale=C',
      '-A',
      'scram-sha-256',
      '--no-sync',
      `--pwfile=${join(folder, 'password')}`,
    ],
    { stdio: 'ignore', cwd: folder, ...owner },
  );
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    ssl: 'on',
    ssl_cert_file: join(folder, 'server.crt'),
    ssl_key_file: join(folder, 'server.key'),
    hba_file: join(folder, 'hba.conf'),
    fsync: 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let server: ChildProcess | undefined;
  async function start(): Promise<void> {
    server = spawn(program('postgres'), ['-D', data, ...flags], { stdio: 'ignore', cwd: folder, ...owner });
    await listens(server, port);
    // It listens before it takes anybody: as `pg_ctl` does, look into the file in which it says that it is ready.
    while (!/^ready/m.test(await readFile(join(data, 'postmaster.pid'), 'utf8'))) {
      if (server.exitCode !== null) throw new Error(`postgres has ended with ${server.exitCode}`);
    }
  }
  await start();
  const certificate = join(folder, 'server.crt');
  await chmod(certificate, 0o644);
  return {
    port,
    certificate,
    adminUrl: `postgresql://admin:${encodeURIComponent(password)}@localhost:${port}/postgres?sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate)}`,
    start,
    async stop() {
      if (server === undefined) return;
      const gone = once(server, 'exit');
      // At once, whichever clients are connected.
      server.kill('SIGINT');
      await gone;
      server = undefined;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Who runs PostgreSQL where we are root, which it refuses to be; undefined: we ourselves. */
export function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
