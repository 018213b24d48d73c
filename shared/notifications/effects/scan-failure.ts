/** `CreateFlowByQrCode`: a scan has failed, as is documented, because the organisation has no quota. */
import { quotaLacking } from '../../codes/quota/organization-quota.ts';
import type { Reason } from '../../codes/reasons.ts';
import type { Settlement, Verdict } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept, unlocated } from './effect.ts';

export const scanFailure: Effect = {
  presumed: { located: applied('QuotaLackNoted'), otherwise: kept('OrganizationUnknown') },

  async apply(context): Promise<Settlement> {
    const { tx, content, facts, surroundings } = context;
    const { located } = facts;
    const tenant = located ?? (await namedOrganization(context));
    if (tenant === undefined) return unlocated(context, 'OrganizationUnknown');
    const { appId, organization } = tenant;
    const provenAtS = await tx.lastProofS(appId, organization);
    const { atS, from } = content.occurrence;
    const failure = { atS, isUntimed: from === 'receipt', reason: reasonOf(content.said) };
    const isNews = await quotaLacking(tx, tenant, failure, surroundings, provenAtS);
    const about = {
      appId,
      organization,
      codeId: located?.codeId ?? null,
      generation: located?.generation ?? null,
    };
    return { ...(isNews ? noted(content.said) : kept('QuotaLackOutdated')), about };
  },
};

function noted(said: string | null): Verdict {
  if (said === null) return applied('QuotaLackNoted');
  return { outcome: 'applied', reason: { code: 'QuotaLackSaid', facts: { said } } };
}

function reasonOf(said: string | null): Reason {
  return said === null
    ? { code: 'QuotaBlockedByScanSilently' }
    : { code: 'QuotaBlockedByScan', facts: { said } };
}

/** Where no code is found: the one organisation of ours that the message names. */
async function namedOrganization({ tx, content }: EffectContext) {
  if (content.organizations.length === 0) return undefined;
  const known = await tx.knownOrganizations(content.organizations);
  return known.length === 1 ? known[0] : undefined;
}
