import { describe, expect, it } from 'vitest';
import { Failure } from '../../errors.ts';
import { admin, body, env, stored, viewer, world } from '../testing/action-world.ts';

const secrets = [admin.key, stored.key, viewer.key, env.ESS_SECRET_KEY];

describe('every answer', () => {
  it.each([
    [200, {}],
    [401, { headers: { authorization: '' } }],
    [405, { httpMethod: 'GET' }],
    [400, { body: '{' }],
    [
      204,
      {
        httpMethod: 'OPTIONS',
        headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
      },
    ],
  ])('has the security headers, scalar values and a text: %d', async (status, event) => {
    const answer = await world().call(event);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).toMatchObject({
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
      'Strict-Transport-Security': expect.stringContaining('max-age='),
      'X-Content-Type-Options': 'nosniff',
    });
    for (const value of Object.values(answer.headers)) expect(value).toEqual(expect.any(String));
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  });

  it('to 401 names the scheme, to 405 the methods', async () => {
    expect((await world().call({ headers: { authorization: '' } })).headers['WWW-Authenticate']).toBe(
      'Bearer',
    );
    expect((await world().call({ httpMethod: 'PUT' })).headers['Allow']).toBe('POST');
  });

  it.each([
    ['s1795490051430532254', 's1795490051430532254'],
    ['two\r\nlines', undefined],
  ])('has the request id of upstream, %j, where a header can hold it', async (upstreamRequestId, sent) => {
    const refused = world(async () => {
      throw new Failure('RateLimited', { upstreamRequestId });
    });
    const { headers } = await refused.call();
    expect(headers['X-Upstream-Request-Id']).toBe(sent);
  });
});

describe('what is logged', () => {
  it('has no secret and no personal value of a body, a header or an error in it', async () => {
    const person = { Name: '张三', Mobile: '13812345678', IdCardNumber: '11010519491231002X' };
    const events = [
      { body: JSON.stringify({ ...body, ...person }) },
      { body: `{"a": ${JSON.stringify(person)}` },
      { headers: { authorization: 'Bearer hunter2hunter2', cookie: 'session=hunter2hunter2' } },
      { headers: { 'x-request-id': '13812345678', 'idempotency-key': '13812345678' } },
      { headers: { 'x-request-id': stored.key } },
      { path: '/13812345678', queryString: person },
      {},
    ];
    const thrown = [
      new Error(`duplicate key: (${person.Name}, ${person.Mobile})`, {
        cause: new Error(env.ESS_SECRET_KEY),
      }),
      new Failure('InternalFailure', { detail: `${stored.key} ${person.Mobile} ${env.ESS_SECRET_KEY}` }),
      Object.assign(new Error('x'), { code: person.Mobile, name: person.Mobile, detail: person }),
      person,
    ];
    for (const error of thrown) {
      const { call, lines } = world(async ({ log }) => {
        log.info('at work', { ...person, text: `${env.ESS_SECRET_KEY} ${person.Mobile}` });
        throw error;
      });
      const context = { environment: JSON.stringify(env), getRemainingTimeInMillis: () => 10_000 };
      for (const event of events) await call(event, context);
      const text = lines.join('\n');
      for (const planted of [...secrets, ...Object.values(person), 'hunter2hunter2'])
        expect(text).not.toContain(planted);
      expect(lines.length).toBeGreaterThanOrEqual(events.length);
    }
  });
});
