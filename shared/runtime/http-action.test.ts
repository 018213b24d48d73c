import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { request as cancelRequest } from '../contract/ChannelCancelMultiFlowSignQRCode.ts';
import { errorCodeFacts } from '../contract/error-codes.ts';
import { Failure, UpstreamError } from '../errors.ts';
import { type ApiKeyRecord, type ApiKeyStore, mintApiKey } from './api-keys.ts';
import { maxBodyBytes } from './events.ts';
import type { Surroundings } from './handler.ts';
import { type ActionDefinition, type Call, httpAction } from './http-action.ts';

const admin = mintApiKey();
const stored = mintApiKey();
const viewer = mintApiKey();
const record: ApiKeyRecord = {
  keyId: stored.keyId,
  hash: stored.hash,
  name: 'stored',
  role: 'operator',
  organizations: ['org-a'],
  agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'op-a' },
  expiresAtS: null,
  revokedAtS: null,
};
const records = [record, { ...record, keyId: viewer.keyId, hash: viewer.hash, role: 'viewer' as const }];
const store: ApiKeyStore = { find: async (keyId) => records.find((known) => known.keyId === keyId) };

const env = {
  API_KEY_HASH: admin.hash,
  CORS_ORIGINS: 'https://app.example',
  ESS_APP_ID: 'app',
  ESS_SECRET_KEY: 'qianmalocalsecretkey000000000000',
};
const secrets = [admin.key, stored.key, viewer.key, env.ESS_SECRET_KEY];
const agent = { AppId: 'app', ProxyOrganizationOpenId: 'org-a', ProxyOperator: { OpenId: 'op-a' } };
const body = { Agent: agent, QrCodeId: 'yDRqr' };

const schema = cancelRequest;
type Run = (call: Call<typeof schema, 'ESS_SECRET_KEY', { store: ApiKeyStore }>) => Promise<object>;

function world(run: Run = async () => ({ Done: true }), changes: Partial<Surroundings> = {}) {
  const lines: string[] = [];
  const opened: object[] = [];
  const definition: ActionDefinition<typeof schema, 'ESS_SECRET_KEY', { store: ApiKeyStore }> = {
    name: 'ChannelCancelMultiFlowSignQRCode',
    role: 'operator',
    request: schema,
    needs: ['ESS_SECRET_KEY'],
    open: (config) => {
      opened.push(config);
      return { store };
    },
    apiKeys: (resources) => resources.store,
    run,
  };
  const surroundings = {
    env,
    write: (line: string) => lines.push(line),
    newRequestId: () => 'made',
    ...changes,
  };
  const handler = httpAction(definition, surroundings);
  const call = async (event: Changes = {}, context: object = { getRemainingTimeInMillis: () => 10_000 }) => {
    const { headers, ...rest } = await handler(requestOf(event), context);
    // What the platform takes back is JSON; a problem or an answer is an object.
    const document: Record<string, unknown> = rest.body === '' ? {} : JSON.parse(rest.body);
    return { ...rest, headers, document };
  };
  return { call, handler, lines, opened, logged: () => lines.map((line) => JSON.parse(line)) };
}

interface Changes {
  headers?: object;
  [member: string]: unknown;
}

