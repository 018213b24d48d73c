/** The limit of an API key, as who calls too often meets it: at an action, and at each function that is none. */
import { expect, it } from 'vitest';
import { as, platformSuite } from './testing/platform-suite.ts';

const perMinute = 3;
const platform = platformSuite({ API_KEY_REQUESTS_PER_MINUTE: String(perMinute) });

it.each([
  ['POST', 'GetCallerIdentity'],
  ['GET', 'poster'],
  ['GET', 'metrics'],
  ['POST', 'mcp'],
])('%s %s is answered 429 beyond it, with the time to wait', async (method, path) => {
  const made = await platform.keys('create', '--name', path, '--role', 'admin');
  const headers = { ...as(/qm_\S+/.exec(made)?.[0] ?? ''), 'Content-Type': 'application/json' };
  const body = method === 'POST' ? '{}' : null;
  const call = () => fetch(`${platform.url}/${path}`, { method, headers, body });
  let answer = await call();
  expect(answer.status).not.toBe(429);
  expect(answer.headers.get('ratelimit-policy')).toBe(`"key";q=${perMinute};w=60`);
  // A minute may end in between, and another begin.
  for (let calls = 1; answer.status !== 429 && calls < 3 * perMinute; calls += 1) answer = await call();
  expect(answer.status).toBe(429);
  expect(await answer.json()).toMatchObject({ code: 'KeyRateLimited' });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
