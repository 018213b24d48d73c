import { expect } from 'vitest';
import type { Platform } from '../../../local/start/testing/platform.ts';
import { mintApiKey } from '../../../shared/runtime/http/api-keys.ts';
import { manageApiKeys } from '../../../shared/store/access/api-key-management.ts';
import { openPgDatabase } from '../../../shared/store/postgres/pg-database.ts';
import type { Planting } from './people.ts';

export interface Given {
  method?: string;
  /** Below the address of the functions: `CancelBatch`, `s/abc?x=1`. */
  path: string;
  headers?: Record<string, string>;
  /** Text as it is, anything else as JSON. */
  body?: unknown;
}

/** Those who bring personal data: each request is answered with nobody whom it has not brought itself. */
export function givingTo(platform: Platform, plants: Planting) {
  async function send({ method = 'POST', path, headers = {}, body }: Given) {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const response = await fetch(`${platform.url}/${path}`, {
      method,
      redirect: 'manual',
      headers: {
        'Content-Type': 'application/json',
        Authorization: `Bearer ${platform.apiKey}`,
        ...headers,
      },
      ...(text !== undefined && { body: text }),
    });
    const answer = `${JSON.stringify([...response.headers])}\n${await response.text()}`;
    return { status: response.status, answer };
  }

  async function give(given: Given): Promise<{ status: number; answer: string }> {
    const got = await send(given);
    const brought = plants.whoIsIn(JSON.stringify(given));
    const strangers = plants.whoIsIn(got.answer).filter((plant) => !brought.includes(plant));
    expect([given.path, strangers]).toEqual([given.path, []]);
    return got;
  }

  return {
    send,
    give,

    /** A call that is carried out. @returns members of its answer */
    async done(path: string, body: object, headers: Record<string, string> = {}) {
      const { status, answer } = await give({ path, body, headers });
      expect([path, status, answer]).toEqual([path, 200, answer]);
      return JSON.parse(answer.slice(answer.indexOf('\n'))) as Record<string, unknown>; // every answer of an action is an object
    },

    /** Somebody else, who has brought nothing. */
    async viewer(organization: string): Promise<Record<string, string>> {
      const { key, keyId, hash } = mintApiKey();
      const db = openPgDatabase(platform.databaseUrl);
      const rights = { name: 'viewer', role: 'viewer', organizations: [organization], agent: null } as const;
      await manageApiKeys(db).insert({ keyId, hash, ...rights, expiresAtS: null });
      await db.close();
      return { Authorization: `Bearer ${key}` };
    },
  };
}

export type Giving = ReturnType<typeof givingTo>;
