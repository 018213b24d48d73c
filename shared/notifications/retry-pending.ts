import { quotaProven } from '../codes/organization-quota.ts';
import type { NotificationTransaction, ReopenPorts } from './ports.ts';
import { applyStored } from './reopen.ts';

export interface RetryReport {
  applied: number;
  failed: number;
}

/** For one notification, opening it and its effect. Database time. */
const leaseMs = 30_000;

/** Two messages about one contract that came at the same moment may have missed each other. Seconds. */
const missedWithinS = 3600;

/**
 * Tries the effects again that failed when their notifications came in, and sets right what two messages that came at
 * the same moment could not know of each other.
 *
 * @param limit notifications of one run
 */
export async function retryPending(ports: ReopenPorts, limit: number): Promise<RetryReport> {
  const { notifications, surroundings } = ports;
  const nowS = Math.floor(surroundings.nowMs() / 1000);
  await notifications.reviveLinked(nowS, nowS - missedWithinS, limit);
  for (const tenant of await notifications.provenOrganizations(limit)) {
    await notifications.transaction((tx) => believeCosts(tx, tenant, ports));
  }
  const report = { applied: 0, failed: 0 };
  for (const stored of await notifications.claimPending(nowS, limit, leaseMs)) {
    const verdict = await applyStored(ports, stored, ['pending']);
    if (verdict === undefined) continue;
    const isDone = verdict.outcome === 'applied' || verdict.outcome === 'kept';
    report[isDone ? 'applied' : 'failed'] += 1;
  }
  return report;
}

async function believeCosts(
  tx: NotificationTransaction,
  tenant: { appId: string; organization: string },
  { surroundings }: ReopenPorts,
): Promise<void> {
  const atS = await tx.lastCostS(tenant.appId, tenant.organization);
  if (atS !== null) await quotaProven(tx, tenant, { atS }, surroundings);
}
