/** What the register learns of the quota of an organisation, from any source. */
import type { Surroundings } from '../../world.ts';
import { seconds } from '../../world.ts';
import type { Acting } from '../code.ts';
import { origin, quotaEvent } from '../events.ts';
import type { GenerationTransaction } from '../ports.ts';
import {
  blocked,
  hinted,
  mayBeStraggler,
  type Organization,
  proven,
  type QuotaFailure,
  type QuotaProof,
} from './organization.ts';

type Tenant = Pick<Acting, 'appId' | 'organization'>;

/** Upstream has just refused a create for lack of quota. */
export function refusedForQuota(nowMs: number, isProbe = false): QuotaFailure {
  return { atS: seconds(nowMs), reason: { code: 'QuotaBlocked' }, isProbe };
}

/**
 * There was no quota: the organisation's renewals wait. One event per block.
 *
 * @param provenAtS a sign of quota that is not in the register yet. Unix seconds
 * @returns false if the failure is older than the last sign of quota, or may be one of a block that is over
 */
export async function quotaLacking(
  tx: GenerationTransaction,
  { appId, organization }: Tenant,
  failure: QuotaFailure,
  surroundings: Surroundings,
  provenAtS: number | null = null,
): Promise<boolean> {
  const nowS = seconds(surroundings.nowMs());
  const known = await tx.holdOrganization(appId, organization, nowS);
  if (mayBeStraggler(known, failure)) return false;
  const before = provenAtS === null ? known : proven(known, { atS: provenAtS }, nowS);
  const after = blocked(before, failure, nowS);
  if (after !== known) await tx.saveOrganization(after);
  await emitChange(tx, known, after, surroundings);
  return before.provenAtS === null || failure.atS >= before.provenAtS;
}

/** There was quota: an organisation that was blocked by an older failure goes on. @returns whether it does now */
export async function quotaProven(
  tx: GenerationTransaction,
  { appId, organization }: Tenant,
  proof: QuotaProof,
  surroundings: Surroundings,
): Promise<boolean> {
  const before = await tx.lockOrganization(appId, organization);
  if (before?.quotaState !== 'blocked') return false;
  const after = proven(before, proof, seconds(surroundings.nowMs()));
  if (after !== before) await tx.saveOrganization(after);
  await emitChange(tx, before, after, surroundings);
  return after.quotaState === 'ok';
}

/** There may be quota: the next code of the organisation that is due finds out. */
export async function quotaHinted(
  tx: GenerationTransaction,
  { appId, organization }: Tenant,
  surroundings: Surroundings,
): Promise<void> {
  const before = await tx.lockOrganization(appId, organization);
  if (before === undefined) return;
  const after = hinted(before, seconds(surroundings.nowMs()));
  if (after !== before) await tx.saveOrganization(after);
}

async function emitChange(
  tx: GenerationTransaction,
  before: Organization,
  after: Organization,
  surroundings: Surroundings,
): Promise<void> {
  if (before.quotaState === after.quotaState) return;
  const type = after.quotaState === 'blocked' ? 'quota.exhausted' : 'quota.restored';
  await tx.emit(quotaEvent(type, after, origin(surroundings)));
}
