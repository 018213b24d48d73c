import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseDatabaseUrl } from './database-url.ts';

const verified = { rejectUnauthorized: true };
const cut = '? # / @ and line breaks';
const unsaid = { applicationName: 'qianma', channelBinding: 'disable', connectTimeoutMs: undefined };

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
      ...unsaid,
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
      ...unsaid,
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
    // Never in clear because an attacker in the middle says that there is no TLS.
    ['postgres://db.example/a?sslmode=prefer', verified],
    ['postgres://db.example/a?sslmode=allow', verified],
    ['postgres://localhost/a?sslmode=prefer', false],
    ['postgres://db.example/a?sslmode=verify-full&sslrootcert=system', verified],
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

  // As they stand in the consoles of hosts and in the settings of other programs.
  it.each([
    ['postgres://u:p@ep.example/d?sslmode=require&channel_binding=require', { channelBinding: 'require' }],
    ['postgres://u:p@db.example/d?channel_binding=prefer', { channelBinding: 'prefer' }],
    [
      'postgres://u:p@db.example/d?connect_timeout=15&application_name=console',
      { connectTimeoutMs: 15_000, applicationName: 'console' },
    ],
    ['postgres://u:p@db.example/d?connect_timeout=0&application_name=', {}],
    ['postgres://u:p@pool.example:6543/d?pgbouncer=true&connection_limit=1&pool_timeout=20', { port: 6543 }],
    ['postgres://u:p@db.example/d?target_session_attrs=read-write&keepalives=1&keepalives_idle=30', {}],
    ['postgres://u:p@db.example/d?client_encoding=UTF8&gssencmode=prefer&fallback_application_name=x', {}],
    ['postgres://u:p@db.example/d?options=endpoint%3Dep-1', { options: 'endpoint=ep-1' }],
    [
      'postgres://u:p@db.example/d?options=-c%20statement_timeout%3D0&sslnegotiation=postgres',
      { options: '-c statement_timeout=0' },
    ],
  ])('takes %s', (url, said) => {
    const address = {
      user: 'u',
      password: 'p',
      database: 'd',
      ssl: verified,
      port: 5432,
      options: undefined,
    };
    expect(parseDatabaseUrl(url)).toEqual({ host: expect.any(String), ...address, ...unsaid, ...said });
  });

  it.each([
    ['', ['must read postgresql://']],
    ['db.example/a', ['must read postgresql://']],
    ['mysql://u:geheim@db.example/a', ['must read postgresql://']],
    ['postgres://u:geheim@db.example:99999/a', ['must read postgresql://']],
    ['postgres://u:geheim#1@db.example/a', ['must read postgresql://']],
    // What a character that separates something makes of a password.
    ['postgres://qm:?Sommergeheim@db.internal:5432/qm', [cut]],
    ['postgres://qm:12?geheim@db.internal:5432/qm', [cut]],
    ['postgres://qm:12#geheim@db.internal:5432/qm', [cut]],
    ['postgres://qm:12/geheim@db.internal:5432/qm', [cut]],
    ['postgres://qm:12@geheim/34@db.internal:5432/qm', [cut]],
    ['postgres://qm:ab/geheim@db.internal:5432/qm', ['must read postgresql://']],
    ['postgres://qm/geheim@db.internal:5432/qm', [cut]],
    ['postgres://qm?geheim=1@db.internal:5432/qm', [cut]],
    ['postgres://qm:abc\ngeheim@db.internal:5432/qm', [cut]],
    ['postgres://qm:abc@db.internal:5432/qm#geheim', [cut]],
    // One that is given as a parameter may be cut, too.
    ['postgres://db.example/a?user=qm&password=a&geheim=1', ['a parameter that is not supported']],
    ['postgres://db.example/a?geheim', ['a parameter that is not supported']],
    ['postgres://db.example/a?connect_timeout=geheim', ['connect_timeout must be a whole number']],
    [
      'postgres://db.example/a?channel_binding=geheim',
      ['channel_binding must be one of disable, prefer, require'],
    ],
    ['postgres://localhost/a?channel_binding=require', ['channel_binding=require needs TLS']],
    ['postgres://db.example/a?gssencmode=require', ['gssencmode must be one of disable, prefer']],
    ['postgres://db.example/a?target_session_attrs=standby', ['target_session_attrs must be one of']],
    ['postgres://db.example/a?client_encoding=GBK', ['client_encoding must be one of']],
    ['postgresql:///a', ['names no host']],
    ['postgres://u:geheim%@db.example/a', ['the password is not percent-encoded correctly']],
    ['postgres://db.example/a?sslmode=on', ['sslmode must be one of disable, allow, prefer, no-verify']],
    ['postgres://db.example/a?sslmode=constructor', ['sslmode must be one of']],
    [
      'postgres://u:geheim@db.example/a?sslmode=on&pool=5&sslrootcert=/missing',
      ['sslmode must be', 'a parameter that is not supported', 'sslrootcert cannot be read'],
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
        message: { en: expect.stringContaining(message), zh: expect.any(String) },
      })),
    });
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain('geheim');
  });
});
