import type { CancelQueue } from '../renewal/ports.ts';
import { createTroubles, signOf } from '../renewal/trouble.ts';
import type { Attempt } from './attempt.ts';
import { type CancelPorts, runCancel } from './run-cancel.ts';

/** Lease of a claim in ms, by the database's clock; sending extends it. */
const claimMs = 30_000;

export interface RetryCancelsPorts extends CancelPorts {
  register: CancelPorts['register'] & CancelQueue;
}

export interface RetryCancelsOptions {
  /** Unix seconds: decides what is due. */
  nowS: number;
  /** Of calls. */
  limit: number;
  /** Calls at a time. */
  concurrency: number;
  /** When the next call must be over; undefined: there is no time for another. */
  callDeadlineMs(): number | undefined;
  /** Takes what was thrown in the work on the cancel of one QR code. */
  onError(error: unknown, qrCodeId: string): void;
}

/**
 * Sends the cancels that are due: predecessors, orphans, and what a person asked for and upstream has not confirmed. A
 * cancel is claimed when it is begun, so that none waits for a slow one; a tenant in trouble is left to the next run.
 */
export async function retryCancels(
  ports: RetryCancelsPorts,
  { nowS, limit, concurrency, callDeadlineMs, onError }: RetryCancelsOptions,
): Promise<{ cancelled: number; failed: number }> {
  const counts = { cancelled: 0, failed: 0 };
  const troubles = createTroubles();
  let left = limit;

  async function claim(): Promise<(Attempt & { qrCodeId: string }) | undefined> {
    if (left <= 0 || troubles.isPointless() || callDeadlineMs() === undefined) return undefined;
    left -= 1;
    const [claimed] = await ports.register.claimCancels(nowS, 1, claimMs, troubles.setAside());
    const qrCodeId = claimed?.qrCodeId;
    return claimed && typeof qrCodeId === 'string' ? { ...claimed, qrCodeId } : undefined;
  }

  async function run(attempt: Attempt & { qrCodeId: string }, deadlineMs: number): Promise<void> {
    try {
      const outcome = await runCancel(ports, attempt, deadlineMs);
      const hasFailed = outcome.kind === 'failed';
      counts[hasFailed ? 'failed' : 'cancelled'] += 1;
      troubles.note(attempt, hasFailed ? signOf(outcome.failure) : 'fine');
    } catch (error) {
      // What became of it is not written down: the claim ends by itself, and dead stays dead.
      counts.failed += 1;
      onError(error, attempt.qrCodeId);
      troubles.note(attempt, 'all');
    }
  }

  async function work(): Promise<void> {
    for (let claimed = await claim(); claimed; claimed = await claim()) {
      const deadlineMs = callDeadlineMs();
      if (deadlineMs === undefined) return;
      await run(claimed, deadlineMs);
    }
  }

  const workers = await Promise.allSettled(Array.from({ length: concurrency }, work));
  const failure = workers.find((worker) => worker.status === 'rejected');
  if (failure) throw failure.reason;
  return counts;
}
