import { describe, expect, it } from 'vitest';
import { configurationDocs } from '../../docs/configuration-docs.ts';
import { Failure } from '../errors.ts';
import { type Environment, readConfig, secretsOf, type VariableName, variables } from './config.ts';
import { type Told, told } from './testing/told.ts';

const names = Object.keys(variables) as VariableName[]; // the keys of the table are the names
const hash = 'AB'.repeat(32);
const env = {
  ESS_SECRET_ID: 'AKIDqianmalocal000000000000000000000',
  ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
  ESS_APP_ID: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
  ESS_CALLBACK_KEYS: `${'A'.repeat(32)}, ${'B'.repeat(32)}`,
  ESS_CALLBACK_TOKENS: 'token-new,token-old',
  DATABASE_URL: 'postgres://user:p%40ssword@db:5432/qianma?sslmode=require',
  PUBLIC_BASE_URL: 'https://sign.example.com/base/',
} satisfies Environment;

function problemsOf(changes: Environment, needs: readonly VariableName[] = names): Told['problems'] {
  try {
    readConfig({ ...env, ...changes }, needs);
  } catch (error) {
    if (error instanceof Failure && error.code === 'Misconfigured') return told(error).problems;
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('is read, with its defaults', () => {
    expect(readConfig(env, names)).toEqual({
      ESS_SECRET_ID: 'AKIDqianmalocal000000000000000000000',
      ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
      ESS_SECRET_TOKEN: undefined,
      ESS_APP_ID: 'yDRscUUgyg1zr7wnUyJ8QMwwnHc4OOcQ',
      ESS_ENDPOINT: 'https://essbasic.tencentcloudapi.com',
      ESS_REQUESTS_PER_SECOND: 20,
      ESS_CALLBACK_KEYS: ['A'.repeat(32), 'B'.repeat(32)],
      ESS_CALLBACK_TOKENS: ['token-new', 'token-old'],
      ESS_CALLBACK_PLAINTEXT: 'refuse',
      EXPLORER_REAL_CALLS: 'refuse',
      DATABASE_URL: env.DATABASE_URL,
      REGISTER_KEYS: undefined,
      PUBLIC_BASE_URL: 'https://sign.example.com/base',
      CALLBACK_BASE_URL: undefined,
      DELIVERY_ALLOW_LOOPBACK: false,
      API_KEY_HASH: [],
      API_KEY_REQUESTS_PER_MINUTE: 3000,
      CORS_ORIGINS: [],
      CONSOLE_ORIGIN: undefined,
      FUNCTION_URLS: {},
    });
  });

  it.each(['0', '-1', 'many', 'Infinity'])('takes no %s for a rate', (rate) => {
    expect(() => readConfig({ ESS_REQUESTS_PER_SECOND: rate }, ['ESS_REQUESTS_PER_SECOND'])).toThrow(
      'above 0',
    );
  });

  it.each(['true', 'false'])('takes %s for a switch', (text) => {
    const config = readConfig({ DELIVERY_ALLOW_LOOPBACK: text }, ['DELIVERY_ALLOW_LOOPBACK']);
    expect(config).toEqual({ DELIVERY_ALLOW_LOOPBACK: text === 'true' });
  });

  it('holds and demands only what a function needs', () => {
    const config: { readonly ESS_APP_ID: string } = readConfig({ ESS_APP_ID: 'app', DATABASE_URL: 'x' }, [
      'ESS_APP_ID',
    ]);
    expect(config).toEqual({ ESS_APP_ID: 'app' });
  });

  it('names everything that is wrong at once, and no value', () => {
    const wrong: Environment = {
      DATABASE_URL: 'mysql://me:hunter22@db',
      ESS_ENDPOINT: 'ftp://x',
      ESS_SECRET_KEY: ' ',
    };
    expect(() => readConfig(wrong, names)).toThrow(Failure);
    try {
      readConfig(wrong, names);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.code).toBe('Misconfigured');
      expect(error.problems.map(({ path }) => path)).toEqual([
        'ESS_SECRET_ID',
        'ESS_SECRET_KEY',
        'ESS_APP_ID',
        'ESS_ENDPOINT',
        'ESS_CALLBACK_TOKENS',
        'DATABASE_URL',
        'PUBLIC_BASE_URL',
      ]);
      expect(told(error).detail).toMatch(
        /^ESS_SECRET_ID is not set; ESS_SECRET_KEY is not set; .*PUBLIC_BASE_URL is not set$/,
      );
      expect(JSON.stringify([error.message, error.problems])).not.toMatch(/hunter22|ftp:/);
    }
  });

  it.each<[VariableName, string, string]>([
    ['ESS_SECRET_ID', 'AKID with blank', 'visible ASCII'],
    ['ESS_SECRET_ID', 'AKID/abc', 'comma or slash'],
    ['ESS_SECRET_ID', 'AKID,abc', 'comma or slash'],
    ['ESS_SECRET_KEY', 'AbCdEf\u0007AbCdEf', 'visible ASCII'],
    ['ESS_SECRET_KEY', '密钥', 'visible ASCII'],
    ['ESS_SECRET_TOKEN', 'a\u0000b', 'visible ASCII'],
    ['ESS_ENDPOINT', 'essbasic.tencentcloudapi.com', 'is not a URL'],
    ['ESS_ENDPOINT', 'http://essbasic.tencentcloudapi.com', 'must begin with https://'],
    ['ESS_ENDPOINT', 'http://127.0.0.1.example.com', 'must begin with https://'],
    ['ESS_ENDPOINT', 'http://10.0.0.1', 'must begin with https://'],
    ['ESS_ENDPOINT', 'http://[2001:db8::1]', 'must begin with https://'],
    ['ESS_ENDPOINT', 'ftp://essbasic.tencentcloudapi.com', 'must begin with https://'],
    ['ESS_ENDPOINT', 'https://user@host', 'user or password'],
    ['ESS_ENDPOINT', 'https://host/path', 'must not have a path'],
    ['ESS_ENDPOINT', 'https://host/?a=1', 'query or fragment'],
    ['ESS_CALLBACK_KEYS', 'short', 'must have 32 characters and has 5'],
    ['ESS_CALLBACK_KEYS', `${'A'.repeat(32)},`, 'item 2 is empty'],
    [
      'ESS_CALLBACK_KEYS',
      `${'A'.repeat(32)},${'B'.repeat(31)},c`,
      'item 2 must have 32 characters and has 31, item 3',
    ],
    ['ESS_CALLBACK_KEYS', '字'.repeat(32), 'visible ASCII'],
    ['ESS_CALLBACK_TOKENS', 'a,b c', 'item 2 has characters'],
    ['ESS_CALLBACK_PLAINTEXT', 'yes', 'must be refuse or accept'],
    ['ESS_CALLBACK_PLAINTEXT', 'Accept', 'must be refuse or accept'],
    ['EXPLORER_REAL_CALLS', 'true', 'must be refuse or allow'],
    ['CALLBACK_BASE_URL', 'http://example.com/callback-handler', 'must begin with https://'],
    ['DELIVERY_ALLOW_LOOPBACK', '1', 'must be true or false'],
    ['DELIVERY_ALLOW_LOOPBACK', 'yes', 'must be true or false'],
    ['DATABASE_URL', 'mysql://x', 'must be a URL such as postgres://'],
    ['DATABASE_URL', 'localhost:5432', 'must be a URL such as postgres://'],
    ['PUBLIC_BASE_URL', 'http://sign.example.com', 'must begin with https://'],
    ['PUBLIC_BASE_URL', 'http://172.32.0.1', 'must begin with https://'],
    ['PUBLIC_BASE_URL', 'http://8.8.8.8', 'must begin with https://'],
    ['PUBLIC_BASE_URL', 'http://192.168.0.1.example.com', 'must begin with https://'],
    ['CALLBACK_BASE_URL', 'http://192.168.0.1', 'must begin with https://'],
    ['ESS_ENDPOINT', 'http://192.168.0.1', 'must begin with https://'],
    ['PUBLIC_BASE_URL', 'https://sign.example.com/?x', 'query or fragment'],
    ['API_KEY_HASH', 'abc', 'must be a SHA-256'],
    ['API_KEY_HASH', `${hash},qm_key`, 'item 2 must be a SHA-256'],
    ['CORS_ORIGINS', '*', 'must name each origin'],
    ['CORS_ORIGINS', 'https://a.example/', 'must be an origin'],
    ['CORS_ORIGINS', 'https://A.example', 'must be an origin'],
    ['CORS_ORIGINS', 'null', 'must be an origin'],
    ['CORS_ORIGINS', 'file://x', 'must be an origin'],
    ['CONSOLE_ORIGIN', 'https://a.example/console', 'must be an origin'],
    ['FUNCTION_URLS', 'https://a.example', 'item 1 must be <Function>=<URL>'],
    ['FUNCTION_URLS', 'http://*.example,A=a', 'item 2 must begin with https://'],
    ['FUNCTION_URLS', 'A=https://a.example,B=http://b.example', 'item 2 must begin with https://'],
  ])('refuses %s = %j', (name, value, message) => {
    expect(problemsOf({ [name]: value })).toEqual([
      { path: name, message: expect.stringContaining(message) },
    ]);
  });

  it.each<[VariableName, string, unknown]>([
    ['ESS_SECRET_TOKEN', ' token\n', 'token'],
    ['ESS_ENDPOINT', 'http://127.0.0.1:9300', 'http://127.0.0.1:9300'],
    ['ESS_ENDPOINT', 'http://localhost:9300/', 'http://localhost:9300'],
    ['ESS_ENDPOINT', 'http://[::1]:9300', 'http://[::1]:9300'],
    ['ESS_ENDPOINT', '', 'https://essbasic.tencentcloudapi.com'],
    ['DATABASE_URL', 'postgresql:///qianma', 'postgresql:///qianma'],
    ['PUBLIC_BASE_URL', 'http://127.0.0.1:9000/', 'http://127.0.0.1:9000'],
    ['PUBLIC_BASE_URL', 'http://192.168.1.5:9000', 'http://192.168.1.5:9000'],
    ['PUBLIC_BASE_URL', 'http://172.31.255.1', 'http://172.31.255.1'],
    ['API_KEY_HASH', `${hash} , ${hash}`, [hash.toLowerCase(), hash.toLowerCase()]],
    ['CONSOLE_ORIGIN', 'https://a.example', 'https://a.example'],
    [
      'FUNCTION_URLS',
      'A=https://a.example, b-c=https://b.example/x/',
      { A: 'https://a.example', 'b-c': 'https://b.example/x' },
    ],
    [
      'FUNCTION_URLS',
      'https://1-*.gz.example,A=a,B=b',
      { A: 'https://1-a.gz.example', B: 'https://1-b.gz.example' },
    ],
    [
      'CORS_ORIGINS',
      'https://a.example,http://localhost:5173',
      ['https://a.example', 'http://localhost:5173'],
    ],
  ])('accepts %s = %j', (name, value, expected) => {
    expect(readConfig({ ...env, [name]: value }, [name])).toEqual({ [name]: expected });
  });
});

