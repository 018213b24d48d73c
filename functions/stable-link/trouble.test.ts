import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { MainHandler } from '../../shared/runtime/http/http-handler.ts';

const context = { request_id: 'test', getRemainingTimeInMillis: () => 10_000 };

// Any trouble will do: that of a deployment without its variables needs no database to be away.
let main_handler: MainHandler;
beforeAll(async () => {
  vi.stubEnv('DATABASE_URL', '');
  // Another file of this worker may have let an instance read the environment of its own.
  vi.resetModules();
  ({ main_handler } = await import('./index.ts'));
});
afterAll(() => void vi.unstubAllEnvs());

async function open(headers: Record<string, string>, httpMethod = 'GET') {
  const event = { httpMethod, path: '/s/AAAAAAAAAAAA', queryString: {}, headers, body: '' };
  const answer = await main_handler(event, context);
  return { status: answer.statusCode, type: answer.headers['Content-Type'], ...answer };
}

it('shows trouble to a browser as a page that tries again, without a word of what it is', async () => {
  const { status, type, body, headers } = await open({
    accept: 'text/html,*/*;q=0.8',
    'accept-language': 'zh-CN',
  });
  expect([status, type]).toEqual([503, 'text/html; charset=utf-8']);
  expect(headers).toMatchObject({ 'Retry-After': '10' });
  expect(body).toContain('系统繁忙');
  expect(body).not.toContain('DATABASE_URL');
});

it('tells trouble to whatever else asks as a problem document', async () => {
  const { status, type, body } = await open({});
  expect([status, type]).toEqual([503, 'application/problem+json; charset=utf-8']);
  expect(JSON.parse(body)).toMatchObject({ code: 'Misconfigured' });
});
