/** A hundred thousand requests that were tampered with, or a tenth of them, through the handler. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomIds } from '../../shared/codes/ids.ts';
import type { ReceivedNotification, Rejection } from '../../shared/notifications/notification.ts';
import { receiveNotification, recordRejection } from '../../shared/notifications/receive-notification.ts';
import type { MainHandler } from '../../shared/runtime/http/http-handler.ts';
import { createSeal } from '../../shared/runtime/seal.ts';
import { notificationArrivals } from '../../shared/store/notifications/notification-arrivals.ts';
import { type TestDatabase, testDatabase } from '../../shared/store/testing/database.ts';
import { allCases, seed, shareOf } from '../../shared/testing/cases.ts';
import { callbackHandler } from './callback-handler.ts';
import { shouldAccept } from './testing/acceptance.ts';
import { seededChoices } from './testing/choices.ts';
import { receivingDesk, unusedEnvironment } from './testing/desk.ts';
import { type MutatedRequest, mutatedRequest } from './testing/mutated-requests.ts';

const requests = shareOf(100_000);
const storedRequests = shareOf(1_000);

const sender = {
  keys: ['NEW0KEY0NEW0KEY0NEW0KEY0NEW0KEY0', 'OLD0KEY0OLD0KEY0OLD0KEY0OLD0KEY0'],
  tokens: ['new-token-of-the-test', 'old-token-of-the-test'],
};

const envOf = (plaintext: 'refuse' | 'accept') => ({
  ...unusedEnvironment,
  ESS_CALLBACK_KEYS: sender.keys.join(','),
  ESS_CALLBACK_TOKENS: sender.tokens.join(','),
  ESS_CALLBACK_PLAINTEXT: plaintext,
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
  const handle = callbackHandler(() => receivingDesk(inbox), {
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

describe(`${requests} mutated requests`, () => {
  it('are stored only if they are right, and never answered 5xx', async () => {
    const random = seededChoices(seed);
    const handlers = { refuse: countingHandler('refuse'), accept: countingHandler('accept') };
    const statuses = new Map<number, number>();
    let accepted = 0;

    for (let number = 0; number < requests; number += 1) {
      const plaintext = number % 2 === 0 ? 'refuse' : 'accept';
      const { handle, stored } = handlers[plaintext];
      const request = mutatedRequest(random, sender);
      const before = stored();
      const response = await handle(request.event, context);
      const isStored = stored() > before;
      const status = Number(response.statusCode);

      if (isStored !== expectedToBeStored(request, plaintext) || status >= 500) {
        expect.fail(
          `request ${number} (${plaintext}) was ${isStored ? '' : 'not '}stored and answered ${status}`,
        );
      }
      // Only what is stored or a probe gets a 200: what is lost must be sent again.
      if (isStored) expect(status).toBe(200);
      accepted += isStored ? 1 : 0;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }

    // The generator reaches what it is for: messages that are right, wrong in each way, and, rarely, too large.
    expect(accepted).toBeGreaterThan(requests / 20);
    expect([...statuses.keys()]).toEqual(
      expect.arrayContaining([200, 400, 401, 405, ...(allCases ? [413] : [])]),
    );
  });
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
    const handle = callbackHandler(() => receivingDesk(inbox), {
      env: envOf('accept'),
      write: (line) => lines.push(line),
    });
    const answers = new Map<string, number>();
    const outcomes = ['kept', 'none', ...(allCases ? ['applied', 'pending'] : [])];
    const areReached = () => outcomes.every((outcome) => answers.has(outcome));
    // What is rare may be a while in coming: one in a hundred is applied or waits.
    for (
      let number = 0;
      number < storedRequests || (!areReached() && number < storedRequests * 10);
      number += 1
    ) {
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
    expect([...answers.keys()]).toEqual(expect.arrayContaining(outcomes));
    // Whatever a message says, no effect fails on it.
    const failed = "select msg_id from messages where reason like '%EffectFailed%'";
    expect((await test.db.query(failed)).rows).toEqual([]);
  });
});
