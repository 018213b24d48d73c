import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Failure, type Problem } from '../../errors.ts';
import type { Text } from '../../text.ts';

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
  /** What the server calls the session by. */
  applicationName: string;
  /** `require`: the password is proven together with the certificate, or not at all. */
  channelBinding: 'disable' | 'prefer' | 'require';
  /** Until a connection is open, where the address says so. */
  connectTimeoutMs: number | undefined;
}

type TlsMode = 'clear' | 'unverified' | 'verified' | 'by-host';

/**
 * `sslmode` as libpq spells it, with two differences that are meant: `require` and `verify-ca` verify the name too,
 * and `prefer` and `allow`, which fall back to clear text at the wish of an attacker in the middle, mean what no `sslmode`
 * means: TLS, verified, wherever a connection leaves the machine.
 */
const tlsModes: ReadonlyMap<string, TlsMode> = new Map([
  ['disable', 'clear'],
  ['allow', 'by-host'],
  ['prefer', 'by-host'],
  ['no-verify', 'unverified'],
  ['require', 'verified'],
  ['verify-ca', 'verified'],
  ['verify-full', 'verified'],
]);

const digits = /^\d+$/;
const any = /^/;

/** The query parameters that are read, and the values that they may have. */
const readParameters: Readonly<Record<string, RegExp>> = {
  application_name: any,
  channel_binding: /^(disable|prefer|require)$/,
  connect_timeout: digits,
  host: any,
  options: any,
  sslmode: new RegExp(`^(${[...tlsModes.keys()].join('|')})$`),
  sslrootcert: any,
};

/** Those that hosts hand out and that change nothing here, or nothing with these values. */
const idleParameters: Readonly<Record<string, RegExp>> = {
  client_encoding: /^(utf-?8|auto)$/i,
  connection_limit: digits,
  fallback_application_name: any,
  gssencmode: /^(disable|prefer)$/,
  keepalives: any,
  keepalives_count: any,
  keepalives_idle: any,
  keepalives_interval: any,
  pgbouncer: any,
  pool_timeout: digits,
  sslnegotiation: /^postgres$/,
  statement_cache_size: digits,
  target_session_attrs: /^(any|primary|read-write)$/,
  tcp_user_timeout: any,
};

const texts = {
  malformed: {
    en: 'must read postgresql://user:password@host:port/database, with ? # / @ : % in the password percent-encoded',
    zh: '格式应为 postgresql://user:password@host:port/database，密码中的 ? # / @ : % 须做百分号编码',
  },
  cut: {
    en: '? # / @ and line breaks in the password, or where else they separate nothing, must be percent-encoded',
    zh: '密码等处不作分隔符的 ? # / @ 与换行须做百分号编码',
  },
  unknown: {
    en: `has a parameter that is not supported; supported are ${Object.keys(readParameters).join(', ')}`,
    zh: `含不支持的参数；支持的有 ${Object.keys(readParameters).join('、')}`,
  },
  noHost: { en: 'names no host', zh: '没有主机' },
  noBinding: { en: 'channel_binding=require needs TLS', zh: 'channel_binding=require 需要 TLS' },
  noCertificate: { en: 'the file of sslrootcert cannot be read', zh: 'sslrootcert 的文件无法读取' },
};

