import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createConnections } from './connections.ts';
import { createUpstream } from './create-upstream.ts';
import { cancel, cancelled, create, created, hangUp, say, serve } from './testing/loopback.ts';
import { cancelRequest, createRequest, credentials } from './testing/requests.ts';

function upstreamOnClock(endpoint: string) {
  const clock = { nowMs: 1_551_113_065_000 };
  const upstream = createUpstream({ credentials, endpoint, now: () => clock.nowMs, sleep: async () => {} });
  const options = (note?: () => Promise<void>) => ({
    deadlineMs: clock.nowMs + 10_000,
    ...(note && { onSend: () => note().then(() => ({ taken: true, waitMs: 0 })) }),
  });
  return {
    clock,
    create: (note?: () => Promise<void>) => upstream.call(create, createRequest, options(note)),
    cancel: () => upstream.call(cancel, cancelRequest, options()),
  };
}

describe('a connection that was idle', () => {
  it.each([
    ['create', 1000, 1],
    ['create', 1001, 2],
    ['cancel', 30_000, 1],
    ['cancel', 30_001, 2],
    ['create', -1, 2],
    ['cancel', -1, 2],
  ] as const)(
    'before a %s for %i ms by the wall clock: %i connections in all',
    async (action, idleMs, expected) => {
      const { endpoint, connections } = await serve([say(action === 'create' ? created : cancelled)]);
      const upstream = upstreamOnClock(endpoint);
      await upstream[action]();
      upstream.clock.nowMs += idleMs;
      await upstream[action]();
      expect(connections).toHaveLength(expected);
    },
  );

  it('is left for a new one when upstream has closed it meanwhile', async () => {
    const { endpoint, connections, received } = await serve([say(created)]);
    const upstream = upstreamOnClock(endpoint);
    for (let i = 1; i <= 20; i++) {
      await upstream.create();
      expect(connections).toHaveLength(i);
      const [connection] = connections.slice(-1);
      if (connection === undefined) return expect.unreachable();
      const closed = once(connection, 'close');
      if (i % 2 === 0) connection.end();
      else connection.resetAndDestroy();
      await closed;
    }
    expect(received).toHaveLength(20);
  });

  it('and is closed while the caller notes down that it sends, is left for a new one, and noted once', async () => {
    const { endpoint, connections, received } = await serve([say(created)]);
    const upstream = upstreamOnClock(endpoint);
    await upstream.create();
    let noted = 0;
    await upstream.create(async () => {
      noted++;
      const [connection] = connections;
      connection?.end();
      // What the server has said is read here when the event loop has polled.
      if (connection !== undefined) await once(connection, 'close');
      await new Promise(setImmediate);
    });
    expect(noted).toBe(1);
    expect(connections).toHaveLength(2);
    expect(received).toHaveLength(2);
  });

  it('and dies under a request is followed by another try of a cancel on a new one, without a pause', async () => {
    const { endpoint, connections, received } = await serve([say(cancelled), hangUp, say(cancelled)]);
    const upstream = upstreamOnClock(endpoint);
    await upstream.cancel();
    await upstream.cancel();
    expect(received).toHaveLength(3);
    expect(connections).toHaveLength(2);
  });

  it('and dies under a create leaves an unknown outcome, as it may have been carried out', async () => {
    const { endpoint, received } = await serve([say(created), hangUp, say(created)]);
    const upstream = upstreamOnClock(endpoint);
    await upstream.create();
    await expect(upstream.create()).rejects.toMatchObject({ code: 'UnknownOutcome', stage: 'after-send' });
    expect(received).toHaveLength(2);
  });
});

describe('many calls at once', () => {
  it('have connections of their own, all of which are kept', async () => {
    const { endpoint, connections } = await serve([say(created)]);
    const upstream = upstreamOnClock(endpoint);
    await Promise.all(Array.from({ length: 10 }, () => upstream.create()));
    await Promise.all(Array.from({ length: 10 }, () => upstream.create()));
    expect(connections).toHaveLength(10);
  });
});

describe('closeIdle', () => {
  it('takes a connection out of use at once, also where a younger one stands before it', async () => {
    const { endpoint } = await serve([say(cancelled)]);
    const clock = { nowMs: 0 };
    const connections = createConnections(new URL(endpoint), () => clock.nowMs);
    const [first, second] = [connections.open(), connections.open()];
    // One after the other, so that the agent lists them in this order; it hands out the last of its list.
    await answered(first);
    await answered(second);
    const [younger, older] = [first.socket, second.socket];
    if (younger === null || older === null) return expect.unreachable();
    connections.used(older);
    clock.nowMs = 5000;
    connections.used(younger);

    connections.closeIdle(1000);
    expect([younger.destroyed, older.destroyed]).toEqual([false, true]);
    const next = connections.open();
    const [socket] = await once(next, 'socket');
    expect(socket).toBe(younger);
    await answered(next);
  });
});

async function answered(request: ClientRequest): Promise<void> {
  const [response] = await once(request.end(), 'response');
  await once(response.resume(), 'close');
}
