/** `FlowStatusChange`: a contract was made, signed, refused, or ended in some other way. */
import type { Contract } from '../contract.ts';
import { type CandidateChoice, chooseCandidate, possibleFlowNames } from '../infer-code.ts';
import type { Located, Settlement } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept, unlocated } from './effect.ts';
import { after, begun, writeProgress } from './progress.ts';
import { followStart } from './quota-signs.ts';

export const flowStatus: Effect = {
  presumed: { located: applied('ContractFollowed'), otherwise: kept('ContractNotOurs') },

  async apply(context): Promise<Settlement> {
    const { content } = context;
    if (content.flowId === null || content.flowStatus === null) {
      const names = [
        content.flowId === null && 'FlowId',
        content.flowStatus === null && 'FlowCallbackStatus',
      ];
      const facts = { names: names.filter((name) => name !== false).join(', ') };
      return { outcome: 'kept', reason: { code: 'MembersMissing', facts } };
    }
    const settlement = await follow(context);
    const isRestored = await followStart(context);
    return isRestored ? { ...settlement, reason: { code: 'ContractRestoredQuota' } } : settlement;
  },
};

function follow(context: EffectContext): Promise<Settlement> {
  const { located, contract } = context.facts;
  if (contract) return followKnown(context, contract, located);
  return located ? followCertain(context, located) : followInferred(context);
}

/** The contract is known already; a message that says whence it came makes sure of what was inferred. */
async function followKnown(
  context: EffectContext,
  known: Contract,
  located: Located | undefined,
): Promise<Settlement> {
  const contract = after(known, stateIn(context));
  const proves = known.link === 'inferred' && located !== undefined && located.by !== 'contract';
  const ownExternalId = located?.codeId === known.codeId ? located.externalId : null;
  const placed = proves ? { ...contract, ...placeOf(located), link: 'certain' as const } : contract;
  const progress = await writeProgress(context, {
    located: proves ? located : undefined,
    costMessages: 0,
    contract: placed,
    externalId: proves ? located.externalId : ownExternalId,
  });
  return { ...applied('ContractFollowed'), about: placed, ...progress };
}

/** It came to the address of a code, or names a QR code. */
async function followCertain(context: EffectContext, located: Located): Promise<Settlement> {
  const contract = newContract(context, located, 'certain');
  const news = { located, costMessages: 0, contract, externalId: located.externalId } as const;
  const progress = await writeProgress(context, news);
  return { ...applied('ContractFollowed'), about: contract, ...progress };
}

/** Upstream does not say from which QR code the contract came: if all that it says fits one code, it is that. */
async function followInferred(context: EffectContext): Promise<Settlement> {
  const choice = await inferCode(context);
  if (choice.kind === 'none') return unlocated(context, 'ContractNotOurs');
  if (choice.kind === 'several') {
    return { outcome: 'kept', reason: { code: 'ContractAmbiguous', facts: { count: choice.count } } };
  }
  const { candidate } = choice;
  const contract = newContract(context, candidate, 'inferred');
  const { externalId } = candidate;
  await writeProgress(context, { located: undefined, costMessages: 0, contract, externalId });
  return { ...applied('ContractInferred'), about: contract };
}

async function inferCode({ tx, content }: EffectContext): Promise<CandidateChoice> {
  const { templateId, flowName, createdOnS, occurrence, organizations } = content;
  if (templateId === null || flowName === null) return { kind: 'none' };
  // Upstream's own ids of organisations say nothing to the register.
  const known = organizations.length > 0 ? await tx.knownOrganizations(organizations) : [];
  const candidates = await tx.candidates({
    templateId,
    flowNames: possibleFlowNames(flowName),
    organizations: known.map(({ organization }) => organization),
    startedAtS: createdOnS ?? occurrence.atS,
  });
  return chooseCandidate(candidates, flowName);
}

type Place = Pick<Contract, 'codeId' | 'appId' | 'organization' | 'generation'>;

function placeOf({ codeId, appId, organization, generation }: Place): Place {
  return { codeId, appId, organization, generation };
}

function newContract(context: EffectContext, place: Place, link: Contract['link']): Contract {
  const { content, facts } = context;
  const { state, atS } = stateIn(context);
  const contract: Contract = {
    flowId: content.flowId ?? '',
    ...placeOf(place),
    link,
    state,
    charged: false,
    startedAtS: atS,
    stateAtS: atS,
    deadlineS: content.deadlineS,
  };
  return begun(contract, facts);
}

function stateIn({ content }: EffectContext) {
  const { flowStatus, occurrence, deadlineS } = content;
  return { state: flowStatus ?? 'INIT', atS: occurrence.atS, deadlineS } as const;
}
