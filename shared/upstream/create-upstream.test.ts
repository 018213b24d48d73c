import { describe, expect, it, onTestFinished } from 'vitest';
import { Failure, UpstreamError } from '../errors.ts';
import { api } from '../essbasic/api.ts';
import { verify } from '../tc3/verify.ts';
import type { Limiter } from '../world.ts';
import { cancelled, created, refused, say, serve } from './testing/loopback.ts';
import { createRequest, credentials } from './testing/requests.ts';
import { failureOf, turn, upstreamTo } from './testing/upstream-to.ts';

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
    expect(await upstreamTo(endpoint).create()).toEqual({ response, requestId: RequestId, unread: [] });
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
      onSend: async () => {
        receivedAtSend.push(received.length);
        return turn;
      },
    });
    expect(receivedAtSend).toEqual([0]);
    expect(received).toHaveLength(2);
  });
});

describe('upstream that refuses', () => {
  it('is not quoted where it repeats who may sign', async () => {
    const Restrictions = [
      { Name: '欧阳', IdCardType: 'ID_CARD', IdCardNumber: '110101199001011237' },
      { Name: '欧阳测试', Mobile: '13912345678' },
    ] as const;
    const ApproverRestrictions = { Name: 'Ann-Marie Li' };
    const said = '欧阳测试 (13912345678), 欧阳 110101199001011237 or Ann-Marie Li: ID_CARD of gate 3';
    const { endpoint } = await serve([say(refused('FailedOperation', said))]);
    const error = await failureOf(
      upstreamTo(endpoint).create({}, { Restrictions: [...Restrictions], ApproverRestrictions }),
    );
    expect(error).toMatchObject({ detail: '*** (***), *** *** or ***: ID_CARD of gate 3' });
  });

  it('is an UpstreamError with code, message, RequestId and the facts of the code', async () => {
    const { endpoint, received } = await serve([
      say(refused('FailedOperation.QrCodeTemplateId', '模板不满足条件')),
    ]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error).toMatchObject({
      code: 'FailedOperation.QrCodeTemplateId',
      detail: '模板不满足条件',
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
    const onSend = async () => {
      clock.nowMs += 4600;
      return turn;
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
    expect(asked).toEqual([['ChannelCreateMultiFlowSignQRCode', nowMs + 4500, undefined, undefined]]);
    expect(received).toHaveLength(0);
  });
});

describe('the turn under the rate limit', () => {
  /** Gives out one turn in three. */
  function sparing() {
    const asked: string[] = [];
    const acquire: Limiter['acquire'] = async (action, _deadlineMs, take) => {
      asked.push(take ? 'with a note' : 'alone');
      if (take === undefined) return;
      const slot = { action, intervalUs: 1, horizonUs: 1 };
      while (!(await take(slot)).taken);
    };
    return { asked, limiter: { acquire } };
  }

  it('is taken together with the note that the request is sent, on a connection that stands', async () => {
    const { endpoint, received, connections } = await serve([say(created)]);
    const { asked, limiter } = sparing();
    const upstream = upstreamTo(endpoint, { limiter });
    const standing: number[] = [];
    const onSend = async (slot: { action: string }) => {
      expect(slot.action).toBe('ChannelCreateMultiFlowSignQRCode');
      standing.push(connections.length);
      return standing.length < 3 ? { taken: false, waitMs: 1 } : turn;
    };
    await upstream.create({ onSend });
    // Asked until there is one, and the request is sent once.
    expect(standing).toEqual([1, 1, 1]);
    expect(received).toHaveLength(1);
    expect(asked).toEqual(['with a note']);
  });

  it('is taken alone when the request goes out again', async () => {
    const { endpoint, received } = await serve([say(refused('RequestLimitExceeded')), say(created)]);
    const { asked, limiter } = sparing();
    await upstreamTo(endpoint, { limiter }).create({ onSend: async () => turn });
    expect(asked).toEqual(['with a note', 'alone']);
    expect(received).toHaveLength(2);
  });

  it('that comes late finds the connection too old for a create, which then travels on a new one', async () => {
    const clock = { nowMs: 1_551_113_065_000 };
    const { endpoint, received, connections } = await serve([say(created)]);
    const limiter: Limiter = {
      async acquire(action, _deadlineMs, take) {
        await take?.({ action, intervalUs: 1, horizonUs: 1 });
        clock.nowMs += 1001;
      },
    };
    let noted = 0;
    const onSend = async () => {
      noted++;
      return turn;
    };
    const upstream = upstreamTo(endpoint, { now: () => clock.nowMs, limiter });
    await upstream.create({ deadlineMs: clock.nowMs + 10_000, onSend });
    expect([noted, received.length, connections.length]).toEqual([1, 1, 2]);
  });

  it('keeps the request back when the limiter has given none', async () => {
    const { endpoint, received } = await serve([say(created)]);
    const upstream = upstreamTo(endpoint, { limiter: { acquire: async () => undefined } });
    expect(await failureOf(upstream.create({ onSend: async () => turn }))).toMatchObject({
      code: 'InternalFailure',
    });
    expect(received).toHaveLength(0);
  });

  it("is everybody's where nobody shares the limit", async () => {
    const { endpoint, received } = await serve([say(created)]);
    const upstream = upstreamTo(endpoint);
    await Promise.all(Array.from({ length: 25 }, () => upstream.create()));
    expect(received).toHaveLength(25);
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
