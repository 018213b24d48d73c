import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { Failure, UpstreamError } from '../../errors.ts';
import { request as cancelRequest } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { errorCodeFacts } from '../../essbasic/error-kinds.ts';
import type { Platform } from '../event.ts';
import { maxBodyBytes } from '../read-event.ts';
import { type ApiKeyRecord, type ApiKeyStore, mintApiKey } from './api-keys.ts';
import { csvList } from './csv.ts';
import { type ActionDefinition, type ActionEvent, httpAction } from './http-action.ts';
import type { IdempotencyRecords, StoredAnswer } from './idempotency-record.ts';

const admin = mintApiKey();
const stored = mintApiKey();
const viewer = mintApiKey();
const record: ApiKeyRecord = {
  keyId: stored.keyId,
  line: 'the first of its line',
  hash: stored.hash,
  name: 'stored',
  role: 'operator',
  organizations: ['org-a'],
  agent: { ProxyOrganizationOpenId: 'org-a', ProxyOperatorOpenId: 'op-a' },
  expiresAtS: null,
  revokedAtS: null,
};
const records = [record, { ...record, keyId: viewer.keyId, hash: viewer.hash, role: 'viewer' as const }];
const store: ApiKeyStore = {
  present: async ({ keyId }) => records.find((known) => known.keyId === keyId),
};

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
type Run = (event: ActionEvent<typeof schema, 'ESS_SECRET_KEY', { opened: true }>) => Promise<object>;

type Definition = ActionDefinition<typeof schema, 'ESS_SECRET_KEY', { opened: true }>;

