/** `CreateFlowByQrCode`: a scan has failed, as is documented, because the organisation has no quota. */
import { quotaLacking } from '../../codes/organization-quota.ts';
import type { Reason } from '../../codes/reasons.ts';
import type { Settlement } from '../ports.ts';
import { applied, type Effect, type EffectContext, kept, unlocated } from './effect.ts';

export const scanFailure: Effect = {
  presumed: { located: applied('QuotaLackNoted'), otherwise: kept('OrganizationUnknown') },

  async apply(context): Promise<Settlement> {
    const { tx, told, facts, surroundings } = context;
    const { located } = facts;
    const tenant = located ?? (await namedOrganization(context));
    if (tenant === undefined) return unlocated(context, 'OrganizationUnknown');
    const { appId, organization } = tenant;
    const lastCostS = await tx.lastCostS(appId, organization);
    const failure = { atS: told.occurrence.atS, reason: reasonOf(told.said) };
    const isNews = await quotaLacking(tx, tenant, failure, surroundings, lastCostS);
    const about = {
      appId,
      organization,
      codeId: located?.codeId ?? null,
      generation: located?.generation ?? null,
    };
    return { ...(isNews ? applied('QuotaLackNoted') : kept('QuotaLackOutdated')), about };
  },
};

function reasonOf(said: string | null): Reason {
  return said === null
    ? { code: 'QuotaBlockedByScanSilently' }
    : { code: 'QuotaBlockedByScan', facts: { said } };
}

/** Where no code is found: the one organisation of ours that the message names. */
async function namedOrganization({ tx, told }: EffectContext) {
  if (told.organizations.length === 0) return undefined;
  const known = await tx.knownOrganizations(told.organizations);
  return known.length === 1 ? known[0] : undefined;
}
