import { describe, expect, it } from 'vitest';
import { cancelled, created, say, serve } from './testing/loopback.ts';
import { failureOf, upstreamTo } from './testing/upstream-to.ts';

describe('an answer that cannot be read', () => {
  const malformed: readonly (readonly [string, unknown])[] = [
    ['no JSON', '{"Response":'],
    ['empty', ''],
    ['no object', []],
    ['without Response', { RequestId: 'x' }],
    ['without an id', { Response: { QrCode: { QrCodeId: '' }, RequestId: 's1695178926924585393' } }],
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
      expect.arrayContaining([
        { path: 'Response.QrCode.QrCodeId', message: { zh: '与文档不符', en: 'not as documented' } },
      ]),
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
      detail: expect.objectContaining({ en: 'The answer is larger than what is read of one' }),
    });
    expect(await failureOf(upstreamTo(endpoint, { maxAnswerBytes: 1000 }).create())).toMatchObject({
      code: 'UnknownOutcome',
    });
    expect(await upstreamTo(endpoint, { maxAnswerBytes: 1100 }).cancel()).toMatchObject({ requestId: 'x' });
  });
});

describe('an answer that is not quite as documented', () => {
  const { QrCode, SignUrls, RequestId } = created.Response;
  const answer = (members: object) => ({ Response: { ...created.Response, ...members } });
  const code = { QrCode, SignUrls };

  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(SignUrls).filter(([name]) => !names.includes(name)));

  it.each<[string, object, object]>([
    [
      'EffectiveTime is missing',
      { SignUrls: without('EffectiveTime') },
      { SignUrls: without('EffectiveTime') },
    ],
    [
      'EffectiveTime is null',
      { SignUrls: { ...SignUrls, EffectiveTime: null } },
      { SignUrls: without('EffectiveTime') },
    ],
    [
      'AppSignUrl is null',
      { SignUrls: { ...SignUrls, AppSignUrl: null } },
      { SignUrls: without('AppSignUrl') },
    ],
    ['SignUrls is missing', { SignUrls: undefined }, { SignUrls: undefined }],
    ['SignUrls is null', { SignUrls: null }, { SignUrls: undefined }],
    ['SignUrls is a text', { SignUrls: 'none' }, { SignUrls: undefined }],
    ['WeixinQrCodeUrl is null', { QrCode: { ...QrCode, WeixinQrCodeUrl: null } }, {}],
    [
      'QrCodeUrl is missing',
      { QrCode: { ...QrCode, QrCodeUrl: undefined } },
      { QrCode: { ...QrCode, QrCodeUrl: undefined } },
    ],
    ['ExpiredTime is a text', { QrCode: { ...QrCode, ExpiredTime: '1' } }, {}],
    [
      'ExpiredTime is null',
      { QrCode: { ...QrCode, ExpiredTime: null } },
      { QrCode: { ...QrCode, ExpiredTime: undefined } },
    ],
    [
      'ExpiredTime is out of range',
      { QrCode: { ...QrCode, ExpiredTime: 1e300 } },
      { QrCode: { ...QrCode, ExpiredTime: undefined } },
    ],
    [
      'the id alone came',
      { QrCode: { QrCodeId: 'q' }, SignUrls: undefined },
      { QrCode: { QrCodeId: 'q' }, SignUrls: undefined },
    ],
    [
      'members are new',
      { New: 1, QrCode: { ...QrCode, New: null } },
      { New: 1, QrCode: { ...QrCode, New: null } },
    ],
    ['Error is null', { Error: null }, {}],
  ])('is read as far as it goes: %s', async (_, members, readAs) => {
    const { endpoint } = await serve([say(answer(members))]);
    const { response, requestId } = await upstreamTo(endpoint).create();
    expect(requestId).toBe(RequestId);
    expect(response).toEqual({ ...code, ...readAs });
  });

  it('reads a number for an id as the text that it is', async () => {
    const { endpoint } = await serve([say(answer({ QrCode: { QrCodeId: 7 }, RequestId: 8 }))]);
    expect(await upstreamTo(endpoint).create()).toMatchObject({
      response: { QrCode: { QrCodeId: '7' } },
      requestId: '8',
    });
  });

  it('carries a RequestId on in a form that harms neither logs nor headers', async () => {
    const { endpoint } = await serve([say(answer({ RequestId: `a\r\nb ${'c'.repeat(100)}` }))]);
    expect((await upstreamTo(endpoint).create()).requestId).toBe(`a__b_${'c'.repeat(59)}`);
  });

  it.each([201, 500, 408, 404])('is taken for what it says with the HTTP status %i', async (status) => {
    const { endpoint } = await serve([say(created, status)]);
    expect(await upstreamTo(endpoint).create()).toMatchObject({ requestId: RequestId, response: code });
  });

  it.each<[string, string]>([
    ['cut off', JSON.stringify(created).slice(0, 100)],
    ['a refusal as well', JSON.stringify(answer({ Error: { Code: 'InternalError', Message: '' } }))],
    ['of another envelope', JSON.stringify({ Data: created.Response })],
  ])('is an unknown outcome with the id that it names where it is %s', async (_, body) => {
    const { endpoint } = await serve([say(body)]);
    expect(await failureOf(upstreamTo(endpoint).create())).toMatchObject({
      code: 'UnknownOutcome',
      detail: expect.objectContaining({ en: expect.stringContaining(QrCode.QrCodeId) }),
      members: { QrCodeId: QrCode.QrCodeId },
    });
  });

  it('breaks off after the id: an unknown outcome with the id', async () => {
    const text = JSON.stringify(created);
    const { endpoint } = await serve([
      (response) => {
        response.writeHead(200, { 'content-length': text.length });
        response.write(text.slice(0, 100), () => setImmediate(() => response.destroy()));
      },
    ]);
    expect(await failureOf(upstreamTo(endpoint).create())).toMatchObject({
      code: 'UnknownOutcome',
      members: { QrCodeId: QrCode.QrCodeId },
    });
  });

  it('says in which members something came that cannot be read', async () => {
    const { endpoint } = await serve([say(answer({ SignUrls: [], QrCode: { ...QrCode, ExpiredTime: {} } }))]);
    expect((await upstreamTo(endpoint).create()).unread).toEqual(['QrCode.ExpiredTime', 'SignUrls']);
  });
});

describe('an HTTP status other than 200', () => {
  it.each([500, 502, 503, 504, 204, 408])('%i leaves open what became of a create', async (status) => {
    const { endpoint, received } = await serve([say(status === 204 ? '' : cancelled, status)]);
    const error = await failureOf(upstreamTo(endpoint).create());
    expect(error).toMatchObject({
      code: 'UnknownOutcome',
      stage: 'after-send',
      members: { upstreamStatus: status },
    });
    expect(received).toHaveLength(1);
  });

  it('leaves open what became of a create where the body says that all went well', async () => {
    const { endpoint } = await serve([say(cancelled, 404)]);
    expect(await failureOf(upstreamTo(endpoint).create())).toMatchObject({
      code: 'UnknownOutcome',
      upstreamRequestId: cancelled.Response.RequestId,
    });
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
    const { endpoint } = await serve([say(cancelled, 500)]);
    expect(await failureOf(upstreamTo(endpoint).create())).toMatchObject({
      upstreamRequestId: 's1695178926924585394',
    });
  });
});
