/** `CloseOrganization`: an organisation has left the platform. Its members are not published: any of its ids will do. */
import { isNewer } from '../../codes/notice.ts';
import type { Settlement } from '../ports.ts';
import { applied, type Effect, kept } from './effect.ts';

export const organizationClosed: Effect = {
  presumed: { located: applied('NoticeNoted'), otherwise: applied('NoticeNoted') },

  async apply({ tx, told }): Promise<Settlement> {
    const known = told.organizations.length > 0 ? await tx.knownOrganizations(told.organizations) : [];
    const [tenant] = known;
    if (tenant === undefined || known.length > 1) return kept('OrganizationUnknown');
    const { appId, organization } = tenant;
    const notice = {
      kind: 'organization',
      subject: organization,
      scope: appId,
      raised: true,
      reason: { code: 'OrganizationClosed' },
      atS: told.occurrence.atS,
    } as const;
    const before = await tx.lockNotice(notice);
    const about = { appId, organization, codeId: null, generation: null };
    if (before && !isNewer(notice, before)) return { ...kept('OlderNews'), about };
    await tx.saveNotice(notice);
    return { ...applied('NoticeNoted'), about };
  },
};
