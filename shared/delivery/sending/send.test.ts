/** One try against real servers on this machine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../../upstream/testing/self-signed.ts';
import type { Claim } from '../delivery.ts';
import type { Endpoint, SubscriptionKind } from '../subscriptions/subscription.ts';
import { deadUrl, hang, type Receiver, say, startReceiver } from '../testing/receiver.ts';
import { startMs, testSeal } from '../testing/world.ts';
import { readRetryAfter } from './judge-answer.ts';
import { post } from './post.ts';
import { createSender, type SenderOptions } from './send.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

function claimOf(endpoint: Partial<Endpoint> = {}, kind: SubscriptionKind = 'standard-webhooks'): Claim {
  const sealed = testSeal.seal(JSON.stringify({ url: receiver.url, secrets: [], ...endpoint }));
  return {
    lease: { deliveryId: 'd', token: '1' },
    attempt: 1,
    rung: 0,
    event: {
      eventId: 'evt',
      type: 'code.created',
      codeId: 'c',
      appId: 'app',
      organization: 'org',
      data: {},
      occurredAtMs: startMs,
    },
    subscription: { subscriptionId: 's', kind, sealed, languages: ['zh', 'en'], failures: 0 },
  };
}

async function outcomeOf(claim: Claim, more: Partial<SenderOptions> = {}) {
  const send = createSender({
    rules: { allowLoopback: true },
    resolve: async () => [],
    seal: testSeal,
    nowMs: () => startMs,
    ...more,
  });
  return (await send(claim)).outcome;
}

describe('a try', () => {
  it.each([200, 201, 204, 299])('answered %i is a success', async (status) => {
    receiver.answer = say(status);
    expect(await outcomeOf(claimOf())).toEqual({ kind: 'delivered', status });
  });

  it.each([400, 401, 404, 410, 429, 500, 503])('answered %i is a failure', async (status) => {
    receiver.answer = say(status, { 'retry-after': '7' });
    expect(await outcomeOf(claimOf())).toMatchObject({ error: 'Refused', status, retryAfterS: 7 });
  });

  it.each([301, 302, 303, 307, 308])('answered %i does not follow where that leads', async (status) => {
    const other = await startReceiver();
    receiver.answer = say(status, { location: other.url });
    expect(await outcomeOf(claimOf())).toMatchObject({ error: 'Redirected', status });
    expect(other.received).toEqual([]);
    other.close();
  });

  it('that nobody answers ends when its time is over', async () => {
    receiver.answer = hang;
    expect(await outcomeOf(claimOf(), { timeoutMs: 50 })).toMatchObject({ error: 'Timeout', status: null });
  });

  it('whose name nobody answers for ends when its time is over', async () => {
    const claim = claimOf({ url: 'https://hooks.example/' });
    const never = () => new Promise<never>(() => {});
    expect(await outcomeOf(claim, { timeoutMs: 50, resolve: never })).toMatchObject({
      error: 'NameNotFound',
    });
  });

  it('whose answer comes drop by drop, or has no end, is judged by its status', async () => {
    const answers: Receiver['answer'][] = [
      (response) => response.writeHead(200).write('x'),
      (response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
        };
        response.on('drain', more);
        more();
      },
    ];
    for (const answer of answers) {
      receiver.answer = answer;
      expect(await outcomeOf(claimOf(), { timeoutMs: 200 })).toEqual({ kind: 'delivered', status: 200 });
    }
  });

  it('of a robot whose answer is too long, cut off or no JSON is a failure', async () => {
    for (const body of ['x'.repeat(100_000), '{"errcode":0', '', '[]', 'null', '{"errcode":"0"}', '{}']) {
      receiver.answer = say(200, {}, body);
      expect(await outcomeOf(claimOf({}, 'wecom'))).toMatchObject({ error: 'AnswerUnreadable', status: 200 });
    }
  });

  it('at an address where nobody listens, or whose connection breaks, says so', async () => {
    expect(await outcomeOf(claimOf({ url: await deadUrl() }))).toMatchObject({ error: 'ConnectionRefused' });
    receiver.answer = (response) => response.destroy();
    expect(await outcomeOf(claimOf())).toMatchObject({ error: 'ConnectionBroken' });
  });

  it('sends nothing to an address that is refused, whatever was stored', async () => {
    const strict = { rules: { allowLoopback: false } };
    expect(await outcomeOf(claimOf(), strict)).toMatchObject({ error: 'UrlUnusable' });
    const local = claimOf({ url: receiver.url.replace('http:', 'https:') });
    expect(await outcomeOf(local, strict)).toMatchObject({ error: 'AddressRefused' });
    const named = claimOf({ url: 'https://hooks.example/' });
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1']])
      expect(await outcomeOf(named, { ...strict, resolve: async () => addresses })).toMatchObject({
        error: 'AddressRefused',
      });
    expect(receiver.received).toEqual([]);
  });

  it('whose secrets cannot be unsealed fails and says so', async () => {
    const lost = { ...testSeal, open: () => expect.fail('no key') };
    expect(await outcomeOf(claimOf(), { seal: lost })).toMatchObject({ error: 'Unsealable' });
  });
});

describe('over TLS', () => {
  it('goes to the checked address, under the name of the URL, and to a trusted certificate alone', async () => {
    const tls = selfSigned();
    const secure = await startReceiver(say(204), tls);
    const { port } = new URL(secure.url);
    const byAddress = claimOf({ url: `https://127.0.0.1:${port}/` });
    expect(await outcomeOf(byAddress, { ca: tls.cert })).toEqual({ kind: 'delivered', status: 204 });
    expect(await outcomeOf(byAddress)).toMatchObject({ error: 'TlsFailed' });
    // Its certificate is for 127.0.0.1: a name that leads there is another host.
    const byName = claimOf({ url: `https://hooks.example:${port}/` });
    const resolve = async () => ['127.0.0.1'];
    expect(await outcomeOf(byName, { ca: tls.cert, resolve })).toMatchObject({ error: 'TlsFailed' });
    expect(secure.received).toHaveLength(1);
    secure.close();
  });
});

it('a connection is made to the checked addresses, whatever the name leads to by then', async () => {
  const { port } = new URL(receiver.url);
  const url = new URL(`http://rebound.invalid:${port}/a?b=c`);
  const options = {
    url,
    addresses: ['127.0.0.1'],
    headers: {},
    body: 'x',
    timeoutMs: 5_000,
    maxAnswerBytes: 10,
  };
  expect(await post(options)).toMatchObject({ kind: 'answered', status: 204 });
  expect(receiver.received[0]).toMatchObject({ url: '/a?b=c', body: 'x' });
  expect(receiver.received[0]?.headers.host).toBe(`rebound.invalid:${port}`);
});

it.each([
  ['120', 120],
  [' 5 ', 5],
  [new Date(startMs + 90_500).toUTCString(), 90],
  [new Date(startMs - 1000).toUTCString(), 0],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 999_999_999],
  ['-5', null],
  ['soon', null],
  ['1.5', null],
  ['2026-01-01', null],
])('Retry-After %s is %s seconds', (header, seconds) => {
  expect(readRetryAfter(header, startMs)).toBe(seconds);
});
