/** What the register learns of the quota of an organisation, whoever tells it. */
import type { Acting } from './code.ts';
import { origin, quotaEvent } from './events.ts';
import { blocked, type Organization, proven, type QuotaFailure, type QuotaProof } from './organization.ts';
import type { RegisterTransaction, Surroundings } from './ports.ts';
import { seconds } from './transitions.ts';

type Tenant = Pick<Acting, 'appId' | 'organization'>;

/** Upstream has just refused a create for lack of quota. */
export function refusedForQuota(nowMs: number, isProbe = false): QuotaFailure {
  return { atS: seconds(nowMs), reason: { code: 'QuotaBlocked' }, isProbe };
}

/**
 * There was no quota: the organisation's renewals wait. Told to our users once per block.
 *
 * @param provenAtS a sign of quota that the register has not been told of yet. Unix seconds
 * @returns false if the failure is older than the last sign of quota
 */
export async function quotaLacking(
  tx: RegisterTransaction,
  { appId, organization }: Tenant,
  failure: QuotaFailure,
  surroundings: Surroundings,
  provenAtS: number | null = null,
): Promise<boolean> {
  const nowS = seconds(surroundings.nowMs());
  const known = await tx.holdOrganization(appId, organization, nowS);
  const before = provenAtS === null ? known : proven(known, { atS: provenAtS }, nowS);
  const after = blocked(before, failure, nowS);
  if (after !== known) await tx.saveOrganization(after);
  await tell(tx, known, after, surroundings);
  return before.provenAtS === null || failure.atS >= before.provenAtS;
}

/** There was quota: an organisation that was blocked by an older failure goes on. @returns whether it does now */
export async function quotaProven(
  tx: RegisterTransaction,
  { appId, organization }: Tenant,
  proof: QuotaProof,
  surroundings: Surroundings,
): Promise<boolean> {
  const before = await tx.lockOrganization(appId, organization);
  if (before?.quotaState !== 'blocked') return false;
  const after = proven(before, proof, seconds(surroundings.nowMs()));
  if (after !== before) await tx.saveOrganization(after);
  await tell(tx, before, after, surroundings);
  return after.quotaState === 'ok';
}

async function tell(
  tx: RegisterTransaction,
  before: Organization,
  after: Organization,
  surroundings: Surroundings,
): Promise<void> {
  if (before.quotaState === after.quotaState) return;
  const type = after.quotaState === 'blocked' ? 'quota.exhausted' : 'quota.restored';
  await tx.emit(quotaEvent(type, after, origin(surroundings)));
}
