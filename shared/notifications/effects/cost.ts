/** `MultiFlowSignQrCodeCost`: a scan has started a contract, and it was charged for. */
import { quotaProven } from '../../codes/organization-quota.ts';
import type { Contract } from '../contract.ts';
import type { Located, Settlement } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept, unlocated } from './effect.ts';
import { begun, writeProgress } from './progress.ts';

export const cost: Effect = {
  presumed: { located: applied('CostCounted'), otherwise: kept('CodeUnknown') },

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
    const { blockedAtS } = located;
    if (blockedAtS !== null && told.occurrence.atS > blockedAtS) {
      await quotaProven(tx, located, { atS: told.occurrence.atS }, surroundings);
    }
    return { ...applied('CostCounted'), about: located };
  },
};

/** The contract that the message names; it is certain now from which QR code it came. */
function chargedContract({ facts, told }: EffectContext, located: Located): Contract | undefined {
  const { flowId, occurrence } = told;
  if (flowId === null) return undefined;
  const { codeId, appId, organization, generation } = located;
  const known = facts.contract;
  if (known?.link === 'certain') return { ...known, charged: true };
  const place = { codeId, appId, organization, generation, link: 'certain', charged: true } as const;
  if (known) return { ...known, ...place };
  return begun(
    { flowId, state: 'INIT', ...place, startedAtS: occurrence.atS, stateAtS: occurrence.atS },
    facts,
  );
}
