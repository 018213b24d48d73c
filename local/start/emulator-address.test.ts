import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sampleCode } from '../../shared/codes/testing/sample-code.ts';
import { migrate } from '../../shared/store/migrations/migrate.ts';
import type { Database } from '../../shared/store/postgres/database.ts';
import { openPgDatabase } from '../../shared/store/postgres/pg-database.ts';
import { linkReads } from '../../shared/store/register/link-reads.ts';
import { insertCode } from '../../shared/store/testing/insert-code.ts';
import { startWire, type Wire } from '../../shared/store/testing/wire.ts';
import { followEmulator } from './emulator-address.ts';

const alone = 'http://127.0.0.1:9300';
const reachable = 'http://192.168.1.5:9300';
const tencent = 'https://quick-sign.example/picture.png?from=http://127.0.0.1:9300/';

let wire: Wire;
let db: Database;
let directory: string;

const linksAt = (origin: string) => ({
  HttpSignUrl: `${origin}/h5/jump-mp.html?qrCodeId=1`,
  QrCodeUrl: `${origin}/imgs/1.png`,
  WeixinQrCodeUrl: tencent,
});

beforeAll(async () => {
  wire = await startWire();
  db = openPgDatabase(wire.url);
  await migrate(db);
});
afterAll(async () => {
  await db.close();
  await wire.dispose();
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'qianma-address-'));
  await db.query('delete from codes', []);
  const { current, ...code } = sampleCode({});
  if (current === null) throw new Error('the sample has a generation');
  await insertCode(db, { ...code, current: { ...current, urls: linksAt(alone) } });
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const follow = (url: string) => followEmulator(directory, url, wire.url);
const links = async () => (await linkReads(db).followed(sampleCode({}).slug))?.current?.urls;

describe('the links of earlier codes', () => {
  it('stay where the emulator stays, and at its first start', async () => {
    await follow(reachable);
    await follow(reachable);
    expect(await links()).toEqual(linksAt(alone));
  });

  it('move with the emulator, there and back; other addresses never do', async () => {
    await follow(alone);
    await follow(reachable);
    expect(await links()).toEqual(linksAt(reachable));
    await follow(alone);
    expect(await links()).toEqual(linksAt(alone));
  });

  it('stay where nobody can know any more where it was', async () => {
    await writeFile(join(directory, 'emulator-address'), 'gone');
    await follow(reachable);
    expect(await links()).toEqual(linksAt(alone));
    await follow(alone);
    expect(await links()).toEqual(linksAt(alone));
  });
});
