import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { api } from '../contract/api.ts';
import { Failure, TransportError, UpstreamError } from '../errors.ts';
import { verify } from '../tc3/verify.ts';
import { createUpstream, type UpstreamOptions } from './create-upstream.ts';
import {
  cancel,
  cancelled,
  create,
  created,
  deadEndpoint,
  hangUp,
  portOf,
  refused,
  say,
  serve,
  stayQuiet,
} from './loopback.test.kit.ts';
import { cancelRequest, createRequest, credentials } from './requests.test.kit.ts';
import { selfSigned } from './self-signed.test.kit.ts';

/** An upstream whose pauses take no time, and are written down. */
function upstreamTo(endpoint: string, options: Partial<UpstreamOptions> = {}) {
  const pauses: number[] = [];
  const upstream = createUpstream({
    credentials,
    endpoint,
    random: () => 0.5,
    sleep: async (ms) => {
      pauses.push(ms);
    },
    ...options,
  });
  const soon = () => ({ deadlineMs: Date.now() + 30_000 });
  return {
    pauses,
    create: (call = {}) => upstream.call(create, createRequest, { ...soon(), ...call }),
    cancel: (call = {}) => upstream.call(cancel, cancelRequest, { ...soon(), ...call }),
  };
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    (answer) => expect.unreachable(`succeeded with ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );

describe('what is sent', () => {
  it('is signed: a strict verifier accepts it, and the bytes are those of the request', async () => {
    const { endpoint, received } = await serve([say(created)]);
    const nowMs = 1_551_113_065_900;
    const { create } = upstreamTo(endpoint, { now: () => nowMs });
    await create({ deadlineMs: nowMs + 5000 });
    const [one] = received;
    if (one === undefined) return expect.unreachable();
    const request = { method: one.method ?? '', path: one.url ?? '', headers: one.headers, body: one.body };
    const verdict = verify(request, { secretKeyOf: () => credentials.secretKey, nowS: 1_551_113_065 });
    expect(verdict).toMatchObject({
      ok: true,
      secretId: credentials.secretId,
      service: api.service,
      timestampS: 1_551_113_065,
      signedHeaders: ['content-type', 'host', 'x-tc-action'],
    });
    expect(one.body.toString()).toBe(JSON.stringify(createRequest));
  });

  it('has the common headers, and those for temporary credentials and language only when asked', async () => {
    const { endpoint, received } = await serve([say(created)]);
    await upstreamTo(endpoint).create();
    await upstreamTo(endpoint, { credentials: { ...credentials, token: 'temporary' } }).create({
      language: 'en-US',
    });
    const [plain, more] = received.map(({ headers }) => headers);
    expect(plain).toMatchObject({
      host: endpoint.slice('http://'.length),
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(JSON.stringify(createRequest))),
      'x-tc-action': 'ChannelCreateMultiFlowSignQRCode',
      'x-tc-version': '2021-05-26',
      'x-tc-requestclient': 'qianma',
    });
    expect(plain).not.toHaveProperty('x-tc-token');
    expect(plain).not.toHaveProperty('x-tc-language');
    expect(more).toMatchObject({ 'x-tc-token': 'temporary', 'x-tc-language': 'en-US' });
  });

  it('goes straight to the endpoint, whatever proxies the environment names', async () => {
    const proxy = await serve([say('a proxy')]);
    const { endpoint, received } = await serve([say(created)]);
    const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'];
    const before = names.map((name) => [name, process.env[name]] as const);
    onTestFinished(() => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });
    for (const name of names) process.env[name] = proxy.endpoint;
    await upstreamTo(endpoint).create();
    expect(received).toHaveLength(1);
    expect(proxy.received).toHaveLength(0);
  });
});

describe('a good answer', () => {
  it('gives the response and its RequestId, members of tomorrow included', async () => {
    const answer = { Response: { ...created.Response, New: 1 } };
    const { endpoint } = await serve([say(answer)]);
    const { RequestId, ...response } = answer.Response;
    expect(await upstreamTo(endpoint).create()).toEqual({ response, requestId: RequestId });
  });

  it('keeps its connection for the next call', async () => {
    const { endpoint, connections } = await serve([say(created)]);
    const upstream = upstreamTo(endpoint);
    for (let i = 0; i < 5; i++) await upstream.create();
    expect(connections).toHaveLength(1);
  });

  it('calls onSend once and before anything has left, also when a retry follows', async () => {
    const { endpoint, received } = await serve([say(refused('RequestLimitExceeded')), say(created)]);
    const receivedAtSend: number[] = [];
    await upstreamTo(endpoint).create({
      onSend: () => {
        receivedAtSend.push(received.length);
      },
    });
    expect(receivedAtSend).toEqual([0]);
    expect(received).toHaveLength(2);
  });
});

describe('upstream that refuses', () => {
  it('is an UpstreamError with code, message, RequestId and the facts of the code', async () => {
    const { endpoint, received } = await serve([
      say(refused('FailedOperation.QrCodeTemplateId', '模板不满足条件')),
    ]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({
      code: 'FailedOperation.QrCodeTemplateId',
      upstreamMessage: '模板不满足条件',
      upstreamRequestId: 's1695178926924585395',
      status: 422,
      retryable: false,
    });
    expect(received).toHaveLength(1);
  });

  it('because of its rate limit is asked again, also for a create, with a fresh timestamp and signature', async () => {
    const clock = { nowMs: 1_551_113_065_000 };
    const { endpoint, received } = await serve([
      say(refused('RequestLimitExceeded')),
      say(refused('RequestLimitExceeded.UinLimitExceeded')),
      say(created),
    ]);
    const sleep = async (ms: number) => {
      clock.nowMs += ms + 1000;
    };
    await upstreamTo(endpoint, { now: () => clock.nowMs, sleep }).create({
      deadlineMs: clock.nowMs + 20_000,
    });
    expect(received.map(({ headers }) => headers['x-tc-timestamp'])).toEqual([
      '1551113065',
      '1551113066',
      '1551113068',
    ]);
    expect(new Set(received.map(({ headers }) => headers.authorization)).size).toBe(3);
  });

  it('is not asked for ever, and the last refusal is told', async () => {
    const { endpoint, received } = await serve([say(refused('RequestLimitExceeded'))]);
    const { create, pauses } = upstreamTo(endpoint);
    expect(await failureOf(create())).toMatchObject({
      code: 'RequestLimitExceeded',
      status: 429,
      retryAfterS: 1,
    });
    expect(received).toHaveLength(3);
    expect(pauses).toEqual([500, 1000]);
  });

  it('is not asked again when the pause does not fit the deadline', async () => {
    const nowMs = 1_551_113_065_000;
    const { endpoint, received } = await serve([say(refused('RequestLimitExceeded'))]);
    const { create, pauses } = upstreamTo(endpoint, { now: () => nowMs });
    expect(await failureOf(create({ deadlineMs: nowMs + 999 }))).toMatchObject({
      code: 'RequestLimitExceeded',
    });
    expect(received).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it('with a passing error is asked again for a cancel, never for a create', async () => {
    const one = await serve([say(refused('InternalError')), say(cancelled)]);
    expect(await upstreamTo(one.endpoint).cancel()).toMatchObject({ requestId: 's1695178926924585394' });
    const other = await serve([say(refused('InternalError')), say(created)]);
    expect(await failureOf(upstreamTo(other.endpoint).create())).toMatchObject({ code: 'InternalError' });
    expect(other.received).toHaveLength(1);
  });
});

describe('upstream that cannot be reached', () => {
  it('is UpstreamUnreachable, before anything was sent or noted down as sent', async () => {
    let noted = 0;
    const { create, pauses } = upstreamTo(await deadEndpoint());
    const error = await failureOf(
      create({
        onSend: () => {
          noted++;
        },
      }),
    );
    expect(error).toBeInstanceOf(TransportError);
    expect(error).toMatchObject({
      code: 'UpstreamUnreachable',
      stage: 'before-send',
      cause: { code: 'ECONNREFUSED' },
    });
    expect(noted).toBe(0);
    expect(pauses).toHaveLength(2);
  });

  it('is told so after the connect timeout when a server takes the connection and no more', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const upstream = upstreamTo(`https://127.0.0.1:${portOf(silent)}`, {
      connectTimeoutMs: 30,
      maxAttempts: 1,
    });
    const error = await failureOf(upstream.create());
    expect(error).toMatchObject({
      code: 'UpstreamUnreachable',
      detail: 'No connection to upstream came about in time',
    });
  });

  it('is not trusted with a certificate that nobody vouches for, whatever the environment says', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    onTestFinished(() => {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    });
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    const { endpoint, received } = await serve([say(created)], selfSigned());
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toMatchObject({
      code: 'UpstreamUnreachable',
      stage: 'before-send',
      cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
    });
    expect(received).toHaveLength(0);
  });
});

