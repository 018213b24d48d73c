/** One run of the delivery timer: everything that is due, as far as the time goes. */

import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../errors.ts';
import type { Claim } from '../delivery.ts';
import type { ClaimLimits, DeliveryQueue } from '../ports.ts';
import { type DeliverPorts, type DeliverResult, deliverOne } from './deliver-one.ts';
import { sendTimeoutMs } from './send.ts';

export interface RunPorts extends DeliverPorts {
  deliveries: DeliverPorts['deliveries'] & DeliveryQueue;
}

export interface RunOptions {
  /** When the run must be over. Epoch milliseconds. */
  deadlineMs: number;
  /** Tries at a time. */
  concurrency?: number;
  /** Of those, tries of subscriptions that fail: the rest is always there for those that work. */
  failingConcurrency?: number;
  /** Tries of one subscription at a time, all runs together. */
  perSubscription?: number;
  /** Rows of one statement. */
  batch?: number;
}

export type RunReport = Record<DeliverResult, number> & {
  /** Events whose deliveries were made. */
  spread: number;
  /** Deliveries of disabled subscriptions that were given up. */
  buried: number;
  ended: 'done' | 'time';
};

const defaults = { concurrency: 64, failingConcurrency: 32, perSubscription: 4, batch: 500 };

/** Healthy subscriptions get a head start of 50 ms: most of them have answered before a failing one is tried. */
const headStartMs = 50;

/** Is the database away? Then nothing that is sent could be written down. */
const isAway = (error: unknown) => error instanceof Failure && error.code === 'DatabaseUnavailable';

/** For writing down what came of the last try. */
const settlingMs = 2_000;

/** Longer than any try: who died at work keeps a delivery for no longer. Database time. */
const leaseMs = sendTimeoutMs + 20_000;

/**
 * Runs may overlap: a lease sees to it that no two send one delivery at the same time. Killed between sending and
 * writing it down, a run leaves a delivery that is sent again when its lease is over, with the same id.
 */
export async function runDeliveries(ports: RunPorts, options: RunOptions): Promise<RunReport> {
  const { deadlineMs, concurrency, failingConcurrency, perSubscription, batch } = { ...defaults, ...options };
  const { deliveries, surroundings } = ports;
  const report: RunReport = {
    delivered: 0,
    retrying: 0,
    dead: 0,
    lost: 0,
    spread: 0,
    buried: 0,
    ended: 'done',
  };
  const underWay = new Map<Promise<void>, { isFailing: boolean }>();
  const failures: unknown[] = [];
  let finished = 0;

  const isTime = () => surroundings.nowMs() < deadlineMs - settlingMs - sendTimeoutMs;

  async function spread(): Promise<number> {
    const events = await deliveries.fanOut(surroundings.nowMs(), batch);
    report.spread += events;
    return events;
  }

  /** Those that work come first, and do not wait for what is known of the rest. */
  async function claim(of: ClaimLimits['of']): Promise<number> {
    const failing = [...underWay.values()].filter(({ isFailing }) => isFailing).length;
    const isFailing = of === 'failing';
    const limit = Math.min(
      concurrency - underWay.size,
      isFailing ? failingConcurrency - failing : Number.POSITIVE_INFINITY,
    );
    if (limit <= 0) return 0;
    const most = isFailing ? 1 : perSubscription;
    const limits = { of, limit, perSubscription: most, leaseMs };
    const claims = await deliveries.claim(surroundings.nowMs(), limits);
    for (const claimed of claims) {
      start(claimed);
      // What has begun gets on before the next begins.
      await new Promise(setImmediate);
    }
    return claims.length;
  }

  function start(claimed: Claim): void {
    const work = deliverOne(ports, claimed).then(
      ({ result }) => {
        report[result] += 1;
      },
      (error: unknown) => {
        failures.push(error);
      },
    );
    const entry = work.finally(() => {
      underWay.delete(entry);
      finished += 1;
    });
    underWay.set(entry, { isFailing: claimed.subscription.failures > 0 });
  }

  /** Begins what there is room and time for. @returns whether there may be more */
  async function begin(): Promise<boolean> {
    // What went wrong with one delivery is no reason to keep the others waiting.
    if (failures.some(isAway) || !isTime() || underWay.size >= concurrency) return false;
    const before = finished;
    const claimed = (await claim('healthy')) + (await claim('failing'));
    // What was settled while a claim was on its way has left room that the claim did not see.
    return claimed > 0 || (await spread()) > 0 || finished > before;
  }

  async function bury(): Promise<void> {
    for (let buried = batch; buried === batch && isTime(); report.buried += buried)
      buried = await deliveries.buryStranded(surroundings.nowMs(), { code: 'SubscriptionDisabled' }, batch);
  }

  try {
    await spread();
    if (isTime() && (await claim('healthy')) > 0)
      await Promise.race([Promise.all(underWay.keys()), sleep(headStartMs)]);
    while (await begin());
    await bury();
    for (;;) {
      while (await begin());
      if (underWay.size === 0) break;
      await Promise.race(underWay.keys());
    }
  } finally {
    // An instance is frozen once it has answered, with whatever still runs.
    await Promise.all(underWay.keys());
  }
  if (failures.length > 0) throw failures[0];
  report.ended = isTime() ? 'done' : 'time';
  return report;
}
