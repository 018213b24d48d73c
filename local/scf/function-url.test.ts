import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFunctionUrl, type FunctionUrlOptions, type FunctionUrlServer } from './function-url.ts';
import { invocationError } from './invocation.ts';
import { rawCall } from './raw-call.test.kit.ts';

const facts = { requestId: 'request-1', durationMs: 1, memoryMb: 50, coldStart: false };

const servers: FunctionUrlServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server whose function answers with what the test says, and keeps the events it got. */
async function start(result: unknown = null, options: Partial<FunctionUrlOptions> = {}) {
  const events: { functionName: string; event: unknown }[] = [];
  const server = createFunctionUrl({
    functionNames: ['echo', 'other'],
    async invoke(functionName, event) {
      events.push({ functionName, event });
      return { ...facts, result };
    },
    newRequestId: () => 'gateway-1',
    ...options,
  });
  servers.push(server);
  const { url, port } = await server.listen(0);
  return { url, port, events };
}

const sample = {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'X-Scf-Remote-Addr': '6.6.6.6', 'X-Twice': ['a', 'b'] },
  body: '{"名":1}',
};

const samplePath = '/echo/a%20b//c?x=1&x=2&y=%E7%A0%81&z';

const common = {
  httpMethod: 'POST',
  path: '/echo/a%20b//c',
  queryString: { x: '2', y: '码', z: '' },
  body: '{"名":1}',
};

describe('events', () => {
  it('sends the documented Function URL event, and nothing else', async () => {
    const { url, port, events } = await start();
    await rawCall(url, samplePath, sample);
    expect(events).toEqual([
      {
        functionName: 'echo',
        event: {
          ...common,
          headers: {
            connection: 'close',
            'content-length': '9',
            'content-type': 'application/json',
            host: `127.0.0.1:${port}`,
            'x-scf-remote-addr': '127.0.0.1',
            'x-twice': 'a, b',
          },
        },
      },
    ]);
  });

  it('sends the gateway-compatible event where asked to', async () => {
    const { url, events } = await start(null, { eventShape: 'gateway-compatible' });
    await rawCall(url, samplePath, sample);
    expect(events[0]?.event).toEqual({
      ...common,
      headers: expect.objectContaining({ 'x-scf-remote-addr': '127.0.0.1' }),
      isBase64Encoded: false,
      requestContext: {
        serviceId: 'service-local',
        path: '/echo/a%20b//c',
        httpMethod: 'POST',
        requestId: 'gateway-1',
        identity: {},
        sourceIp: '127.0.0.1',
        stage: 'release',
      },
      queryStringParameters: {},
      pathParameters: {},
      headerParameters: {},
    });
  });

  it('sends the legacy gateway event where asked to', async () => {
    const { url, events } = await start(null, { eventShape: 'legacy-gateway' });
    await rawCall(url, samplePath, sample);
    expect(events[0]?.event).toMatchObject({ ...common, stageVariables: { stage: 'release' } });
    expect(events[0]?.event).not.toHaveProperty(['headers', 'x-scf-remote-addr']);
  });

  it('has no place for bytes in a Function URL event, and base64 in the others', async () => {
    const body = Buffer.from([0xff, 0x00, 0x41]);
    const documented = await start();
    await rawCall(documented.url, '/echo', { method: 'POST', body });
    expect(documented.events[0]?.event).toMatchObject({ body: '\ufffd\u0000A' });
    const gateway = await start(null, { eventShape: 'gateway-compatible' });
    await rawCall(gateway.url, '/echo', { method: 'POST', body });
    expect(gateway.events[0]?.event).toMatchObject({ body: '/wBB', isBase64Encoded: true });
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'lets %s through to the function',
    async (method) => {
      const { url, events } = await start({ statusCode: 200, body: 'text' });
      const answer = await rawCall(url, '/echo', { method });
      expect(events[0]?.event).toMatchObject({ httpMethod: method, body: '' });
      expect(answer.body.toString()).toBe(method === 'HEAD' ? '' : 'text');
    },
  );
});

describe('paths', () => {
  it.each([
    ['/echo', 'echo'],
    ['/echo/', 'echo'],
    ['/other/below?x=/echo', 'other'],
    ['/s/abc', 'open'],
    ['/s/deep/down/x', 'deep'],
    ['/s/', 'open'],
  ])('%s reaches %s', async (path, functionName) => {
    const { url, events } = await start(null, {
      routes: [
        { path: '/s/*', functionName: 'open' },
        { path: '/s/deep/*', functionName: 'deep' },
      ],
    });
    expect((await rawCall(url, path)).status).toBe(200);
    expect(events[0]?.functionName).toBe(functionName);
    expect(events[0]?.event).toMatchObject({ path: path.split('?')[0] });
  });

  it.each(['/Echo', '/echoes', '/s', '/sa', '/toString', '//echo'])('nothing answers at %s', async (path) => {
    const { url, events } = await start(null, { routes: [{ path: '/s/*', functionName: 'open' }] });
    const answer = await rawCall(url, path);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body.toString())).toEqual({
      error: `no function answers at ${path}`,
      functions: ['echo', 'other'],
    });
    expect(events).toEqual([]);
  });

  it('says so in Chinese to those who prefer it', async () => {
    const { url } = await start(null, {});
    const answer = await fetch(`${url}/nowhere`, { headers: { 'accept-language': 'zh-CN' } });
    expect(await answer.json()).toMatchObject({ error: '/nowhere 处没有函数应答' });
  });

  it('lists the functions at /', async () => {
    const { url } = await start(null, { routes: [{ path: '/s/*', functionName: 'open' }] });
    expect(JSON.parse((await rawCall(url, '/')).body.toString())).toEqual({
      functions: { echo: `${url}/echo`, other: `${url}/other` },
      routes: { '/s/*': 'open' },
    });
  });
});

