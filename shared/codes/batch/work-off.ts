/** Works batches off, row by row, as far as time and upstream's limit go. */
import { failureOf } from '../../errors.ts';
import { seconds } from '../../world.ts';
import { createTroubles, tenantKey } from '../renewal/trouble.ts';
import type { RowClaim, RowResult } from './batch.ts';
import { isForAll, type RowVerdict, verdictOf } from './row-failure.ts';
import { type RowOutcome, type RowPorts, runRow } from './run-row.ts';

export interface WorkOffOptions {
  /** When the run must be over. Epoch milliseconds. */
  deadlineMs: number;
  /** Only this one; left out: all. */
  batchId?: string;
  /** Rows at a time: upstream's 20 per second times half a second for an answer, and some to spare. */
  concurrency?: number;
  /** Takes what was thrown in the work on one row. */
  onError?(error: unknown, about: { batchId: string; row: number }): void;
}

export interface WorkOffReport {
  done: number;
  failed: number;
  unknown: number;
  cancelled: number;
  /** Tried again later. */
  putOff: number;
  /** Others had them by then. */
  lost: number;
  ended: 'done' | 'time' | 'trouble';
}

const defaults = { concurrency: 16, onError: () => {} };

/** The last part of the time is for writing down what was answered. Milliseconds. */
const settlingMs = 3_000;
/** Longest time for one row, waiting for its turn included. */
const rowMs = 12_000;
/** A row that has less is not begun. */
const leastRowMs = 1_500;
/** For the time between the claim and the sending, which prolongs it. Database time. */
const claimMs = 30_000;
/** Until the timer of renewals has settled a create that was left behind. */
const unsettledS = 60;

/**
 * Runs may overlap, and may be killed at any time: leases, the ids that creates are given beforehand and the journal see
 * to it that each row has its effect once. What is left when time is over is what the next run begins with.
 */
