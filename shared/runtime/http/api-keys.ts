import { hash as digestOf, randomBytes as nodeRandomBytes, timingSafeEqual } from 'node:crypto';
import { Failure } from '../../errors.ts';
import type { Text } from '../../text.ts';
import type { HeaderFields } from '../read-event.ts';

/** Each includes what stands before it: looking, doing, and administration, which no action asks for yet. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who acts when a request leaves `Agent` out. */
export interface DefaultAgent {
  ProxyOrganizationOpenId: string;
  ProxyOperatorOpenId: string;
}

/** A key as it is stored, and what it may do: without the key. */
export interface ApiKeyRecord {
  keyId: string;
  /** The id of the key that the first of its line had: each of the others was put in the place of the one before. */
  line: string;
  /** See {@link hashApiKey}. */
  hash: string;
  name: string;
  role: Role;
  /** `ProxyOrganizationOpenId`s that the key may act for; null: all of them. */
  organizations: readonly string[] | null;
  agent: DefaultAgent | null;
  expiresAtS: number | null;
  revokedAtS: number | null;
}

/** How often a key has called in the window at hand, and when that ends. */
export interface KeyCalls {
  /** This call among them. */
  count: number;
  /** Seconds. */
  endsInS: number;
}

export interface ApiKeyStore {
  /**
   * The record of a key that is presented. If the hash is that of the record, the use is noted and counted with the
   * same wait; where it cannot be, the count is left out.
   */
  present(key: PresentedKey): Promise<(ApiKeyRecord & { calls?: KeyCalls | null }) | undefined>;
}

export interface PresentedKey {
  keyId: string;
  hash: string;
  /** Unix seconds. */
  atS: number;
}

/** Who calls, and what they may do. */
export interface Principal {
  keyId: string;
  /** Of the key: what is remembered for the key that it has replaced is remembered for this one. */
  line: string;
  role: Role;
  organizations: readonly string[] | null;
  agent: DefaultAgent | null;
  /** Left out for a key that the configuration knows: nobody counts. */
  calls?: KeyCalls;
}

export interface NewApiKey {
  /** Shown once, to the person who will use it. */
  key: string;
  keyId: string;
  hash: string;
}

const idBytes = 6;
const secretBytes = 32;
const form = /^qm_([0-9A-Za-z]{12})_([\w-]{43,86})$/;

/** A new key, `qm_<keyId>_<secret>`: the id finds the record, the secret is 256 random bits. */
export function mintApiKey(randomBytes: (size: number) => Buffer = nodeRandomBytes): NewApiKey {
  const keyId = randomBytes(idBytes).toString('hex');
  const key = `qm_${keyId}_${randomBytes(secretBytes).toString('base64url')}`;
  return { key, keyId, hash: hashApiKey(key) };
}

/**
 * Lower-case hexadecimal SHA-256 of the whole key. A salt and a slow hash protect passwords that people choose;
 * 256 random bits cannot be guessed or listed in a table, and a fast hash keeps every call fast.
 */
export function hashApiKey(key: string): string {
  return digestOf('sha256', key);
}

const texts = {
  absent: {
    zh: '缺少 Authorization: Bearer <API 密钥>',
    en: 'Send Authorization: Bearer <api key>',
  },
  scheme: {
    zh: 'Authorization 应为 Bearer <API 密钥>',
    en: 'Authorization must be Bearer <api key>',
  },
  form: {
    zh: 'API 密钥格式应为 qm_<编号>_<密文>',
    en: 'An API key has the form qm_<id>_<secret>',
  },
  unknown: { zh: 'API 密钥无效', en: 'The API key is not known' },
  expired: { zh: 'API 密钥已过期', en: 'The API key has expired' },
  revoked: { zh: 'API 密钥已吊销', en: 'The API key is revoked' },
} as const satisfies Record<string, Text>;

export interface Authentication {
  store: ApiKeyStore;
  /** Hashes of keys that are administrators over all organisations, and need no store: the way in before one is there. */
  configuredHash?: readonly string[];
  /** Unix seconds. */
  nowS: number;
}

/**
 * Who sent these headers. The store is asked for well-formed keys only. That a key has expired or is revoked is
 * only said to its holder; an unknown id and a wrong secret give one answer.
 *
 * @throws Failure `Unauthenticated`, and whatever the store throws
 */
export async function authenticate(headers: HeaderFields, options: Authentication): Promise<Principal> {
  const { store, configuredHash = [], nowS } = options;
  const refuse = (reason: keyof typeof texts) => new Failure('Unauthenticated', { detail: texts[reason] });

  const authorization = headers['authorization'];
  if (authorization === undefined || authorization === '') throw refuse('absent');
  const key = /^bearer +(\S+)$/i.exec(authorization)?.[1];
  if (key === undefined) throw refuse('scheme');
  const keyId = form.exec(key)?.[1];
  if (keyId === undefined) throw refuse('form');

  const hash = hashApiKey(key);
  if (configuredHash.filter((known) => isEqual(known, hash)).length > 0) {
    return { keyId, line: keyId, role: 'admin', organizations: null, agent: null };
  }
  const record = await store.present({ keyId, hash, atS: nowS });
  if (record === undefined || !isEqual(record.hash, hash)) throw refuse('unknown');
  // Whatever its time says: the clocks of database and function differ.
  if (record.revokedAtS !== null) throw refuse('revoked');
  if (record.expiresAtS !== null && record.expiresAtS <= nowS) throw refuse('expired');
  const { line, role, organizations, agent, calls } = record;
  return { keyId, line, role, organizations, agent, ...(calls && { calls }) };
}

/** In a time that does not depend on where the two differ. */
function isEqual(known: string, hash: string): boolean {
  const a = Buffer.from(known, 'latin1');
  const b = Buffer.from(hash, 'latin1');
  return a.length === b.length && timingSafeEqual(a, b);
}

/** @throws Failure `Forbidden` for a role that does not include the needed one */
export function requireRole(principal: Principal, needed: Role): void {
  if (roles.indexOf(principal.role) >= roles.indexOf(needed)) return;
  const detail: Text = {
    zh: `需要 ${needed} 角色，当前密钥为 ${principal.role}`,
    en: `This needs the role ${needed}, the API key has ${principal.role}`,
  };
  throw new Failure('Forbidden', { detail });
}

/** @throws Failure `Forbidden` for an organisation that the key is not made for, or none where it is made for some */
export function requireOrganization(principal: Principal, organization: string | undefined): void {
  if (principal.organizations === null) return;
  if (organization !== undefined && principal.organizations.includes(organization)) return;
  const detail: Text = {
    zh: 'API 密钥不能代表该企业（Agent.ProxyOrganizationOpenId）',
    en: 'The API key may not act for this organisation (Agent.ProxyOrganizationOpenId)',
  };
  throw new Failure('Forbidden', { detail });
}