function world(
  run: Run = async () => ({ Done: true }),
  changes: Partial<Platform> = {},
  { idempotency, ...more }: { idempotency?: IdempotencyRecords } & Pick<Definition, 'changes' | 'csv'> = {},
) {
  const lines: string[] = [];
  const opened: object[] = [];
  const definition: Definition = {
    ...more,
    name: 'ChannelCancelMultiFlowSignQRCode',
    role: 'operator',
    request: schema,
    needs: ['ESS_SECRET_KEY'],
    open: (config) => {
      opened.push(config);
      return { opened: true, apiKeys: store, ...(idempotency && { idempotency }) };
    },
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
    const document: Record<string, unknown> = /^[{[]/.test(rest.body) ? JSON.parse(rest.body) : {};
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
      input: body,
      caller: {
        scope: { appId: 'app', organizations: ['org-a'] },
        actor: `key:${stored.keyId}`,
        isAdmin: false,
      },
      principal: { keyId: stored.keyId, role: 'operator', organizations: ['org-a'] },
      requestId: 'made',
      language: 'zh',
      deadlineMs: 1_000_000 + 10_000 - 700,
      config: { ESS_SECRET_KEY: env.ESS_SECRET_KEY, ESS_APP_ID: 'app', API_KEY_HASH: [admin.hash] },
      resources: { opened: true },
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
    const { call } = world(async ({ input }) => {
      agents = [...agents, input.Agent];
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
        open: () => ({ apiKeys: store }),
        run: async ({ input }) => ({ Got: input }),
      },
      { env, write: () => {} },
    );
    const response = await handler(requestOf({ body: '{"Name":"x"}' }), {});
    expect(JSON.parse(response.body)).toMatchObject({ Got: { Name: 'x' } });
  });

  it('writes one line, with what is needed to find the call again', async () => {
    const { call, logged } = world(async ({ facts }) => {
      facts.upstreamRequestId = 's42';
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

const han = /\p{Script=Han}/u;

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
    const { headers = {}, ...rest } = event;
    const { document } = await call({ ...rest, headers: { ...headers, 'accept-language': 'zh_CN' } });
    const { title, detail: told = title, errors = [] } = document;
    expect([title, told]).toEqual([expect.stringMatching(han), expect.stringMatching(han)]);
    expect(JSON.stringify(errors)).toMatch(/^\[\]$|\p{Script=Han}/u);
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
    store.present = async () => {
      throw new Failure('DatabaseUnavailable', { retryAfterS: 2 });
    };
    try {
      const refused = await call({ headers: { authorization: `Bearer ${broken.key}` } });
      expect(refused).toMatchObject({ statusCode: 503, headers: { 'Retry-After': '2' } });
      expect((await call({ headers: { authorization: `Bearer ${admin.key}` } })).statusCode).toBe(200);
      expect(logged()).toMatchObject([{ level: 'error', code: 'DatabaseUnavailable' }, { level: 'info' }]);
    } finally {
      store.present = async ({ keyId }) => records.find((known) => known.keyId === keyId);
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

  it('has its Idempotency-Keys remembered for the line of its API key, which a successor goes on', async () => {
    const asked: string[] = [];
    const idempotency: IdempotencyRecords = {
      claim: async ({ keyId }) => {
        asked.push(keyId);
        return { outcome: 'replay', answer: { status: 200, body: '{}' } };
      },
      complete: async () => true,
      textOf: (answer: StoredAnswer) => JSON.stringify(answer),
      release: async () => true,
    };
    await world(undefined, {}, { idempotency }).call({ headers: { 'idempotency-key': 'k' } });
    expect(asked).toEqual(['the first of its line']);
  });

  it('is answered with a table where it asks for one, and with JSON where it does not', async () => {
    const list = world(
      async () => ({ Codes: [{ CodeId: '=1+1', Reason: { En: 'so', Zh: '因' } }], NextCursor: 'c' }),
      {},
      { csv: csvList('Codes', 'CodeId', 'Reason:text') },
    );
    const {
      statusCode,
      headers,
      body: table,
    } = await list.call({
      headers: { accept: 'text/csv', 'accept-language': 'zh' },
    });
    expect([statusCode, headers]).toMatchObject([
      200,
      {
        'Content-Type': 'text/csv; charset=utf-8; header=present',
        'Next-Cursor': 'c',
      },
    ]);
    expect(table).toBe("\ufeffCodeId,Reason\r\n'=1+1,因\r\n");
    expect((await list.call({ headers: { accept: '*/*' } })).document).toMatchObject({ NextCursor: 'c' });
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
    const answers = [
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

  it.each([
    ['s1795490051430532254', 's1795490051430532254'],
    ['two\r\nlines', undefined],
  ])('reads the request id of upstream, %j, where a header can hold it', async (upstreamRequestId, sent) => {
    const refused = world(async () => {
      throw new Failure('RateLimited', { upstreamRequestId });
    });
    const { headers } = await refused.call();
    expect(headers['X-Upstream-Request-Id']).toBe(sent);
  });

  it('is not let in at all where nothing is configured', async () => {
    const closed = world(undefined, { env: { ...env, CORS_ORIGINS: '' } });
    const answer = await closed.call(preflight);
    expect(answer.statusCode).toBe(405);
    expect(answer.headers).not.toHaveProperty('Vary');
    expect(answer.headers).not.toHaveProperty('Access-Control-Allow-Origin');
  });
});

describe('an answer under an Idempotency-Key', () => {
  const headers = { 'idempotency-key': 'k' };

  /** Records that remember one answer. */
  function remembering() {
    let kept: StoredAnswer | undefined;
    const records: IdempotencyRecords = {
      claim: async () =>
        kept === undefined
          ? { outcome: 'claimed', token: 't', workId: 'w', takenOver: false }
          : { outcome: 'replay', answer: kept },
      complete: async (_token, answer) => {
        kept = answer;
        return true;
      },
      textOf: (answer: StoredAnswer) => JSON.stringify(answer),
      release: async () => true,
    };
    return records;
  }

  it('is given again, and the action is told of the work', async () => {
    const works: unknown[] = [];
    const { call } = world(
      async ({ work }) => {
        works.push(work);
        return { Done: true };
      },
      {},
      { idempotency: remembering() },
    );
    const first = await call({ headers });
    const again = await call({ headers });
    expect(again.document).toEqual(first.document);
    expect([first, again].map((one) => one.headers['Idempotent-Replayed'])).toEqual([undefined, 'true']);
    expect(works).toEqual([expect.objectContaining({ workId: 'w', takenOver: false })]);
  });

  it('is not remembered of a request that changes nothing', async () => {
    let runs = 0;
    const { call } = world(
      async () => {
        runs += 1;
        return {};
      },
      {},
      { idempotency: remembering(), changes: ({ QrCodeId }) => QrCodeId !== body.QrCodeId },
    );
    await call({ headers });
    await call({ headers });
    expect(runs).toBe(2);
  });
});

describe('a text in both languages', () => {
  it('is told in the one that the caller reads, wherever it is in an answer', async () => {
    const text = { zh: '模板', en: 'template' };
    const { call } = world(async () => ({ List: [{ Message: text }], Both: { En: 'a', Zh: '甲' } }));
    expect((await call()).document).toMatchObject({ List: [{ Message: 'template' }] });
    const chinese = await call({ headers: { 'accept-language': 'zh' } });
    expect(chinese.document).toMatchObject({ List: [{ Message: '模板' }], Both: { En: 'a', Zh: '甲' } });
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
