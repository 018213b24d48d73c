/** `MultiFlowSignQrCodeCost`: a scan has started a contract, and it was charged for. */
import { quotaProven } from '../../codes/organization-quota.ts';
import type { Contract } from '../contract.ts';
import type { Located, Settlement } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept, unlocated } from './effect.ts';
import { after, begun, writeProgress } from './progress.ts';

export const cost: Effect = {
  presumed: { located: applied('CostCounted'), otherwise: kept('CodeUnknown') },

  isUseAlone: ({ flowId }) => flowId === null,

  async apply(context): Promise<Settlement> {
    const { facts, tx, told, surroundings } = context;
    const { located } = facts;
    if (located === undefined) return unlocated(context, 'CodeUnknown');
    // One contract, two messages with ids of their own: it is counted once.
    if (facts.contract?.charged) return { ...kept('CostCountedBefore'), about: located };
    const contract = chargedContract(context, located);
    await writeProgress(context, { located, costMessages: 1, contract, externalId: located.externalId });
    if (contract && facts.heard.length > 0) {
      const nowS = Math.floor(surroundings.nowMs() / 1000);
      await tx.settleHeard(contract, { code: 'ContractFollowed' }, nowS);
    }
    const atS = provenAtS(told.occurrence);
    if (located.blockedAtS !== null && atS > located.blockedAtS) {
      await quotaProven(tx, located, { atS }, surroundings);
    }
    return { ...applied('CostCounted'), about: located };
  },
};

/**
 * A message without a time of its own may have been on its way for a while: so long after the last failure it proves
 * something. Seconds.
 */
const doubtS = 600;

function provenAtS({ atS, from }: EffectContext['told']['occurrence']): number {
  return from === 'receipt' ? atS - doubtS : atS;
}

/**
 * The contract that the message names. From which QR code it came is certain now, unless the message was linked to its
 * code by nothing but a contract whose own link was inferred.
 */
function chargedContract({ facts, told }: EffectContext, located: Located): Contract | undefined {
  const { flowId, occurrence } = told;
  if (flowId === null) return undefined;
  const { codeId, appId, organization, generation } = located;
  const begins = { state: 'INIT', atS: occurrence.atS } as const;
  const known = facts.contract && { ...after(facts.contract, begins), charged: true };
  if (known?.link === 'certain' || located.by === 'contract') return known;
  const place = { codeId, appId, organization, generation, link: 'certain', charged: true } as const;
  if (known) return { ...known, ...place };
  return begun(
    { flowId, state: 'INIT', ...place, startedAtS: occurrence.atS, stateAtS: occurrence.atS },
    facts,
  );
}
