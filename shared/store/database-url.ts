import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Failure, type Problem } from '../errors.ts';

/** Where a database is and how to reach it. */
export interface DatabaseAddress {
  /** A name, an address, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string | undefined;
  password: string | undefined;
  database: string | undefined;
  /** False: in clear. Else what `node:tls` is given; certificates are verified unless `sslmode=no-verify`. */
  ssl: false | ConnectionOptions;
  /** Start-up options for the session, for example `-c search_path=other`. */
  options: string | undefined;
}

type TlsMode = 'clear' | 'unverified' | 'verified';

/**
 * `sslmode` as libpq spells it, with two differences that are meant: `require` and `verify-ca` verify the name too,
 * and `prefer` and `allow`, which fall back to clear text when somebody in the middle wishes so, are refused.
 */
const tlsModes: ReadonlyMap<string, TlsMode> = new Map([
  ['disable', 'clear'],
  ['no-verify', 'unverified'],
  ['require', 'verified'],
  ['verify-ca', 'verified'],
  ['verify-full', 'verified'],
]);

const parameters = ['host', 'options', 'sslmode', 'sslrootcert'];

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…`. Query parameters: `sslmode`, `sslrootcert` (path
 * of a PEM file), `options`, and `host` for a Unix socket. Without `sslmode` a connection that leaves the machine
 * uses TLS and verifies the certificate, one that stays on it does not.
 *
 * @throws Failure `Misconfigured` with every problem at once; no part of the URL but parameter names is repeated.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const url = parseUrl(text);
  const query = url.searchParams;
  const problems = [...unknownParameters(query), ...undecodable(url)];
  const host = query.get('host') ?? decode(url.hostname.replace(/^\[|\]$/g, '')) ?? '';
  if (host === '') problems.push({ path: 'DATABASE_URL', message: 'names no host' });
  const sslmode = query.get('sslmode');
  const mode = sslmode === null ? (isLocal(host) ? 'clear' : 'verified') : tlsModes.get(sslmode);
  if (mode === undefined) {
    problems.push({
      path: 'DATABASE_URL',
      message: `sslmode must be one of ${[...tlsModes.keys()].join(', ')}`,
    });
  }
  const ca = readRootCertificate(query.get('sslrootcert'), problems);
  if (problems.length > 0 || mode === undefined) throw misconfigured(problems);
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    user: decode(url.username) || undefined,
    password: decode(url.password) || undefined,
    database: decode(url.pathname.slice(1)) || undefined,
    ssl: mode === 'clear' ? false : { rejectUnauthorized: mode === 'verified', ...(ca ? { ca } : {}) },
    options: query.get('options') ?? undefined,
  };
}

function parseUrl(text: string): URL {
  const malformed = {
    path: 'DATABASE_URL',
    message: 'must read postgresql://user:password@host:port/database',
  };
  // The error of `new URL` carries the text, password and all: ask first.
  if (!URL.canParse(text)) throw misconfigured([malformed]);
  const url = new URL(text);
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw misconfigured([malformed]);
  return url;
}

function unknownParameters(query: URLSearchParams): Problem[] {
  return [...new Set(query.keys())]
    .filter((name) => !parameters.includes(name))
    .map((name) => ({ path: 'DATABASE_URL', message: `the parameter ${name} is not supported` }));
}

/** A lone `%` in a password is a common slip; it must not come back in an error text. */
function undecodable(url: URL): Problem[] {
  return (['username', 'password', 'pathname'] as const)
    .filter((part) => decode(url[part]) === undefined)
    .map((part) => ({ path: 'DATABASE_URL', message: `the ${part} is not percent-encoded correctly` }));
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function readRootCertificate(path: string | null, problems: Problem[]): Buffer | undefined {
  if (path === null) return undefined;
  try {
    return readFileSync(path);
  } catch {
    problems.push({ path: 'DATABASE_URL', message: 'the file of sslrootcert cannot be read' });
    return undefined;
  }
}

/** Does a connection to `host` stay on this machine? */
function isLocal(host: string): boolean {
  if (host.startsWith('/') || host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function misconfigured(problems: Problem[]): Failure {
  const all = problems.map(({ message }) => message).join('; ');
  return new Failure('Misconfigured', { detail: `DATABASE_URL: ${all}`, problems });
}
