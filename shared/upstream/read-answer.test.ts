import { describe, expect, it } from 'vitest';
import { cancelled, created, say, serve } from './testing/loopback.ts';
import { failureOf, upstreamTo } from './testing/upstream-to.ts';

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
