/**
 * A primary and a standby that follows it by streaming replication, and what a failover does with them. As a supervisor
 * of such a pair does, it lets a primary that is alone commit alone, and makes commits wait for the standby again as soon
 * as there is one.
 */
import { chmod, chown, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { unprivileged } from '../../../shared/store/testing/own-server.ts';
import { admin, type Member, runProgram, startMember } from './member.ts';
import { type SlowWay, startSlowWay } from './slow-way.ts';

export type Replication = 'synchronous' | 'asynchronous';

export interface Pair {
  primary(): Member;
  standby(): Member | undefined;
  /** The primary is gone, and with it what was on its way to the standby. */
  killPrimary(): Promise<void>;
  /** The standby becomes the primary. Resolves when it takes writes. */
  promote(): Promise<void>;
  /** Makes another standby from the primary. Resolves when it follows, or when commits wait for it. */
  rejoin(behindMs: number): Promise<void>;
  close(): Promise<void>;
}

const standbyName = 'standby';

/** @param lagMs what the primary has written reaches the standby so much later; of use where commits do not wait for it */
export async function startPair(database: string, replication: Replication, lagMs: number): Promise<Pair> {
  const folder = await mkdtemp(join(tmpdir(), 'qianma-failover-'));
  const owner = unprivileged();
  if (owner) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
  let made = 0;
  const nextFolder = () => {
    made += 1;
    return join(folder, `data-${made}`);
  };
  const first = nextFolder();
  runProgram('initdb', folder, [
    '-D',
    first,
    '-U',
    admin,
    '-E',
    'UTF8',
    '--locale=C',
    '-A',
    'trust',
    '--no-sync',
  ]);
  let primary = await startMember(folder, first, 0);
  let standby: Member | undefined;
  let way: SlowWay | undefined;
  /** What dead servers have left on the disk. */
  const dead: string[] = [];
  await on(primary, 'postgres', (client) => client.query(`create database ${database}`));

  async function killPrimary(): Promise<void> {
    way?.cut();
    await primary.kill();
  }

  async function promote(): Promise<void> {
    if (standby === undefined) throw new Error('There is no standby');
    dead.push(primary.data);
    await on(standby, 'postgres', (client) => client.query('select pg_promote(true, 60)'));
    primary = standby;
    standby = undefined;
  }

  async function rejoin(behindMs: number): Promise<void> {
    for (const data of dead.splice(0)) await rm(data, { recursive: true });
    await way?.close();
    way = await startSlowWay(primary.port, lagMs);
    const data = nextFolder();
    const from = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', admin];
    runProgram('pg_basebackup', folder, ['-D', data, ...from, '-X', 'stream', '-c', 'fast', '--no-sync']);
    await follow(data, way.port, owner);
    standby = await startMember(folder, data, behindMs);
    await on(primary, 'postgres', async (client) => {
      await until(client, "state = 'streaming'");
      if (replication === 'asynchronous') return;
      await client.query(`alter system set synchronous_standby_names = '${standbyName}'`);
      await client.query('select pg_reload_conf()');
      await until(client, "sync_state = 'sync'");
    });
  }

  return {
    primary: () => primary,
    standby: () => standby,
    killPrimary,
    promote,
    rejoin,
    async close() {
      await way?.close();
      await Promise.all([primary.kill(), standby?.kill()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** It follows the primary by way of `port`, and will not wait for a standby when it is the primary itself. */
async function follow(data: string, port: number, owner: ReturnType<typeof unprivileged>): Promise<void> {
  const settings = join(data, 'postgresql.auto.conf');
  const inherited = (await readFile(settings, 'utf8'))
    .split('\n')
    .filter((line) => !line.startsWith('synchronous_'));
  const conninfo = `host=127.0.0.1 port=${port} user=${admin} application_name=${standbyName} sslmode=disable`;
  await writeFile(settings, [...inherited, `primary_conninfo = '${conninfo}'`, ''].join('\n'));
  const signal = join(data, 'standby.signal');
  await writeFile(signal, '');
  if (owner) await chown(signal, owner.uid, owner.gid);
}

async function until(client: pg.Client, condition: string): Promise<void> {
  const asked = `select from pg_stat_replication where application_name = '${standbyName}' and ${condition}`;
  while ((await client.query(asked)).rowCount === 0) await client.query('select pg_sleep(0.02)');
}

async function on<T>(member: Member, database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: member.urlOf(database) });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
