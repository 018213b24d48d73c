import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createCloudModel } from '../testing/cloud-model.ts';
import { deployOnce } from '../testing/deployer.ts';
import { desiredIn } from '../testing/project.ts';
import type { CloudApi } from './cloud-api.ts';
import { readState } from './read-state.ts';
import { smokeTest } from './smoke-test.ts';

async function smoke(
  answer: () => Promise<Response>,
  changes: { failing?: string; changed?: string[]; times?: number } = {},
) {
  const model = createCloudModel();
  const desired = desiredIn();
  await deployOnce(model.api, desired);
  const current = await readState(model.api, desired);
  if (changes.failing !== undefined) model.failingInvocations.add(changes.failing);
  const invoked: unknown[] = [];
  const api: CloudApi = (action, parameters) => {
    invoked.push(parameters);
    return model.api(action, parameters);
  };
  const changed = new Set(changes.changed ?? ['qianma-dev-renew-expired-codes']);
  const functions = Array.from({ length: changes.times ?? 1 }, () => desired.functions).flat();
  const called = { ...desired, functions };
  const results = await smokeTest({ desired: called, current, api, fetch: answer, nowMs: () => 0, changed });
  return {
    results: Object.fromEntries(
      results.map(({ target, ok, text }) => [target.replace('qianma-dev-', ''), [ok, text.en]]),
    ),
    invoked,
  };
}

describe('the smoke test', () => {
  it('calls every Function URL and sends every timer its tick', async () => {
    const { results, invoked } = await smoke(async () =>
      Response.json({ code: 'Unauthenticated' }, { status: 401 }),
    );
    expect(results).toEqual({
      'stable-link': [true, 'answers 401'],
      'callback-handler': [true, 'answers 401'],
      'renew-expired-codes': [true, 'ran'],
    });
    expect(invoked).toEqual([
      expect.objectContaining({
        Qualifier: '$DEFAULT',
        ClientContext:
          '{"Type":"Timer","TriggerName":"every-minute","Time":"1970-01-01T00:00:00Z","Message":"all"}',
      }),
    ]);
  });

  it('calls a few at a time: instances that start side by side start slowly', async () => {
    let [calls, underWay, most] = [0, 0, 0];
    await smoke(
      async () => {
        calls += 1;
        underWay += 1;
        most = Math.max(most, underWay);
        await setImmediate();
        underWay -= 1;
        return new Response('');
      },
      { times: 20 },
    );
    expect(calls).toBe(2 * 20);
    expect(most).toBe(6);
  });

  it('invokes nothing that has not changed', async () => {
    const { invoked } = await smoke(async () => new Response(''), { changed: [] });
    expect(invoked).toEqual([]);
  });

  it.each([
    [
      'a problem',
      async () =>
        Response.json({ code: 'Misconfigured', detail: 'DATABASE_URL is not set' }, { status: 503 }),
      /503 Misconfigured: DATABASE_URL/,
    ],
    ['something else', async () => new Response('<html>', { status: 502 }), /^answers 502$/],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), /fetch failed/],
  ])('fails where there is %s', async (_, answer: () => Promise<Response>, text) => {
    const { results } = await smoke(answer);
    expect(results['stable-link']).toEqual([false, expect.stringMatching(text)]);
  });

  it('fails where a timer does', async () => {
    const { results } = await smoke(async () => new Response(''), {
      failing: 'qianma-dev-renew-expired-codes',
    });
    expect(results['renew-expired-codes']).toEqual([false, expect.stringContaining('DatabaseUnavailable')]);
  });
});
