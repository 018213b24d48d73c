/** A PostgreSQL of one's own whose clock is moved while it serves: leases, `now()` and whatever falls due follow. */
import { chmod, chown, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../../shared/store/postgres/pg-database.ts';
import { unprivileged } from '../../../shared/store/testing/own-server.ts';
import { behind, clockIn } from '../failover/clocks.ts';
import { admin, runProgram, startMember } from '../failover/member.ts';

export interface MovingServer {
  url: string;
  /** Puts its clock so far behind the machine's, for all its sessions. Milliseconds, at least 0. */
  setBehind(ms: number): Promise<void>;
  /** Over a session of the test's own, which counts with nobody. */
  ask<T>(work: (db: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Sessions of the test itself: they are no function's. */
export const ownName = 'soak';

export async function startMovingServer(behindMs: number): Promise<MovingServer> {
  const folder = await mkdtemp(join(tmpdir(), 'qianma-soak-'));
  const owner = unprivileged();
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o755);
  const clock = join(folder, 'clock');
  async function setBehind(ms: number): Promise<void> {
    if (ms < 0) throw new Error('The clock of the server is never ahead of the machine');
    // Never half written: each of its processes reads the file whenever it asks for the time.
    await writeFile(`${clock}.next`, `${behind(ms)}\n`);
    await rename(`${clock}.next`, clock);
  }
  await setBehind(behindMs);
  const data = join(folder, 'data');
  const flags = ['-U', admin, '-E', 'UTF8', '--locale=C', '-A', 'trust', '--no-sync'];
  runProgram('initdb', folder, ['-D', data, ...flags]);
  // Amid a wait the first limit that comes brings all others with it: this one, which nobody asked for, comes last.
  await writeFile(join(data, 'postgresql.auto.conf'), "deadlock_timeout = '10min'\n");
  const server = await startMember(folder, data, behindMs, clockIn(clock));
  const url = server.urlOf('postgres');
  const own = openPgDatabase(`${url}&application_name=${ownName}`);
  return {
    url,
    setBehind,
    ask: (work) => work(own),
    async close() {
      await own.close();
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