describe('the secrets of an environment', () => {
  it('are the values of the secret variables, item by item, and the password of the database', () => {
    const secrets = secretsOf(env);
    expect(secrets).toEqual(
      expect.arrayContaining([
        env.ESS_SECRET_ID,
        env.ESS_SECRET_KEY,
        'A'.repeat(32),
        'token-old',
        env.DATABASE_URL,
        'p%40ssword',
        'p@ssword',
      ]),
    );
    expect(secrets).not.toContain(env.ESS_APP_ID);
    expect(secrets).not.toContain(env.PUBLIC_BASE_URL);
  });

  it.each([
    ['postgres://qm:?Sommergeheim@db.internal:5432/qm', ['?Sommergeheim', 'Sommergeheim']],
    ['postgres://qm:12@Sommer#geheim@db/qm', ['12@Sommer#geheim', 'Sommer', 'geheim']],
    ['postgres://qm:winter/Sommer%40heim&x@db/qm', ['winter', 'Sommer%40heim', 'Sommer@heim']],
  ])('hold the password of %s as a whole and wherever it is cut', (DATABASE_URL, parts) => {
    expect(secretsOf({ DATABASE_URL })).toEqual(expect.arrayContaining(parts));
  });

  it('are known even where the configuration is wrong', () => {
    expect(secretsOf({ DATABASE_URL: 'mysql://me:hunter%zz@db', ESS_CALLBACK_KEYS: 'too-short' })).toEqual(
      expect.arrayContaining(['hunter%zz', 'too-short']),
    );
    expect(secretsOf({})).toEqual([]);
  });
});

describe('the documentation of the configuration', () => {
  it('has both languages for every variable, and no other', () => {
    expect(Object.keys(configurationDocs).sort()).toEqual([...names].sort());
    for (const { zh, en } of Object.values(configurationDocs)) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).not.toMatch(/\p{Script=Han}/u);
    }
  });

  it('could not use a name that the platform reserves', () => {
    for (const name of names) expect(name).not.toMatch(/^(SCF|QCLOUD|TENCENTCLOUD)_/);
  });
});
