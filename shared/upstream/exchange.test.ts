import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TransportError } from '../errors.ts';
import {
  cancelled,
  created,
  deadEndpoint,
  hangUp,
  portOf,
  say,
  serve,
  stayQuiet,
} from './testing/loopback.ts';
import { selfSigned } from './testing/self-signed.ts';
import { failureOf, turn, upstreamTo } from './testing/upstream-to.ts';

describe('upstream that cannot be reached', () => {
  it('is UpstreamUnreachable, before anything was sent or noted down as sent', async () => {
    let noted = 0;
    const { create, pauses } = upstreamTo(await deadEndpoint());
    const error = await failureOf(
      create({
        onSend: async () => {
          noted++;
          return turn;
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
      detail: expect.objectContaining({ en: 'No connection to upstream came about in time' }),
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
    expect(error).toMatchObject({
      code: 'UnknownOutcome',
      detail: expect.objectContaining({ en: 'No complete answer came in time' }),
    });
  });
});