describe('no answer to what was sent', () => {
  it.each([
    ['hangs up', hangUp],
    ['stays quiet', stayQuiet],
    [
      'breaks off in its answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-length': 1000 });
        response.write('{"Response":', () => response.destroy());
      },
    ],
  ])('is an unknown outcome of a create when upstream %s; it is sent once', async (_, answer) => {
    const { endpoint, received } = await serve([answer]);
    const error = await failureOf(upstreamTo(endpoint, { responseTimeoutMs: 50 }).create());
    expect(error).toMatchObject({ code: 'UnknownOutcome', stage: 'after-send', retryable: false });
    expect(received).toHaveLength(1);
  });

  it('is repeated for a cancel, and told as UpstreamTimeout when it stays so', async () => {
    const good = await serve([hangUp, stayQuiet, say(cancelled)]);
    expect(await upstreamTo(good.endpoint, { responseTimeoutMs: 50 }).cancel()).toMatchObject({
      response: {},
    });
    expect(good.received).toHaveLength(3);
    const bad = await serve([stayQuiet]);
    const error = await failureOf(upstreamTo(bad.endpoint, { responseTimeoutMs: 30 }).cancel());
    expect(error).toMatchObject({ code: 'UpstreamTimeout', stage: 'after-send' });
    expect(bad.received).toHaveLength(3);
  });

  it('is not hidden by a later attempt that found nobody', async () => {
    const server = await serve([
      (_, { socket }) => {
        server.stop();
        socket.destroy();
      },
    ]);
    const { received } = server;
    const error = await failureOf(upstreamTo(server.endpoint).cancel());
    expect(received).toHaveLength(1);
    expect(error).toMatchObject({ code: 'UpstreamTimeout', stage: 'after-send' });
  });

  it('waits no longer than the deadline', async () => {
    const nowMs = Date.now();
    const { endpoint } = await serve([stayQuiet]);
    const upstream = upstreamTo(endpoint, { now: () => nowMs, leastTimeMs: 10, maxAttempts: 1 });
    const error = await failureOf(upstream.create({ deadlineMs: nowMs + 40 }));
    expect(error).toMatchObject({ code: 'UnknownOutcome', detail: 'No complete answer came in time' });
  });
});

