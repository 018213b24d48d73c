/** What a message about a contract says of the quota of an organisation that is known to be out of it. */
import { quotaHinted, quotaProven } from '../../codes/quota/organization-quota.ts';
import type { EffectContext } from './effect.ts';

/*
 * How long messages are under way is not published, and without a time of its own none says whether it is older than the
 * failure that has ended the quota. So it proves little: what proves is a time that the message itself has, as each about the
 * state of a contract does.
 */

/** So long after the last failure a charge without a time is a reason to ask upstream. Seconds. */
const hintsAfterS = 600;
/** And so long after it proves quota by itself. Seconds. */
const provesAfterS = 86_400;
/** Upstream's clock and ours differ: a failure without a time has that of its receipt. Seconds. */
const clockMarginS = 60;

/** A contract was charged for. @returns whether that lifts the block */
export async function followCharge({ tx, facts, content, surroundings }: EffectContext): Promise<boolean> {
  const { located } = facts;
  if (located === undefined || located.blockedAtS === null) return false;
  const { atS, from } = content.occurrence;
  const provenAtS = from === 'receipt' ? atS - provesAfterS : atS;
  if (provenAtS > located.blockedAtS) return quotaProven(tx, located, { atS: provenAtS }, surroundings);
  if (from === 'receipt' && atS > located.blockedAtS + hintsAfterS)
    await quotaHinted(tx, located, surroundings);
  return false;
}

/**
 * Without quota no scan starts a contract. When it was started, every message about it says, however late that comes.
 *
 * @returns whether that lifts the block
 */
export async function followStart({ tx, facts, content, surroundings }: EffectContext): Promise<boolean> {
  const { located, contract } = facts;
  if (located === undefined || located.blockedAtS === null || content.createdOnS === null) return false;
  const isOurs = located.by !== 'contract' || contract?.link === 'certain';
  const provenAtS = content.createdOnS - clockMarginS;
  if (!isOurs || provenAtS <= located.blockedAtS) return false;
  return quotaProven(tx, located, { atS: provenAtS }, surroundings);
}
