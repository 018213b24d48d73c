import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../shared/errors.ts';
import { localCallbackKey, localCallbackToken, readStartConfiguration } from './start-configuration.ts';

const key = `qm_${'a1'.repeat(6)}_${'Zz-_0'.repeat(8)}abc`;

const problemsOf = (environment: Record<string, string>) => {
  try {
    readStartConfiguration(environment);
  } catch (error) {
    if (error instanceof Failure) return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
};

describe('readStartConfiguration', () => {
  it('has a default for everything, also for what is set to nothing', () => {
    const defaults = {
      port: 9000,
      host: '127.0.0.1',
      emulatorPort: 9300,
      dataDirectory: resolve('.local'),
      apiKey: undefined,
      databaseUrl: undefined,
      callbackKeys: localCallbackKey,
      callbackTokens: localCallbackToken,
      log: 'text',
    };
    expect(readStartConfiguration({})).toEqual(defaults);
    expect(readStartConfiguration({ PORT: '', DATA_DIR: ' ', API_KEY: '', DATABASE_URL: '' })).toEqual(
      defaults,
    );
  });

  it('takes what is given', () => {
    expect(
      readStartConfiguration({
        PORT: '0',
        ESSBASIC_PORT: '0',
        DATA_DIR: '/data',
        API_KEY: key,
        DATABASE_URL: 'postgres://me:pw@db:5432/qianma',
        ESS_CALLBACK_KEYS: `${'k'.repeat(32)},${'l'.repeat(32)}`,
        ESS_CALLBACK_TOKENS: 'one, two',
        LOG: 'json',
      }),
    ).toEqual({
      port: 0,
      host: '127.0.0.1',
      emulatorPort: 0,
      dataDirectory: '/data',
      apiKey: key,
      databaseUrl: 'postgres://me:pw@db:5432/qianma',
      callbackKeys: `${'k'.repeat(32)},${'l'.repeat(32)}`,
      callbackTokens: 'one, two',
      log: 'json',
    });
  });

  it.each([
    ['192.168.1.5', '192.168.1.5'],
    ['0.0.0.0', '10.0.0.7'],
    ['127.0.0.1', '127.0.0.1'],
  ])('takes HOST=%s for %s', (HOST, host) => {
    expect(readStartConfiguration({ HOST }, ['10.0.0.7', '192.168.1.5'])).toMatchObject({ host });
  });

  it('refuses to look for an address where there is none', () => {
    expect(() => readStartConfiguration({ HOST: '0.0.0.0' }, [])).toThrow(/HOST must .* \(it has none\)/);
  });

  it('refuses a HOST that is another machine, and names its own', () => {
    expect(() => readStartConfiguration({ HOST: '192.168.1.6' }, ['192.168.1.5'])).toThrow(
      /HOST must be an address of this machine in a private network \(192\.168\.1\.5\)/,
    );
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['ESSBASIC_PORT', '9000'],
    ['LOG', 'xml'],
    ['API_KEY', 'secret'],
    ['API_KEY', key.slice(0, -1)],
    ['DATABASE_URL', 'mysql://db/x'],
    ['DATABASE_URL', 'localhost'],
    ['ESS_CALLBACK_KEYS', 'short'],
    ['ESS_CALLBACK_KEYS', `${'k'.repeat(32)},`],
    ['ESS_CALLBACK_TOKENS', 'one,,two'],
    ['ESS_CALLBACK_TOKENS', 'o ne'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([name]);
  });

  it('names every problem in one line and repeats no secret', () => {
    const environment = { PORT: 'abc', API_KEY: 'my-secret', DATABASE_URL: 'mysql://me:my-secret@db/x' };
    expect(problemsOf(environment)).toEqual(['PORT', 'API_KEY', 'DATABASE_URL']);
    expect(() => readStartConfiguration(environment)).toThrow(/^Misconfigured: PORT must [^\n]*$/);
    expect(() => readStartConfiguration(environment)).not.toThrow(/my-secret/);
  });
});
