import { quotaProven } from '../codes/quota/organization-quota.ts';
import { seconds } from '../world.ts';
import { announce } from './announce.ts';
import type { NotificationTransaction, ReopenPorts } from './ports.ts';
import { applyStored } from './reopen.ts';

export interface RetryOptions {
  /** Notifications of one run. */
  limit: number;
  /** Nothing is begun after it. Epoch milliseconds. */
  deadlineMs: number;
  /** Is told what went wrong with one step or one notification: the others go on. */
  onError?(error: unknown, about: { step: string; notificationId?: string }): void;
}

export interface RetryReport {
  applied: number;
  failed: number;
}

/** For one batch, opening each and its effect. Database time. */
const leaseMs = 30_000;
const batch = 20;

/** In a row: then nothing can be written at all. */
const mostErrors = 5;

/**
 * Two messages about one contract that came at the same moment may have missed each other, and one that names nothing
 * but its contract may have come before the one that says whose it is. Seconds.
 */
const missedWithinS = 900;

/**
 * Tries the effects again that failed when their notifications came in, and sets right what two messages that came at
 * the same moment could not know of each other. What is left when time is over is what the next run begins with.
 *
 * @throws what the database throws where nothing can be done at all
 */
export async function retryPending(
  ports: ReopenPorts,
  { limit, deadlineMs, onError = () => {} }: RetryOptions,
): Promise<RetryReport> {
  const { notifications, surroundings } = ports;
  const nowS = seconds(surroundings.nowMs());
  const hasTime = () => surroundings.nowMs() < deadlineMs;
  const step = async (name: string, work: () => Promise<unknown>) => {
    if (hasTime()) await work().catch((error: unknown) => onError(error, { step: name }));
  };

  await step('revive', () => notifications.reviveLinked(nowS, nowS - missedWithinS, limit));
  await step('announce', async () => {
    while (hasTime() && (await notifications.transaction((tx) => announceNext(tx, ports))));
  });
  await step('believe', async () => {
    for (const tenant of await notifications.provenOrganizations(limit)) {
      await step('believe', () => notifications.transaction((tx) => believeProofs(tx, tenant, ports)));
    }
  });

  const report = { applied: 0, failed: 0 };
  let errors = 0;
  for (let taken = 0; taken < limit && hasTime(); ) {
    const claimed = await notifications.claimPending(nowS, Math.min(batch, limit - taken), leaseMs);
    taken += claimed.length;
    for (const stored of claimed) {
      if (!hasTime()) return report;
      try {
        const verdict = await applyStored(ports, stored, ['pending']);
        if (verdict === undefined) continue;
        const isDone = verdict.outcome === 'applied' || verdict.outcome === 'kept';
        report[isDone ? 'applied' : 'failed'] += 1;
        errors = 0;
      } catch (error) {
        errors += 1;
        if (errors >= mostErrors) throw error;
        report.failed += 1;
        onError(error, { step: 'apply', notificationId: stored.notificationId });
      }
    }
    if (claimed.length < batch) break;
  }
  return report;
}

/** Codes of a template that hear what became of it in one transaction. */
const toldAtOnce = 500;

/** @returns false if there is nothing to be told */
async function announceNext(tx: NotificationTransaction, { surroundings }: ReopenPorts): Promise<boolean> {
  const announcement = await tx.nextAnnouncement();
  if (announcement?.type === undefined || announcement.type === null) return false;
  const { type } = announcement;
  await announce(tx, { ...announcement, type }, surroundings, toldAtOnce);
  return true;
}

async function believeProofs(
  tx: NotificationTransaction,
  tenant: { appId: string; organization: string },
  { surroundings }: ReopenPorts,
): Promise<void> {
  const atS = await tx.lastProofS(tenant.appId, tenant.organization);
  if (atS !== null) await quotaProven(tx, tenant, { atS }, surroundings);
}
