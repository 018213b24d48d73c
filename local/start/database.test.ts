import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database.ts';

let root: string;
let dataDirectory: string;
let workerModule: string;
let database: Database;

const bundle = (entry: object, outfile: string) =>
  build({
    ...entry,
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
  });

// One database for all: a new one takes seconds.
beforeAll(async () => {
  // Below the repository's packages, so that the bundles find them as those in dist/ do.
  const cache = join(import.meta.dirname, '../..', 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  root = await mkdtemp(join(cache, 'database-'));
  dataDirectory = await mkdtemp(join(tmpdir(), 'qianma-database-'));
  workerModule = join(root, 'database.mjs');
  await bundle({ entryPoints: [join(import.meta.dirname, '..', 'postgresql', 'worker.ts')] }, workerModule);
  database = await openDatabase({ dataDirectory, workerModule });
  await database.ready;
});

afterAll(async () => {
  await database.close();
  await rm(root, { recursive: true, force: true });
  await rm(dataDirectory, { recursive: true, force: true });
});

async function connect(url = database.url): Promise<pg.Client> {
  const client = new pg.Client(url);
  await client.connect();
  return client;
}

describe('the embedded database', () => {
  it('tells another time when its clock is put ahead, by whatever name it is asked', async () => {
    const client = await connect();
    const days = async () => {
      const { rows } = await client.query(`select extract(epoch from now()) as now,
        extract(epoch from clock_timestamp()) as clock, extract(epoch from current_timestamp) as current`);
      return Object.values(rows[0]).map((s) => Math.round(Math.abs(Number(s) - Date.now() / 1000) / 86_400));
    };
    expect(await days()).toEqual([0, 0, 0]);
    await database.shift(365 * 86_400_000);
    expect(await days()).toEqual([365, 365, 365]);
    await database.shift(0);
    expect(await days()).toEqual([0, 0, 0]);
    await client.end();
  });

  it('answers pg over the wire, with and without parameters, several statements at once, errors and all', async () => {
    const client = await connect();
    await client.query('create table words (id int primary key, word text not null)');
    await client.query('insert into words values ($1, $2)', [1, '签署码']);
    expect((await client.query('select word from words where id = $1', [1])).rows).toEqual([
      { word: '签署码' },
    ]);
    await expect(client.query('insert into words values ($1, $2)', [1, 'x'])).rejects.toMatchObject({
      code: '23505',
    });
    await expect(client.query('no sql at all')).rejects.toMatchObject({ code: '42601' });
    expect((await client.query("select 1 as a; select 'b' as b")) as unknown).toMatchObject([
      { rows: [{ a: 1 }] },
      { rows: [{ b: 'b' }] },
    ]);
    await client.end();
  });

  it('keeps the statements of several connections apart, however long they are', async () => {
    const padding = 'x'.repeat(300_000);
    const work = async (index: number) => {
      const client = await connect();
      for (let round = 0; round < 15; round += 1) {
        const word = `${index}-${round}`;
        const { rows } = await (index % 2 === 0
          ? client.query('select left($1::text, 10) as word', [word.padEnd(10) + padding])
          : client.query('select $2::text as word, length($1::text) as n, $3::int as i', [
              padding,
              word,
              round,
            ]));
        expect(rows[0].word.trim()).toBe(word);
      }
      await client.end();
    };
    await Promise.all([0, 1, 2, 3].map(work));
  });

  it('lets transactions take turns, and loses none', async () => {
    const setup = await connect();
    await setup.query('create table counter (n int); insert into counter values (0)');
    const work = async () => {
      const client = await connect();
      for (let round = 0; round < 20; round += 1) {
        await client.query('begin');
        const { rows } = await client.query('select n from counter');
        await client.query('update counter set n = $1', [rows[0].n + 1]);
        await client.query(round % 5 === 0 ? 'rollback' : 'commit');
      }
      await client.end();
    };
    await Promise.all([work(), work(), work()]);
    expect((await setup.query('select n from counter')).rows).toEqual([{ n: 48 }]);
    await setup.end();
  });

  it('rolls back what a client leaves open, also one in an aborted transaction', async () => {
    const setup = await connect();
    await setup.query('create table left_open (n int)');
    for (const last of ['select 1', 'select 1/0']) {
      const client = await connect();
      client.on('error', () => {});
      await client.query('begin');
      await client.query('insert into left_open values (1)');
      const waiting = setup.query('select count(*)::int as n from left_open');
      await client.query(last).catch(() => {});
      // Without a goodbye, as when the process is killed.
      client.connection.stream.destroy();
      expect((await waiting).rows).toEqual([{ n: 0 }]);
    }
    await setup.end();
  });

  it('survives a client that breaks off in the middle of a statement, and one that speaks something else', async () => {
    const client = await connect();
    client.on('error', () => {});
    client.connection.stream.write(Buffer.from([0x50, 0, 0, 1, 0, 0x73, 0]));
    client.connection.stream.destroy();
    await expect(fetch(database.url.replace(/^.*@(.*?)\/.*$/, 'http://$1/'))).rejects.toThrow();
    const next = await connect();
    expect((await next.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await next.end();
  });

  it('keeps what was written, after a close and after a kill', async () => {
    const client = await connect();
    await client.query('create table kept (n int); insert into kept values (1)');
    await client.end();
    await database.close();

    const killed = join(root, 'killed.mjs');
    const contents = `
      import pg from 'pg';
      import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, 'database.ts'))};
      const database = await openDatabase({ dataDirectory: process.argv[2], workerModule: process.argv[3] });
      const client = new pg.Client(database.url);
      await client.connect();
      await client.query('insert into kept values (2)');
      console.log('written');
    `;
    await bundle({ stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' } }, killed);
    const child = spawn(process.execPath, [killed, dataDirectory, workerModule], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    database = await openDatabase({ dataDirectory, workerModule });
    const again = await connect();
    expect((await again.query('select n from kept order by n')).rows).toEqual([{ n: 1 }, { n: 2 }]);
    await again.end();
  });

  it('makes an interrupted database anew', async () => {
    const rest = join(root, 'database', 'rest-of-the-first-attempt');
    await mkdir(rest, { recursive: true });
    await writeFile(join(root, 'database.incomplete'), '');
    const interrupted = await openDatabase({ dataDirectory: root, workerModule });
    await interrupted.close();
    expect(existsSync(rest)).toBe(false);
    expect(existsSync(join(root, 'database.incomplete'))).toBe(true);
    await expect(interrupted.ready).rejects.toThrow('its thread has ended');
  });

  it('refuses a database that it cannot open, in one line', async () => {
    const elsewhere = join(root, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'database'), 'no directory');
    const broken = await openDatabase({ dataDirectory: elsewhere, workerModule });
    await expect(broken.ready).rejects.toThrow(
      /^Misconfigured: the database in \S+ cannot be opened: [^\n]+$/,
    );
    await broken.close();
  });
});
