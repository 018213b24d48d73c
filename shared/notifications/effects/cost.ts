/** `MultiFlowSignQrCodeCost`: a scan has started a contract, and it was charged for. */
import { seconds } from '../../world.ts';
import type { Contract } from '../contract.ts';
import type { Located, Settlement } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept, unlocated } from './effect.ts';
import { after, begun, writeProgress } from './progress.ts';
import { followCharge } from './quota-signs.ts';

export const cost: Effect = {
  presumed: { located: applied('CostCounted'), otherwise: kept('CodeUnknown') },

  isUseAlone: ({ flowId }) => flowId === null,

  async apply(context): Promise<Settlement> {
    const { facts, tx, surroundings } = context;
    const { located } = facts;
    if (located === undefined) return unlocated(context, 'CodeUnknown');
    // One contract, two messages with ids of their own: it is counted once.
    if (facts.contract?.charged) return { ...kept('CostCountedBefore'), about: located };
    const contract = chargedContract(context, located);
    const { externalId } = located;
    const progress = await writeProgress(context, { located, costMessages: 1, contract, externalId });
    if (contract && facts.heard.length > 0) {
      const nowS = seconds(surroundings.nowMs());
      await tx.settleHeard(contract, { code: 'ContractFollowed' }, nowS);
    }
    const isRestored = await followCharge(context);
    return { ...applied(isRestored ? 'CostRestoredQuota' : 'CostCounted'), about: located, ...progress };
  },
};

/**
 * The contract that the message names. From which QR code it came is certain now, unless the message was linked to its
 * code by nothing but a contract whose own link was inferred.
 */
function chargedContract({ facts, content }: EffectContext, located: Located): Contract | undefined {
  const { flowId, occurrence } = content;
  if (flowId === null) return undefined;
  const { codeId, appId, organization, generation } = located;
  const begins = { state: 'INIT', atS: occurrence.atS } as const;
  const known = facts.contract && { ...after(facts.contract, begins), charged: true };
  if (known?.link === 'certain' || located.by === 'contract') return known;
  const place = { codeId, appId, organization, generation, link: 'certain', charged: true } as const;
  if (known) return { ...known, ...place };
  return begun(
    {
      flowId,
      state: 'INIT',
      ...place,
      startedAtS: occurrence.atS,
      stateAtS: occurrence.atS,
      deadlineS: null,
    },
    facts,
  );
}
