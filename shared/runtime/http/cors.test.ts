import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { env, world } from '../testing/action-world.ts';
import { csvList } from './csv.ts';
import type { IdempotencyRecords, StoredAnswer } from './idempotency-record.ts';

describe('a page of another origin', () => {
  const preflight = {
    httpMethod: 'OPTIONS',
    headers: { Origin: 'https://app.example', 'Access-Control-Request-Method': 'POST' },
    body: '',
  };

  it('may call where it is configured', async () => {
    expect((await world().call(preflight)).headers).toMatchObject({
      'Access-Control-Allow-Origin': 'https://app.example',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': expect.stringContaining('Authorization'),
      Vary: 'Origin',
    });
    const { headers } = await world().call({ headers: { origin: 'https://app.example' } });
    expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://app.example', Vary: 'Origin' });
    const refused = await world().call({ headers: { origin: 'https://app.example', authorization: '' } });
    expect(refused.headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://app.example' });
    expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
  });

  it('may read every header that is sent', async () => {
    // Those that a page may always read (Fetch standard, "CORS-safelisted response-header name"), and those of CORS.
    const readable = /^(cache-control|content-language|content-type|vary|access-control-.*)$/i;
    // What a browser acts upon, and no page asks for.
    const forBrowsers =
      /^(content-security-policy|cross-origin-resource-policy|referrer-policy|strict-transport-security|x-content-type-options)$/i;
    const origin = 'https://app.example';
    const replay: IdempotencyRecords = {
      claim: async () => ({ outcome: 'replay', answer: { status: 200, body: '{}' } }),
      complete: async () => true,
      textOf: (answer: StoredAnswer) => JSON.stringify(answer),
      release: async () => true,
    };
    const slow = world(async () => {
      throw new Failure('RateLimited', { retryAfterS: 1, upstreamRequestId: 's-1' });
    });
    const table = world(
      async () => ({ Codes: [], NextCursor: 'c' }),
      {},
      { csv: csvList('Codes', 'CodeId') },
    );
    const versioned = world(async ({ limits }) => {
      limits['upstream'] = ['q=19;w=1', 'r=18;t=1'];
      return { Version: 2 };
    });
    const answers = [
      await versioned.call({ headers: { origin } }),
      await world(undefined, {}, { idempotency: replay }).call({
        headers: { origin, 'idempotency-key': 'k' },
      }),
      await world().call({ headers: { origin, authorization: '' } }),
      await world().call({ headers: { origin }, httpMethod: 'PUT' }),
      await slow.call({ headers: { origin } }),
      await table.call({ headers: { origin, accept: 'text/csv' } }),
    ];
    const sent = new Set(answers.flatMap(({ headers }) => Object.keys(headers)));
    const [exposed] = answers.map(({ headers }) => headers['Access-Control-Expose-Headers']);
    expect([...sent].filter((name) => !readable.test(name) && !forBrowsers.test(name)).sort()).toEqual(
      exposed?.split(', '),
    );
    expect(sent).toContain('Idempotent-Replayed');
  });

  it.each([['https://evil.example'], ['null'], ['https://app.example.evil'], ['HTTPS://APP.EXAMPLE'], ['']])(
    'is not let in from %s',
    async (Origin) => {
      const answer = await world().call({ ...preflight, headers: { ...preflight.headers, Origin } });
      expect(answer.statusCode).toBe(405);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('Access-Control'))).toEqual([]);
    },
  );

  it('is let in from the console too, wherever that is', async () => {
    const origin = 'https://console.example';
    const consoles = world(undefined, { env: { ...env, CONSOLE_ORIGIN: origin } });
    for (const allowed of [origin, 'https://app.example']) {
      const { headers } = await consoles.call({ headers: { origin: allowed } });
      expect(headers).toMatchObject({ 'Access-Control-Allow-Origin': allowed });
    }
    const { headers } = await world().call({ headers: { origin } });
    expect(headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });

  it('is not let in at all where nothing is configured', async () => {
    const closed = world(undefined, { env: { ...env, CORS_ORIGINS: '' } });
    const answer = await closed.call(preflight);
    expect(answer.statusCode).toBe(405);
    expect(answer.headers).not.toHaveProperty('Vary');
    expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });
});
