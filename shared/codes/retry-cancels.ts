import type { CancelQueue } from './ports.ts';
import { type CancelPorts, runCancel } from './run-cancel.ts';

/** Of a claim; the call prolongs it. Database time. */
const claimMs = 30_000;
const batch = 10;

export interface RetryCancelsPorts extends CancelPorts {
  register: CancelPorts['register'] & CancelQueue;
}

/**
 * Sends the cancels that are due: predecessors, orphans, and what a person asked for and upstream has not confirmed.
 *
 * @param limit of calls
 * @param callDeadlineMs when the next call must be over; undefined: there is no time for another
 */
export async function retryCancels(
  ports: RetryCancelsPorts,
  nowS: number,
  limit: number,
  callDeadlineMs: () => number | undefined,
): Promise<{ cancelled: number; failed: number }> {
  const counts = { cancelled: 0, failed: 0 };
  for (let tried = 0; tried < limit; ) {
    const claimed =
      callDeadlineMs() === undefined ? [] : await ports.register.claimCancels(nowS, batch, claimMs);
    for (const attempt of claimed) {
      const deadlineMs = callDeadlineMs();
      const { qrCodeId } = attempt;
      if (deadlineMs === undefined || qrCodeId === null) break;
      const outcome = await runCancel(ports, { ...attempt, qrCodeId }, deadlineMs);
      counts[outcome.kind === 'failed' ? 'failed' : 'cancelled'] += 1;
      tried += 1;
      // When calls cannot even be made, the others would fare no better.
      if (outcome.kind === 'failed' && outcome.failure.kind === 'paced') return counts;
    }
    if (claimed.length < batch) return counts;
  }
  return counts;
}
