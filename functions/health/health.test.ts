import { describe, expect, it } from 'vitest';
import type { Platform } from '../../local/start/testing/platform.ts';
import { databaseSuite } from '../../shared/store/testing/database-suite.ts';
import { platformSuite } from '../testing/platform-suite.ts';
import { createReadiness } from './readiness.ts';

const ask = async ({ url }: Platform, path: string, method = 'GET') => {
  const response = await fetch(`${url}/health${path}`, { method });
  return [response.status, await response.text()] as const;
};
const pass = [200, '{"status":"pass"}'];

describe('the health of a deployment', () => {
  const platform = platformSuite();

  it('is told to whoever asks', async () => {
    expect(await ask(platform, '/live')).toEqual(pass);
    expect(await ask(platform, '/ready')).toEqual(pass);
    expect((await ask(platform, '/ready', 'HEAD'))[0]).toBe(200);
    expect((await ask(platform, '/ready', 'POST'))[0]).toBe(405);
  });
});

describe('the health of a deployment without its database', () => {
  const platform = platformSuite();

  it('is a process that runs, which is all that a stranger hears', async () => {
    await platform.stopDatabase();
    expect(await ask(platform, '/live')).toEqual(pass);
    expect(await ask(platform, '/ready')).toEqual([503, '{"status":"fail"}']);
  });
});

describe('readiness', () => {
  const test = databaseSuite();

  it('is looked for every five seconds at most, and its reason is for the log', async () => {
    let nowMs = 1_000_000;
    const told: unknown[] = [];
    const warn = (...line: unknown[]) => void told.push(line);
    const log = { warn, info: warn, error: warn };
    const isReady = createReadiness(test.db);
    const ask = () => isReady({ now: () => nowMs, log });
    expect(await ask()).toBe(true);
    await test.db.query('delete from schema_migrations where number = 2');
    nowMs += 4_999;
    expect(await ask()).toBe(true);
    nowMs += 1;
    expect(await ask()).toBe(false);
    expect(told).toEqual([['not ready', { pending: ['2 (register)'], altered: [] }]]);
  });
});
