import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Counts, counted, isQuiet, usageThresholds } from '../../codes/quota/count-use.ts';
import { notificationIdOf } from '../../notifications/notification-id.ts';
import type { NewNotification } from '../../notifications/ports.ts';
import { upstreamId } from '../../notifications/testing/messages.ts';
import { casesOf } from '../../testing/cases.ts';
import type { Database } from '../postgres/database.ts';
import { databaseSuite } from '../testing/database-suite.ts';
import { insertManyCodes } from '../testing/many-codes.ts';
import { storeQuietUse } from './quiet-use.ts';

const atMs = 1_790_000_000_000;
const verdict = { outcome: 'applied', reason: { code: 'CostCounted' } } as const;

const test = databaseSuite();

beforeAll(async () => {
  await insertManyCodes(test.db, { count: 3, organizations: 3, newestS: atMs / 1000 });
});

function notification(msgId = upstreamId()): NewNotification {
  return {
    notificationId: notificationIdOf(msgId),
    message: { msgId, msgType: 'MultiFlowSignQrCodeCost', msgVersion: null },
    body: '{}',
    bodySealed: false,
    contentSignature: null,
    route: { kind: 'application' },
    sourceIp: null,
    keyIndex: 0,
    tokenIndex: 0,
    receivedAtMs: atMs,
    occurredAtS: atMs / 1000,
    occurredFrom: 'OccurTime',
    flowId: null,
    flowStatus: null,
  };
}

function store(qrCodeId: string, { told = notification(), db = test.db as Database } = {}): Promise<boolean> {
  const locator = { route: { kind: 'application' }, qrCodeIds: [qrCodeId], flowId: null } as const;
  return storeQuietUse(db, told, locator, { verdict, thresholds: usageThresholds });
}

async function setCounts(counts: Counts, maxFlowNum: number, exhaustionPercent: number): Promise<void> {
  const { used, costMessages, certainContracts, toldPercent } = counts;
  await test.db.query(
    `update generations set used = $1, cost_messages = $2, certain_contracts = $3, told_percent = $4, max_flow_num = $5
     where code_id = 'c1'`,
    [used, costMessages, certainContracts, toldPercent, maxFlowNum],
  );
  await test.db.query("update codes set policy = $1 where code_id = 'c1'", [
    JSON.stringify({ ExhaustionPercent: exhaustionPercent }),
  ]);
}

async function countsOf(codeId = 'c1'): Promise<Counts | undefined> {
  const { rows } = await test.db.query<Counts>(
    `select used, cost_messages as "costMessages", certain_contracts as "certainContracts",
       told_percent as "toldPercent" from generations where code_id = $1`,
    [codeId],
  );
  return rows[0];
}

async function stored(msgId: string): Promise<unknown[]> {
  const { rows } = await test.db.query(
    `select outcome, reason, code_id as "codeId", generation, organization, due_at as "dueAt" from messages
     where msg_id = $1`,
    [msgId],
  );
  return rows;
}

const percent = fc.constantFrom(1, 10, 50, 80, 90, 100);
const anyCounts = fc.record({
  used: fc.nat(22),
  costMessages: fc.nat(22),
  certainContracts: fc.nat(22),
  toldPercent: fc.constantFrom(0, 50, 80, 100),
});

describe('storeQuietUse', () => {
  it('decides and counts as the rule does, whatever the counts', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyCounts,
        fc.integer({ min: 1, max: 25 }),
        percent,
        async (before, max, exhaustion) => {
          await setCounts(before, max, exhaustion);
          const after = counted(before, { costMessages: 1, certainContracts: 0 }, max);
          const quiet = isQuiet(before, after, { maxFlowNum: max, exhaustionPercent: exhaustion });
          const told = notification();
          expect(await store('q1', { told })).toBe(quiet);
          expect(await countsOf()).toEqual(quiet ? after : before);
          expect(await stored(told.message.msgId)).toHaveLength(quiet ? 1 : 0);
        },
      ),
      casesOf(150),
    );
  });

  it('writes down what became of the message, and what it is about', async () => {
    await setCounts({ used: 0, costMessages: 0, certainContracts: 0, toldPercent: 0 }, 100, 90);
    const told = notification();
    expect(await store('q1', { told })).toBe(true);
    expect(await stored(told.message.msgId)).toEqual([
      {
        // As is usual for the type.
        outcome: null,
        reason: null,
        codeId: 'c1',
        generation: 1,
        organization: 'o1',
        dueAt: null,
      },
    ]);
  });

  it('writes nothing for a copy, an unknown code and an organisation that is blocked', async () => {
    await setCounts({ used: 0, costMessages: 0, certainContracts: 0, toldPercent: 0 }, 100, 90);
    const told = notification();
    const copy = notification(told.message.msgId);
    expect([await store('q1', { told }), await store('q1', { told: copy })]).toEqual([true, false]);
    expect(await countsOf()).toMatchObject({ used: 1, costMessages: 1 });

    expect(await store('nobody')).toBe(false);
    await test.db.query(
      `insert into organizations (app_id, organization, quota_state, since, reason, probe_failures)
       values ('app', 'o2', 'blocked', now(), '{}', 0)`,
    );
    await test.db.query(`update codes set policy = '{"ExhaustionPercent":90}'`);
    expect(await store('q2')).toBe(false);
    expect(await countsOf('c2')).toMatchObject({ used: 0, costMessages: 0 });
  });

  it('counts a message once that comes several times at the same moment', async () => {
    await setCounts({ used: 0, costMessages: 0, certainContracts: 0, toldPercent: 0 }, 100, 90);
    const connections = await Promise.all(Array.from({ length: 4 }, () => test.connect()));
    const told = notification();
    const copies = connections.map((db) => store('q1', { told: notification(told.message.msgId), db }));
    const results = await Promise.all(copies);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await countsOf()).toMatchObject({ used: 1, costMessages: 1 });
    expect(await stored(told.message.msgId)).toHaveLength(1);
  });

  it('loses no count of several connections, and passes no threshold unseen', async () => {
    await setCounts({ used: 0, costMessages: 0, certainContracts: 0, toldPercent: 0 }, 100, 90);
    const connections = await Promise.all(Array.from({ length: 4 }, () => test.connect()));
    const results = await Promise.all(
      connections.flatMap((db) => Array.from({ length: 20 }, () => store('q1', { db }))),
    );
    // The fiftieth passes the first threshold: it and those after it are for the longer way.
    expect(results.filter(Boolean)).toHaveLength(49);
    expect(await countsOf()).toMatchObject({ used: 49, costMessages: 49, toldPercent: 0 });
  });
});
