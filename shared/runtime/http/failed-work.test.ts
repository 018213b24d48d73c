import { describe, expect, it } from 'vitest';
import { Failure, UpstreamError } from '../../errors.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import { maxBodyBytes } from '../read-event.ts';
import { admin, env, stored, world } from '../testing/action-world.ts';
import { mintApiKey } from './api-keys.ts';

describe('a failure of the work', () => {
  it('of ours keeps its code and status', async () => {
    const { call, logged } = world(async () => {
      throw new Failure('RateLimited', { retryAfterS: 0.5 });
    });
    const answer = await call();
    expect(answer).toMatchObject({ statusCode: 429, headers: { 'Retry-After': '1' } });
    expect(logged()).toMatchObject([{ level: 'warn', code: 'RateLimited' }]);
  });

  it('of upstream keeps its code and request id', async () => {
    const code = 'OperationDenied.NoQuota';
    const { call, logged } = world(async () => {
      throw new UpstreamError(code, errorCodeFacts(code), {
        detail: 'none left',
        upstreamRequestId: 's7',
      });
    });
    const { statusCode, document } = await call();
    expect(statusCode).toBe(errorCodeFacts(code).status);
    expect(document).toMatchObject({ code, upstreamRequestId: 's7' });
    expect(logged()).toMatchObject([{ code, upstreamRequestId: 's7', keyId: stored.keyId }]);
  });

  it('that nobody foresaw is one generic answer, and its place is logged', async () => {
    const { call, logged } = world(async () => {
      throw new TypeError('张三 13812345678');
    });
    const { statusCode, body: text } = await call();
    expect([statusCode, JSON.parse(text).title]).toEqual([500, 'Something went wrong inside']);
    expect(text).not.toContain('TypeError');
    expect(logged()).toMatchObject([
      {
        level: 'error',
        status: 500,
        error: { code: 'InternalFailure', cause: { type: 'TypeError', stack: expect.any(Array) } },
      },
    ]);
  });

  it.each([
    ['cannot be written', { Big: 1n }],
    ['is larger than the platform takes', { Large: 'x'.repeat(maxBodyBytes) }],
  ])('is an answer that %s', async (_name, members) => {
    const { call, logged } = world(async () => members);
    expect(await call()).toMatchObject({ statusCode: 500, document: { code: 'InternalFailure' } });
    expect(logged()).toHaveLength(1);
  });

  it('is a store that cannot be reached, except for the configured key', async () => {
    const broken = mintApiKey();
    const present = async () => {
      throw new Failure('DatabaseUnavailable', { retryAfterS: 2 });
    };
    const { call, logged } = world(undefined, {}, { apiKeys: { present } });
    const refused = await call({ headers: { authorization: `Bearer ${broken.key}` } });
    expect(refused).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '2' } });
    expect((await call({ headers: { authorization: `Bearer ${admin.key}` } })).statusCode).toBe(200);
    expect(logged()).toMatchObject([{ level: 'error', code: 'DatabaseUnavailable' }, { level: 'info' }]);
  });

  it('is a wrong configuration, which names its variables', async () => {
    const { call, logged } = world(undefined, { env: { ...env, ESS_APP_ID: '', CORS_ORIGINS: '*' } });
    const { statusCode, document } = await call();
    expect(statusCode).toBe(503);
    expect(document['errors']).toMatchObject([{ path: 'CORS_ORIGINS' }, { path: 'ESS_APP_ID' }]);
    expect(logged()).toMatchObject([
      { level: 'error', code: 'Misconfigured', error: { detail: expect.stringContaining('ESS_APP_ID') } },
    ]);
  });

  it('is running out of time, which is answered while there still is some', async () => {
    let fire = () => {};
    const after = (_ms: number, callback: () => void) => {
      fire = callback;
      return () => {};
    };
    let started = () => {};
    const running = new Promise<void>((resolve) => {
      started = resolve;
    });
    const { call } = world(
      () => {
        started();
        return new Promise<never>(() => {});
      },
      { after },
    );
    const answer = call();
    await running;
    fire();
    expect((await answer).document).toMatchObject({ code: 'UnknownOutcome', status: 504 });
  });

  it('is too little time to begin', async () => {
    const { call } = world(undefined, { after: () => () => {} });
    const { document } = await call({}, { getRemainingTimeInMillis: () => 100 });
    expect(document).toMatchObject({ code: 'DeadlineExceeded', status: 504 });
  });
});
