/**
 * How long a healthy subscriber waits beside fifty dead ones, against alone: from the event to its answer, with a timer
 * that ticks ten times as often as the deployed one; and from the tick alone, where every millisecond of ours counts.
 */
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNode } from '../../../bench/child.ts';
import { median } from '../../../bench/measure.ts';
import { benchDatabaseUrl, withDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import { deliveryQueue } from '../../store/deliveries/delivery-queue.ts';
import { deliveryWrites } from '../../store/deliveries/delivery-transactions.ts';
import type { Database } from '../../store/postgres/database.ts';
import { openPgDatabase } from '../../store/postgres/pg-database.ts';
import { analyzeTables } from '../../store/testing/analyze-tables.ts';
import { runDeliveries } from './run-deliveries.ts';
import { createSender, type Send } from './send.ts';

const name = 'deliver/healthy-beside-50-dead';
const rounds = 41;
const warmUp = 4;
/** Between two ticks: what the last one left to do is over when the next one comes. */
const pauseMs = 250;
/** From one tick to the next; events come at any time between. */
const tickMs = 1_000;
/** Half of the dead refuse the connection, half take it and never answer. */
const dead = 50;
/** Deliveries that wait for each of the dead: one is due in every round. */
const backlog = 100;

const seal = { seal: (text: string) => text, open: (text: string) => text };

export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(name);
  if (url === undefined) return [];
  const { line, child } = await startNode([resolve('dist/bench/receivers.mjs')]);
  const [living = 0, hanging = 0] = line.split(' ').map(Number);
  try {
    return await withDatabase(url, (aloneUrl) =>
      withDatabase(url, async (besideUrl) => {
        const alone = await openSide(aloneUrl, living);
        const beside = await openSide(besideUrl, living);
        await addDead(beside.db, hanging);
        try {
          return await compare(alone, beside);
        } finally {
          await Promise.all([alone.close(), beside.close()]);
        }
      }),
    );
  } finally {
    child.kill();
  }
}

async function compare(alone: Side, beside: Side): Promise<BenchResult[]> {
  const pairs: { alone: Delay; beside: Delay }[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    // The same moments for both, evenly spread.
    const waitMs = (Math.max(0, round) / rounds) * tickMs;
    // Turn about, so that what disturbs the machine disturbs both.
    const first = round % 2 === 0;
    const one = first ? await alone.tick(waitMs) : await beside.tick(waitMs);
    const two = first ? await beside.tick(waitMs) : await alone.tick(waitMs);
    if (round >= 0) pairs.push(first ? { alone: one, beside: two } : { alone: two, beside: one });
  }
  return [
    resultOf(name, 'its delay from the event to its answer alone', pairs, 'fromEventMs'),
    resultOf(`${name}/from-tick`, 'its delay from the tick to its answer alone', pairs, 'fromTickMs'),
  ];
}

function resultOf(
  name: string,
  what: string,
  pairs: readonly { alone: Delay; beside: Delay }[],
  member: keyof Delay,
): BenchResult {
  const alone = median(pairs.map((pair) => pair.alone[member]));
  return {
    name,
    ratio: median(pairs.map((pair) => pair.beside[member] / pair.alone[member])),
    against: `${what} (${alone.toFixed(1)} ms)`,
    value: Number(median(pairs.map((pair) => pair.beside[member])).toFixed(1)),
    unit: 'ms',
  };
}

interface Delay {
  fromEventMs: number;
  fromTickMs: number;
}

interface Side {
  db: Database;
  /** An event for the healthy subscriber and, so much later, a run of the timer. Resolves when it has answered. */
  tick(waitMs: number): Promise<Delay>;
  close(): Promise<void>;
}

/**
 * Runs overlap as those of a timer do: each has a connection of its own, and one that waits for the dead goes on. Which
 * of them sends to the healthy one does not matter.
 */