describe('answers', () => {
  it.each([
    ['a text', 'Hello', 'text/plain; charset=utf-8', 'Hello'],
    ['an object', { a: [1] }, 'application/json', '{"a":[1]}'],
    ['null', null, 'application/json', 'null'],
    ['a number', 7, 'application/json', '7'],
  ])('sends %s without statusCode as 200', async (_, result, type, body) => {
    const { url } = await start(result);
    const answer = await rawCall(url, '/echo');
    expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([
      200,
      type,
      body,
    ]);
    expect(answer.headers['x-scf-request-id']).toBe('request-1');
  });

  it('sends status, headers and body of an object with statusCode', async () => {
    const { url } = await start({
      statusCode: 418,
      headers: {
        'Content-Type': 'text/html',
        'Set-Cookie': ['a=1', 'b=2'],
        'Content-Length': '3',
        Connection: 'x',
      },
      body: '签码',
    });
    const answer = await rawCall(url, '/echo');
    expect(answer.status).toBe(418);
    expect(answer.body.toString()).toBe('签码');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html',
      'set-cookie': ['a=1', 'b=2'],
      'content-length': '6',
      connection: 'close',
    });
  });

  it('decodes a base64 body', async () => {
    const { url } = await start({ statusCode: 200, body: '/wBB', isBase64Encoded: true });
    expect([...(await rawCall(url, '/echo')).body]).toEqual([0xff, 0x00, 0x41]);
  });

  it('sends no body with 204', async () => {
    const { url } = await start({ statusCode: 204, body: 'dropped' });
    const answer = await rawCall(url, '/echo');
    expect([answer.status, answer.body.length, answer.headers['content-length']]).toEqual([
      204,
      0,
      undefined,
    ]);
  });

  it.each([
    ['a status that is no number', { statusCode: '200' }],
    ['a status out of range', { statusCode: 99 }],
    ['a fraction of a status', { statusCode: 200.5 }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a header without a name', { statusCode: 200, headers: { '': 'b' } }],
    ['headers that are no object', { statusCode: 200, headers: 'a: b' }],
    ['isBase64Encoded that is no boolean', { statusCode: 200, isBase64Encoded: 'no' }],
  ])('shows %s as a broken answer', async (_, result) => {
    const { url } = await start(result);
    const answer = await rawCall(url, '/echo');
    expect(answer.status).toBe(500);
    expect(answer.body.toString()).toContain('Invalid scf response format');
  });

  it('shows a failed invocation with its function status code', async () => {
    const error = invocationError('TimeLimitReached', 'request-1', 'Invoking task timed out after 3 seconds');
    const { url } = await start(null, { invoke: async () => ({ ...facts, error }) });
    const answer = await rawCall(url, '/echo');
    expect(answer.status).toBe(433);
    expect(JSON.parse(answer.body.toString())).toEqual({
      errorCode: -1,
      errorMessage: 'Invoking task timed out after 3 seconds',
      requestId: 'request-1',
      statusCode: 433,
    });
  });

  it('refuses a body of more than 6 MB without a call', async () => {
    const { url, events } = await start();
    const answer = await rawCall(url, '/echo', { method: 'POST', body: Buffer.alloc(6 * 2 ** 20 + 1, 'x') });
    expect([answer.status, JSON.parse(answer.body.toString()).errorMessage]).toEqual([
      406,
      'RequestTooLarge',
    ]);
    expect(events).toEqual([]);
  });

  it('outlives a caller who hangs up', async () => {
    const { url, port } = await start('still here');
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write('POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf');
        socket.destroy();
        resolve();
      });
    });
    expect((await rawCall(url, '/echo')).body.toString()).toBe('still here');
  });

  it('says in one line that a port is in use', async () => {
    const { port } = await start();
    const second = createFunctionUrl({ functionNames: [], invoke: async () => ({ ...facts, result: null }) });
    await expect(second.listen(port)).rejects.toThrow(`Misconfigured: port ${port} is in use`);
  });
});