export async function workOffBatches(ports: RowPorts, options: WorkOffOptions): Promise<WorkOffReport> {
  const { deadlineMs, batchId, concurrency, onError } = { ...defaults, ...options };
  const { batches, surroundings } = ports;
  const report: WorkOffReport = {
    done: 0,
    failed: 0,
    unknown: 0,
    cancelled: 0,
    putOff: 0,
    lost: 0,
    ended: 'done',
  };
  const troubles = createTroubles();
  const waiting: RowClaim[] = [];
  let refilling: Promise<void> | undefined;
  let isEmpty = false;
  let broken: { error: unknown } | undefined;
  const nowS = () => seconds(surroundings.nowMs());

  function rowDeadlineMs(): number | undefined {
    const leftMs = deadlineMs - settlingMs - surroundings.nowMs();
    return leftMs < leastRowMs ? undefined : surroundings.nowMs() + Math.min(rowMs, leftMs);
  }

  function ended(): WorkOffReport['ended'] | undefined {
    if (broken !== undefined || troubles.isPointless()) return 'trouble';
    return rowDeadlineMs() === undefined ? 'time' : undefined;
  }

  async function refill(): Promise<void> {
    const only = batchId === undefined ? {} : { batchId };
    const chosen = { except: troubles.setAside(), ...only };
    const claimed = await batches.claim(nowS(), concurrency * 2, claimMs, chosen);
    waiting.push(...inTurn(claimed));
    isEmpty = claimed.length === 0;
  }

  /** Workers who find nothing wait for the same refill. */
  async function next(): Promise<RowClaim | undefined> {
    for (;;) {
      const row = waiting.shift();
      if (row !== undefined || isEmpty) return row;
      refilling ??= refill().finally(() => {
        refilling = undefined;
      });
      await refilling;
    }
  }

  async function settle(row: RowClaim, result: RowResult): Promise<void> {
    const isOurs = await batches.settle(row.lease, result, nowS());
    report[isOurs ? result.state : 'lost'] += 1;
  }

  async function putOff(row: RowClaim, { pauseS, isFailure }: Extract<RowVerdict, { pauseS: number }>) {
    // What was refused, or never left, is journaled under the old id: the next try has one of its own.
    const codeId = row.operation === 'Create' ? { codeId: surroundings.ids.id() } : {};
    const failures = row.failures + (isFailure ? 1 : 0);
    await batches.putBack(row.lease, { dueAtS: nowS() + pauseS, failures, ...codeId });
    report.putOff += 1;
  }

  async function run(row: RowClaim, endMs: number): Promise<void> {
    const about = { batchId: row.lease.batchId, row: row.lease.number };
    try {
      const ran = await runRow(ports, row, endMs).then(
        (outcome) => ({ outcome }),
        (error: unknown) => ({ error }),
      );
      if ('outcome' in ran) return await follow(row, ran.outcome);
      onError(ran.error, about);
      await followFailure(row, ran.error);
    } catch (error) {
      // What it did is not written down: its lease ends, and the next one looks what was done.
      onError(error, about);
      troubles.note(row.tenant, 'all');
      report.lost += 1;
    }
  }

  async function follow(row: RowClaim, outcome: RowOutcome): Promise<void> {
    troubles.note(row.tenant, 'fine');
    if (outcome === 'settled') report.done += 1;
    else if (outcome === 'lost') report.lost += 1;
    else if (outcome !== 'unsettled') await settle(row, outcome);
    else {
      await batches.putBack(row.lease, { dueAtS: nowS() + unsettledS, failures: row.failures });
      report.putOff += 1;
    }
  }

  async function followFailure(row: RowClaim, error: unknown): Promise<void> {
    // Whether something was written down is not known either: as if we had died.
    if (failureOf(error).code === 'DatabaseUnavailable') throw error;
    const verdict = verdictOf(error, row);
    if ('pauseS' in verdict) {
      troubles.note(row.tenant, verdict.isFailure ? 'all' : 'nothing');
      return putOff(row, verdict);
    }
    troubles.note(row.tenant, 'fine');
    await settle(row, verdict);
    if (row.operation === 'Create' && isForAll(error)) {
      await batches.settleRest(row.lease.batchId, row.tenant, verdict, nowS());
      leaveOut(row);
    }
  }

  /** The rest of a batch has been settled: what was claimed of it is not begun. */
  function leaveOut({ lease, tenant }: RowClaim): void {
    const isOfRest = (row: RowClaim) =>
      row.lease.batchId === lease.batchId && tenantKey(row.tenant) === tenantKey(tenant);
    waiting.splice(0, waiting.length, ...waiting.filter((row) => !isOfRest(row)));
  }

  async function work(): Promise<void> {
    for (;;) {
      const row = ended() === undefined ? await next() : undefined;
      if (row === undefined) return;
      const endMs = rowDeadlineMs();
      if (endMs === undefined || ended() !== undefined) return void waiting.push(row);
      await run(row, endMs);
    }
  }

  const guarded = () =>
    work().catch((error: unknown) => {
      broken ??= { error };
    });
  await Promise.all(Array.from({ length: concurrency }, guarded));
  report.ended = ended() ?? 'done';
  // Where nothing can be written any more, the leases end by themselves.
  if (waiting.length > 0) await batches.release(waiting.map(({ lease }) => lease)).catch(() => undefined);
  if (broken !== undefined) throw broken.error;
  return report;
}

/** One row of each tenant in turn, each tenant's in their order. */
function inTurn(claimed: readonly RowClaim[]): RowClaim[] {
  const queues = new Map<string, RowClaim[]>();
  for (const row of claimed) {
    const key = tenantKey(row.tenant);
    queues.set(key, [...(queues.get(key) ?? []), row]);
  }
  const order: RowClaim[] = [];
  for (let turn = 0; order.length < claimed.length; turn += 1) {
    for (const queue of queues.values()) {
      const row = queue[turn];
      if (row !== undefined) order.push(row);
    }
  }
  return order;
}