async function openSide(url: string, living: number): Promise<Side> {
  const db = openPgDatabase(url);
  await addSubscription(db, 'healthy', living);
  const idle: Database[] = [];
  const running = new Set<Promise<unknown>>();
  const answered = new Map<string, () => void>();
  const send: Send = async (claim) => {
    const attempt = await sender(claim);
    answered.get(claim.event.eventId)?.();
    return attempt;
  };

  async function run(connection: Database): Promise<void> {
    await runDeliveries(
      {
        deliveries: { ...deliveryQueue(connection), ...deliveryWrites(connection) },
        send,
        surroundings: { nowMs: Date.now, random: Math.random, ids: { id: randomUUID, slug: randomUUID } },
      },
      { deadlineMs: Date.now() + 60_000 },
    );
    idle.push(connection);
  }

  async function ready(): Promise<Database> {
    const used = idle.pop();
    if (used) return used;
    const connection = openPgDatabase(url);
    await rehearse(connection);
    return connection;
  }

  async function tick(waitMs: number): Promise<Delay> {
    await db.query(
      "update event_subscriptions set not_before = null, failures = 3 where subscription_id <> 'healthy'",
    );
    const eventId = randomUUID();
    let answeredMs = Number.NaN;
    // An older run that is still at work may send it before the tick.
    const answer = new Promise<void>((done) => answered.set(eventId, done)).then(() => {
      answeredMs = performance.now();
    });
    await insertEvent(db, eventId);
    const eventMs = performance.now();
    await sleep(waitMs);
    let connection = await ready();
    const startedMs = performance.now();
    while (Number.isNaN(answeredMs)) {
      const ended = run(connection);
      remember(running, ended);
      await Promise.race([answer, ended]);
      // An older run may have made the delivery as its own time ended: then the next one sends it.
      if (Number.isNaN(answeredMs)) connection = await ready();
    }
    await quietened(db);
    await sleep(pauseMs);
    return { fromEventMs: answeredMs - eventMs, fromTickMs: answeredMs - startedMs };
  }

  async function close(): Promise<void> {
    await Promise.all(running);
    await Promise.all([db, ...idle].map((connection) => connection.close()));
  }

  return { db, tick, close };
}

/**
 * A new connection has the tables yet to get to know, with their indexes and what they refer to, at the first row that it
 * writes: that costs the same beside whomever, but only where runs last are there new connections. Nothing of it stays.
 */
async function rehearse(connection: Database): Promise<void> {
  const undone = new Error('undone');
  const rehearsal = connection.transaction(async (tx) => {
    await insertEvent(tx, randomUUID());
    const queue = deliveryQueue(tx);
    await queue.fanOut(Date.now(), 500);
    for (const of of ['healthy', 'failing'] as const)
      await queue.claim(Date.now(), { of, limit: 1, perSubscription: 1, leaseMs: 1 });
    throw undone;
  });
  await rehearsal.catch((error: unknown) => {
    if (error !== undone) throw error;
  });
}

const insertEvent = (db: Database, eventId: string) =>
  db.query(
    `insert into events (event_id, type, app_id, organization, data, occurred_at)
     values ($1, 'code.created', 'app', 'healthy', '{}', now())`,
    [eventId],
  );

/** What is refused at once is over before the next round begins; what hangs goes on. */
async function quietened(db: Database): Promise<void> {
  for (;;) {
    await sleep(20);
    const { rows } = await db.query(
      `select from deliveries where lease_until is not null and lease_until > clock_timestamp()
         and subscription_id not like 'hanging%' limit 1`,
    );
    if (rows.length === 0) return;
  }
}

function remember(set: Set<Promise<unknown>>, work: Promise<unknown>): void {
  const entry = work.finally(() => set.delete(entry));
  set.add(entry);
}

const sender = createSender({
  rules: { allowLoopback: true },
  resolve: async () => [],
  seal,
  nowMs: Date.now,
});

async function addSubscription(db: Database, id: string, port: number): Promise<void> {
  const endpoint = {
    url: `http://127.0.0.1:${port}/`,
    secrets: [{ secret: `whsec_${Buffer.alloc(32, 7).toString('base64')}`, untilMs: null }],
  };
  await db.query(
    `insert into event_subscriptions (subscription_id, app_id, organization, kind, sealed, shown_url, languages, state,
       reason, failures, version, created_at, updated_at)
     values ($1, 'app', $1, 'standard-webhooks', $2, '', '{}', 'Enabled', '{}', 0, 1, now(), now())`,
    [id, seal.seal(JSON.stringify(endpoint))],
  );
}

async function addDead(db: Database, hanging: number): Promise<void> {
  // No program listens on the port of the discard protocol.
  for (let n = 0; n < dead; n++)
    await addSubscription(db, n % 2 === 0 ? `refused${n}` : `hanging${n}`, n % 2 === 0 ? 9 : hanging);
  await db.query(
    `insert into events (event_id, type, app_id, organization, data, occurred_at)
     select subscription_id || '-' || n, 'code.created', 'app', organization, '{}', now() - interval '1 minute'
     from event_subscriptions, generate_series(1, $1::int) n where subscription_id <> 'healthy'`,
    [backlog],
  );
  const queue = deliveryQueue(db);
  while ((await queue.fanOut(Date.now(), 500)) > 0);
  await analyzeTables(db);
}
