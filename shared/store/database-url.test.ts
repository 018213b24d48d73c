import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';

const verified = { rejectUnauthorized: true };

describe('parseDatabaseUrl', () => {
  it('reads every part, percent-encoded', () => {
    expect(
      parseDatabaseUrl('postgresql://us%40er:p%40ss%2F@db.example:6432/my%20db?options=-c%20a%3Db'),
    ).toEqual({
      host: 'db.example',
      port: 6432,
      user: 'us@er',
      password: 'p@ss/',
      database: 'my db',
      ssl: verified,
      options: '-c a=b',
    });
  });

  it('fills in the port and leaves the rest to the driver', () => {
    expect(parseDatabaseUrl('postgres://localhost')).toEqual({
      host: 'localhost',
      port: 5432,
      user: undefined,
      password: undefined,
      database: undefined,
      ssl: false,
      options: undefined,
    });
  });

  it.each([
    ['postgres://localhost/a', false],
    ['postgres://127.0.0.1/a', false],
    ['postgres://127.8.9.1/a', false],
    ['postgres://[::1]/a', false],
    ['postgresql:///a?host=/run/postgresql', false],
    ['postgres://10.0.0.3/a', verified],
    ['postgres://127.0.0.1.evil.example/a', verified],
    ['postgres://localhost.evil.example/a', verified],
    ['postgres://db.example/a?sslmode=disable', false],
    ['postgres://db.example/a?sslmode=no-verify', { rejectUnauthorized: false }],
    ['postgres://db.example/a?sslmode=require', verified],
    ['postgres://db.example/a?sslmode=verify-ca', verified],
    ['postgres://db.example/a?sslmode=verify-full', verified],
    ['postgres://localhost/a?sslmode=require', verified],
  ])('decides on TLS: %s', (url, ssl) => {
    expect(parseDatabaseUrl(url).ssl).toEqual(ssl);
  });

  it('takes the address of an IPv6 host without its brackets, and the folder of a Unix socket', () => {
    expect(parseDatabaseUrl('postgres://[::1]:1/a').host).toBe('::1');
    expect(parseDatabaseUrl('postgresql:///a?host=/run/postgresql').host).toBe('/run/postgresql');
  });

  it('reads the root certificate', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'root-certificate-'));
    try {
      const file = join(folder, 'ca.pem');
      writeFileSync(file, 'PEM');
      const { ssl } = parseDatabaseUrl(`postgres://db.example/a?sslrootcert=${encodeURIComponent(file)}`);
      expect(ssl).toEqual({ rejectUnauthorized: true, ca: Buffer.from('PEM') });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['', ['must read postgresql://']],
    ['db.example/a', ['must read postgresql://']],
    ['mysql://u:geheim@db.example/a', ['must read postgresql://']],
    ['postgres://u:geheim@db.example:99999/a', ['must read postgresql://']],
    ['postgres://u:geheim#1@db.example/a', ['must read postgresql://']],
    ['postgresql:///a', ['names no host']],
    ['postgres://u:geheim%@db.example/a', ['the password is not percent-encoded correctly']],
    ['postgres://db.example/a?sslmode=prefer', ['sslmode must be one of disable, no-verify']],
    ['postgres://db.example/a?sslmode=constructor', ['sslmode must be one of']],
    [
      'postgres://u:geheim@db.example/a?sslmode=allow&pool=5&sslrootcert=/missing',
      ['the parameter pool is not supported', 'sslmode must be', 'sslrootcert cannot be read'],
    ],
  ])('refuses %s with every problem and without the secret', (url, messages) => {
    let thrown: unknown;
    try {
      parseDatabaseUrl(url);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toMatchObject({
      code: 'Misconfigured',
      problems: messages.map((message) => ({
        path: 'DATABASE_URL',
        message: expect.stringContaining(message),
      })),
    });
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain('geheim');
  });
});