/** A request that is right, changed by the members given; headers are merged. */
function requestOf({ headers = {}, ...members }: Changes): object {
  return {
    httpMethod: 'POST',
    path: '/ChannelCancelMultiFlowSignQRCode',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${stored.key}`, ...headers },
    body: JSON.stringify(body),
    queryString: {},
    ...members,
  };
}

describe('an action', () => {
  it('answers with its own members and the request id', async () => {
    const { call } = world();
    const answer = await call({ headers: { 'X-Request-Id': 'trace-1' } });
    expect(answer).toMatchObject({
      statusCode: 200,
      isBase64Encoded: false,
      body: '{"Done":true,"RequestId":"trace-1"}',
      headers: { 'Content-Type': 'application/json; charset=utf-8', 'X-Request-Id': 'trace-1' },
    });
  });

  it('is told who asks for what, and until when', async () => {
    let seen: Parameters<Run>[0] | undefined;
    const { call } = world(
      async (received) => {
        seen = received;
        return {};
      },
      { now: () => 1_000_000 },
    );
    await call({ headers: { 'Accept-Language': 'zh-CN' } });
    expect(seen).toMatchObject({
      request: body,
      principal: { keyId: stored.keyId, role: 'operator', organizations: ['org-a'] },
      requestId: 'made',
      language: 'zh',
      deadlineMs: 1_000_000 + 10_000 - 700,
      config: { ESS_SECRET_KEY: env.ESS_SECRET_KEY, ESS_APP_ID: 'app', API_KEY_HASH: [admin.hash] },
      resources: { store },
    });
  });

  it('opens its resources once for all calls, and not for those that are refused before', async () => {
    const { call, opened } = world();
    await call({ headers: { authorization: '' } });
    await call({ headers: { authorization: `Bearer ${admin.key}` }, body: '{' });
    expect(opened).toHaveLength(0);
    await Promise.all([call(), call()]);
    expect(opened).toHaveLength(1);
  });

  it('has its Agent completed from the key and the configuration', async () => {
    let agents: unknown[] = [];
    const { call } = world(async ({ request }) => {
      agents = [...agents, request.Agent];
      return {};
    });
    expect((await call({ body: '{"QrCodeId":"x"}' })).statusCode).toBe(200);
    expect(
      (await call({ body: '{"QrCodeId":"x","Agent":{"ProxyOperator":{"OpenId":"op-b"}}}' })).statusCode,
    ).toBe(200);
    expect(agents).toEqual([agent, { ...agent, ProxyOperator: { OpenId: 'op-b' } }]);
  });

  it('without an Agent in its schema is given none', async () => {
    const handler = httpAction(
      {
        name: 'Plain',
        role: 'viewer',
        request: z.strictObject({ Name: z.optional(z.string()) }),
        needs: [],
        open: () => ({}),
        apiKeys: () => store,
        run: async ({ request }) => ({ Got: request }),
      },
      { env, write: () => {} },
    );
    const response = await handler(requestOf({ body: '{"Name":"x"}' }), {});
    expect(JSON.parse(response.body)).toMatchObject({ Got: { Name: 'x' } });
  });

  it('writes one line, with what is needed to find the call again', async () => {
    const { call, logged } = world(async ({ trace }) => {
      trace.upstreamRequestId = 's42';
      return {};
    });
    await call();
    expect(logged()).toEqual([
      {
        time: expect.any(String),
        level: 'info',
        message: 'done',
        function: 'ChannelCancelMultiFlowSignQRCode',
        requestId: 'made',
        method: 'POST',
        keyId: stored.keyId,
        status: 200,
        upstreamRequestId: 's42',
        durationMs: expect.any(Number),
      },
    ]);
  });
});

describe('a request', () => {
  it.each<[string, Changes, number, string, string]>([
    [
      'that is a tick',
      { httpMethod: undefined, Type: 'Timer' },
      400,
      'InvalidRequest',
      'names no HTTP method',
    ],
    ['without a method', { httpMethod: 5 }, 400, 'InvalidRequest', 'names no HTTP method'],
    ['with another method', { httpMethod: 'GET' }, 405, 'MethodNotAllowed', ''],
    ['that is a bare OPTIONS', { httpMethod: 'OPTIONS' }, 405, 'MethodNotAllowed', ''],
    ['of 6 MB and more', { body: ' '.repeat(maxBodyBytes + 1) }, 413, 'BodyTooLarge', '6291456 bytes'],
    ['with no text as its body', { body: {} }, 400, 'MalformedBody', 'no text'],
    [
      'that is a form',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UnsupportedMediaType',
      'Send Content-Type',
    ],
    [
      'without a key',
      { headers: { authorization: null, Authorization: '' } },
      401,
      'Unauthenticated',
      'Send Authorization',
    ],
    [
      'with an unknown key',
      { headers: { authorization: `Bearer ${mintApiKey().key}` } },
      401,
      'Unauthenticated',
      'not known',
    ],
    [
      'of a role that may not',
      { headers: { authorization: `Bearer ${viewer.key}` } },
      403,
      'Forbidden',
      'needs the role operator',
    ],
    [
      'with an odd Idempotency-Key',
      { headers: { 'Idempotency-Key': ['a', 'b'] } },
      400,
      'InvalidRequest',
      'sent once',
    ],
    ['that is no JSON', { body: '{' }, 400, 'MalformedBody', 'ends too early'],
    [
      'with a name given twice',
      { body: '{"QrCodeId":"a","QrCodeId":"b"}' },
      400,
      'MalformedBody',
      'QrCodeId is given twice',
    ],
    ['that is not valid', { body: '{}' }, 400, 'InvalidRequest', 'one problem'],
    [
      'for a foreign organisation',
      { body: JSON.stringify({ ...body, Agent: { ...agent, ProxyOrganizationOpenId: 'org-b' } }) },
      403,
      'Forbidden',
      'may not act for this organisation',
    ],
    [
      'for another application',
      { body: JSON.stringify({ ...body, Agent: { ...agent, AppId: 'other' } }) },
      403,
      'Forbidden',
      'another application',
    ],
  ])('%s is refused', async (_name, event, status, code, detail) => {
    let ran = false;
    const { call, logged } = world(async () => {
      ran = true;
      return {};
    });
    const answer = await call(event);
    expect(answer.statusCode).toBe(status);
    expect(answer.document).toMatchObject({
      code,
      status,
      requestId: 'made',
      type: `urn:problem-type:qianma:${code}`,
    });
    expect(String(answer.document['detail'] ?? '')).toContain(detail);
    expect(answer.headers).toMatchObject({
      'Content-Type': 'application/problem+json; charset=utf-8',
      'X-Request-Id': 'made',
    });
    expect(logged()).toMatchObject([{ level: 'warn', status, code, requestId: 'made' }]);
    expect(ran).toBe(false);
  });

  it.each([[null], ['text'], [[]], [7]])('that is the event %j is refused', async (event) => {
    const { handler } = world();
    expect((await handler(event, undefined)).statusCode).toBe(400);
  });

  it('that is refused says so in the language of its reader', async () => {
    const { document, headers } = await world().call({
      headers: { 'accept-language': 'zh' },
      body: '{"QrCodeId":5}',
    });
    expect(headers['Content-Language']).toBe('zh-CN');
    expect(document).toMatchObject({
      title: '请求参数有误',
      detail: '共 1 处问题，见 errors',
      errors: [{ path: 'QrCodeId', message: '应为字符串' }],
    });
  });

  it('of a limited key may act for its organisations only, an administrator for all', async () => {
    const foreign = JSON.stringify({
      ...body,
      Agent: { ...agent, AppId: 'x', ProxyOrganizationOpenId: 'org-z' },
    });
    const { call } = world();
    expect(
      (await call({ body: foreign, headers: { authorization: `Bearer ${admin.key}` } })).statusCode,
    ).toBe(200);
    expect((await call({ body: foreign })).statusCode).toBe(403);
  });

  it('has the id of its gateway where it brings none of its own', async () => {
    const event = { requestContext: { requestId: 'from-gateway' } };
    expect((await world().call(event)).headers['X-Request-Id']).toBe('from-gateway');
    expect(
      (await world().call({ ...event, headers: { 'x-request-id': 'bad id' } })).headers['X-Request-Id'],
    ).toBe('from-gateway');
    expect((await world().call({}, { request_id: 'from-scf' })).headers['X-Request-Id']).toBe('from-scf');
  });
});

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
        upstreamMessage: 'none left',
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
    const { call, logged } = world(undefined, {});
    const broken = mintApiKey();
    store.find = async () => {
      throw new Failure('DatabaseUnavailable', { retryAfterS: 2 });
    };
    try {
      const refused = await call({ headers: { authorization: `Bearer ${broken.key}` } });
      expect(refused).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '2' } });
      expect((await call({ headers: { authorization: `Bearer ${admin.key}` } })).statusCode).toBe(200);
      expect(logged()).toMatchObject([{ level: 'error', code: 'DatabaseUnavailable' }, { level: 'info' }]);
    } finally {
      store.find = async (keyId) => records.find((known) => known.keyId === keyId);
    }
  });

  it('to note the use of a key turns nobody away', async () => {
    const { call, logged } = world();
    store.touch = async () => {
      throw new Error('disk full');
    };
    try {
      expect((await call()).statusCode).toBe(200);
      expect(logged()).toMatchObject([
        { level: 'warn', keyId: stored.keyId, error: { type: 'Error' } },
        { level: 'info' },
      ]);
    } finally {
      delete store.touch;
    }
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
});

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

  it.each([['https://evil.example'], ['null'], ['https://app.example.evil'], ['HTTPS://APP.EXAMPLE'], ['']])(
    'is not let in from %s',
    async (Origin) => {
      const answer = await world().call({ ...preflight, headers: { ...preflight.headers, Origin } });
      expect(answer.statusCode).toBe(405);
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('Access-Control'))).toEqual([]);
    },
  );

  it('is not let in at all where nothing is configured', async () => {
    const closed = world(undefined, { env: { ...env, CORS_ORIGINS: '' } });
    const answer = await closed.call(preflight);
    expect(answer.statusCode).toBe(405);
    expect(answer.headers).not.toHaveProperty('Vary');
    expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Origin');
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
