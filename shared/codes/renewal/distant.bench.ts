import { resolve } from 'node:path';
import { startNode } from '../../../bench/child.ts';
import { assertRenewedOnce, renewedCodes, seedDueCodes } from '../../../bench/due-codes.ts';
import { benchDatabaseUrl, withDatabase } from '../../../bench/own-database.ts';
import type { BenchResult } from '../../../bench/result.ts';
import { emulatedEnvironment, startTimer } from '../../../bench/timer-process.ts';
import type { Database } from '../../store/postgres/database.ts';
import { openPgDatabase } from '../../store/postgres/pg-database.ts';

const addedMs = 5;
const name = `renew/limit-share-at-${addedMs}ms`;
const limitPerSecond = 20;
const codes = 600;
/** As deployed: a run may take longer than until the next begins. Two of them, one after another each. */
const tickMs = [40_000, 90_000];
/** In real time: half a slot between two looks would be a percent of all. */
const lookMs = 20;

/** How much of upstream's limit renewals use where every answer of database and upstream takes 5 ms longer to come. */
export default async function bench(): Promise<BenchResult[]> {
  const url = benchDatabaseUrl(name);
  if (url === undefined) return [];
  return withDatabase(url, async (ownUrl) => {
    const db = openPgDatabase(ownUrl);
    const emulator = await startNode([resolve('dist/bench/emulator-server.mjs'), '1']);
    const distant = new URL(ownUrl);
    const toDatabase = await startDistance(distant.port || '5432');
    const toUpstream = await startDistance(emulator.line);
    distant.port = toDatabase.line;
    try {
      return [await renewAll(db, emulatedEnvironment(distant.href, toUpstream.line, limitPerSecond))];
    } finally {
      for (const { child } of [emulator, toDatabase, toUpstream]) child.kill();
      await db.close();
    }
  });
}

const startDistance = (port: string) =>
  startNode([resolve('dist/bench/distance.mjs'), port, String(addedMs)]);

async function renewAll(db: Database, env: Record<string, string>): Promise<BenchResult> {
  await seedDueCodes(db, codes);
  const timers = tickMs.map((ms) => startTimer(env, ms));
  try {
    const first = await renewedCodes(db, timers, 1, lookMs);
    const startedMs = performance.now();
    const last = await renewedCodes(db, timers, codes, lookMs);
    const perSecond = ((last - first) * 1000) / (performance.now() - startedMs);
    await assertRenewedOnce(db);
    return {
      name,
      ratio: perSecond / limitPerSecond,
      against: `${limitPerSecond} requests/s, at least 0.95 wanted`,
      value: Math.round(perSecond * 100) / 100,
      unit: 'creates/s',
    };
  } finally {
    for (const { child } of timers) child.kill();
  }
}
