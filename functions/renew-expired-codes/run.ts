import { type RenewalsPorts, runRenewals } from '../../shared/codes/renewal/run-renewals.ts';
import { QianmaError } from '../../shared/errors.ts';
import type { ReopenPorts } from '../../shared/notifications/ports.ts';
import { retryPending } from '../../shared/notifications/retry-pending.ts';
import type { Log } from '../../shared/runtime/log/log.ts';
import { defined } from '../../shared/world.ts';

/** Notifications of one run. */
const retriesPerRun = 200;
/** The last part of the time is for what is under way. */
const settlingMs = 3_000;

/**
 * Retries failed effects of notifications and renews what is due, side by side within the same time: neither waits for
 * the other, and each is done even if the other fails.
 *
 * @throws what one of them threw, when both are over
 */
export async function run(
  ports: RenewalsPorts & ReopenPorts,
  { deadlineMs, log }: { deadlineMs: number; log: Pick<Log, 'warn'> },
) {
  const onError = (error: unknown, about: object) => {
    const upstreamRequestId = error instanceof QianmaError ? error.upstreamRequestId : undefined;
    log.warn('survived', { ...about, ...defined({ upstreamRequestId }) }, error);
  };
  const [notifications, renewals] = await Promise.allSettled([
    retryPending(ports, { limit: retriesPerRun, deadlineMs: deadlineMs - settlingMs, onError }),
    runRenewals(ports, { deadlineMs, onError }),
  ]);
  if (notifications.status === 'fulfilled' && renewals.status === 'fulfilled') {
    const { applied, failed } = notifications.value;
    return { ...renewals.value, retried: applied, retriesFailed: failed };
  }
  for (const part of [notifications, renewals]) {
    if (part.status === 'fulfilled') log.warn('done in part', { result: part.value });
  }
  throw notifications.status === 'rejected' ? notifications.reason : rejected(renewals);
}

const rejected = (part: PromiseSettledResult<unknown>) =>
  part.status === 'rejected' ? part.reason : undefined;
