/** A hundred thousand requests that somebody tampered with, through the handler. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomIds } from '../../shared/codes/ids.ts';
import type { ReceivedNotification, Rejection } from '../../shared/notifications/notification.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import type { HttpResponse } from '../../shared/runtime/event-shapes.ts';
import type { MainHandler } from '../../shared/runtime/http-handler.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../shared/store/notification-arrivals.ts';
import { type TestDatabase, testDatabase } from '../../shared/store/testing/database.ts';
import { callbackHandler } from './callback-handler.ts';
import { shouldAccept } from './testing/acceptance.ts';
import { seededChoices } from './testing/choices.ts';
import { type MutatedRequest, mutatedRequest } from './testing/mutated-requests.ts';

const requests = 100_000;
const seed = 20_210_526;
/** CPU that one request may take. Milliseconds. */
const cpuLimitMs = 100;

const sender = {
  keys: ['NEW0KEY0NEW0KEY0NEW0KEY0NEW0KEY0', 'OLD0KEY0OLD0KEY0OLD0KEY0OLD0KEY0'],
  tokens: ['new-token-of-the-test', 'old-token-of-the-test'],
};

const envOf = (plaintext: 'refuse' | 'accept') => ({
  ESS_CALLBACK_KEYS: sender.keys.join(','),
  ESS_CALLBACK_TOKENS: sender.tokens.join(','),
  ESS_CALLBACK_PLAINTEXT: plaintext,
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nowhere',
});

/** A handler whose inbox only counts. */
function countingHandler(plaintext: 'refuse' | 'accept'): { handle: MainHandler; stored: () => number } {
  let stored = 0;
  const inbox = {
    async receive() {
      stored += 1;
      return { notificationId: `n${stored}`, outcome: 'kept' as const, reason: { code: 'Created' as const } };
    },
    async reject() {},
  };
  const handle = callbackHandler(() => ({ inbox, deadline: { atMs: 0 } }), {
    env: envOf(plaintext),
    write: () => {},
  });
  return { handle, stored: () => stored };
}

function expectedToBeStored(
  { method, body, header }: MutatedRequest,
  plaintext: 'refuse' | 'accept',
): boolean {
  return method === 'POST' && body !== undefined && shouldAccept(body, header, { ...sender, plaintext });
}

const context = { request_id: 'test', time_limit_in_ms: 10_000 };

async function cpuMsOf(
  work: () => Promise<HttpResponse>,
): Promise<{ response: HttpResponse; cpuMs: number }> {
  const before = process.cpuUsage();
  const response = await work();
  const { user, system } = process.cpuUsage(before);
  return { response, cpuMs: (user + system) / 1000 };
}

describe(`${requests} mutated requests`, () => {
  it('are stored only if they are right, never answered 5xx, and cheap', async () => {
    const random = seededChoices(seed);
    const handlers = { refuse: countingHandler('refuse'), accept: countingHandler('accept') };
    const statuses = new Map<number, number>();
    let [worstMs, accepted] = [0, 0];

    for (let number = 0; number < requests; number += 1) {
      const plaintext = number % 2 === 0 ? 'refuse' : 'accept';
      const { handle, stored } = handlers[plaintext];
      const request = mutatedRequest(random, sender);
      const before = stored();
      let { response, cpuMs } = await cpuMsOf(() => handle(request.event, context));
      const isStored = stored() > before;
      const status = Number(response.statusCode);

      if (isStored !== expectedToBeStored(request, plaintext) || status >= 500) {
        expect.fail(
          `request ${number} (${plaintext}) was ${isStored ? '' : 'not '}stored and answered ${status}`,
        );
      }
      // Only what is stored or a probe gets a 200: what is lost must be sent again.
      if (isStored) expect(status).toBe(200);
      // The clock counts the process with its garbage collector and compiler: only what is slow each time is slow.
      for (let tries = 0; cpuMs > cpuLimitMs && tries < 3; tries += 1) {
        ({ cpuMs } = await cpuMsOf(() => handle(request.event, context)));
      }
      worstMs = Math.max(worstMs, cpuMs);
      accepted += isStored ? 1 : 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }

    console.log(
      `worst CPU of one request: ${worstMs.toFixed(1)} ms; answers: ${JSON.stringify([...statuses])}`,
    );
    expect(worstMs).toBeLessThan(cpuLimitMs);
    // The generator reaches what it is for: messages that are right, wrong in each way, and too large.
    expect(accepted).toBeGreaterThan(requests / 20);
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 405, 413]));
  }, 900_000);
});

describe('mutated requests on a real database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.dispose());

  it('are stored as they should be, whatever they say, and never answered 5xx', async () => {
    const random = seededChoices(seed);
    const ports = {
      notifications: notificationArrivals(test.db),
      surroundings: { nowMs: Date.now, random: Math.random, ids: randomIds() },
      seal: createSeal(Buffer.alloc(32, 7).toString('base64')),
    };
    const inbox = {
      receive: (received: ReceivedNotification) => receiveNotification(ports, received),
      reject: (rejection: Rejection) => recordRejection(ports, rejection),
    };
    const lines: string[] = [];
    const handle = callbackHandler(() => ({ inbox, deadline: { atMs: 0 } }), {
      env: envOf('accept'),
      write: (line) => lines.push(line),
    });
    const answers = new Map<string, number>();
    for (let number = 0; number < 500; number += 1) {
      const request = mutatedRequest(random, sender);
      const { statusCode } = await handle(request.event, context);
      const isExpected = expectedToBeStored(request, 'accept');
      const outcome = /"outcome":"(\w+)"/.exec(lines.splice(0).join('\n'))?.[1] ?? 'none';
      const isStored = outcome !== 'none' && outcome !== 'probe';
      if (isStored !== isExpected || Number(statusCode) >= 500) {
        expect.fail(`request ${number} was answered ${statusCode} (${outcome})`);
      }
      answers.set(outcome, (answers.get(outcome) ?? 0) + 1);
    }
    expect([...answers.keys()]).toEqual(expect.arrayContaining(['applied', 'kept', 'none', 'pending']));
    // Whatever a message says, no effect fails on it.
    const failed = "select msg_id from notifications where reason like '%EffectFailed%'";
    expect((await test.db.query(failed)).rows).toEqual([]);
  });
});
