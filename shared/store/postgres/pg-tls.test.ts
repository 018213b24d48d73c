import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localhostCertificate } from '../testing/localhost-certificate.ts';
import { startTlsFront, type TlsFront } from '../testing/tls-front.ts';
import { startWire, type Wire } from '../testing/wire.ts';
import { openPgDatabase } from './pg-database.ts';

let wire: Wire;
let front: TlsFront;
let folder: string;
let root: string;

beforeAll(async () => {
  wire = await startWire();
  front = await startTlsFront(wire.url);
  folder = await mkdtemp(join(tmpdir(), 'pg-tls-'));
  root = join(folder, 'root.pem');
  await writeFile(root, localhostCertificate.cert);
});

afterAll(async () => {
  await front.close();
  await wire.dispose();
  await rm(folder, { recursive: true });
});

async function ask(host: string, query: string): Promise<unknown> {
  const url = `postgresql://postgres@${host}:${front.port}/postgres?${query}`;
  const db = openPgDatabase(url);
  try {
    return (await db.query('select 1 as one')).rows;
  } finally {
    await db.close();
  }
}

describe('TLS', () => {
  it('is spoken with a server whose certificate is trusted', async () => {
    const query = `sslmode=verify-full&sslrootcert=${encodeURIComponent(root)}`;
    expect(await ask('localhost', query)).toEqual([{ one: 1 }]);
  });

  it('is refused when nobody vouches for the certificate', async () => {
    await expect(ask('localhost', 'sslmode=require')).rejects.toMatchObject({
      code: 'Misconfigured',
      message: expect.stringContaining('not trusted'),
    });
  });

  it('is refused when the certificate is for another name', async () => {
    const query = `sslmode=require&sslrootcert=${encodeURIComponent(root)}`;
    await expect(ask('127.0.0.1', query)).rejects.toMatchObject({ code: 'Misconfigured' });
  });

  it('is spoken with anybody when that is asked for', async () => {
    expect(await ask('127.0.0.1', 'sslmode=no-verify')).toEqual([{ one: 1 }]);
  });
});