/**
 * Reads `postgresql://user:password@host:port/database?sslmode=…`. Of the query parameters, `host` names the folder of a
 * Unix socket, `sslrootcert` a PEM file or `system`. Without `sslmode` a connection that leaves the machine uses TLS and
 * verifies the certificate, one that stays on it does not.
 *
 * @throws Failure `Misconfigured` with every problem at once. No part of the text is repeated but names of parameters
 *   that are known: a password with a character that URLs are cut at comes to lie anywhere.
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const url = parseUrl(text);
  const query = url.searchParams;
  const problems = [...unreadParameters(query), ...undecodable(url)];
  const host = query.get('host') ?? decode(url.hostname.replace(/^\[|\]$/g, '')) ?? '';
  if (host === '') problems.push(texts.noHost);
  const mode = tlsModes.get(query.get('sslmode') ?? 'prefer') ?? 'by-host';
  const isClear = mode === 'clear' || (mode === 'by-host' && isLocal(host));
  // Checked by `unreadParameters`.
  const channelBinding = (query.get('channel_binding') ?? 'disable') as DatabaseAddress['channelBinding'];
  if (isClear && channelBinding === 'require') problems.push(texts.noBinding);
  const ca = readRootCertificate(query.get('sslrootcert'), problems);
  if (problems.length > 0) throw misconfigured(problems);
  const connectTimeoutS = Number(query.get('connect_timeout') ?? 0);
  return {
    host,
    port: url.port === '' ? 5432 : Number(url.port),
    user: decode(url.username) || undefined,
    password: decode(url.password) || undefined,
    database: decode(url.pathname.slice(1)) || undefined,
    ssl: isClear ? false : { rejectUnauthorized: mode !== 'unverified', ...(ca ? { ca } : {}) },
    options: query.get('options') ?? undefined,
    applicationName: query.get('application_name') || 'qianma',
    channelBinding,
    connectTimeoutMs: connectTimeoutS === 0 ? undefined : connectTimeoutS * 1000,
  };
}

function parseUrl(text: string): URL {
  // The error of `new URL` carries the text, password and all: ask first.
  if (!URL.canParse(text)) throw misconfigured([texts.malformed]);
  const url = new URL(text);
  if (!/^postgres(ql)?:$/.test(url.protocol)) throw misconfigured([texts.malformed]);
  // What is meant to be before the host has come to lie behind it; and line breaks are dropped without a word.
  const [, rest = ''] = /^[^:]+:\/\/[^/?#]*(.*)$/s.exec(text) ?? [];
  if (/[@#]/.test(rest) || /[\t\r\n]/.test(text)) throw misconfigured([texts.cut]);
  return url;
}

function unreadParameters(query: URLSearchParams): Text[] {
  const problems = new Map<string, Text>();
  for (const [name, value] of query) {
    const values = ownValue(readParameters, name) ?? ownValue(idleParameters, name);
    if (values === undefined) problems.set('', texts.unknown);
    else if (!values.test(value)) problems.set(name, unfitValue(name, values));
  }
  return [...problems.values()];
}

function unfitValue(name: string, values: RegExp): Text {
  const wanted = values.source.replace(/[\^$()?]/g, '').replaceAll('|', ', ');
  return values === digits
    ? { en: `${name} must be a whole number`, zh: `${name} 须为整数` }
    : { en: `${name} must be one of ${wanted}`, zh: `${name} 须为以下之一：${wanted}` };
}

function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** A lone `%` in a password is a common slip; it must not come back in an error text. */
function undecodable(url: URL): Text[] {
  return (['username', 'password', 'pathname'] as const)
    .filter((part) => decode(url[part]) === undefined)
    .map((part) => ({
      en: `the ${part} is not percent-encoded correctly`,
      zh: `${part} 的百分号编码有误`,
    }));
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function readRootCertificate(path: string | null, problems: Text[]): Buffer | undefined {
  // The roots that Node knows.
  if (path === null || path === 'system') return undefined;
  try {
    return readFileSync(path);
  } catch {
    problems.push(texts.noCertificate);
    return undefined;
  }
}

/** Does a connection to `host` stay on this machine? */
function isLocal(host: string): boolean {
  if (host.startsWith('/') || host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

function misconfigured(messages: readonly Text[]): Failure {
  const problems: Problem[] = messages.map((message) => ({ path: 'DATABASE_URL', message }));
  const detail = {
    en: `DATABASE_URL: ${messages.map(({ en }) => en).join('; ')}`,
    zh: `DATABASE_URL：${messages.map(({ zh }) => zh).join('；')}`,
  };
  return new Failure('Misconfigured', { detail, problems });
}
