/** Strangers and Tencent post to one address, through the real handler, with a real database and a clock of the test. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeNotification } from '../../shared/callback/compose-notification.ts';
import { randomIds } from '../../shared/codes/ids.ts';
import type { ReceivedNotification, Rejection } from '../../shared/notifications/notification.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import { strangerLimits } from '../../shared/runtime/http/strangers.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../shared/store/notifications/notification-arrivals.ts';
import { type TestDatabase, testDatabase } from '../../shared/store/testing/database.ts';
import { callbackHandler } from './callback-handler.ts';
import { unusedEnvironment } from './testing/desk.ts';

const key = 'A'.repeat(32);
const token = 'token-of-the-test';
const addresses = ['192.0.2.1', '192.0.2.2', '198.51.100.7'];

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.dispose());

function receiver() {
  const clock = { ms: Date.UTC(2026, 10, 24, 8, 0, 0) };
  const lines: string[] = [];
  const writes: Rejection[] = [];
  const ports = {
    notifications: notificationArrivals(test.db),
    surroundings: { nowMs: () => clock.ms, random: Math.random, ids: randomIds() },
    seal: createSeal(Buffer.alloc(32, 7).toString('base64')),
  };
  const inbox = {
    receive: (received: ReceivedNotification) => receiveNotification(ports, received),
    async reject(rejection: Rejection) {
      writes.push(rejection);
      await recordRejection(ports, rejection);
    },
  };
  const handle = callbackHandler(
    () => ({ inbox: () => inbox, renew: async () => expect.fail('A stranger made a renewal') }),
    {
      env: { ...unusedEnvironment, ESS_CALLBACK_KEYS: key, ESS_CALLBACK_TOKENS: token },
      now: () => clock.ms,
      write: (line) => lines.push(line),
    },
  );
  const post = async (body: string, signature: string | undefined, address: string) => {
    const headers = {
      'x-scf-remote-addr': `${address}:443`,
      ...(signature !== undefined && { 'content-signature': signature }),
    };
    const event = { httpMethod: 'POST', path: '/callback-handler', headers, body, queryString: {} };
    const answer = await handle(event, { time_limit_in_ms: 10_000 });
    return { status: answer.statusCode, retryAfter: answer.headers['Retry-After'] };
  };
  return { clock, lines, writes, post };
}

function genuine(number: number) {
  const MsgData = { QrCodeId: 'y'.repeat(32), OccurTime: 1_790_000_000 + number };
  const message = {
    MsgId: `genuine-${number}`,
    MsgType: 'MultiFlowSignQrCodeCost',
    MsgVersion: 'ThirdPartyApp',
    MsgData,
  };
  const { body, headers } = composeNotification(message, { key, token });
  return [body.toString(), headers['Content-Signature']] as const;
}

/** Forged by who has not the token, cut, unsigned, and large. */
function forged(number: number): readonly [body: string, signature: string | undefined] {
  const [body, signature = ''] = genuine(number);
  const kinds = [
    [body, signature.replace(/.$/, (last) => (last === '0' ? '1' : '0'))],
    [body.slice(0, -20), signature],
    [body, undefined],
    ['x'.repeat(100_000), 'sha256=00'],
  ] as const;
  return kinds[number % kinds.length] ?? kinds[0];
}

it('strangers cost a bounded number of writes and lines, and keep nothing genuine out', async () => {
  const { clock, lines, writes, post } = receiver();
  const seconds = 90;
  const perSecond = 40;
  const answers = new Map<number, number>();
  for (let number = 0; number < seconds * perSecond; number += 1) {
    clock.ms += 1000 / perSecond;
    const address = addresses[number % addresses.length] ?? '';
    const { status, retryAfter } = await post(...forged(number), address);
    answers.set(status, (answers.get(status) ?? 0) + 1);
    expect(retryAfter === undefined).toBe(status !== 429);
    // From the address of a stranger, too: what is proved has no limit.
    if (number % perSecond === 0) expect((await post(...genuine(number), address)).status).toBe(200);
  }

  const verdicts = new Set(writes.map(({ verdict }) => verdict));
  expect([...verdicts].sort()).toEqual(
    ['IncompleteBody', 'MalformedSignature', 'NoSignature', 'WrongToken'].sort(),
  );
  const times = writes.map(({ verdict, sourceIp, receivedAtMs }) => ({
    pair: `${verdict} ${sourceIp}`,
    receivedAtMs,
  }));
  for (const { pair } of times) {
    const own = times.filter((one) => one.pair === pair).map(({ receivedAtMs }) => receivedAtMs);
    expect(own.every((ms, at) => at === 0 || ms - (own[at - 1] ?? 0) >= 59_000)).toBe(true);
  }
  const minutes = 2;
  expect(answers.get(429)).toBe(seconds * perSecond - minutes * addresses.length * strangerLimits.turnedAway);

  const ofStrangers = lines.filter((line) => line.includes('"verdict"') || line.includes('left out'));
  expect(ofStrangers.length).toBeLessThanOrEqual(minutes * (2 * strangerLimits.logLines + 1));
  expect(ofStrangers.some((line) => JSON.parse(line).lines > 1_000)).toBe(true);

  // A minute later the next request writes down what was left, and nothing was miscounted.
  clock.ms += 60_000;
  await post(...genuine(1_000_001), '203.0.113.9');
  const { rows } = await test.db.query(
    'select sum(count)::int as n, count(*)::int as rows from notification_rejections',
  );
  expect(rows).toEqual([{ n: seconds * perSecond, rows: 12 }]);
  const stored = await test.db.query('select count(*)::int as n from messages');
  expect(stored.rows).toEqual([{ n: seconds + 1 }]);
  for (const table of ['events', 'generations', 'attempts', 'contracts', 'audit']) {
    expect((await test.db.query(`select from ${table}`)).rows).toEqual([]);
  }
});