describe('an answer that cannot be read', () => {
  const malformed: readonly (readonly [string, unknown])[] = [
    ['no JSON', '{"Response":'],
    ['empty', ''],
    ['no object', []],
    ['without Response', { RequestId: 'x' }],
    ['of another form', { Response: { QrCode: { QrCodeId: 7 }, RequestId: 's1695178926924585393' } }],
    [
      'a refusal without a code',
      { Response: { Error: { Message: 'No.' }, RequestId: 's1695178926924585393' } },
    ],
    [
      'a refusal with an absurd code',
      { Response: { Error: { Code: 'a b\n' }, RequestId: 's1695178926924585393' } },
    ],
  ];

  it.each(malformed)('(%s) is an unknown outcome of a create', async (_, answer) => {
    const { endpoint, received } = await serve([say(answer)]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toMatchObject({ code: 'UnknownOutcome', stage: 'after-send' });
    expect(received).toHaveLength(1);
  });

  it('keeps the RequestId where it can be read, and names what is not as documented', async () => {
    const { endpoint } = await serve([say(malformed[4]?.[1])]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toMatchObject({ upstreamRequestId: 's1695178926924585393' });
    expect(error).toHaveProperty(
      'problems',
      expect.arrayContaining([{ path: 'Response.QrCode.QrCodeId', message: 'not as documented' }]),
    );
  });

  it('is UpstreamMalformedAnswer for a cancel, and not asked for again', async () => {
    const { endpoint, received } = await serve([say('<html>')]);
    expect(await failureOf(upstreamTo(endpoint).cancel())).toMatchObject({
      code: 'UpstreamMalformedAnswer',
      status: 502,
    });
    expect(received).toHaveLength(1);
  });

  it('is not accepted when its bytes are no UTF-8', async () => {
    const { endpoint } = await serve([
      (response) =>
        response.end(
          Buffer.from([...Buffer.from('{"Response":{"RequestId":"'), 0xff, ...Buffer.from('"}}')]),
        ),
    ]);
    expect(await failureOf(upstreamTo(endpoint).cancel())).toMatchObject({ code: 'UpstreamMalformedAnswer' });
  });

  it('is not read beyond the largest size', async () => {
    const { endpoint } = await serve([say({ Response: { RequestId: 'x', Filler: 'x'.repeat(1000) } })]);
    const error = await failureOf(upstreamTo(endpoint, { maxAnswerBytes: 1000 }).cancel());
    expect(error).toMatchObject({
      code: 'UpstreamMalformedAnswer',
      detail: 'The answer is larger than what is read of one',
    });
    expect(await failureOf(upstreamTo(endpoint, { maxAnswerBytes: 1000 }).create())).toMatchObject({
      code: 'UnknownOutcome',
    });
    expect(await upstreamTo(endpoint, { maxAnswerBytes: 1100 }).cancel()).toMatchObject({ requestId: 'x' });
  });
});

describe('an HTTP status other than 200', () => {
  it.each([500, 502, 503, 504, 204, 408])('%i leaves open what became of a create', async (status) => {
    const { endpoint, received } = await serve([say(status === 204 ? '' : created, status)]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toMatchObject({
      code: 'UnknownOutcome',
      stage: 'after-send',
      members: { upstreamStatus: status },
    });
    expect(received).toHaveLength(1);
  });

  it.each([302, 403, 404, 413, 429])('%i is a refusal by something on the way', async (status) => {
    const { endpoint, received } = await serve([say({}, status)]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toMatchObject({ code: 'UpstreamHttpStatus', members: { upstreamStatus: status } });
    expect(received).toHaveLength(1);
  });

  it('of the server is met with another attempt for a cancel, and one of the request is not', async () => {
    const passing = await serve([say('', 503), say(cancelled)]);
    await upstreamTo(passing.endpoint).cancel();
    expect(passing.received).toHaveLength(2);
    const lasting = await serve([say('', 404)]);
    expect(await failureOf(upstreamTo(lasting.endpoint).cancel())).toMatchObject({
      code: 'UpstreamHttpStatus',
    });
    expect(lasting.received).toHaveLength(1);
  });

  it('keeps the RequestId where the answer has one', async () => {
    const { endpoint } = await serve([say(created, 500)]);
    expect(await failureOf(upstreamTo(endpoint).create())).toMatchObject({
      upstreamRequestId: 's1695178926924585393',
    });
  });
});

describe('the deadline', () => {
  const nowMs = 1_551_113_065_000;

  it('refuses what does not fit before anything is connected', async () => {
    const { endpoint, connections } = await serve([say(created)]);
    const error = await failureOf(
      upstreamTo(endpoint, { now: () => nowMs }).create({ deadlineMs: nowMs + 499 }),
    );
    expect(error).toBeInstanceOf(Failure);
    expect(error).toMatchObject({ code: 'DeadlineExceeded', status: 504 });
    expect(connections).toHaveLength(0);
    await upstreamTo(endpoint, { now: () => nowMs }).create({ deadlineMs: nowMs + 500 });
  });

  it('is looked at again after onSend, which may have taken long', async () => {
    const clock = { nowMs };
    const { endpoint, received } = await serve([say(created)]);
    const onSend = () => {
      clock.nowMs += 4600;
    };
    const error = await failureOf(
      upstreamTo(endpoint, { now: () => clock.nowMs }).create({ deadlineMs: nowMs + 5000, onSend }),
    );
    expect(error).toMatchObject({ code: 'DeadlineExceeded' });
    expect(received).toHaveLength(0);
  });

  it('is what the limiter is asked with, less the time that the call needs', async () => {
    const { endpoint, received } = await serve([say(created)]);
    const asked: unknown[] = [];
    const limiter = {
      acquire: async (...of: unknown[]) => {
        asked.push(of);
        throw new Failure('RateLimited', { retryAfterS: 3 });
      },
    };
    const upstream = upstreamTo(endpoint, { now: () => nowMs, limiter });
    expect(await failureOf(upstream.create({ deadlineMs: nowMs + 5000 }))).toMatchObject({
      code: 'RateLimited',
    });
    expect(asked).toEqual([['ChannelCreateMultiFlowSignQRCode', nowMs + 4500]]);
    expect(received).toHaveLength(0);
  });
});

describe('the rate limit', () => {
  it('is kept in process where no limiter is given', async () => {
    const nowMs = 1_551_113_065_000;
    const { endpoint, received } = await serve([say(created)]);
    const upstream = upstreamTo(endpoint, { now: () => nowMs });
    const call = () => upstream.create({ deadlineMs: nowMs + 600 });
    const outcomes = await Promise.allSettled(Array.from({ length: 25 }, call));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: 'RateLimited' } });
    expect(received).toHaveLength(20);
  });
});

describe('onSend', () => {
  it('that throws keeps the request back and is what the call throws', async () => {
    const { endpoint, received } = await serve([say(created)]);
    const down = new Failure('DatabaseUnavailable');
    const upstream = upstreamTo(endpoint);
    const onSend = async () => {
      throw down;
    };
    expect(await failureOf(upstream.create({ onSend }))).toBe(down);
    await upstream.create();
    expect(received).toHaveLength(1);
  });
});
