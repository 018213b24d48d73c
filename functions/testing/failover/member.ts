/** One server of a pair: a PostgreSQL of its own in a folder of its own, which dies as a machine does. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, listens } from '../../../shared/store/testing/listening.ts';
import { postgresPrograms, unprivileged } from '../../../shared/store/testing/own-server.ts';
import { clockBehind } from './clocks.ts';

export const admin = 'admin';

/** Runs one of PostgreSQL's programs to its end. */
export function runProgram(name: string, folder: string, args: readonly string[]): void {
  execFileSync(join(postgresPrograms ?? '', name), args, { stdio: 'pipe', cwd: folder, ...unprivileged() });
}

export interface Member {
  port: number;
  data: string;
  /** How far its clock is behind the machine's. Milliseconds. */
  behindMs: number;
  /** Of its superuser, to a database. */
  urlOf(database: string): string;
  /** All its processes are gone at once, and nothing more is said to anybody. */
  kill(): Promise<void>;
}

/**
 * Starts a server on what `initdb` or `pg_basebackup` has made. Resolves when it answers.
 *
 * @param clock the environment that gives it its clock, where that is to be moved
 */
export async function startMember(
  folder: string,
  data: string,
  behindMs: number,
  clock = clockBehind(behindMs),
): Promise<Member> {
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    hot_standby: 'on',
    max_wal_senders: 8,
    // What a dead server has on its disk is never read again.
    fsync: 'off',
    wal_receiver_status_interval: '1s',
    max_connections: 60,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(postgresPrograms ?? '', 'postgres'), ['-D', data, ...flags], {
    stdio: 'ignore',
    cwd: folder,
    env: { PATH: process.env['PATH'], ...clock },
    ...unprivileged(),
  });
  await listens(server, port);
  while (!/^ready/m.test(await readFile(join(data, 'postmaster.pid'), 'utf8')))
    if (server.exitCode !== null) throw new Error(`postgres has ended with ${server.exitCode}`);
  return {
    port,
    data,
    behindMs,
    urlOf: (database) => `postgresql://${admin}@127.0.0.1:${port}/${database}?sslmode=disable`,
    kill: () => killAll(server),
  };
}

/** A server whose first process dies alone would let the others finish what they are at. */
async function killAll(server: ChildProcess): Promise<void> {
  const { pid } = server;
  if (pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  // It starts no more of them.
  process.kill(pid, 'SIGSTOP');
  for (const own of [...childrenOf(pid), pid]) {
    try {
      process.kill(own, 'SIGKILL');
    } catch {
      // It has ended by itself in the meantime.
    }
  }
  await gone;
}

/** As Linux lists them: another program would take its time. */
function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return children === '' ? [] : children.split(' ').map(Number);
}
